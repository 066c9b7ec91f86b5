package io.settlegate.benchmarks;

import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm3;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What a settlement of three lines takes on the disk, its share of the seal included, and what that is made of, by the size of the
 * batch: prints a table. Read from the frames of journals that are made for it.
 *
 * <p>A command; blocks on the disk.
 */
public final class SettlementBytes {
    private static final int PERSONS = 1_000;
    private static final int SETTLEMENTS = 8_192;
    private static final int SIGNATURE_LENGTH = 64;
    private static final int SEAL = 4;
    private static final int KIND_OFFSET = 4;
    private static final int KEY_OFFSET = 12;
    private static final int COMMAND_OFFSET = 20;
    private static final int OUTCOME_OFFSET = 24;
    private static final int INTERNAL_OFFSET = 28;
    private static final int FIXED_LENGTH = 56;

    private final int batchSize;
    private long settlements;
    private long seals;
    private long frameWords;
    private long fixed;
    private long commands;
    private long outcomes;
    private long internals;
    private long leafHashes;
    private long sealBodies;
    private long between;
    private long end;

    private SettlementBytes(final int batchSize) {
        this.batchSize = batchSize;
    }

    /** Takes no arguments. */
    public static void main(final String[] arguments) throws IOException {
        print(List.of(1, 16, 64, 256, 1024));
    }

    static void print(final List<Integer> batchSizes) throws IOException {
        System.out.println(
                "| batch | header, end mark | command | signature | outcome | internal part | frame words, padding "
                        + "| leaf hash | seal's share | Chronicle's own | bytes a settlement |");
        System.out.println("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (final int batchSize : batchSizes) {
            final SettlementBytes bytes = new SettlementBytes(batchSize);
            bytes.read();
            bytes.printRow();
        }
    }

    /** Counts from the first settlement to the last seal over one. */
    private void read() throws IOException {
        try (Store store = ChronicleStore.in(SettledJournal.of(PERSONS, SETTLEMENTS, batchSize))) {
            final int segment = store.segments().get(1);
            try (SegmentReader reader = new SegmentReader(store, segment)) {
                while (reader.next() && (settlements < SETTLEMENTS || seals * batchSize < SETTLEMENTS)) {
                    take(reader);
                }
            }
        }
    }

    private void take(final SegmentReader reader) {
        final DirectBuffer record = reader.record();
        final int command = record.getInt(COMMAND_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final int outcome = record.getInt(OUTCOME_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final int internal = record.getInt(INTERNAL_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final boolean isSeal = record.getByte(KIND_OFFSET) == SEAL;
        if (!isSeal && (record.getInt(KEY_OFFSET, ByteOrder.LITTLE_ENDIAN) == 0 || outcome == 0)) {
            return;
        }
        if (isSeal && settlements == 0) {
            return;
        }
        final long start = Frames.offset(reader.position());
        between += settlements + seals == 0 ? 0 : start - end;
        end = Frames.offset(reader.nextPosition());
        frameWords += end - start - record.capacity();
        if (isSeal) {
            seals++;
            sealBodies += FIXED_LENGTH + command;
            leafHashes += outcome;
        } else {
            settlements++;
            fixed += FIXED_LENGTH;
            commands += command - SIGNATURE_LENGTH;
            outcomes += outcome;
            internals += internal;
        }
    }

    private void printRow() {
        if (leafHashes != settlements * Sm3.LENGTH) {
            throw new IllegalStateException("the seals cover other records than the settlements");
        }
        final long all = frameWords
                + fixed
                + commands
                + settlements * SIGNATURE_LENGTH
                + outcomes
                + internals
                + leafHashes
                + sealBodies
                + between;
        System.out.printf(
                "| %,d | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                batchSize,
                each(fixed),
                each(commands),
                each(settlements * SIGNATURE_LENGTH),
                each(outcomes),
                each(internals),
                each(frameWords),
                each(leafHashes),
                each(sealBodies),
                each(between),
                each(all));
    }

    private String each(final long bytes) {
        return String.format("%.1f", (double) bytes / settlements);
    }
}
