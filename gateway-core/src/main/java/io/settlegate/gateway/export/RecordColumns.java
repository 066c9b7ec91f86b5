package io.settlegate.gateway.export;

import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.gateway.inspection.filter.RecordParts;
import io.settlegate.protocol.codec.MessageHeaderDecoder;

/** What rows of several kinds say of their record, under the same names. No state. */
final class RecordColumns {
    private static final int INSTITUTION_LENGTH = 12;

    private RecordColumns() {}

    static boolean isOfProtocol(final MessageView message) {
        return message.isKnown() && message.schemaId() == MessageHeaderDecoder.SCHEMA_ID;
    }

    /** Sequence, time, and who asked, for whom. */
    static void put(final RecordParts parts, final Row row) {
        putPlace(parts, row);
        final MessageView request = parts.request();
        final String msgid = request.text("msgid");
        row.text("msgid", msgid);
        if (msgid.length() >= INSTITUTION_LENGTH) {
            row.text("institution", msgid.substring(0, INSTITUTION_LENGTH));
        }
        row.text("terminal", request.text("sn"));
        row.text("insuplcAdmdvs", request.text("insuplcAdmdvs"));
        row.text("psnNo", person(parts));
    }

    static void putPlace(final RecordParts parts, final Row row) {
        row.number("sequence", parts.record().sequence());
        row.time("time", parts.record().timeMs());
    }

    /** As the outcome found the person, else as the request named them. */
    static String person(final RecordParts parts) {
        final String found = parts.outcome().text("psnNo");
        return found.isEmpty() ? parts.request().text("psnNo") : found;
    }
}
