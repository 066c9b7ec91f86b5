package io.settlegate.gateway.export;

import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.gateway.inspection.ResultNames;
import io.settlegate.gateway.inspection.filter.RecordParts;
import java.io.IOException;
import java.util.List;

/** One row for each act, of operators and of the gateway itself. Rows of an import are counted and not shown. */
final class ActRows implements RowMaker {
    private static final List<Column> COLUMNS = List.of(
            Column.integer("sequence", "of the record"),
            Column.time("time", "of the record"),
            Column.string("act", "its name in the schema"),
            Column.string("actId", "chosen by the operator"),
            Column.time("sentAt", "when it was signed"),
            Column.integer("code", "result code; 0 done"),
            Column.string("codeName", "its name"),
            Column.string("reason", "why it was refused"),
            Column.integer("rowCount", "rows that it staged or made visible"),
            Column.string("sn", "terminal that it speaks of"),
            Column.string("fixmedinsCode", "institution that it speaks of"),
            Column.string("psnNo", "person that it speaks of, masked"),
            Column.string("importId", "of an import's acts"),
            Column.string("batchId", "of an allocation"),
            Column.integer("amountFen", "of an allocation"),
            Column.integer("status", "of a terminal: 1 active, 0 suspended, 2 revoked"),
            Column.integer("frozen", "of a person: 1 frozen, 0 released"),
            Column.time("accepted", "of AcceptClock: engine time from then on"),
            Column.string("readCommand", "of ReadUnmasked: TAIL, SHOW, GREP, EXPORT, RECEIPT"),
            Column.integer("readFirstSequence", "of ReadUnmasked"),
            Column.integer("readLastSequence", "of ReadUnmasked; 9223372036854775807 where it had no end"),
            Column.string("readScope", "of ReadUnmasked: what was asked for, persons masked"),
            Column.string("readReason", "of ReadUnmasked: the operator's words"));

    private static final List<String> TEXTS = List.of("actId", "sn", "fixmedinsCode", "psnNo", "importId", "batchId");
    private static final List<String> NUMBERS = List.of("amountFen", "status", "frozen");

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public int write(final RecordParts parts, final Row row, final RowSink sink) throws IOException {
        final MessageView act = parts.request();
        if (!act.isKnown() || RecordColumns.isOfProtocol(act)) {
            return 0;
        }
        final MessageView outcome = parts.outcome();
        RecordColumns.putPlace(parts, row);
        row.text("act", act.name()).time("sentAt", act.number("sentAtMs", 0));
        row.number("code", parts.code()).text("codeName", ResultNames.of(parts.code()));
        row.text("reason", outcome.text("reason"));
        if (outcome.has("rowCount")) {
            row.number("rowCount", outcome.number("rowCount", 0));
        }
        for (final String name : TEXTS) {
            row.text(name, act.text(name));
        }
        for (final String name : NUMBERS) {
            if (act.has(name)) {
                row.number(name, act.number(name, 0));
            }
        }
        row.time("accepted", act.number("acceptedMs", 0));
        if (act.has("scopeDigest")) {
            row.text("readCommand", act.text("command"))
                    .number("readFirstSequence", act.number("firstSequence", 0))
                    .number("readLastSequence", act.number("lastSequence", 0))
                    .text("readScope", act.text("scope"))
                    .text("readReason", act.text("reason"));
        }
        row.writeTo(sink);
        return 1;
    }
}
