package io.settlegate.gateway.export;

import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.gateway.inspection.ResultNames;
import io.settlegate.gateway.inspection.filter.RecordParts;
import java.io.IOException;
import java.util.List;

/** One row for each command, whatever became of it: who asked what, and the code of the answer. */
final class OutcomeRows implements RowMaker {
    private static final List<Column> COLUMNS = List.of(
            Column.integer("sequence", "of the record"),
            Column.time("time", "of the record"),
            Column.string("transaction", "number of the national interface; of an act its name"),
            Column.string("message", "of the request, its name in the schema"),
            Column.string("msgid", "of a request"),
            Column.string("actId", "of an act"),
            Column.string("institution", "fixmedins_code of who asked"),
            Column.string("terminal", "serial number"),
            Column.string("insuplcAdmdvs", "place of insurance"),
            Column.string("psnNo", "personal number, masked"),
            Column.string("outcomeMessage", "of the answer, its name in the schema"),
            Column.integer("code", "result code; 0 done"),
            Column.string("codeName", "its name"),
            Column.string("setlId", "of a settlement or its cancel"),
            Column.integer("firstSequence", "of a repeat or query: record of the first answer; 0 where there is none"));

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public int write(final RecordParts parts, final Row row, final RowSink sink) throws IOException {
        final MessageView outcome = parts.outcome();
        final MessageView request = parts.request();
        final boolean isRequest = RecordColumns.isOfProtocol(request);
        if (isRequest) {
            RecordColumns.put(parts, row);
        } else {
            RecordColumns.putPlace(parts, row);
            row.text("actId", request.text("actId"));
            row.text("terminal", request.text("sn"));
            row.text("institution", request.text("fixmedinsCode"));
            row.text("psnNo", request.text("psnNo"));
        }
        row.text("transaction", isRequest ? outcome.text("infno") : request.name());
        row.text("message", request.name());
        row.text("outcomeMessage", outcome.name());
        row.number("code", parts.code());
        row.text("codeName", ResultNames.of(parts.code()));
        if (isRequest) {
            row.text("setlId", outcome.text("setlId"));
        }
        if (outcome.has("firstSequence")) {
            row.number("firstSequence", outcome.number("firstSequence", 0));
        }
        row.writeTo(sink);
        return 1;
    }
}
