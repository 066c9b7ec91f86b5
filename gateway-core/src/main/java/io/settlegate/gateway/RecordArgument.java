package io.settlegate.gateway;

import io.settlegate.gateway.inspection.RecordFinder;
import io.settlegate.journal.JournalFollower;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The name of one record on a command line: its sequence, the msgid that it answers, or its setl_id. Stateless. */
final class RecordArgument {
    static final String LABEL = "SEQ|MSGID|SETL_ID";

    /** For the option's description. */
    static final String DESCRIPTION =
            "record: its sequence; or the msgid of its request (30 characters; its first answer); or its setl_id (30 digits)";

    private static final int ID_LENGTH = 30;
    private static final int MAX_SEQUENCE_DIGITS = 18;

    private RecordArgument() {}

    /** The sequence; -1 after the reason was told if there is no such record. */
    static long find(final CommandSpec spec, final JournalFollower follower, final String name) {
        final RecordFinder finder = new RecordFinder(follower);
        final RecordFinder.Found found;
        if (name.matches("[0-9]{1," + MAX_SEQUENCE_DIGITS + "}")) {
            found = finder.bySequence(Long.parseLong(name));
        } else if (name.matches("[0-9]{" + ID_LENGTH + "}")) {
            found = finder.bySetlId(name);
        } else if (name.length() == ID_LENGTH) {
            found = finder.byMsgid(name);
        } else {
            throw new ParameterException(
                    spec.commandLine(),
                    "a record is named by a sequence, a msgid of " + ID_LENGTH + " characters, or a setl_id of "
                            + ID_LENGTH + " digits; got " + name.length() + " characters");
        }
        if (found.sequence() < 0) {
            spec.commandLine().getErr().println("settlegate: " + found.words());
        }
        return found.sequence();
    }
}
