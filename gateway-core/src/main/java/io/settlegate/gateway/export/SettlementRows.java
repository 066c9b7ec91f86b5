package io.settlegate.gateway.export;

import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.gateway.inspection.filter.RecordParts;
import io.settlegate.protocol.codec.InpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.io.IOException;
import java.util.List;

/**
 * One row for each settlement that was done, for each cancel and reversal that took one back, and for each reversal of a cancel, since which one
 * stands again.
 */
final class SettlementRows implements RowMaker {
    private static final String REVERSED = "REVERSED";
    private static final String ADMISSION = "2401";

    private static final List<Column> COLUMNS = List.of(
            Column.integer("sequence", "of the record"),
            Column.time("time", "of the record"),
            Column.string("rowType", "SETTLEMENT, CANCEL, REVERSAL"),
            Column.string("transaction", "2102, 2207, 2304; 2103, 2208, 2305; 2601"),
            Column.string("msgid", "of the request"),
            Column.string("institution", "fixmedins_code of who asked"),
            Column.string("terminal", "serial number"),
            Column.string("insuplcAdmdvs", "place of insurance"),
            Column.string("setlId", "of a cancel its own"),
            Column.string("originalSetlId", "of a cancel: what it took back"),
            Column.string("originalMsgid", "of a cancel or reversal: what it took back"),
            Column.integer("originalSequence", "of a reversal: record of what it took back"),
            Column.string("psnNo", "personal number, masked"),
            Column.string("insutype", "insurance"),
            Column.string("psnType", "kind of person"),
            Column.string("medType", "kind of treatment"),
            Column.string("clrType", "11 outpatient, 21 inpatient, 41 pharmacy"),
            Column.integer("policyVersion", "by which it was computed"),
            Column.time("setlTime", "of the settlement"),
            Column.string("mdtrtId", "visit; none for pharmacies"),
            Column.integer("age", "whole years"),
            Column.integer("cvlservFlag", "1 civil servant"),
            Column.integer("medfeeSumamtFen", "the bill"),
            Column.integer("fulamtOwnpayAmtFen", "of it: wholly the person's"),
            Column.integer("overlmtSelfpayFen", "of it: above price ceilings"),
            Column.integer("preselfpayAmtFen", "of it: first share"),
            Column.integer("inscpScpAmtFen", "of it: in policy"),
            Column.integer("actPayDedcFen", "below the deductible"),
            Column.integer("poolPropSelfpayE4", "the fund's share, 1/10000"),
            Column.integer("hifpPayFen", "basic fund"),
            Column.integer("cvlservPayFen", "civil servants' fund"),
            Column.integer("hifesPayFen", "enterprises' supplement"),
            Column.integer("hifmiPayFen", "residents' serious illness"),
            Column.integer("hifobPayFen", "workers' large amounts"),
            Column.integer("mafPayFen", "medical aid"),
            Column.integer("othPayFen", "other funds"),
            Column.integer("fundPaySumamtFen", "all funds"),
            Column.integer("hospPartAmtFen", "borne by the hospital"),
            Column.integer("psnPartAmtFen", "left to the person"),
            Column.integer("acctPayFen", "personal account"),
            Column.integer("acctMulaidPayFen", "the family's account"),
            Column.integer("psnCashPayFen", "cash"),
            Column.integer("balcFen", "personal account afterwards"));

    /** Fields of the outcome that stand in columns of the same name. */
    private static final List<String> TEXTS =
            List.of("setlId", "originalSetlId", "insutype", "psnType", "medType", "clrType", "mdtrtId");

    private static final List<String> NUMBERS = COLUMNS.stream()
            .filter(column -> column.type() == Column.Type.INTEGER)
            .map(Column::name)
            .filter(name -> !name.equals("sequence") && !name.equals("originalSequence"))
            .toList();

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public int write(final RecordParts parts, final Row row, final RowSink sink) throws IOException {
        final MessageView outcome = parts.outcome();
        final String rowType = rowType(outcome);
        if (rowType.isEmpty()) {
            return 0;
        }
        RecordColumns.put(parts, row);
        row.text("rowType", rowType).text("transaction", outcome.text("infno"));
        for (final String name : TEXTS) {
            row.text(name, outcome.text(name));
        }
        for (final String name : NUMBERS) {
            if (outcome.has(name)) {
                row.number(name, outcome.number(name, 0));
            }
        }
        row.text("originalMsgid", outcome.text("originalMsgid") + outcome.text("omsgid"));
        if (outcome.has("originalSequence")) {
            row.number("originalSequence", outcome.number("originalSequence", 0));
        }
        row.time("setlTime", outcome.number("setlTimeMs", 0));
        row.writeTo(sink);
        return 1;
    }

    private static boolean isOfMoney(final MessageView outcome) {
        return outcome.text("effect").equals(REVERSED)
                && !outcome.text("oinfno").equals(ADMISSION);
    }

    /** Empty where the outcome moved no money. */
    private static String rowType(final MessageView outcome) {
        if (!RecordColumns.isOfProtocol(outcome)) {
            return "";
        }
        return switch (outcome.templateId()) {
            case PharmacySettleOutcomeDecoder.TEMPLATE_ID,
                    OutpatientSettleOutcomeDecoder.TEMPLATE_ID,
                    InpatientSettleOutcomeDecoder.TEMPLATE_ID -> "SETTLEMENT";
            case PharmacyCancelOutcomeDecoder.TEMPLATE_ID,
                    OutpatientCancelOutcomeDecoder.TEMPLATE_ID,
                    InpatientCancelOutcomeDecoder.TEMPLATE_ID -> "CANCEL";
            case ReversalOutcomeDecoder.TEMPLATE_ID -> isOfMoney(outcome) ? "REVERSAL" : "";
            default -> "";
        };
    }
}
