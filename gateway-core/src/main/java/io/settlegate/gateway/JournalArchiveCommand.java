package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.retention.RetentionRule;
import io.settlegate.journal.ClosedSegment;
import io.settlegate.journal.SegmentManifest;
import io.settlegate.journal.archive.JournalArchive;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = {
            "Writes closed segments into one compressed file each, with a manifest of checksums, and reads them back.",
            "Removes nothing: `journal remove-archived` does. Only segments that a good snapshot covers and in which no msgid can be",
            "repeated or asked for any more. The gateway may be running.",
            "Exit code 0: done, also where nothing was to do. 4: refused or failed."
        })
final class JournalArchiveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "data directory")
    private Path data;

    @Option(names = "--to", paramLabel = "ARCHIVE", description = "where archives go (default: DIR/archive)")
    private Path target;

    @Option(
            names = "--before",
            paramLabel = "SEQ|TIME",
            description = "only segments that end before this record, or before this time (2026-11-22T08:00:00+08:00)")
    private String before;

    @Option(names = "--dry-run", description = "only say which segments could be archived, and why others not")
    private boolean isDryRun;

    @Mixin
    private JsonOption json;

    /** A segment, what was found of it, and its archive if one was made. */
    private record Row(ClosedSegment segment, String verdict, SegmentManifest manifest) {}

    @Override
    public Integer call() throws IOException {
        final DataDirectory directory = new DataDirectory(data);
        final List<Row> rows;
        try (Store store = directory.existingStore()) {
            final StoreLock lock = store.snapshots().lock();
            try {
                rows = rows(directory, store);
            } finally {
                lock.close();
            }
        }
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), toJson(rows));
        } else {
            print(spec.commandLine().getOut(), rows);
        }
        return 0;
    }

    private List<Row> rows(final DataDirectory directory, final Store store) throws IOException {
        final RetentionRule rule = RetentionRule.of(store);
        final JournalArchive archive = ArchiveDirectory.open(directory, store, target);
        final List<Row> rows = new ArrayList<>();
        for (final ClosedSegment segment : ClosedSegment.of(store)) {
            final RetentionRule.Verdict verdict = rule.judge(segment);
            final boolean isWanted = isBefore(segment);
            final boolean isArchived = verdict == RetentionRule.Verdict.MAY_LEAVE && isWanted && !isDryRun;
            if (isArchived) {
                spec.commandLine().getErr().printf("archiving segment %d%n", segment.segment());
                spec.commandLine().getErr().flush();
            }
            rows.add(new Row(
                    segment,
                    verdict == RetentionRule.Verdict.MAY_LEAVE && !isWanted ? "NOT_BEFORE" : verdict.name(),
                    isArchived ? archive.archive(segment) : null));
        }
        return rows;
    }

    private boolean isBefore(final ClosedSegment segment) {
        if (before == null) {
            return true;
        }
        try {
            return before.matches("[0-9]+")
                    ? segment.lastSequence() < Long.parseLong(before)
                    : segment.endTimeMs()
                            < OffsetDateTime.parse(before).toInstant().toEpochMilli();
        } catch (final DateTimeParseException | NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--before wants a record's number, or a time with its offset, not " + before,
                    e);
        }
    }

    private static String words(final String verdict) {
        return switch (verdict) {
            case "MAY_LEAVE" -> "may be archived";
            case "NO_SNAPSHOT" -> "stays: no good snapshot holds its records; make one with `journal snapshot`";
            case "ANSWERABLE" -> "stays: a terminal may still repeat or ask for a msgid in it";
            default -> "stays: it does not end before what --before says";
        };
    }

    private static ObjectNode toJson(final List<Row> rows) {
        final ObjectNode object = new ObjectMapper().createObjectNode();
        final ArrayNode segments = object.putArray("segments");
        for (final Row row : rows) {
            final ObjectNode segment = segments.addObject()
                    .put("segment", row.segment().segment())
                    .put("firstSequence", row.segment().firstSequence())
                    .put("lastSequence", row.segment().lastSequence())
                    .put("endTimeMs", row.segment().endTimeMs())
                    .put("verdict", row.verdict())
                    .put("archived", row.manifest() != null);
            if (row.manifest() != null) {
                segment.put("archive", row.manifest().archive().name())
                        .put("archiveLength", row.manifest().archive().length());
            }
        }
        return object;
    }

    private static void print(final PrintWriter out, final List<Row> rows) {
        if (rows.isEmpty()) {
            out.println("no segment is closed: the newest is still written");
        }
        for (final Row row : rows) {
            out.printf(
                    "segment %-6d records %,d to %,d, until %s: %s%n",
                    row.segment().segment(),
                    row.segment().firstSequence(),
                    row.segment().lastSequence(),
                    ShownTime.of(row.segment().endTimeMs()),
                    row.manifest() == null
                            ? words(row.verdict())
                            : String.format(
                                    "archived and read back, %s of %,d bytes",
                                    row.manifest().archive().name(),
                                    row.manifest().archive().length()));
        }
    }
}
