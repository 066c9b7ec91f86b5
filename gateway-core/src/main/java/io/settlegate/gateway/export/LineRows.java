package io.settlegate.gateway.export;

import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.gateway.inspection.filter.RecordParts;
import io.settlegate.protocol.codec.InpatientFeeLinesOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.io.IOException;
import java.util.List;

/** One row for each fee line that was split: of one-shot settlements, and of uploads to visits, which are settled later. */
final class LineRows implements RowMaker {
    private static final List<Column> COLUMNS = List.of(
            Column.integer("sequence", "of the record"),
            Column.time("time", "of the record"),
            Column.integer("line", "in the record, from 1"),
            Column.string("rowType", "SETTLED with the record, or UPLOADED to be settled with its visit"),
            Column.string("transaction", "2102; 2204, 2301"),
            Column.string("msgid", "of the request"),
            Column.string("institution", "fixmedins_code of who asked"),
            Column.string("terminal", "serial number"),
            Column.string("insuplcAdmdvs", "place of insurance"),
            Column.string("psnNo", "personal number, masked"),
            Column.string("setlId", "of SETTLED"),
            Column.string("mdtrtId", "visit, of UPLOADED"),
            Column.string("chrgBchno", "batch of lines, of UPLOADED"),
            Column.string("feedetlSn", "the institution's number of the line"),
            Column.string("medListCodg", "item"),
            Column.time("feeOcurTime", "when the fee arose, of UPLOADED"),
            Column.integer("cntE4", "units, 1/10000"),
            Column.integer("pricE6", "price of a unit, 1/1000000 yuan"),
            Column.integer("detItemFeeSumamtFen", "of the line"),
            Column.integer("fulamtOwnpayAmtFen", "of it: wholly the person's"),
            Column.integer("overlmtAmtFen", "of it: above the price ceiling"),
            Column.integer("preselfpayAmtFen", "of it: first share"),
            Column.integer("inscpScpAmtFen", "of it: in policy"),
            Column.integer("pricUplmtAmtE6", "ceiling of a unit, 1/1000000 yuan; 0 where there is none"),
            Column.integer("selfpayPropE4", "first share, 1/10000"),
            Column.string("chrgitmLv", "class: 01, 02, 03"));

    private static final List<String> SPLIT = List.of(
            "detItemFeeSumamtFen",
            "fulamtOwnpayAmtFen",
            "overlmtAmtFen",
            "preselfpayAmtFen",
            "inscpScpAmtFen",
            "pricUplmtAmtE6",
            "selfpayPropE4");

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
        final MessageView request = parts.request();
        final int count = outcome.entryCount();
        for (int i = 0; i < count; i++) {
            RecordColumns.put(parts, row);
            row.number("line", i + 1L);
            row.text("rowType", rowType).text("transaction", outcome.text("infno"));
            row.text("setlId", outcome.text("setlId"));
            row.text("mdtrtId", outcome.text("mdtrtId"));
            row.text("chrgBchno", outcome.text("chrgBchno"));
            final String number = outcome.text(i, "feedetlSn");
            row.text("feedetlSn", number);
            for (final String name : SPLIT) {
                row.number(name, outcome.number(i, name, 0));
            }
            row.text("chrgitmLv", outcome.text(i, "chrgitmLv"));
            putAsked(request, i, number, row);
            row.writeTo(sink);
        }
        return count;
    }

    /** The outcome's lines stand in the request's order; a line that is another all the same is left out. */
    private static void putAsked(final MessageView request, final int line, final String number, final Row row) {
        if (line >= request.entryCount() || !request.text(line, "feedetlSn").equals(number)) {
            return;
        }
        row.text("medListCodg", request.text(line, "medListCodg"));
        row.number("cntE4", request.number(line, "cntE4", 0));
        row.number("pricE6", request.number(line, "pricE6", 0));
        row.time("feeOcurTime", request.number(line, "feeOcurTimeMs", 0));
    }

    private static String rowType(final MessageView outcome) {
        if (!RecordColumns.isOfProtocol(outcome)) {
            return "";
        }
        return switch (outcome.templateId()) {
            case PharmacySettleOutcomeDecoder.TEMPLATE_ID -> "SETTLED";
            case OutpatientFeeLinesOutcomeDecoder.TEMPLATE_ID, InpatientFeeLinesOutcomeDecoder.TEMPLATE_ID ->
                "UPLOADED";
            default -> "";
        };
    }
}
