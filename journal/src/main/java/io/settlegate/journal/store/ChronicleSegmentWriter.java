package io.settlegate.journal.store;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;

/**
 * Appends with Chronicle Queue. The only class that knows it.
 *
 * <p>Chronicle's own sync modes are off: they cover only the current mapping and swallow failures. This class forces each file
 * that it touched, through a channel of its own, and the directory when a file is new.
 *
 * <p>One thread appends, and one may force at the same time. Blocks in {@link #force}, and at a roll until that is done. A full disk shows as {@code InternalError}, which becomes a {@link StoreException};
 * the store's floor is there so that it does not come to that.
 */
final class ChronicleSegmentWriter implements SegmentWriter {
    private final Path directory;
    private final ChronicleConfiguration configuration;
    private final RoomCheck room;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Map<File, FileChannel> touched = new LinkedHashMap<>();
    private File current;
    private int fileIndex = -1;
    private int cycle = -1;
    private long newestRollTimeMs;
    private boolean newFile;
    private byte[] copy = new byte[0];
    private long appendedSinceCheck;

    /** Asked now and then whether the disk has room. */
    @FunctionalInterface
    interface RoomCheck {
        boolean hasRoom();
    }

    ChronicleSegmentWriter(final Path directory, final ChronicleConfiguration configuration, final RoomCheck room) {
        this.directory = directory;
        this.configuration = configuration;
        this.room = room;
        try {
            this.queue = SingleChronicleQueueBuilder.binary(directory)
                    .blockSize(configuration.blockLength())
                    .rollCycle(rollCycle(configuration.rollInterval()))
                    .timeProvider(this::rollTimeMs)
                    .syncMode(SyncMode.NONE)
                    .build();
            this.appender = queue.createAppender();
            // The thread that opens a journal hands it to the one that writes it. Chronicle would refuse the second.
            appender.singleThreadedCheckDisabled(true);
        } catch (final RuntimeException | InternalError e) {
            throw new StoreException("cannot start Chronicle Queue in " + directory + ": " + e, e);
        }
    }

    /**
     * Never goes back. Chronicle names files by it, and after a step back over a roll it would go on in the older file, behind
     * records that are read first.
     */
    private long rollTimeMs() {
        newestRollTimeMs = Math.max(newestRollTimeMs, configuration.clockMs().getAsLong());
        return newestRollTimeMs;
    }

    private static RollCycle rollCycle(final ChronicleConfiguration.RollInterval interval) {
        return interval == ChronicleConfiguration.RollInterval.HOURLY ? RollCycles.FAST_HOURLY : RollCycles.FAST_DAILY;
    }

    @Override
    public long append(final DirectBuffer buffer, final int offset, final int length) {
        checkRoom(length);
        try {
            final long wordOffset = write(buffer, offset, length);
            noteFile();
            return Frames.position(fileIndex, wordOffset);
        } catch (final IOException | RuntimeException | InternalError e) {
            throw new StoreException(
                    "Chronicle Queue failed in " + directory + ": " + e
                            + "; stop the process, see that the disk has room and is healthy, and start again",
                    e);
        }
    }

    /** Answers the offset of the frame's word in its file. Chronicle may roll in here. */
    private long write(final DirectBuffer buffer, final int offset, final int length) {
        final long wordOffset;
        try (DocumentContext document = appender.writingDocument()) {
            final Bytes<?> bytes = document.wire().bytes();
            wordOffset = bytes.writePosition() - Frames.WORD_LENGTH;
            if (buffer.byteArray() != null) {
                bytes.write(buffer.byteArray(), buffer.wrapAdjustment() + offset, length);
            } else {
                if (copy.length < length) {
                    copy = new byte[length];
                }
                buffer.getBytes(offset, copy, 0, length);
                bytes.write(copy, 0, length);
            }
        }
        return wordOffset;
    }

    /**
     * After a roll the old file, whose end mark was just written, stays among the touched until the next force. Where nobody
     * forces it stays until the next roll: a force that comes after all takes every file of the directory, because one is new.
     */
    private void noteFile() throws IOException {
        if (appender.cycle() == cycle) {
            return;
        }
        if (appender.cycle() < cycle) {
            throw new StoreException(
                    "Chronicle Queue went back from cycle " + cycle + " to " + appender.cycle() + " in " + directory);
        }
        cycle = appender.cycle();
        noteNewFile();
    }

    private synchronized void noteNewFile() throws IOException {
        closeAllButCurrent();
        current = appender.currentFile();
        touched.put(current, FileChannel.open(current.toPath(), StandardOpenOption.WRITE));
        fileIndex++;
        newFile = true;
    }

    private void checkRoom(final int length) {
        appendedSinceCheck += length;
        if (appendedSinceCheck > configuration.blockLength() / 2) {
            appendedSinceCheck = 0;
            if (!room.hasRoom()) {
                throw new StoreException("the disk of " + directory + " is below its floor; make room and start again");
            }
        }
    }

    @Override
    public synchronized void force() throws IOException {
        for (final FileChannel channel : touched.values()) {
            channel.force(false);
        }
        if (newFile) {
            forceWhole(directory);
            newFile = false;
        }
        closeAllButCurrent();
    }

    private void closeAllButCurrent() throws IOException {
        final List<File> past = new ArrayList<>(touched.keySet());
        past.remove(current);
        for (final File file : past) {
            touched.remove(file).close();
        }
    }

    /** Channels held for forcing: one, and one more between a roll and the next force or roll. */
    synchronized int openChannelCount() {
        return touched.size();
    }

    /** Forces all files of a directory, then the directory itself. */
    static void forceWhole(final Path directory) throws IOException {
        final List<Path> files;
        try (Stream<Path> listing = Files.list(directory)) {
            files = listing.filter(Files::isRegularFile).toList();
        }
        for (final Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.force(false);
            }
        }
        forceDirectory(directory);
    }

    static void forceDirectory(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public synchronized void close() {
        try {
            appender.close();
            queue.close();
            for (final FileChannel channel : touched.values()) {
                channel.close();
            }
        } catch (final IOException | RuntimeException | InternalError e) {
            throw new StoreException("cannot close Chronicle Queue in " + directory + ": " + e, e);
        }
    }
}
