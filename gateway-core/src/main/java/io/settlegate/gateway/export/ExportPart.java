package io.settlegate.gateway.export;

import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.filter.RecordParts;
import io.settlegate.protocol.receipt.Seal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The part under way: a file for each kind. It ends where a seal ends, so that its bounds are the journal's own and not those of
 * a run.
 *
 * <p>One thread; blocks on the disk. One that is closed before it counts leaves files that the next run removes.
 */
final class ExportPart implements Closeable {
    private final ExportDirectory directory;
    private final long firstSequence;
    private final long startNs = System.nanoTime();
    private final Map<ExportKind, Target> targets = new EnumMap<>(ExportKind.class);
    private long recordCount;
    private Seal seal;

    /** Rows of one kind. */
    private static final class Target {
        private final RowSink sink;
        private final Row row;
        private long rowCount;

        Target(final RowSink sink, final Row row) {
            this.sink = sink;
            this.row = row;
        }
    }

    ExportPart(
            final ExportDirectory directory,
            final ExportFormat format,
            final Set<ExportKind> kinds,
            final long firstSequence,
            final Masking masking)
            throws IOException {
        this.directory = directory;
        this.firstSequence = firstSequence;
        for (final ExportKind kind : kinds) {
            final RowSink sink =
                    format.open(kind.columns(), ForcedOutput.create(directory.unfinished(kind, firstSequence)));
            targets.put(kind, new Target(sink, new Row(kind.columns(), masking)));
            if (directory.state().isNothing()) {
                sink.head();
            }
        }
    }

    /** Takes a command's record. */
    void add(final RecordParts parts) throws IOException {
        for (final Map.Entry<ExportKind, Target> entry : targets.entrySet()) {
            final Target target = entry.getValue();
            target.rowCount += entry.getKey().maker().write(parts, target.row, target.sink);
        }
    }

    /** A batch is in. */
    void endBatch(final Seal over) {
        seal = over;
        recordCount += over.count();
    }

    long recordCount() {
        return recordCount;
    }

    long ageNs() {
        return System.nanoTime() - startNs;
    }

    /** Makes the part count. */
    void commit() throws IOException {
        final Map<ExportKind, Long> rows = new EnumMap<>(ExportKind.class);
        for (final Map.Entry<ExportKind, Target> entry : targets.entrySet()) {
            entry.getValue().sink.close();
            rows.put(entry.getKey(), entry.getValue().rowCount);
        }
        final ExportState next = directory.state().after(firstSequence, seal, rows);
        for (final ExportKind kind : targets.keySet()) {
            if (!next.partKinds().contains(kind)) {
                Files.delete(directory.unfinished(kind, firstSequence));
            }
        }
        directory.commit(next);
        targets.clear();
    }

    @Override
    public void close() throws IOException {
        for (final Target target : targets.values()) {
            target.sink.close();
        }
        targets.clear();
    }
}
