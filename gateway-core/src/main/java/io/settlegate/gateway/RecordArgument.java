package io.settlegate.gateway;

import io.settlegate.gateway.inspection.RecordFinder;
import io.settlegate.journal.JournalFollower;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Names one record: by its sequence, the msgid that it answers, or its setl_id. Mixed in; filled by the command line. */
final class RecordArgument {
    private static final int ID_LENGTH = 30;
    private static final int MAX_SEQUENCE_DIGITS = 18;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Parameters(
            index = "1",
            paramLabel = "SEQ|MSGID|SETL_ID",
            description = {
                "record: its sequence; or the msgid of its request (30 characters; the first answer to it); or its setl_id",
                "(30 digits)"
            })
    private String name;

    /** The sequence; -1 after the reason was told if there is no such record. */
    long find(final JournalFollower follower) {
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
