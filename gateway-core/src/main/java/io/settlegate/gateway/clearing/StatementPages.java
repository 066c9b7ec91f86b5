package io.settlegate.gateway.clearing;

import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.pages.Page;
import io.settlegate.gateway.pages.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The pages of a statement. What they say of a closed period depends on nothing that comes after its closing. Immutable. */
final class StatementPages {
    private final ClearingStatement statement;
    private final Finality finality;
    private final EngineCheck engine;

    StatementPages(final ClearingStatement statement, final Finality finality, final EngineCheck engine) {
        this.statement = statement;
        this.finality = finality;
        this.engine = engine;
    }

    Page index() {
        final List<Page.Fact> facts = facts();
        facts.add(new Page.Fact(
                "机构数", "institutions", String.valueOf(statement.institutions().size())));
        return page(
                "医保基金清算对账汇总表",
                "Clearing statement: all institutions",
                facts,
                StatementTables.ofAll(statement),
                checks(statement.sum(), statement::brokenCount, statement.sum()::holds, statement.isAddedUp()),
                List.of("经办机构（盖章） clearing office", "复核人 checked by", "日期 date"));
    }

    Page of(final InstitutionStatement institution) {
        final List<Page.Fact> facts = facts();
        facts.add(new Page.Fact("定点医药机构编号", "fixmedins_code", institution.code()));
        facts.add(new Page.Fact("定点医药机构名称", "fixmedins_name", institution.name()));
        final Totals sum = institution.sum();
        return page(
                "医保基金清算对账单",
                "Clearing statement of an institution",
                facts,
                StatementTables.ofInstitution(institution, statement.period()),
                checks(sum, institution::brokenCount, sum::holds, institution.isAddedUp()),
                List.of("医药机构（盖章） institution", "经办机构（盖章） clearing office", "日期 date"));
    }

    private List<Page.Fact> facts() {
        final List<Page.Fact> facts = new ArrayList<>();
        facts.add(new Page.Fact("清算经办机构", "clr_optins", statement.office()));
        facts.add(new Page.Fact(
                "清算期间",
                statement.period().isOneDay() ? "day" : "setlym",
                statement.period().name()
                        + (statement.period().isOneDay()
                                ? ""
                                : "（" + statement.period().first() + " 至 "
                                        + statement.period().last() + "）")));
        return facts;
    }

    private Page page(
            final String title,
            final String subtitle,
            final List<Page.Fact> facts,
            final List<Table> tables,
            final List<Page.Check> checks,
            final List<String> signatures) {
        return new Page(
                title,
                subtitle,
                finality.isClosed() ? "已关闭 CLOSED" : "未关闭 PROVISIONAL",
                finality.isClosed() ? "good" : "bad",
                facts,
                List.of(),
                tables,
                checks,
                signatures,
                remarks());
    }

    private List<Page.Check> checks(
            final Totals sum,
            final ToLongFunction<RowLaw> broken,
            final Predicate<RowLaw> holdsForSum,
            final boolean isAddedUp) {
        final long rowCount = sum.settlementCount() + sum.refundCount();
        final List<Page.Check> checks = new ArrayList<>();
        for (final RowLaw law : RowLaw.values()) {
            final long brokenCount = broken.applyAsLong(law);
            checks.add(Page.Check.of(
                    brokenCount == 0 && holdsForSum.test(law),
                    law.text(),
                    brokenCount == 0 ? "逐笔 " + rowCount + " 及合计" : "不符 " + brokenCount + " 笔，共 " + rowCount + " 笔"));
        }
        checks.add(Page.Check.of(isAddedUp, "合计等于逐笔之和 totals = sum of the rows", rowCount + " 笔"));
        final String law = "与引擎日合计一致 sums = the engine's totals of the days";
        checks.add(
                switch (engine.result()) {
                    case EQUAL, DIFFERENT ->
                        Page.Check.of(engine.result() == EngineCheck.Result.EQUAL, law, engine.found());
                    case NOT_ASKED -> Page.Check.open(law, engine.found());
                });
        return checks;
    }

    private List<String> remarks() {
        final List<String> remarks = new ArrayList<>();
        if (finality.isClosed()) {
            final Closing closing = finality.closing();
            remarks.add("本期已关闭：关闭至 " + closing.through() + "，操作员密钥 " + finality.operatorKeyId() + "，"
                    + ShownTime.of(closing.timeMs()) + "，记录 " + closing.sequence() + "（" + closing.actId() + "）。"
                    + " Closed by that act; these figures do not change.");
        } else {
            remarks.add("本期未关闭，数据为暂计：截至记录 " + finality.asOfSequence() + "，" + ShownTime.of(finality.asOfMs())
                    + "。 Provisional: as of that record.");
        }
        remarks.add("单位：元。退费计入退费当日，金额为负；人次 = 结算笔数 − 退费笔数。"
                + " In yuan. A refund counts on its own day with negative amounts.");
        return remarks;
    }
}
