package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.archive.JournalArchive;
import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips, cuts, zeroes, and deletes at random places of all files of a journal that a killed gateway left: records, Chronicle's
 * index frames and metadata, notes, mark, snapshots, and what stays of archived segments.
 */
final class FileFaultsTest {
    private static final long SEED = Long.getLong("settlegate.seed", 20261129L);
    private static final int ROUNDS = Integer.getInteger("settlegate.faultRounds", 100);

    @TempDir
    private Path directory;

    private final List<String> acknowledged = new ArrayList<>();
    private final Map<String, Map<Verdict, Integer>> table = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private boolean isArchived;

    private enum Harm {
        FLIP,
        CUT,
        ZERO,
        DELETE
    }

    private enum Verdict {
        STARTED,
        REFUSED
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldLoseNothingOrRefuseWithAReason() throws IOException {
        run(2, 25);
    }

    @Test
    @Tag("long")
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldLoseNothingInManyRounds() throws IOException {
        run(Math.max(1, ROUNDS / 10), 200);
    }

    private void run(final int journals, final int rounds) throws IOException {
        for (int i = 0; i < journals; i++) {
            final Path origin = directory.resolve("journal-" + i);
            final Random random = new Random(SEED + i);
            write(origin, random, i % 2 == 1);
            for (int round = 0; round < rounds; round++) {
                final Path copy = directory.resolve("copy");
                copy(origin, copy);
                round(copy, new Random(SEED * 31 + i * 1_000_003L + round), "journal " + i + ", round " + round);
                delete(copy);
            }
        }
        System.out.println(describe());
        assertThat(failures).as("seed %d", SEED).isEmpty();
    }

    private static Store storeIn(final Path journal) {
        return ChronicleStore.in(journal, ChronicleConfiguration.defaults().withBlockLength(64 << 10));
    }

    /** Three starts with rolls and snapshots; the last process is killed: what it mapped is in the files. */
    private void write(final Path journal, final Random random, final boolean archives) throws IOException {
        isArchived = archives;
        acknowledged.clear();
        final Store store = storeIn(journal);
        Fixture.found(store);
        for (int start = 0; start < 3; start++) {
            final Journal open =
                    Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new HeardWhole());
            for (int batch = 0; batch < 5; batch++) {
                for (int i = 0; i <= random.nextInt(3); i++) {
                    final String tag = "s" + start + "b" + batch;
                    acknowledged.add(HeardWhole.expected(open.nextSequence(), tag, 100));
                    Fixture.append(open, tag, 100);
                }
                Fixture.commit(open);
                if (batch == 2) {
                    open.tendSegments(0);
                    open.beginNextSegment();
                    SnapshotWriter.write(store, new HeardWhole(), 2);
                }
            }
            final byte[] head = store.readNote(HeadNote.HEAD);
            open.close();
            store.writeNote(HeadNote.HEAD, head);
        }
        if (archives) {
            final JournalArchive archive = new JournalArchive(journal, store, directory.resolve("archives-" + SEED));
            final List<ClosedSegment> segments = ClosedSegment.of(store).subList(0, 3);
            for (final ClosedSegment segment : segments) {
                archive.archive(segment);
            }
            final List<Long> snapshots = store.snapshots().sequences();
            archive.remove(segments, snapshots.get(snapshots.size() - 1));
        }
    }

    private void round(final Path journal, final Random random, final String name) throws IOException {
        final List<Path> files = filesBelow(journal);
        final Path file = files.get(random.nextInt(files.size()));
        final Harm harm = Harm.values()[random.nextInt(8) < 5 ? 0 : 1 + random.nextInt(3)];
        final String where = harm + " " + journal.relativize(file) + harm(file, harm, random);
        final String kind = harm + " " + file.getFileName().toString().replaceAll("[0-9]+[A-Z]?", "*");
        final Map<String, byte[]> before = content(journal);
        for (final FaultJudge.Start start : FaultJudge.Start.values()) {
            if (isArchived && start == FaultJudge.Start.FROM_FOUNDING) {
                continue;
            }
            try {
                table.computeIfAbsent(kind, any -> new EnumMap<>(Verdict.class))
                        .merge(judge(journal, start, before), 1, Integer::sum);
            } catch (final AssertionError | RuntimeException e) {
                failures.add("seed " + SEED + ", " + name + ", " + where + ", " + start + ": " + e);
            }
            restore(journal, before);
        }
    }

    private static String harm(final Path file, final Harm harm, final Random random) throws IOException {
        final int length = contentLength(file);
        if (harm == Harm.DELETE || length == 0) {
            Files.delete(file);
            return "";
        }
        final int at = random.nextInt(4) == 0 ? random.nextInt(length) : writtenByte(file, length, random);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            switch (harm) {
                case FLIP -> {
                    bytes.seek(at);
                    final int value = bytes.read();
                    bytes.seek(at);
                    bytes.write(value ^ 1 << random.nextInt(8));
                }
                case CUT -> bytes.setLength(at);
                case ZERO -> {
                    bytes.seek(at & -512);
                    bytes.write(new byte[(int) Math.min(512, bytes.length() - (at & -512))]);
                }
                default -> throw new IllegalStateException(harm.name());
            }
        }
        return " at " + at;
    }

    /** A byte that is not zero: most of Chronicle's index is. */
    private static int writtenByte(final Path file, final int length, final Random random) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(length);
        // From a place within the last quarter half of the time: there the records are.
        at = random.nextBoolean() ? at : length - 1 - at / 4;
        while (bytes[at] == 0) {
            at++;
        }
        return at;
    }

    private static int contentLength(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }

    private Verdict judge(final Path journal, final FaultJudge.Start start, final Map<String, byte[]> before)
            throws IOException {
        final JournalVerification.Report report = JournalVerification.verify(storeIn(journal));
        final HeardWhole heard = new HeardWhole();
        try (Journal open = open(journal, start, heard)) {
            assertThat(heard.heard()).as("what was acknowledged").isEqualTo(acknowledged);
            Fixture.append(open, "after", 10);
            Fixture.commit(open);
        } catch (final JournalException | StoreException e) {
            assertThat(e.getMessage())
                    .as("a message with a place and advice")
                    .containsPattern("segment|note|snapshot|mark");
            assertThat(report.isGood())
                    .as("verify is silent on: %s", e.getMessage())
                    .isFalse();
            final Map<String, byte[]> after = content(journal);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            before.forEach((name, bytes) ->
                    assertThat(Arrays.equals(bytes, after.get(name))).as(name).isTrue());
            return Verdict.REFUSED;
        }
        final HeardWhole again = new HeardWhole();
        open(journal, start, again).close();
        assertThat(again.heard()).as("after the next start").hasSize(acknowledged.size() + 1);
        return Verdict.STARTED;
    }

    private static Journal open(final Path journal, final FaultJudge.Start start, final HeardWhole heard) {
        return start == FaultJudge.Start.FROM_FOUNDING
                ? Fixture.open(storeIn(journal), heard)
                : Journal.openFromSnapshot(storeIn(journal), Fixture.IDENTITY, DurabilityLevel.BATCH, heard);
    }

    private static List<Path> filesBelow(final Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** All but the lock, in which a start that is refused leaves who it was. */
    private static Map<String, byte[]> content(final Path root) throws IOException {
        final Map<String, byte[]> content = new HashMap<>();
        for (final Path file : filesBelow(root)) {
            if (!file.endsWith("writer.lock")) {
                content.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }

    private static void restore(final Path root, final Map<String, byte[]> content) throws IOException {
        delete(root);
        for (final Map.Entry<String, byte[]> each : content.entrySet()) {
            final Path file = root.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        restore(to, content(from));
    }

    private static void delete(final Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(root)) {
            for (final Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private String describe() {
        final StringBuilder text = new StringBuilder("seed " + SEED + '\n');
        text.append(String.format("%-44s%10s%10s%n", "fault", "started", "refused"));
        table.forEach((kind, counts) -> text.append(String.format(
                "%-44s%10d%10d%n",
                kind, counts.getOrDefault(Verdict.STARTED, 0), counts.getOrDefault(Verdict.REFUSED, 0))));
        return text.toString();
    }
}
