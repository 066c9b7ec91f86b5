package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.SnapshotTarget;
import io.settlegate.journal.store.Space;
import io.settlegate.journal.store.Store;
import io.settlegate.journal.store.StoreException;
import io.settlegate.journal.store.StoreLock;
import io.settlegate.journal.store.StoreLockedException;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which snapshot a start believes, and what it says of those that it does not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SnapshotStartTest {
    private final MemoryStore store = new MemoryStore(new MemoryFaults(1));

    /** Batches of one record; a snapshot after those of these numbers. */
    private static void write(final Store store, final int batches, final Integer... snapshotAfter) {
        try (Journal journal =
                Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new Recorded())) {
            for (int batch = 0; batch < batches; batch++) {
                Fixture.append(journal, "b" + batch, 30);
                Fixture.commit(journal);
                if (List.of(snapshotAfter).contains(batch)) {
                    SnapshotWriter.write(store, new Recorded(), 9);
                }
            }
        }
    }

    private SnapshotUse open(final Recorded recorded) {
        try (Journal journal = Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, recorded)) {
            return journal.begunFrom();
        }
    }

    private static byte[] file(final Store store, final long sequence) throws IOException {
        try (SeekableByteChannel channel = store.snapshots().open(sequence)) {
            final ByteBuffer all = ByteBuffer.allocate((int) channel.size());
            channel.read(all);
            return all.array();
        }
    }

    private void put(final long sequence, final byte[] file) throws IOException {
        try (SnapshotTarget target = store.snapshots().create(sequence)) {
            target.write(ByteBuffer.wrap(file));
            target.publish();
        }
    }

    @Test
    void shouldTellAStateOnlyWhatFollowsTheNewestSnapshot() {
        Fixture.found(store);
        write(store, 10, 3, 6);
        final int[] told = {0};
        final Recorded recorded = new Recorded() {
            @Override
            public void onRecord(final RecordView record) {
                told[0]++;
                super.onRecord(record);
            }
        };
        final SnapshotUse use = open(recorded);
        assertThat(use.sequence()).isEqualTo(8);
        assertThat(use.refused()).isEmpty();
        assertThat(recorded.kinds).hasSize(13);
        assertThat(told[0]).as("three batches and the opening").isEqualTo(4);
        assertThat(recorded.genesis.gatewayId()).isEqualTo("GW-TEST");
    }

    @Test
    void shouldAnswerFromBeforeTheSnapshotWithTheFirstReceipt() {
        Fixture.found(store);
        write(store, 10, 6);
        final byte[][] receipts = new byte[12][];
        final JournalScan scan = JournalScan.read(store, new Recorded());
        try (JournalReader reader = scan.newReader()) {
            for (int i = 0; i < receipts.length; i++) {
                receipts[i] = receipt(reader, i);
            }
        }
        try (Journal journal =
                        Journal.openFromSnapshot(store, Fixture.IDENTITY, DurabilityLevel.BATCH, new Recorded());
                JournalReader reader = journal.newReader()) {
            assertThat(journal.begunFrom().sequence()).isEqualTo(8);
            for (int i = receipts.length - 1; i >= 0; i--) {
                assertThat(receipt(reader, i)).as("record %d", i).isEqualTo(receipts[i]);
            }
        }
    }

    private static byte[] receipt(final JournalReader reader, final long sequence) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[JournalReader.maxReceiptLength()]);
        final byte[] receipt = new byte[reader.encodeReceipt(sequence, buffer, 0)];
        buffer.getBytes(0, receipt);
        return receipt;
    }

    @Test
    void shouldUseTheOneBeforeADamagedOneAndNameTheDamage() {
        Fixture.found(store);
        write(store, 10, 3, 6);
        store.flipSnapshotBit(8, 700, 3);
        final Recorded recorded = new Recorded();
        final SnapshotUse use = open(recorded);
        assertThat(use.sequence()).isEqualTo(5);
        assertThat(recorded.kinds).hasSize(13);
        assertThat(use.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.sequence()).isEqualTo(8);
            assertThat(refused.describe())
                    .contains("snapshot 8")
                    .contains("block")
                    .contains("byte");
        });
        assertThat(JournalVerification.verify(store).damages()).singleElement().satisfies(damage -> assertThat(
                        damage.describe())
                .contains("snapshot 8 in memory")
                .contains("checksum"));
    }

    @Test
    void shouldReadEverythingIfNoSnapshotIsGood() {
        Fixture.found(store);
        write(store, 10, 3, 6);
        store.truncateSnapshot(8, 900);
        store.truncateSnapshot(5, 0);
        final Recorded recorded = new Recorded();
        final SnapshotUse use = open(recorded);
        assertThat(use.isFromSnapshot()).isFalse();
        assertThat(use.refused()).hasSize(2);
        assertThat(recorded.kinds).hasSize(13);
    }

    @Test
    void shouldRefuseASnapshotOfAnotherJournal() throws IOException {
        Fixture.found(store);
        write(store, 10, 3);
        final MemoryStore other = new MemoryStore(new MemoryFaults(2));
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        final GatewayIdentity identity = new GatewayIdentity("GW-TEST", 1, new Sm2Signer(key, new SecureRandom()));
        final Genesis genesis = new Genesis(
                "GW-TEST", key.publicKey(), "330100", key.publicKey(), Fixture.TIME_MS, 1, 1, new byte[] {1, 2, 3});
        Journal.found(other, genesis, identity, 1, Recorded.STATE_HASH_LOW);
        try (Journal journal = Journal.open(other, identity, DurabilityLevel.BATCH, new Recorded())) {
            for (int i = 0; i < 6; i++) {
                Fixture.append(journal, "other", 10);
                Fixture.commit(journal);
            }
            SnapshotWriter.write(other, new Recorded(), 1);
        }
        put(7, file(other, 7));
        final SnapshotUse use = open(new Recorded());
        assertThat(use.sequence()).isEqualTo(5);
        assertThat(use.refused().get(0).reason()).contains("foreign");
        assertThat(JournalVerification.verify(store).first().describe()).contains("foreign");
    }

    /** The same gateway, the same numbers, another history: as after a power cut at a level that forces nothing. */
    @Test
    void shouldRefuseASnapshotWhoseSealDoesNotStandInTheJournal() throws IOException {
        Fixture.found(store);
        final MemoryStore lost = store.afterKill();
        write(store, 3);
        final MemoryStore fork = new MemoryStore(new MemoryFaults(3));
        Fixture.found(fork);
        assertThat(lost.segments()).containsExactly(0);
        write(fork, 12, 4, 9);
        final byte[] sameNumber = file(fork, 6);
        final byte[] ahead = file(fork, 11);
        write(store, 4);
        put(6, sameNumber);
        put(11, ahead);
        final SnapshotUse use = open(new Recorded());
        assertThat(use.isFromSnapshot()).isFalse();
        assertThat(use.refused()).hasSize(2);
        assertThat(use.refused().get(0).reason()).contains("ahead of the journal");
        assertThat(use.refused().get(1).reason()).contains("does not stand in the journal");
    }

    @Test
    void shouldRefuseASnapshotUnderAnotherName() throws IOException {
        Fixture.found(store);
        write(store, 10, 3);
        put(7, file(store, 5));
        final SnapshotUse use = open(new Recorded());
        assertThat(use.sequence()).isEqualTo(5);
        assertThat(use.refused().get(0).reason()).contains("up to 5 under another name");
    }

    @Test
    void shouldRefuseAStateOfAnotherBuild() {
        Fixture.found(store);
        write(store, 5, 3);
        final SnapshotUse format = open(new Recorded() {
            @Override
            public int stateFormat() {
                return 2;
            }
        });
        assertThat(format.refused().get(0).reason()).contains("format 1 and this build reads 2");
        final SnapshotUse rules = open(new Recorded() {
            @Override
            public int rulesVersion() {
                return 4;
            }
        });
        assertThat(rules.refused().get(0).reason()).contains("rules version 0 and this build has 4");
    }

    @Test
    void shouldRefuseAStateWhoseHashIsNotTheSealsAndOneThatIsNotReadToItsEnd() {
        Fixture.found(store);
        write(store, 5, 3);
        final Recorded wrong = new Recorded() {
            private long wrongBy;

            @Override
            public void readState(final Genesis founded, final Seal seal, final ReadableByteChannel source)
                    throws IOException {
                super.readState(founded, seal, source);
                wrongBy = 1;
            }

            @Override
            public void onRecord(final RecordView record) {
                if (record.sequence() == 0) {
                    kinds.clear();
                    commands.clear();
                    seals.clear();
                    wrongBy = 0;
                }
                super.onRecord(record);
            }

            @Override
            public long stateHashHigh() {
                return super.stateHashHigh() + wrongBy;
            }
        };
        final SnapshotUse hash = open(wrong);
        assertThat(hash.isFromSnapshot()).isFalse();
        assertThat(hash.refused().get(0).reason()).contains("state hash computed from its rows");

        final SnapshotUse rest = open(new Recorded() {
            @Override
            public void readState(final Genesis founded, final Seal seal, final ReadableByteChannel source) {
                // Reads nothing.
            }
        });
        assertThat(rest.refused().get(0).reason()).contains("bytes before the snapshot's end");
    }

    /** What follows the seal after which a force failed has to be copied, so it has to be read. */
    @Test
    void shouldBeginBeforeTheSealAfterWhichAForceFailed() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, DurabilityLevel.PROCESS, new Recorded());
        Fixture.append(journal, "forced", 10);
        Fixture.commit(journal);
        journal.forceInBackground();
        SnapshotWriter.write(store, new Recorded(), 9);
        for (int i = 0; i < 3; i++) {
            Fixture.append(journal, "doubted", 10);
            Fixture.commit(journal);
        }
        SnapshotWriter.write(store, new Recorded(), 9);
        store.faults().failedForcePerMille(1000);
        assertThatThrownBy(journal::forceInBackground).isInstanceOf(ForceFailedException.class);
        store.faults().failedForcePerMille(0);

        final MemoryStore restarted = store.afterKill();
        final Recorded recorded = new Recorded();
        final Journal next = Journal.openFromSnapshot(restarted, Fixture.IDENTITY, DurabilityLevel.PROCESS, recorded);
        assertThat(next.begunFrom().sequence()).isEqualTo(2);
        assertThat(next.begunFrom().refused().get(0).reason()).contains("after which a force failed");
        assertThat(recorded.kinds).hasSize(7);
        next.close();

        // The newer snapshot's index points to where the batches were doubted; the copies stand elsewhere.
        final Recorded after = new Recorded();
        try (Journal last = Journal.openFromSnapshot(
                        restarted.afterPowerCut(), Fixture.IDENTITY, DurabilityLevel.PROCESS, after);
                JournalReader reader = last.newReader()) {
            assertThat(last.begunFrom().sequence()).isEqualTo(2);
            assertThat(last.begunFrom().refused().get(0).reason()).contains("index");
            assertThat(after.kinds).hasSize(8);
            for (int sequence = 7; sequence >= 0; sequence--) {
                assertThat(reader.read(sequence).sequence()).isEqualTo(sequence);
            }
        }
    }

    @Test
    void shouldReadBackFromTheSnapshotBeforeASequenceOrATime() {
        Fixture.found(store);
        write(store, 10, 3, 6);
        for (final ScanEnd end : List.of(ScanEnd.atSequence(7), ScanEnd.atTime(Fixture.TIME_MS + 6))) {
            final Recorded recorded = new Recorded();
            final JournalScan scan = JournalScan.readFromSnapshot(store, recorded, end);
            assertThat(scan.begunFrom().sequence()).as("%s", end).isEqualTo(5);
            assertThat(scan.lastSeal().lastSequence()).as("%s", end).isEqualTo(7);
            assertThat(recorded.kinds).hasSize(8);
        }
        final Recorded all = new Recorded();
        JournalScan.read(store, all, ScanEnd.atSequence(7));
        assertThat(all.kinds).hasSize(8);
        assertThat(JournalScan.readFromSnapshot(store, new Recorded(), ScanEnd.atSequence(5))
                        .lastSeal()
                        .lastSequence())
                .isEqualTo(5);
    }

    @Test
    void shouldMakeNoSnapshotBeyondTheDurableMark() {
        Fixture.found(store);
        try (Journal journal = Fixture.open(store, new Recorded())) {
            Fixture.append(journal, "one", 10);
            Fixture.commit(journal);
            final byte[] mark = store.readMark();
            Fixture.append(journal, "as if not forced", 10);
            Fixture.commit(journal);
            store.publishMark(mark);
            assertThat(SnapshotWriter.write(store, new Recorded(), 2).sequence())
                    .isEqualTo(2);
            assertThat(SnapshotWriter.write(store, new Recorded(), 2).isWritten())
                    .as("it is up to date")
                    .isFalse();
        }
    }

    @Test
    void shouldKeepTheNewestGoodSnapshots() {
        Fixture.found(store);
        write(store, 10, 1, 3, 5, 7);
        assertThat(store.snapshots().sequences()).containsExactly(3L, 5L, 7L, 9L);
        store.flipSnapshotBit(9, 300, 1);
        final SnapshotWriter.Result result = SnapshotWriter.write(store, new Recorded(), 2);
        assertThat(result.sequence()).isEqualTo(11);
        assertThat(result.begunFrom().sequence()).isEqualTo(7);
        assertThat(result.deleted()).containsExactly(5L, 3L);
        assertThat(store.snapshots().sequences())
                .as("the damaged one counts for nothing")
                .containsExactly(7L, 9L, 11L);
    }

    @Test
    void shouldMakeNoSnapshotOfAStateThatTheJournalContradictsOrThatCannotBeReadAgain() {
        Fixture.found(store);
        write(store, 5);
        final Recorded diverging = new Recorded() {
            @Override
            public long stateHashLow() {
                return 8;
            }
        };
        assertThatThrownBy(() -> SnapshotWriter.write(store, diverging, 2))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("no snapshot is made");
        final Recorded forgetful = new Recorded() {
            @Override
            public void readState(final Genesis founded, final Seal seal, final ReadableByteChannel source)
                    throws IOException {
                super.readState(founded, seal, source);
                kinds.remove(0);
            }
        };
        assertThatThrownBy(() -> SnapshotWriter.write(store, forgetful, 2))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("reading the new snapshot back");
        assertThat(store.snapshots().sequences()).isEmpty();
    }

    @Test
    void shouldLeaveTheOldSnapshotsWhenTheDiskRefusesOrIsFull() {
        Fixture.found(store);
        write(store, 5, 1);
        store.faults().failedForcePerMille(1000);
        assertThatThrownBy(() -> SnapshotWriter.write(store, new Recorded(), 1)).isInstanceOf(StoreException.class);
        store.faults().failedForcePerMille(0).shortWritePerMille(1000);
        assertThatThrownBy(() -> SnapshotWriter.write(store, new Recorded(), 1)).isInstanceOf(StoreException.class);
        store.faults().shortWritePerMille(0);
        store.space(new Space(100, 200, 150));
        assertThatThrownBy(() -> SnapshotWriter.write(store, new Recorded(), 1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("100 bytes left")
                .hasMessageContaining("untouched");
        assertThat(store.snapshots().sequences()).containsExactly(3L);
        final StoreLock lock = store.snapshots().lock();
        assertThatThrownBy(() -> SnapshotWriter.write(store, new Recorded(), 1))
                .isInstanceOf(StoreLockedException.class);
        lock.close();
    }

    /** The peaks are proven by the seal's signature, and the chain goes on from them. */
    @Test
    void shouldRefuseWrongPeaks() throws IOException {
        Fixture.found(store);
        write(store, 10, 6);
        final JournalScan scan = JournalScan.read(store, new Recorded(), ScanEnd.atSequence(8));
        final ChainAnchor anchor = scan.anchor();
        assertThat(anchor.rangeBefore().count()).isEqualTo(8);
        final byte[] encoded = anchor.encode();
        assertThat(ChainAnchor.decode(encoded).fault(new io.settlegate.protocol.crypto.BouncyCastleVerifier()))
                .isNull();
        int refused = 0;
        for (int offset = 0; offset < encoded.length; offset++) {
            encoded[offset] ^= 4;
            final ChainAnchor altered = ChainAnchor.decode(encoded);
            if (altered == null || altered.fault(new io.settlegate.protocol.crypto.BouncyCastleVerifier()) != null) {
                refused++;
            }
            encoded[offset] ^= 4;
        }
        assertThat(refused).as("of %d bytes", encoded.length).isEqualTo(encoded.length);
    }

    /** Found by seeded power cuts: the seal reached the disk, and a record before it did not. */
    @Test
    void shouldNotBelieveASnapshotBehindAHoleWhereNothingWasForced() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, DurabilityLevel.PROCESS, new Recorded());
        for (int i = 0; i < 6; i++) {
            Fixture.append(journal, "long", 2_000);
            Fixture.commit(journal);
        }
        SnapshotWriter.write(store, new Recorded(), 9);
        final long hole = SealSearch.find(store, SegmentPlan.of(store, null), 3).end();
        store.zero(1, 0, (hole / 512 + 1) * 512, 512);

        final Recorded recorded = new Recorded();
        try (Journal next =
                Journal.openFromSnapshot(store.afterKill(), Fixture.IDENTITY, DurabilityLevel.PROCESS, recorded)) {
            assertThat(next.begunFrom().isFromSnapshot()).isFalse();
            assertThat(next.begunFrom().refused().get(0).reason()).contains("newer than the head note");
            assertThat(recorded.kinds).as("up to the hole, and the opening").hasSize(5);
            assertThat(next.setAside().reason()).contains("never forced");
        }
    }
}
