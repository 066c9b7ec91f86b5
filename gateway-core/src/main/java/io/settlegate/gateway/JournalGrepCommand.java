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
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "grep",
        mixinStandardHelpOptions = true,
        description = {
            "The records that fit, one line each as `journal tail` shows them.",
            "An option given twice wants either value; different options all have to fit. Reads what is durable, batch by batch,",
            "from --from on: give a time or a sequence where you know one, because every record from there on is read.",
            "Exit code 0: found. 1: nothing was found."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  settlegate journal grep DIR --institution H32030200001 --code refused --from 2026-11-22",
            "  settlegate journal grep DIR --person 32030000000000000007 --transaction 2102 --transaction 2103 --json",
            "  settlegate journal grep DIR --terminal SN-0007 --from 48000 --count",
            "  settlegate journal grep DIR --transaction ReadUnmasked"
        })
final class JournalGrepCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Mixin
    private FilterOptions filters;

    @Mixin
    private UnmaskOptions unmask;

    @Option(
            names = "--from",
            paramLabel = "TIME|SEQ",
            description = "begin here; a day or minute alone means its beginning (default: the first record there is)")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "TIME|SEQ",
            description = "end with this record; a day or minute alone means its end (default: the newest)")
    private String to;

    @Option(
            names = {"-c", "--count"},
            description = "print how many there are, and not them")
    private boolean isCount;

    @Option(names = "--limit", paramLabel = "N", description = "end after so many found")
    private Long limit;

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what a running gateway makes durable")
    private boolean follow;

    private long foundCount;

    @Override
    public Integer call() throws IOException {
        if (limit != null && limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit wants 1 or more, not " + limit);
        }
        if (isCount && unmask.isWanted()) {
            throw new ParameterException(spec.commandLine(), "a count shows nobody: --count goes without --unmask");
        }
        unmask.check();
        final JournalPoint given = from == null ? null : PointArgument.parse(spec, "--from", from);
        final JournalPoint last = to == null ? null : PointArgument.parse(spec, "--to", to);
        final Predicate<RecordView> filter = filters.filter();
        try (Store store = data.openStore();
                JournalFollower follower = JournalFollower.open(store)) {
            final JournalPoint first = begin(follower, given);
            final long durable = follower.lastSequence();
            final Masking masking = unmask.masking(data.directory(), scope(follower, first, last, durable));
            final RecordLines out = new RecordLines(
                    spec.commandLine().getOut(),
                    json.isWanted() ? RecordLines.Form.JSON : RecordLines.Form.TABLE,
                    follower.genesis(),
                    masking);
            scan(
                    new RecordScan(follower, first, last == null && !follow ? JournalPoint.ofSequence(durable) : last),
                    filter,
                    out);
        }
        if (isCount) {
            spec.commandLine().getOut().println(json.isWanted() ? "{\"count\":" + foundCount + "}" : foundCount);
        }
        return foundCount > 0 ? 0 : Settlegate.FOUND;
    }

    /** Without --from that is the first record there is, and what is not there is said. */
    private JournalPoint begin(final JournalFollower follower, final JournalPoint given) {
        if (given != null) {
            PointArgument.checkThere(follower, given);
            return given;
        }
        final long firstThere = follower.firstSequence();
        if (firstThere > 0) {
            spec.commandLine()
                    .getErr()
                    .println("settlegate: the records before " + firstThere
                            + " are archived and are not searched; `journal restore-archived` puts them back");
        }
        return JournalPoint.ofSequence(firstThere);
    }

    private ReadScope scope(
            final JournalFollower follower, final JournalPoint first, final JournalPoint last, final long durable) {
        final String range = (from == null ? "" : " --from " + from)
                + (to == null ? "" : " --to " + to)
                + (limit == null ? "" : " --limit " + limit)
                + (follow ? " --follow" : "");
        final long begin = PointArgument.sequenceBefore(follower, first);
        final long reach = follow ? ReadScope.OPEN : durable;
        final long end =
                last != null && last.unit() == JournalPoint.Unit.SEQUENCE ? Math.min(last.last(), reach) : reach;
        return new ReadScope(
                ReadCommand.GREP,
                begin,
                Math.max(begin, end),
                "grep" + filters.asked() + range,
                "grep" + filters.askedMasked() + range);
    }

    private void scan(final RecordScan scan, final Predicate<RecordView> filter, final RecordLines out) {
        try (Following following = new Following()) {
            boolean isOpen = true;
            while (isOpen) {
                isOpen = scan.run(filter, (at, index) -> take(at.get(index), out, following))
                        && out.flush()
                        && follow
                        && following.rest();
            }
            out.flush();
        }
    }

    private boolean take(final RecordView record, final RecordLines out, final Following following) {
        foundCount++;
        if (!isCount) {
            out.print(record);
        }
        return (limit == null || foundCount < limit) && !following.isEndWanted();
    }
}
