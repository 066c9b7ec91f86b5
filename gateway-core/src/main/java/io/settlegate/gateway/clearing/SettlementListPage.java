package io.settlegate.gateway.clearing;

import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.Yuan;
import io.settlegate.gateway.pages.Cell;
import io.settlegate.gateway.pages.Heading;
import io.settlegate.gateway.pages.Page;
import io.settlegate.gateway.pages.Table;
import java.util.ArrayList;
import java.util.List;

/** A settlement list as a printable page. Immutable. */
final class SettlementListPage {
    private final SettlementList list;
    private final Masking masking;

    SettlementListPage(final SettlementList list, final Masking masking) {
        this.list = list;
        this.masking = masking;
    }

    Page make() {
        final StayRecords.Settled settled = list.settlement();
        final boolean stands = settled.undoneSequence < 0;
        return new Page(
                "医疗保障基金结算清单",
                "Settlement list of a stay (4101)",
                stands ? "有效 STANDS" : "已撤销 UNDONE",
                stands ? "good" : "bad",
                facts(),
                List.of(),
                List.of(diagnoses(), charges(), payments(), lines()),
                checks(),
                List.of("定点医疗机构填报 institution", "医保经办机构 clearing office", "日期 date"),
                remarks(stands));
    }

    private List<Page.Fact> facts() {
        final StayRecords.Admitted admission = list.admission();
        final StayRecords.Settled settled = list.settlement();
        final List<Page.Fact> facts = new ArrayList<>();
        put(facts, "定点医药机构编号", "fixmedins_code", admission.institution());
        put(facts, "定点医药机构名称", "fixmedins_name", list.institutionName());
        put(facts, "就诊ID", "mdtrt_id", list.mdtrtId());
        put(facts, "结算ID", "setl_id", settled.setlId);
        put(facts, "姓名", "psn_name", masking.shown("psnName", list.person().psnName()));
        put(facts, "人员编号", "psn_no", masking.shown("psnNo", admission.psnNo()));
        put(facts, "证件号码", "certno", masking.shown("certno", list.person().certno()));
        put(facts, "年龄", "age", String.valueOf(settled.age));
        put(facts, "险种类型", "hi_type", Codes.insutype(settled.money.insutype));
        put(facts, "参保地", "insuplc", admission.insuplcAdmdvs());
        put(facts, "医疗类别", "med_type", Codes.medType(admission.medType()));
        put(facts, "住院号", "medcasno", masking.shown("iptNo", admission.iptNo()));
        put(facts, "入院时间", "adm_time", SettlementListDocument.second(admission.begntimeMs()));
        put(
                facts,
                "出院时间",
                "dscg_time",
                settled.discharge == null ? "在院中途结算" : SettlementListDocument.second(settled.discharge.endtimeMs()));
        put(
                facts,
                "实际住院天数",
                "act_ipt_days",
                String.valueOf(SettlementListDocument.days(admission.begntimeMs(), list.endMs())));
        put(
                facts,
                "离院方式",
                "dscg_way",
                settled.discharge == null ? "" : Codes.dischargeWay(settled.discharge.dscgWay()));
        put(facts, "入院科室", "adm_caty", admission.admDeptCodg());
        put(facts, "结算时间", "setl_time", SettlementListDocument.second(settled.timeMs));
        return facts;
    }

    private static void put(final List<Page.Fact> facts, final String name, final String field, final String value) {
        facts.add(new Page.Fact(name, field, value));
    }

    private Table diagnoses() {
        return new Table(
                "诊断",
                "diagnoses",
                List.of(
                        Heading.text("序号", "diag_srt_no"),
                        Heading.text("诊断类别", "diag_type"),
                        Heading.text("诊断代码", "diag_code"),
                        Heading.text("主诊断", "maindiag_flag"),
                        Heading.text("科室", "diag_dept")),
                list.diagnoses().stream()
                        .map(diagnosis -> Table.Row.plain(List.of(
                                Cell.text(String.valueOf(diagnosis.number())),
                                Cell.text(Codes.diagnosisType(diagnosis.diagType())),
                                Cell.text(masking.shown("diagCode", diagnosis.diagCode())),
                                Cell.text(diagnosis.number() == 1 ? "是" : "否"),
                                Cell.text(diagnosis.diagDept()))))
                        .toList());
    }

    private Table charges() {
        final List<Table.Row> rows = new ArrayList<>();
        for (final ChargeGroup group : list.groups()) {
            rows.add(Table.Row.plain(List.of(
                    Cell.text((group.code() + " " + group.name()).strip()),
                    Cell.number(String.valueOf(group.lineCount())),
                    Cell.number(Yuan.grouped(group.amountFen())),
                    Cell.number(Yuan.grouped(group.ofClassFen(1))),
                    Cell.number(Yuan.grouped(group.ofClassFen(2))),
                    Cell.number(Yuan.grouped(group.ofClassFen(3))),
                    Cell.number(Yuan.grouped(group.ownpayFen())),
                    Cell.number(Yuan.grouped(group.overlmtFen())),
                    Cell.number(Yuan.grouped(group.preselfpayFen())),
                    Cell.number(Yuan.grouped(group.inscpFen())))));
        }
        final MoneyRow money = list.settlement().money;
        rows.add(Table.Row.sum(List.of(
                Cell.text("合计"),
                Cell.number(String.valueOf(list.lines().size())),
                Cell.number(Yuan.grouped(money.fen(Amount.MEDFEE))),
                Cell.number(Yuan.grouped(ofClassFen(1))),
                Cell.number(Yuan.grouped(ofClassFen(2))),
                Cell.number(Yuan.grouped(ofClassFen(3))),
                Cell.number(Yuan.grouped(money.fen(Amount.FULAMT_OWNPAY))),
                Cell.number(Yuan.grouped(money.fen(Amount.OVERLMT_SELFPAY))),
                Cell.number(Yuan.grouped(money.fen(Amount.PRESELFPAY))),
                Cell.number(Yuan.grouped(money.fen(Amount.INSCP_SCP))))));
        return new Table(
                "收费项目",
                "charges by kind and class, and their four-way split",
                List.of(
                        Heading.text("收费项目", "med_chrgitm"),
                        Heading.number("明细数", "lines"),
                        Heading.number("金额", "amt"),
                        Heading.number("甲类", "claa_sumfee"),
                        Heading.number("乙类", "clab_amt"),
                        Heading.number("自费（丙类）", "chrgitm_lv 03"),
                        Heading.number("全自费金额", "fulamt_ownpay_amt"),
                        Heading.number("超限价自费", "overlmt_amt"),
                        Heading.number("先行自付", "preselfpay_amt"),
                        Heading.number("符合政策范围", "inscp_scp_amt")),
                rows);
    }

    private long ofClassFen(final int itemClass) {
        return list.groups().stream()
                .mapToLong(group -> group.ofClassFen(itemClass))
                .sum();
    }

    private Table payments() {
        final MoneyRow money = list.settlement().money;
        final List<Table.Row> rows = new ArrayList<>();
        for (final Amount fund : Amount.FUNDS) {
            if (money.fen(fund) != 0) {
                rows.add(payment(FundCodes.of(fund, money.insutype), fund.shown(), fund.field(), money.fen(fund)));
            }
        }
        rows.add(payment("", Amount.FUND_SUM.shown(), Amount.FUND_SUM.field(), money.fen(Amount.FUND_SUM)));
        rows.add(payment("", "个人自付", "psn_selfpay", list.psnSelfpayFen()));
        rows.add(payment("", "个人自费", "psn_ownpay", list.psnOwnpayFen()));
        for (final Amount amount :
                List.of(Amount.ACCT, Amount.ACCT_MULAID, Amount.CASH, Amount.HOSP_PART, Amount.PSN_PART)) {
            rows.add(payment("", amount.shown(), amount.field(), money.fen(amount)));
        }
        return new Table(
                "支付信息",
                "who paid",
                List.of(
                        Heading.text("基金支付类型", "fund_pay_type"),
                        Heading.text("项目", "name"),
                        Heading.text("字段", "field"),
                        Heading.number("金额", "amount")),
                rows);
    }

    private static Table.Row payment(final String code, final String name, final String field, final long amountFen) {
        return Table.Row.plain(
                List.of(Cell.text(code), Cell.text(name), Cell.text(field), Cell.number(Yuan.grouped(amountFen))));
    }

    private Table lines() {
        return new Table(
                "费用明细",
                "fee lines that this settlement settled",
                List.of(
                        Heading.text("明细号", "feedetl_sn"),
                        Heading.text("医保目录编码", "med_list_codg"),
                        Heading.text("名称", "item_name"),
                        Heading.text("等级", "chrgitm_lv"),
                        Heading.number("数量", "cnt"),
                        Heading.number("单价", "pric"),
                        Heading.number("金额", "det_item_fee_sumamt"),
                        Heading.number("符合政策范围", "inscp_scp_amt")),
                list.lines().stream()
                        .map(line -> Table.Row.plain(List.of(
                                Cell.text(line.feedetlSn()),
                                Cell.text(line.medListCodg()),
                                Cell.text(line.itemName()),
                                Cell.text(Codes.level("0" + line.itemClass())),
                                Cell.number(Yuan.e4(line.cntE4())),
                                Cell.number(Yuan.price(line.pricE6())),
                                Cell.number(Yuan.grouped(line.amountFen())),
                                Cell.number(Yuan.grouped(line.inscpFen())))))
                        .toList());
    }

    private List<Page.Check> checks() {
        final List<Page.Check> checks = new ArrayList<>();
        for (final RowLaw law : RowLaw.values()) {
            checks.add(Page.Check.of(law.holds(list.settlement().money), law.text(), ""));
        }
        checks.add(Page.Check.of(
                list.linesAddUp(),
                "明细合计等于结算金额 lines = the bill and its four parts",
                list.lines().size() + " 条"));
        return checks;
    }

    private List<String> remarks(final boolean stands) {
        final StayRecords.Settled settled = list.settlement();
        final List<String> remarks = new ArrayList<>();
        remarks.add("凭证：记录 " + settled.sequence + "，封印 " + settled.sealNumber + "（入院记录 "
                + list.admission().sequence() + "）。 Receipt: that record under that seal; `journal receipt` makes it.");
        if (!stands) {
            remarks.add("本次结算已由记录 " + settled.undoneSequence + " 撤销或冲正。 Undone by that record.");
        }
        if (!masking.isLifted()) {
            remarks.add("个人信息与诊断已脱敏。 Persons and diagnoses are masked; --unmask leaves a record and shows them.");
        }
        remarks.add("单位：元。网关不掌握的 4101 字段为空。 In yuan. Fields of 4101 that the gateway does not know are empty.");
        return remarks;
    }
}
