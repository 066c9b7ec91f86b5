package io.settlegate.gateway.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.MessageSchema;
import io.settlegate.gateway.settlement.RegisteredParties;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The sums of a replay as rows of JSON: by transaction, by fund, by institution.
 *
 * <p>One thread.
 */
final class SummaryTables {
    private static final int ACTS_SCHEMA = MessageHeaderDecoder.SCHEMA_ID;
    private static final int REQUESTS_SCHEMA = io.settlegate.protocol.codec.MessageHeaderDecoder.SCHEMA_ID;

    private final Map<Integer, MessageSchema> schemas = MessageSchema.all();
    private final ReplaySummary summary;

    SummaryTables(final ReplaySummary summary) {
        this.summary = summary;
    }

    void put(final ObjectNode document, final int institutionCount) {
        putTransactions(document.putArray("byTransaction"));
        putFunds(document.putArray("byFund"));
        document.put("fundPayBeyondFundsFen", summary.beyondFundsFen);
        putInstitutions(document, institutionCount);
    }

    /** Requests by their number, then acts. */
    private void putTransactions(final ArrayNode rows) {
        summary.transactions.keySet().stream().sorted().forEach(templateId -> {
            final boolean isAct = templateId >= ReplaySummary.ACTS;
            final int number = isAct ? templateId - ReplaySummary.ACTS : templateId;
            final String name = nameOf(isAct ? ACTS_SCHEMA : REQUESTS_SCHEMA, number);
            final ObjectNode row = rows.addObject()
                    .put("transaction", isAct ? name : String.valueOf(number))
                    .put("message", name);
            putTally(summary.transactions.get((int) templateId), row);
        });
    }

    private String nameOf(final int schemaId, final int templateId) {
        final MessageSchema.Message message = schemas.get(schemaId).message(templateId);
        return message == null ? "template " + templateId : message.name();
    }

    private static void putTally(final Tally tally, final ObjectNode row) {
        row.put("records", tally.recordCount)
                .put("refusals", tally.refusalCount)
                .put("repeats", tally.repeatCount)
                .put("medfeeSumamtFen", tally.medfeeSumamtFen)
                .put("fundPaySumamtFen", tally.fundPaySumamtFen)
                .put("hospPartAmtFen", tally.hospPartAmtFen)
                .put("acctPayFen", tally.acctPayFen)
                .put("acctMulaidPayFen", tally.acctMulaidPayFen)
                .put("psnCashPayFen", tally.psnCashPayFen);
    }

    private void putFunds(final ArrayNode rows) {
        summary.funds.keySet().stream().sorted().forEach(insutype -> {
            final FundTally tally = summary.funds.get((int) insutype);
            for (int fund = 0; fund < FundTally.FUND_COUNT; fund++) {
                if (tally.amountsFen[fund] != 0 || tally.settlementCounts[fund] != 0) {
                    rows.addObject()
                            .put("insutype", String.valueOf(insutype))
                            .put("fundPayType", FundTally.fundPayType(fund, insutype))
                            .put("field", FundTally.field(fund))
                            .put("words", FundTally.words(fund))
                            .put("settlements", tally.settlementCounts[fund])
                            .put("amountFen", tally.amountsFen[fund]);
                }
            }
        });
    }

    private void putInstitutions(final ObjectNode document, final int institutionCount) {
        final RegisteredParties parties = summary.parties();
        final List<Integer> found = new ArrayList<>();
        for (int row = 0; row < parties.institutionCount(); row++) {
            if (summary.institution(row) != null) {
                found.add(row);
            }
        }
        found.sort(Comparator.comparingLong((Integer row) -> -summary.institution(row).recordCount)
                .thenComparing(parties::institutionCode));
        document.put("institutions", found.size());
        final ArrayNode rows = document.putArray("byInstitution");
        final Tally others = new Tally();
        for (int i = 0; i < found.size(); i++) {
            final int row = found.get(i);
            if (i < institutionCount) {
                putTally(
                        summary.institution(row),
                        rows.addObject()
                                .put("fixmedinsCode", parties.institutionCode(row))
                                .put("name", parties.institutionName(row)));
            } else {
                others.add(summary.institution(row));
            }
        }
        if (found.size() > institutionCount) {
            putTally(
                    others,
                    document.putObject("otherInstitutions").put("institutions", found.size() - institutionCount));
        }
        putTally(summary.withoutInstitution, document.putObject("withoutInstitution"));
    }
}
