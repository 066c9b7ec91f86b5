package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.MessageDecoder;
import io.settlegate.gateway.inspection.RecordDocument;
import io.settlegate.gateway.inspection.RecordText;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = {
            "The newest records, one line each: sequence, time (UTC+08:00), transaction, institution, terminal, code, amounts.",
            "A repeat shows the code of its first answer, and no amounts.",
            "Shows what is durable and nothing beyond. With --follow it goes on until it is stopped, through restarts of",
            "the gateway. With --json each line is an object."
        })
final class JournalTailCommand implements Callable<Integer> {
    private static final int LOOK_INTERVAL_MS = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "10",
            description = "how many of the newest records to begin with (default: ${DEFAULT-VALUE})")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what a running gateway makes durable")
    private boolean follow;

    @Override
    public Integer call() throws IOException {
        if (lines < 0) {
            throw new ParameterException(spec.commandLine(), "--lines wants 0 or more, not " + lines);
        }
        try (Store store = data.openStore();
                JournalFollower follower = JournalFollower.open(store)) {
            final RecordDocument document = new RecordDocument(follower.genesis(), MessageDecoder.Rows.COUNTED);
            final long first = Math.max(0, follower.lastSequence() - lines + 1);
            follower.seek(Math.max(follower.firstSequence(), first));
            print(follower, document, first);
            while (follow && !spec.commandLine().getOut().checkError() && isRested()) {
                print(follower, document, first);
            }
        }
        return 0;
    }

    private void print(final JournalFollower follower, final RecordDocument document, final long first) {
        final PrintWriter out = spec.commandLine().getOut();
        final RecordText text = new RecordText(out);
        while (follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                if (follower.get(i).sequence() < first) {
                    continue;
                }
                final ObjectNode line = document.line(follower.get(i));
                if (json.isWanted()) {
                    out.println(line);
                } else {
                    text.line(line);
                }
            }
        }
        out.flush();
    }

    /** False if somebody wants the thread to end. */
    private static boolean isRested() {
        try {
            Thread.sleep(LOOK_INTERVAL_MS);
            return true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
