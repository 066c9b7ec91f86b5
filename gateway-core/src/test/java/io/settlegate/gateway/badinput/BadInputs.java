package io.settlegate.gateway.badinput;

import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.gateway.badinput.BadInput.Play;
import io.settlegate.protocol.ResultCode;
import java.util.ArrayList;
import java.util.List;

/** The table: bytes, session, signature, msgid, fields, parties, amounts, undoing, visits, statements; each part in a class of its own. */
final class BadInputs {
    private final List<BadInput> rows = new ArrayList<>();
    private String part = "";

    private BadInputs() {}

    static List<BadInput> all() {
        final BadInputs table = new BadInputs();
        BadBytes.addTo(table);
        BadSessions.addTo(table);
        BadMsgids.addTo(table);
        BadFields.addTo(table);
        BadParties.addTo(table);
        BadAmounts.addTo(table);
        BadUndoing.addTo(table);
        BadVisits.addTo(table);
        BadStatements.addTo(table);
        return table.rows;
    }

    /** The heading of the rows that follow. */
    void part(final String name) {
        part = name;
    }

    void closed(final String input, final After after, final Play play) {
        rows.add(new BadInput(part, input, null, after, play));
    }

    void gets(final ResultCode code, final String input, final After after, final Play play) {
        rows.add(new BadInput(part, input, code, after, play));
    }
}
