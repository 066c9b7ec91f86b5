package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.archive.JournalArchive;
import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.SealHashFile;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Seal;
import io.settlegate.protocol.receipt.SealBody;
import io.settlegate.protocol.receipt.proof.Head;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the verification says across the cut of a journal whose first segments were archived and removed. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ArchivedVerificationTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    private Path journal;
    private Store store;
    private SealHashFile hashes;
    private List<Seal> seals;
    private int keptSeals;
    private JournalArchive archive;

    /** Segments 0 to 4 with a snapshot; three of them removed. */
    @BeforeEach
    void cut() throws IOException {
        journal = directory.resolve("journal");
        store = ChronicleStore.in(journal, ChronicleConfiguration.defaults().withBlockLength(64 << 10));
        hashes = new SealHashFile(journal);
        Fixture.found(store);
        try (Journal open = Fixture.open(store, new Recorded())) {
            for (int segment = 0; segment < 4; segment++) {
                for (int batch = 0; batch < 6; batch++) {
                    Fixture.append(open, "a", 20);
                    Fixture.commit(open);
                }
                if (segment < 3) {
                    open.tendSegments(0);
                    open.beginNextSegment();
                }
            }
        }
        final long snapshot = SnapshotWriter.write(store, new Recorded(), 2).sequence();
        final Recorded all = new Recorded();
        JournalScan.read(store, all);
        seals = all.seals;
        archive = new JournalArchive(journal, store, directory.resolve("archives"));
        final List<ClosedSegment> segments = ClosedSegment.of(store).subList(0, 3);
        for (final ClosedSegment segment : segments) {
            archive.archive(segment);
        }
        archive.remove(segments, snapshot);
        keptSeals = (int) ArchivedCut.sealCount(store);
        assertThat(keptSeals).isBetween(10, seals.size() - 3);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private HeadComparison.Finding finding(final Seal seal) {
        return compared(seal).finding();
    }

    private HeadComparison compared(final Seal seal) {
        final HeadComparison comparison = new HeadComparison(new Head(seal)).of(Fixture.GENESIS);
        verify(comparison);
        return comparison;
    }

    private JournalVerification.Report verify(final HeadComparison... heads) {
        return JournalVerification.verify(store, hashes, List.of(heads));
    }

    /** Another seal in the place of one of this journal. */
    private static Seal rewritten(final Seal seal, final byte[] previousHash) {
        final byte[] root = seal.merkleRoot().clone();
        root[5]++;
        return new SealBody(
                        DurabilityLevel.BATCH,
                        1,
                        seal.gatewayId(),
                        seal.sealNumber(),
                        seal.firstSequence(),
                        seal.lastSequence(),
                        seal.timeMs(),
                        root,
                        previousHash,
                        seal.mountainRangeRoot(),
                        1,
                        2)
                .sign(Fixture.IDENTITY.signer());
    }

    @Test
    void shouldCompareHeadsBeforeAtAndBehindTheCut() throws IOException {
        assertThat(verify().damages()).isEmpty();
        for (final Seal seal : seals) {
            assertThat(finding(seal)).as("%s of %d kept", seal, keptSeals).isEqualTo(HeadComparison.Finding.FITS);
        }
        // Put back, the kept hashes and the seals themselves say the same.
        archive.restore(2);
        assertThat(verify().damages()).isEmpty();
        for (final Seal seal : seals) {
            assertThat(finding(seal)).isEqualTo(HeadComparison.Finding.FITS);
        }
    }

    @Test
    void shouldFindARewrittenHistoryOnBothSidesOfTheCut() {
        for (final Seal seal : seals.subList(1, seals.size())) {
            assertThat(finding(rewritten(seal, seal.previousSealHash())))
                    .as("%s of %d kept", seal, keptSeals)
                    .isEqualTo(HeadComparison.Finding.PARTS_AT_HEAD);
            assertThat(finding(rewritten(seal, seal.hash()))).isEqualTo(HeadComparison.Finding.PARTS_BEFORE);
        }
        final Seal cut = seals.get(keptSeals - 1);
        assertThat(compared(rewritten(cut, cut.previousSealHash())).describe())
                .contains("REWRITTEN")
                .contains("part at seal " + (keptSeals - 1));
    }

    @Test
    void shouldNoticeEachFlippedBitOfTheKeptHashes() throws IOException {
        final long length = SealHashFile.offsetOf(keptSeals);
        for (int round = 0; round < 60; round++) {
            final long offset = round < 8 ? round : random.nextLong(length);
            final int bit = random.nextInt(8);
            final String what = String.format("seed %d, byte %d, bit %d", seed, offset, bit);
            flip(offset, bit);
            final JournalVerification.Report report = verify();
            assertThat(report.damages()).as(what).singleElement().satisfies(damage -> assertThat(damage.describe())
                    .contains("archived.seals")
                    .contains("restore it from a"));
            if (offset >= SealHashFile.offsetOf(0)) {
                final long number = (offset - SealHashFile.offsetOf(0)) / 32;
                assertThat(report.first().sealNumber()).as(what).isBetween(0L, number);
                assertThat(report.first().reason()).as(what).contains("signed chain");
                // What cannot be proven accuses nobody.
                assertThat(finding(seals.get((int) number)))
                        .as(what)
                        .isIn(HeadComparison.Finding.UNREADABLE, HeadComparison.Finding.FITS);
            }
            flip(offset, bit);
        }
        assertThat(verify().damages()).isEmpty();
    }

    @Test
    void shouldSayThatTheKeptHashesAreMissingOrCutOff() throws IOException {
        final byte[] content = Files.readAllBytes(hashes.path());
        Files.delete(hashes.path());
        assertThat(verify().damages()).singleElement().satisfies(damage -> {
            assertThat(damage.describe())
                    .contains(hashes.path().toString())
                    .contains("missing")
                    .contains("restore it from a");
            assertThat(damage.sealNumber()).isZero();
        });
        assertThat(finding(seals.get(3))).isEqualTo(HeadComparison.Finding.UNREADABLE);
        // The anchor names the last archived seal itself.
        assertThat(finding(seals.get(keptSeals - 1))).isEqualTo(HeadComparison.Finding.FITS);
        assertThat(finding(seals.get(keptSeals))).isEqualTo(HeadComparison.Finding.FITS);
        for (int round = 0; round < 20; round++) {
            final int left = random.nextInt(content.length);
            Files.write(hashes.path(), Arrays.copyOf(content, left));
            assertThat(verify().damages())
                    .as("seed %d, %d of %d bytes", seed, left, content.length)
                    .singleElement()
                    .satisfies(damage ->
                            assertThat(damage.file()).isEqualTo(hashes.path().toString()));
        }
    }

    /** After they were put back too: the next removal and every proof lean on them. */
    @Test
    void shouldNoticeItWhileAllSegmentsAreThereAgain() throws IOException {
        for (int segment = 2; segment >= 0; segment--) {
            archive.restore(segment);
        }
        assertThat(verify().damages()).isEmpty();
        flip(SealHashFile.offsetOf(2), 0);
        assertThat(verify().first().describe()).contains("archived.seals");
        assertThat(finding(seals.get(2))).isEqualTo(HeadComparison.Finding.FITS);
    }

    @Test
    void shouldGiveTheHeadOfASealWhoseSegmentWasPutBack() throws IOException {
        final Seal last = seals.get(keptSeals - 1);
        assertThatThrownBy(() -> prover().at(last.sealNumber()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("archived and not here")
                .hasMessageContaining("restore-archived");
        archive.restore(2);
        assertThat(prover().at(last.sealNumber())).isEqualTo(new Head(last));
        assertThatThrownBy(() -> prover().at(1)).hasMessageContaining("archived and not here");
        archive.restore(1);
        archive.restore(0);
        for (final Seal seal : seals) {
            assertThat(prover().at(seal.sealNumber())).isEqualTo(new Head(seal));
        }
    }

    private JournalProver prover() {
        return new JournalProver(store, ArchivedSeals.of(store, hashes));
    }

    private void flip(final long offset, final int bit) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(hashes.path().toFile(), "rw")) {
            file.seek(offset);
            final int value = file.read();
            file.seek(offset);
            file.write(value ^ 1 << bit);
        }
    }
}
