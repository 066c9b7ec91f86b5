package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.records.IndexDamagedException;
import io.settlegate.gateway.records.JournalIndexing;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        description = {
            "Brings the index of records up to date, and prints its files.",
            "",
            "A running gateway does so by itself: this is for where none runs, after a restore or after archived segments were",
            "put back.",
            "Exit code 0: done. 1: --check found damage, which was made anew."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  settlegate journal index DIR",
            "  settlegate journal index DIR --check",
            "  settlegate journal index DIR --rebuild"
        })
final class JournalIndexCommand implements Callable<Integer> {
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double BYTES_PER_MIB = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Option(names = "--check", description = "read every block of every file first")
    private boolean isCheck;

    @Option(
            names = "--rebuild",
            description =
                    "remove all files first; what was archived and removed from the journal is then not in the index any more")
    private boolean isRebuild;

    @Override
    public Integer call() throws IOException {
        int damagedCount = 0;
        try (Store store = data.openStore()) {
            if (isRebuild) {
                remove(store);
            }
            try (JournalIndexing indexing =
                            JournalIndexing.open(store, data.directory().index(), RecordIndex.Access.WRITE);
                    RecordIndex index = indexing.index()) {
                boolean isLookedAt = !isCheck;
                while (!isLookedAt) {
                    isLookedAt = !isDamaged(index);
                }
                final long startNs = System.nanoTime();
                indexing.addAll(count -> {});
                // One with a broken header was set aside when the index was opened.
                damagedCount = index.asideCount();
                print(indexing, damagedCount, (System.nanoTime() - startNs) / NS_PER_SECOND);
            }
        }
        return isCheck && damagedCount > 0 ? Settlegate.FOUND : 0;
    }

    /** Under the lock of whoever writes there. */
    private void remove(final Store store) throws IOException {
        try (JournalIndexing indexing =
                        JournalIndexing.open(store, data.directory().index(), RecordIndex.Access.WRITE);
                RecordIndex index = indexing.index()) {
            for (final RecordIndex.RunInfo run : index.runInfos()) {
                Files.delete(run.file());
            }
        }
    }

    private static boolean isDamaged(final RecordIndex index) throws IOException {
        try {
            index.check();
            return false;
        } catch (final IndexDamagedException e) {
            return true;
        }
    }

    private void print(final JournalIndexing indexing, final int damagedCount, final double seconds) {
        final PrintWriter out = spec.commandLine().getOut();
        final RecordIndex index = indexing.index();
        if (json.isWanted()) {
            final ObjectNode object = new ObjectMapper()
                    .createObjectNode()
                    .put("coveredThrough", indexing.coveredThrough())
                    .put("fromFounding", index.isFromFounding())
                    .put("bytes", index.length())
                    .put("added", indexing.addedCount())
                    .put("seconds", seconds)
                    .put("damaged", damagedCount);
            final ArrayNode files = object.putArray("files");
            index.runInfos().forEach(run -> files.addObject()
                    .put("firstSequence", run.firstSequence())
                    .put("lastSequence", run.lastSequence())
                    .put("entries", run.entryCount())
                    .put("bytes", run.length()));
            JsonOption.print(out, object);
            return;
        }
        out.printf("%16s %16s %14s %10s%n", "first record", "last record", "entries", "MiB");
        index.runInfos()
                .forEach(run -> out.printf(
                        "%16d %16d %14d %10.1f%n",
                        run.firstSequence(), run.lastSequence(), run.entryCount(), run.length() / BYTES_PER_MIB));
        out.printf(
                "records up to %d are indexed%s%n",
                indexing.coveredThrough(),
                index.isFromFounding() ? "" : "; older ones were archived before, and are not in the index");
        out.printf(
                "%d records looked at in %.1f s%s%n",
                indexing.addedCount(),
                seconds,
                damagedCount == 0 ? "" : "; " + damagedCount + " damaged file(s) set aside and made anew");
    }
}
