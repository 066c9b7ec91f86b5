package io.settlegate.gateway.clearing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.inspection.Yuan;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/**
 * A statement for programs: totals, and for each institution and clearing type the fields of the clearing application 3203. Amounts are
 * texts in yuan with two decimals, as the national interface has them. No state.
 */
public final class StatementDocument {
    private StatementDocument() {}

    public static ObjectNode of(final ClearingStatement statement, final Finality finality, final EngineCheck engine) {
        final Period period = statement.period();
        final ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("clr_optins", statement.office())
                .put("period", period.name())
                .put("begndate", period.first().toString())
                .put("enddate", period.last().toString());
        putFinality(finality, document);
        putChecks(statement, engine, document.putObject("checks"));
        putTotals(statement.sum(), document.putObject("totals"));
        final ArrayNode institutions = document.putArray("institutions");
        for (final InstitutionStatement institution : statement.institutions().values()) {
            put(institution, period, institutions.addObject());
        }
        return document;
    }

    private static void putFinality(final Finality finality, final ObjectNode document) {
        document.put("closed", finality.isClosed());
        if (finality.isClosed()) {
            final Closing closing = finality.closing();
            document.putObject("closing")
                    .put("through", closing.through().toString())
                    .put("sequence", closing.sequence())
                    .put("time", ShownTime.of(closing.timeMs()))
                    .put("actId", closing.actId())
                    .put("operatorKeyId", finality.operatorKeyId());
        } else {
            document.putObject("asOf")
                    .put("sequence", finality.asOfSequence())
                    .put("time", ShownTime.of(finality.asOfMs()));
        }
    }

    private static void putChecks(
            final ClearingStatement statement, final EngineCheck engine, final ObjectNode checks) {
        for (final RowLaw law : RowLaw.values()) {
            checks.put(
                    "law" + law.name(),
                    statement.brokenCount(law) == 0 && statement.sum().holds(law));
        }
        checks.put("totalsAreSumOfRows", statement.isAddedUp())
                .put("engine", engine.result().name().toLowerCase(Locale.ROOT));
        for (final InstitutionStatement institution : statement.institutions().values()) {
            if (institution.firstBrokenSequence() >= 0) {
                checks.put("firstBrokenSequence", institution.firstBrokenSequence());
                return;
            }
        }
    }

    private static void put(final InstitutionStatement institution, final Period period, final ObjectNode target) {
        target.put("fixmedins_code", institution.code()).put("fixmedins_name", institution.name());
        putTotals(institution.sum(), target.putObject("totals"));
        final ArrayNode applications = target.putArray("applications");
        institution.byClrType().forEach((clrType, totals) -> applications.add(application(clrType, totals, period)));
        final ArrayNode lines = target.putArray("lines");
        institution.byLine().forEach((line, totals) -> {
            final ObjectNode node =
                    lines.addObject().put("insutype", line.insutype()).put("clr_type", line.clrType());
            putTotals(totals, node);
        });
        final ArrayNode days = target.putArray("days");
        for (final Map.Entry<LocalDate, Totals> day : institution.byDay().entrySet()) {
            putTotals(day.getValue(), days.addObject().put("day", day.getKey().toString()));
        }
    }

    /** What 3203 asks for. clr_way is not known to the gateway, which settles by item and by quota alike. */
    private static ObjectNode application(final String clrType, final Totals totals, final Period period) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("clr_type", clrType)
                .put("clr_way", "")
                .put("setlym", period.setlym())
                .put("psntime", totals.netCount())
                .put("medfee_sumamt", Yuan.of(totals.fen(Amount.MEDFEE)))
                .put("med_sumfee", Yuan.of(totals.fen(Amount.INSCP_SCP)))
                .put("fund_appy_sum", Yuan.of(totals.fen(Amount.FUND_SUM)))
                .put("cash_payamt", Yuan.of(totals.fen(Amount.CASH)))
                .put("acct_pay", Yuan.of(totals.fen(Amount.ACCT)))
                .put("begndate", period.first().toString())
                .put("enddate", period.last().toString());
    }

    private static void putTotals(final Totals totals, final ObjectNode target) {
        target.put("settlements", totals.settlementCount()).put("refunds", totals.refundCount());
        for (final Amount amount : Amount.values()) {
            target.put(amount.field(), Yuan.of(totals.fen(amount)));
        }
    }
}
