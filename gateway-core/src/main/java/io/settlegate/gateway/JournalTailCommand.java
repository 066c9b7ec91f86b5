package io.settlegate.gateway;

import io.settlegate.gateway.inspection.JournalPoint;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.RecordScan;
import io.settlegate.gateway.operations.ReadScope;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.store.Store;
import java.io.IOException;
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
            "the gateway, and ends after a whole line. With --json each line is an object."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  settlegate journal tail DIR -f",
            "  settlegate journal tail DIR --since 2026-11-22T17:45 --count 100 --json",
            "  settlegate journal tail DIR --unmask --operator-key operator.pem --reason 'complaint 4711'"
        })
final class JournalTailCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Mixin
    private UnmaskOptions unmask;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "10",
            description = "how many of the newest records to begin with (default: ${DEFAULT-VALUE})")
    private int lines;

    @Option(
            names = "--since",
            paramLabel = "TIME|SEQ",
            description = "begin with this record, or with the first of this time, instead of --lines")
    private String since;

    @Option(names = "--count", paramLabel = "N", description = "end after so many records")
    private Long count;

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what a running gateway makes durable")
    private boolean follow;

    private long printedCount;

    @Override
    public Integer call() throws IOException {
        if (lines < 0) {
            throw new ParameterException(spec.commandLine(), "--lines wants 0 or more, not " + lines);
        }
        if (count != null && count < 1) {
            throw new ParameterException(spec.commandLine(), "--count wants 1 or more, not " + count);
        }
        unmask.check();
        final JournalPoint given = since == null ? null : PointArgument.parse(spec, "--since", since);
        try (Store store = data.openStore();
                JournalFollower follower = JournalFollower.open(store)) {
            final long last = follower.lastSequence();
            final JournalPoint from = given == null
                    ? JournalPoint.ofSequence(Math.max(follower.firstSequence(), last - lines + 1))
                    : given;
            PointArgument.checkThere(follower, from);
            final Masking masking = unmask.masking(data.directory(), scope(follower, from, last));
            final RecordLines out = new RecordLines(
                    spec.commandLine().getOut(),
                    json.isWanted() ? RecordLines.Form.JSON : RecordLines.Form.TABLE,
                    follower.genesis(),
                    masking);
            // The record of an unmasked reading stands behind what was asked for.
            final JournalPoint to = follow ? null : JournalPoint.ofSequence(last);
            print(new RecordScan(follower, from, to), out);
        }
        return 0;
    }

    private ReadScope scope(final JournalFollower follower, final JournalPoint from, final long last) {
        final String asked = "tail" + (since == null ? " --lines " + lines : " --since " + since)
                + (count == null ? "" : " --count " + count) + (follow ? " --follow" : "");
        final long first = PointArgument.sequenceBefore(follower, from);
        return new ReadScope(ReadCommand.TAIL, first, follow ? ReadScope.OPEN : Math.max(first, last), asked, asked);
    }

    private void print(final RecordScan scan, final RecordLines out) {
        try (Following following = new Following()) {
            boolean isOpen = true;
            while (isOpen) {
                isOpen = scan.run(record -> true, (at, index) -> take(at.get(index), out, following))
                        && out.flush()
                        && follow
                        && following.rest();
            }
            out.flush();
        }
    }

    private boolean take(final RecordView record, final RecordLines out, final Following following) {
        out.print(record);
        printedCount++;
        return (count == null || printedCount < count) && !following.isEndWanted();
    }
}
