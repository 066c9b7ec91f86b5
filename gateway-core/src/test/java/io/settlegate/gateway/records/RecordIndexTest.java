package io.settlegate.gateway.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.Genesis;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.QueryBy;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Laws of the index: it finds what a map would find, through runs, merges, kills, and damage, and is made anew the same. */
@Timeout(120)
class RecordIndexTest {
    private static final int TAIL_CAPACITY = 600;
    private static final int STEPS = 150;
    private static final long MINUTE_MS = 60_000;
    private static final List<String> INSTITUTIONS = List.of("H32030200001", "P32030200001", "P32030200002");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Genesis genesis = genesis(1);
    private final List<MadeRecord> journal = new ArrayList<>();
    /** Where batches end. */
    private final TreeMap<Long, byte[]> seals = new TreeMap<>();

    private final Map<RecordKey, Map<String, List<Long>>> expected = new HashMap<>();
    private final Map<String, RecordState> states = new LinkedHashMap<>();
    private long nowMs = 1_700_000_000_000L;

    @TempDir
    private Path directory;

    private static Genesis genesis(final int hashKey) {
        final Sm2PublicKey key = Sm2PrivateKey.generate(new SecureRandom()).publicKey();
        return new Genesis("SG-TEST", key, "320300", key, 1_700_000_000_000L, 1, 1, new byte[] {(byte) hashKey});
    }

    private RecordIndex open() throws IOException {
        return RecordIndex.open(
                directory,
                genesis,
                (sequence, hash) -> Arrays.equals(hash, seals.get(sequence)),
                RecordIndex.Access.WRITE,
                TAIL_CAPACITY);
    }

    @Test
    void shouldFindWhatAMapFindsThroughRunsMergesKillsAndDamage() throws Exception {
        RecordIndex index = open();
        for (int step = 0; step < STEPS; step++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                writeBatch();
            }
            follow(index);
            switch (random.nextInt(8)) {
                case 0 -> index.flush();
                case 1 -> index.merge(() -> false);
                case 2 -> index = killed(index);
                case 3 -> index = killedInAMerge(index);
                case 4 -> index = damaged(index);
                default -> assertFindsSomething(index);
            }
        }
        follow(index);
        while (index.merge(() -> false)) {
            // As long as there is something to merge.
        }
        assertFindsAll(index);
        index.flush();
        index.check();
        assertThat(index.isFromFounding()).isTrue();
        index.close();
        clear();
        final RecordIndex anew = open();
        follow(anew);
        assertFindsAll(anew);
        anew.close();
    }

    @Test
    void shouldSayWhatStandsAfterUndoingAndUndoingThat() throws Exception {
        final RecordIndex index = open();
        for (int i = 0; i < 60; i++) {
            writeBatch();
        }
        follow(index);
        final AnswerSearch search = new AnswerSearch(index, sequence -> journal.get((int) sequence));
        for (final Map.Entry<String, RecordState> entry : states.entrySet()) {
            final List<RecordState> found = new ArrayList<>();
            search.search(
                    AnswerQuery.byMsgid(entry.getKey().substring(0, 12), entry.getKey(), -1),
                    (record, state, undoneBy) -> found.add(state));
            assertThat(found.get(0)).as("%s, seed %d", entry.getKey(), seed).isEqualTo(entry.getValue());
        }
        index.close();
    }

    @Test
    void shouldShowATimeOfAnInstitutionPageByPage() throws Exception {
        final RecordIndex index = open();
        for (int i = 0; i < 100; i++) {
            writeBatch();
            if (i % 10 == 0) {
                follow(index);
                index.flush();
            }
        }
        follow(index);
        final AnswerSearch search = new AnswerSearch(index, sequence -> journal.get((int) sequence));
        final String institution = INSTITUTIONS.get(random.nextInt(INSTITUTIONS.size()));
        for (int i = 0; i < 50; i++) {
            final long beginMs = journal.get(random.nextInt(journal.size())).timeMs() + random.nextInt(3) - 1;
            final long endMs = beginMs + random.nextInt(30) * MINUTE_MS;
            final List<Long> wanted = expected.get(RecordKey.INSTITUTION).get(institution).stream()
                    .filter(sequence -> journal.get(sequence.intValue()).timeMs() >= beginMs
                            && journal.get(sequence.intValue()).timeMs() < endMs)
                    .toList();
            final List<Long> found = new ArrayList<>();
            final int pageLimit = 1 + random.nextInt(20);
            long after = 0;
            do {
                final int before = found.size();
                after = search.search(
                        new AnswerQuery(QueryBy.INSTITUTION_TIME, institution, institution, beginMs, endMs, after),
                        (record, state, undoneBy) -> found.size() < before + pageLimit && found.add(record.sequence()));
            } while (after != 0);
            assertThat(found).as("seed %d", seed).isEqualTo(wanted);
        }
        index.close();
    }

    @Test
    void shouldSetAsideWhatIsOfAnotherJournalOrOfARecordThatIsNotThere() throws Exception {
        final RecordIndex index = open();
        for (int i = 0; i < 4; i++) {
            writeBatch();
        }
        follow(index);
        index.flush();
        index.close();
        final long last = seals.lastKey();
        final byte[] seal = seals.put(last, new byte[32]);
        final RecordIndex ahead = open();
        assertThat(ahead.runCount())
                .as("the journal went back, and on another way")
                .isZero();
        ahead.close();
        seals.put(last, seal);
        final RecordIndex other =
                RecordIndex.open(directory, genesis(2), (sequence, hash) -> true, RecordIndex.Access.WRITE);
        assertThat(other.runCount()).isZero();
        other.close();
        assertThat(files("*.set-aside")).hasSize(1);
    }

    @Test
    void shouldTellADamagedBlockAndForgetTheRun() throws Exception {
        final RecordIndex index = open();
        writeBatch();
        while (journal.size() < 400) {
            writeBatch();
        }
        follow(index);
        index.flush();
        damageAnEntry(files("*.run").get(0));
        assertThatThrownBy(index::check).isInstanceOf(IndexDamagedException.class);
        assertThat(index.dropCount()).isEqualTo(1);
        assertThat(index.nextUncovered(0)).isZero();
        follow(index);
        assertFindsAll(index);
        index.close();
    }

    @Test
    void shouldGoOnMergingWhenWhoeverLooksSetsAsideWhatWasChosen() throws Exception {
        final RecordIndex index = open();
        while (files("*.run").size() < 8) {
            writeBatch();
            follow(index);
            index.flush();
        }
        final boolean goesOn = index.merge(() -> {
            try {
                damageAnEntry(files("*.run").get(0));
                index.check();
            } catch (final IOException e) {
                // It is set aside now, before the merge opens it.
            }
            return false;
        });
        assertThat(goesOn).as("no failure, seed %d", seed).isTrue();
        assertThat(index.dropCount()).isEqualTo(1);
        assertThat(files("*.part")).isEmpty();
        follow(index);
        assertFindsAll(index);
        index.close();
    }

    @Test
    void shouldTellNothingOnceItIsClosed() throws Exception {
        final RecordIndex index = open();
        writeBatch();
        follow(index);
        index.close();
        final String institution = INSTITUTIONS.get(0);
        assertThatThrownBy(() -> index.find(RecordKey.INSTITUTION, institution, 0, new long[1]))
                .isInstanceOf(IndexClosedException.class);
        assertThatThrownBy(() -> index.firstAt(0)).isInstanceOf(IndexClosedException.class);
        assertThatThrownBy(index::coveredSinceMs).isInstanceOf(IndexClosedException.class);
        assertThat(index.merge(() -> false)).isFalse();
    }

    // ---- a journal ----

    private void writeBatch() {
        final int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            nowMs += random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(50);
            writeRecord();
        }
        final byte[] hash = new byte[32];
        random.nextBytes(hash);
        seals.put((long) journal.size() - 1, hash);
    }

    private void writeRecord() {
        final long sequence = journal.size();
        final String institution = INSTITUTIONS.get(random.nextInt(INSTITUTIONS.size()));
        final String msgid = String.format("%s20260101%010d", institution, sequence);
        final String person = String.format("3203%016d", random.nextInt(40));
        final String original = standing(institution);
        final int dice = random.nextInt(10);
        if (dice < 5 || original == null) {
            journal.add(MadeRecord.settlement(sequence, nowMs, msgid, person));
            states.put(msgid, RecordState.DONE);
            expect(sequence, msgid, person, null);
        } else if (dice == 5) {
            journal.add(MadeRecord.refused(sequence, nowMs, msgid, ResultCode.UNKNOWN_PERSON));
            states.put(msgid, RecordState.REFUSED);
            expect(RecordKey.MSGID, msgid, sequence);
        } else if (dice == 6) {
            journal.add(
                    random.nextBoolean()
                            ? MadeRecord.repeat(sequence, nowMs, original)
                            : MadeRecord.refused(sequence, nowMs, original, ResultCode.MSGID_STALE));
        } else {
            undo(sequence, msgid, person, original, dice);
        }
    }

    private void undo(
            final long sequence, final String msgid, final String person, final String original, final int dice) {
        if (dice == 7 && !isCancel(original)) {
            journal.add(MadeRecord.cancel(sequence, nowMs, msgid, person, original));
            states.put(original, RecordState.CANCELLED);
            states.put(msgid, RecordState.DONE);
            cancelled.put(msgid, original);
        } else if (dice == 8) {
            journal.add(MadeRecord.reversal(sequence, nowMs, msgid, person, original, ReversalEffect.REVERSED));
            states.put(original, RecordState.REVERSED);
            if (isCancel(original)) {
                states.put(cancelled.get(original), RecordState.DONE);
            }
        } else {
            journal.add(
                    MadeRecord.reversal(sequence, nowMs, msgid, person, original, ReversalEffect.NOTHING_TO_REVERSE));
        }
        expect(sequence, msgid, person, original);
    }

    private final Map<String, String> cancelled = new HashMap<>();

    private boolean isCancel(final String msgid) {
        return cancelled.containsKey(msgid);
    }

    /** A settlement or cancel of the institution that is not undone; a settlement whose cancel stands is undone. */
    private String standing(final String institution) {
        final List<String> found = states.entrySet().stream()
                .filter(entry ->
                        entry.getValue() == RecordState.DONE && entry.getKey().startsWith(institution))
                .map(Map.Entry::getKey)
                .toList();
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }

    private void expect(final long sequence, final String msgid, final String person, final String original) {
        expect(RecordKey.MSGID, msgid, sequence);
        expect(RecordKey.PERSON, person, sequence);
        expect(RecordKey.INSTITUTION, msgid.substring(0, 12), sequence);
        if (original != null) {
            expect(RecordKey.UNDOES, original, sequence);
        }
    }

    private void expect(final RecordKey key, final String value, final long sequence) {
        expected.computeIfAbsent(key, absent -> new HashMap<>())
                .computeIfAbsent(value, absent -> new ArrayList<>())
                .add(sequence);
    }

    // ---- what a follower does ----

    private void follow(final RecordIndex index) throws IOException {
        while (index.nextUncovered(0) < journal.size()) {
            index.flush();
            long next = index.nextUncovered(0);
            final long end = Math.min(journal.size(), index.nextRun(next)) - 1;
            index.begin(next);
            while (next <= end) {
                final long last = seals.ceilingKey(next);
                final long first = next;
                index.add(i -> journal.get((int) first + i), (int) (last + 1 - first), first, last, seals.get(last));
                next = last + 1;
                if (index.isTailFull()) {
                    index.flush();
                }
            }
            if (end < journal.size() - 1) {
                index.flush();
            }
        }
    }

    private RecordIndex killed(final RecordIndex index) throws IOException {
        index.close();
        Files.write(directory.resolve("0000000000000007-0000000000000009.run.part"), new byte[5000]);
        final RecordIndex opened = open();
        assertThat(files("*.part")).isEmpty();
        return opened;
    }

    /** The merged run has its name, and those that it was made of are still there. */
    private RecordIndex killedInAMerge(final RecordIndex index) throws IOException {
        index.flush();
        final Path copies = Files.createDirectories(directory.resolve("copies"));
        for (final Path run : files("*.run")) {
            Files.copy(run, copies.resolve(run.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        index.merge(() -> false);
        index.close();
        try (DirectoryStream<Path> kept = Files.newDirectoryStream(copies)) {
            for (final Path copy : kept) {
                Files.move(copy, directory.resolve(copy.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return open();
    }

    private RecordIndex damaged(final RecordIndex index) throws IOException {
        final List<Path> runs = files("*.run");
        if (runs.isEmpty()) {
            return index;
        }
        final Path run = runs.get(random.nextInt(runs.size()));
        if (random.nextBoolean()) {
            damageAnEntry(run);
            index.merge(() -> false);
            try {
                index.check();
            } catch (final IndexDamagedException e) {
                // It is set aside now.
            }
            return index;
        }
        index.close();
        Files.write(run, Arrays.copyOf(Files.readAllBytes(run), random.nextInt(9000)));
        return open();
    }

    private void damageAnEntry(final Path run) throws IOException {
        final byte[] bytes = Files.readAllBytes(run);
        bytes[4096 + random.nextInt(bytes.length - 4096)] ^= (byte) (1 << random.nextInt(8));
        Files.write(run, bytes);
    }

    private List<Path> files(final String pattern) throws IOException {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
            files.forEach(found::add);
        }
        found.sort(null);
        return found;
    }

    private void clear() throws IOException {
        for (final Path file : files("*.run*")) {
            Files.delete(file);
        }
    }

    // ---- what is found ----

    private void assertFindsSomething(final RecordIndex index) throws IOException {
        final RecordKey key = RecordKey.values()[random.nextInt(RecordKey.values().length)];
        final Map<String, List<Long>> values = expected.getOrDefault(key, Map.of());
        if (!values.isEmpty()) {
            final List<String> all = List.copyOf(values.keySet());
            assertFinds(index, key, all.get(random.nextInt(all.size())));
        }
    }

    private void assertFindsAll(final RecordIndex index) throws IOException {
        for (final RecordKey key : expected.keySet()) {
            for (final String value : expected.get(key).keySet()) {
                assertFinds(index, key, value);
            }
        }
        assertThat(index.find(RecordKey.MSGID, "H32030200001209901010000000000", 0, new long[4]))
                .isZero();
    }

    private void assertFinds(final RecordIndex index, final RecordKey key, final String value) throws IOException {
        final List<Long> wanted = expected.get(key).get(value);
        final List<Long> found = new ArrayList<>();
        final long[] some = new long[1 + random.nextInt(50)];
        long from = 0;
        int count = some.length;
        while (count == some.length) {
            try {
                count = index.find(key, value, from, some);
            } catch (final IndexDamagedException e) {
                follow(index);
                continue;
            }
            for (int i = 0; i < count; i++) {
                found.add(some[i]);
                from = some[i] + 1;
            }
        }
        assertThat(found).as("%s %s, seed %d", key, value, seed).isEqualTo(wanted);
    }
}
