package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.proof.ConsistencyProof;
import io.settlegate.protocol.receipt.proof.Head;
import io.settlegate.protocol.receipt.proof.ProofVerifier;
import io.settlegate.protocol.receipt.proof.RecordProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class JournalProverTest {
    private final MemoryStore store = new MemoryStore(new MemoryFaults(1));
    private final ProofVerifier verifier = new ProofVerifier(Fixture.KEY.publicKey(), new BouncyCastleVerifier());

    private static void commit(final Journal journal, final int batches, final String tag) {
        for (int batch = 0; batch < batches; batch++) {
            for (int i = 0; i <= batch % 4; i++) {
                Fixture.append(journal, tag + batch, 40);
            }
            journal.commit(1, 2);
        }
    }

    private static Journal open(final Store store) {
        return Fixture.open(store, new Recorded());
    }

    private static JournalProver prover(final Store store) {
        return new JournalProver(store, EarlierSeals.NONE);
    }

    private static List<Head> heads(final Store store) {
        final List<Head> heads = new ArrayList<>();
        JournalVerification.verify(store, seal -> heads.add(new Head(seal)));
        return heads;
    }

    @Test
    void shouldProveRecordsAndHeadsOfAJournalThatIsBeingWrittenAndWasRestarted() {
        Fixture.found(store);
        try (Journal journal = open(store)) {
            commit(journal, 9, "a");
        }
        try (Journal journal = open(store)) {
            commit(journal, 8, "b");
            Fixture.append(journal, "unsealed", 10);
            final JournalProver prover = prover(store);
            final List<Head> heads = heads(store);
            final Head newest = prover.newest();
            assertThat(newest).isEqualTo(heads.get(heads.size() - 1));
            final long last = newest.seal().lastSequence();
            final Random random = new Random(4);
            for (long sequence = 0; sequence <= last; sequence++) {
                final Head under = heads.get(random.nextInt(heads.size()));
                if (under.seal().lastSequence() < sequence) {
                    final long of = sequence;
                    assertThatThrownBy(() -> prover.proveRecord(of, under))
                            .isInstanceOf(HeadRefusedException.class)
                            .hasMessageContaining("newer than the head");
                    continue;
                }
                for (final Head head : List.of(under, newest)) {
                    final RecordProof proof = prover.proveRecord(sequence, head);
                    assertThat(verifier.verify(proof.toText(), List.of(head)).isValid())
                            .as("record %d under seal %d", sequence, head.number())
                            .isTrue();
                    assertThat(proof.receipt().sequence()).isEqualTo(sequence);
                }
            }
            for (int old = 0; old < heads.size(); old++) {
                assertThat(prover.at(old)).isEqualTo(heads.get(old));
                for (int head = old; head < heads.size(); head++) {
                    final ConsistencyProof proof = prover.proveConsistency(heads.get(old), heads.get(head));
                    assertThat(verifier.verify(proof.toText(), List.of(heads.get(old), heads.get(head)))
                                    .isValid())
                            .isTrue();
                }
            }
            assertThatThrownBy(() -> prover.proveConsistency(heads.get(5), heads.get(4)))
                    .hasMessageContaining("the other way round");
            assertThatThrownBy(() -> prover.proveRecord(last + 1, newest)).hasMessageContaining("no durable record");
            assertThatThrownBy(() -> prover.at(newest.number() + 1)).hasMessageContaining("the newest is seal");
        }
    }

    @Test
    void shouldProveAcrossASegmentThatBeginsWithCopies() {
        Fixture.found(store);
        final Journal journal = open(store);
        commit(journal, 3, "a");
        final Head kept = prover(store).newest();
        Fixture.append(journal, "doubted", 2000);
        store.faults().failedForcePerMille(1000);
        assertThatThrownBy(() -> journal.commit(3, 4)).isInstanceOf(ForceFailedException.class);
        store.faults().failedForcePerMille(0);
        final MemoryStore restarted = store.afterKill();
        try (Journal next = open(restarted)) {
            commit(next, 2, "b");
            final JournalProver prover = prover(restarted);
            final Head newest = prover.newest();
            assertThat(verifier.verify(prover.proveConsistency(kept, newest), List.of())
                            .isValid())
                    .isTrue();
            for (long sequence = 0; sequence <= newest.seal().lastSequence(); sequence++) {
                assertThat(prover.proveRecord(sequence, newest).path()).isNotNull();
            }
        }
    }

    @Test
    void shouldTakeHashesOfEarlierSealsFromElsewhere() {
        Fixture.found(store);
        try (Journal journal = open(store)) {
            commit(journal, 9, "a");
        }
        final List<Head> heads = heads(store);
        final Head newest = heads.get(heads.size() - 1);
        for (int count = 0; count <= heads.size(); count++) {
            final JournalProver prover = new JournalProver(store, new Kept(heads, count, -1));
            assertThat(prover.proveRecord(3, newest).toText())
                    .isEqualTo(prover(store).proveRecord(3, newest).toText());
            assertThat(prover.proveConsistency(heads.get(2), newest).toText())
                    .isEqualTo(
                            prover(store).proveConsistency(heads.get(2), newest).toText());
        }
        final JournalProver spoilt = new JournalProver(store, new Kept(heads, 5, 4));
        assertThatThrownBy(() -> spoilt.proveRecord(3, newest)).isInstanceOf(JournalException.class);
    }

    /** Hashes as a file beside archived segments would have them; one of them may be wrong. */
    private record Kept(List<Head> heads, int given, int wrong) implements EarlierSeals {
        @Override
        public long count() {
            return given;
        }

        @Override
        public void copyHash(final long number, final byte[] target, final int offset) {
            System.arraycopy(heads.get((int) number).seal().hash(), 0, target, offset, Sm3.LENGTH);
            if (number == wrong) {
                target[offset]++;
            }
        }
    }

    @Test
    void shouldSayWhereAnotherHistoryParts() {
        Fixture.found(store);
        try (Journal journal = open(store)) {
            commit(journal, 3, "a");
        }
        final MemoryStore copy = store.afterKill();
        try (Journal journal = open(store)) {
            commit(journal, 4, "b");
        }
        try (Journal journal = open(copy)) {
            commit(journal, 2, "other");
        }
        final List<Head> heads = heads(store);
        final long common = 4;
        for (final Head head : heads) {
            final HeadComparison comparison = compared(copy, head);
            final long number = head.number();
            final HeadComparison.Finding expected = number <= common
                    ? HeadComparison.Finding.FITS
                    : number == common + 1
                            ? HeadComparison.Finding.PARTS_AT_HEAD
                            : number <= common + 3
                                    ? HeadComparison.Finding.PARTS_BEFORE
                                    : HeadComparison.Finding.BEYOND_END;
            assertThat(comparison.finding()).as("head %d", number).isEqualTo(expected);
            assertThat(comparison.describe()).contains("seal " + number);
            final JournalProver prover = prover(copy);
            if (expected != HeadComparison.Finding.FITS) {
                assertThatThrownBy(() -> prover.proveRecord(1, head)).isInstanceOf(HeadRefusedException.class);
                assertThatThrownBy(() -> prover.proveConsistency(heads.get(1), head))
                        .isInstanceOf(HeadRefusedException.class);
            }
        }
        assertThat(compared(copy, heads.get(5)).describe()).contains("part at seal 5");
        assertThat(HeadComparison.parting(List.of(compared(copy, heads.get(2)), compared(copy, heads.get(7)))))
                .isEqualTo("the two histories part between seals 3 and 6, both included");
        assertThat(HeadComparison.parting(List.of(compared(copy, heads.get(4)), compared(copy, heads.get(6)))))
                .isEqualTo("the two histories part at seal 5");
        assertThat(HeadComparison.parting(List.of(compared(copy, heads.get(4)))))
                .isEmpty();
        assertThat(compared(store, heads.get(5)).finding()).isEqualTo(HeadComparison.Finding.FITS);
    }

    private static HeadComparison compared(final Store store, final Head head) {
        final HeadComparison comparison = new HeadComparison(head).of(Journal.genesisOf(store));
        JournalVerification.verify(store, comparison::accept);
        return comparison;
    }

    /** The same records with one changed, sealed again with the true key: whole in itself, and every kept head tells. */
    @Test
    void shouldDetectARewrittenJournalByEachHeadOfTheTimeSince() {
        Fixture.found(store);
        try (Journal journal = open(store)) {
            commit(journal, 12, "a");
        }
        final List<Head> heads = heads(store);
        for (final int changed : List.of(2, 9, 20)) {
            final Store rewritten = RewrittenJournal.of(store, changed);
            assertThat(JournalVerification.verify(rewritten).damages())
                    .as("whole in itself")
                    .isEmpty();
            final JournalProver prover = prover(rewritten);
            final Head newest = prover.newest();
            for (final Head head : heads) {
                final boolean isBefore = head.seal().lastSequence() < changed;
                final boolean isFirst = !isBefore && head.seal().firstSequence() <= changed;
                final HeadComparison comparison = compared(rewritten, head);
                assertThat(comparison.finding())
                        .as(
                                "record %d changed, head over %d to %d",
                                changed, head.seal().firstSequence(), changed)
                        .isEqualTo(
                                isBefore
                                        ? HeadComparison.Finding.FITS
                                        : isFirst
                                                ? HeadComparison.Finding.PARTS_AT_HEAD
                                                : HeadComparison.Finding.PARTS_BEFORE);
                if (isBefore) {
                    assertThat(verifier.verify(prover.proveConsistency(head, newest), List.of(head))
                                    .isValid())
                            .isTrue();
                } else {
                    assertThat(comparison.describe()).contains("REWRITTEN");
                    assertThatThrownBy(() -> prover.proveConsistency(head, newest))
                            .isInstanceOf(HeadRefusedException.class);
                }
            }
        }
    }

    @Test
    void shouldKnowAHeadOfAnotherGatewayAndOneBeyondTheEnd() {
        Fixture.found(store);
        try (Journal journal = open(store)) {
            commit(journal, 5, "a");
        }
        final Head newest = prover(store).newest();
        final MemoryStore shorter = new MemoryStore(new MemoryFaults(1));
        Fixture.found(shorter);
        open(shorter).close();
        assertThat(compared(shorter, newest).finding()).isEqualTo(HeadComparison.Finding.BEYOND_END);
        final Head foreign = foreignHead();
        assertThat(compared(store, foreign).finding()).isEqualTo(HeadComparison.Finding.OTHER_GATEWAY);
        assertThat(compared(store, foreign).describe()).contains("GW-OTHER");
        assertThatThrownBy(() -> prover(store).proveRecord(1, foreign)).isInstanceOf(HeadRefusedException.class);
    }

    private static Head foreignHead() {
        return new Head(new io.settlegate.protocol.receipt.SealBody(
                        io.settlegate.protocol.receipt.DurabilityLevel.BATCH,
                        1,
                        "GW-OTHER",
                        3,
                        5,
                        6,
                        Fixture.TIME_MS,
                        new byte[32],
                        new byte[32],
                        new byte[32],
                        1,
                        2)
                .sign(Fixture.IDENTITY.signer()));
    }

    /** Damage is found and named with file and byte, and never thrown by the verification; a prover refuses. */
    @Test
    void shouldNameTheFileAndNeverThrowWhateverTheDamage() {
        Fixture.found(store);
        try (Journal journal = open(store)) {
            commit(journal, 12, "a");
        }
        open(store).close();
        final Head newest = prover(store).newest();
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 150; round++) {
            final MemoryStore damaged = store.afterKill();
            final int segment = random.nextInt(3);
            for (int i = 0; i <= random.nextInt(4); i++) {
                spoil(damaged, segment, random);
            }
            final HeadComparison comparison = new HeadComparison(newest);
            final JournalVerification.Report report = JournalVerification.verify(damaged, comparison::accept);
            assertThat(comparison.describe()).isNotEmpty();
            for (final Damage damage : report.damages()) {
                assertThat(damage.describe())
                        .as("seed %d round %d", seed, round)
                        .contains("damaged");
                if (damage.segment() >= 0
                        && !damage.field().equals("segment")
                        && !damage.field().equals("founding")) {
                    assertThat(damage.file())
                            .as("seed %d round %d: %s", seed, round, damage)
                            .isNotNull();
                    assertThat(damage.offset()).isNotNegative();
                }
            }
            refused += report.isGood() ? 0 : 1;
            proveOrRefuse(damaged, newest);
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(50);
    }

    /** Damage is refused by name, and what is handed out holds. */
    private void proveOrRefuse(final Store damaged, final Head head) {
        try {
            final RecordProof proof = prover(damaged).proveRecord(4, head);
            assertThat(verifier.verify(proof.toText(), List.of(head)).isValid()).isTrue();
        } catch (final JournalException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void shouldProveWhileTheJournalIsBeingWrittenAndRestarted() throws InterruptedException {
        Fixture.found(store);
        open(store).close();
        final Head kept = prover(store).newest();
        final AtomicBoolean isDone = new AtomicBoolean();
        final Thread writer = new Thread(
                () -> {
                    try {
                        for (int start = 0; start < 5; start++) {
                            try (Journal journal = open(store)) {
                                commit(journal, 60, "w");
                            }
                        }
                    } finally {
                        isDone.set(true);
                    }
                },
                "writer");
        writer.start();
        int rounds = 0;
        while (!isDone.get()) {
            final JournalProver prover = prover(store);
            final Head newest = prover.newest();
            assertThat(verifier.verify(prover.proveConsistency(kept, newest), List.of(kept))
                            .isValid())
                    .as("round %d", rounds)
                    .isTrue();
            assertThat(verifier.verify(prover.proveRecord(1, newest), List.of(newest), null, null)
                            .isValid())
                    .as("round %d", rounds)
                    .isTrue();
            rounds++;
        }
        writer.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(writer.isAlive()).isFalse();
        assertThat(rounds).isPositive();
    }

    private static void spoil(final MemoryStore damaged, final int segment, final Random random) {
        final int length = (int) damaged.files(segment).get(0).length();
        if (length < 2) {
            return;
        }
        final int offset = random.nextInt(length);
        switch (random.nextInt(4)) {
            case 0 -> damaged.zero(segment, 0, offset, 1 + random.nextInt(Math.min(600, length - offset)));
            case 1 -> damaged.truncate(segment, 0, offset);
            default -> damaged.flipBit(segment, 0, offset, random.nextInt(8));
        }
    }
}
