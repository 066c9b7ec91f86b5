package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.receipt.Seal;
import java.util.Arrays;

/**
 * Checks what stands between two seals of a journal: the first is believed, everything after it is checked as an opening does,
 * and each seal's signature too. The mountain range over all seals cannot be compared without those before the first; a
 * verification of the whole journal does that.
 *
 * <p>One thread; blocks on the disk. Whatever is wrong is a {@link JournalDamagedException}.
 */
final class SealedRange {
    private final Store store;
    private final Sm2PublicKey key;
    private final SegmentPlan plan;
    private final ChainVerifier verifier = new ChainVerifier();
    private final BouncyCastleVerifier signatures = new BouncyCastleVerifier();
    private final RecordFlyweight record = new RecordFlyweight();

    private SealedRange(final Store store) {
        this.store = store;
        this.key = Journal.genesisOf(store).gatewayKey();
        this.plan = SegmentPlan.of(store, null);
    }

    /** Checks up to {@code to}, which must stand there byte for byte, as {@code after} must. */
    static void check(final Store store, final Seal after, final Seal to) {
        new SealedRange(store).check(after, to);
    }

    private void check(final Seal after, final Seal to) {
        int index = plan.chain().size() - 1;
        while (index > 0 && plan.notices().get(index).sealNumber() >= after.sealNumber()) {
            index--;
        }
        long place = PlaceSearch.placeBefore(store, plan.chain().get(index), Seal::sealNumber, after.sealNumber());
        while (true) {
            try (SegmentReader reader = new SegmentReader(store, plan.chain().get(index))) {
                reader.seek(place);
                if (read(reader, index, after, to)) {
                    return;
                }
            }
            index++;
            place = 0;
        }
    }

    /** Reads one segment; true once {@code to} was read, false at the seal at which the next segment goes on. */
    private boolean read(final SegmentReader reader, final int index, final Seal after, final Seal to) {
        final SegmentNotice next =
                index + 1 < plan.chain().size() ? plan.notices().get(index + 1) : null;
        while (true) {
            final Seal last = verifier.chain().last();
            if (last != null && last.sealNumber() == to.sealNumber()) {
                requireSame(reader, last, to);
                return true;
            }
            if (last != null
                    && next != null
                    && last.sealNumber() == next.sealNumber()
                    && verifier.records().count() == 0) {
                if (!Arrays.equals(last.hash(), next.sealHash())) {
                    throw damaged(reader, "hash", "the next segment names another seal of this number");
                }
                return false;
            }
            if (!reader.next()) {
                throw damaged(reader, "frame", "reading stops before " + to);
            }
            if (last == null) {
                begin(reader, after);
            } else {
                take(reader);
            }
        }
    }

    /** Looks for the seal that is believed. */
    private void begin(final SegmentReader reader, final Seal after) {
        if (record.wrap(reader.record()) != null) {
            throw damaged(reader, "frame", "a record before " + after + " cannot be read");
        }
        if (record.kind() == RecordKind.SEAL && record.sequence() == after.sealNumber()) {
            final byte[] body = record.command();
            if (!Arrays.equals(body, after.bytes())) {
                throw damaged(reader, "seal", "another seal stands where " + after + " stood");
            }
            verifier.resume(after);
        }
    }

    private void take(final SegmentReader reader) {
        final String fault = verifier.accept(reader.record());
        if (fault != null) {
            throw damaged(reader, fault, "the record there is not the one that must stand there");
        }
        final Seal sealed = verifier.sealed();
        if (sealed == null) {
            return;
        }
        if (!sealed.isSignedBy(key, signatures)) {
            throw damaged(reader, "signature", "the seal is not signed with the gateway's key");
        }
        verifier.closeBatch();
    }

    private void requireSame(final SegmentReader reader, final Seal last, final Seal to) {
        if (!Arrays.equals(last.bytes(), to.bytes())) {
            throw damaged(reader, "seal", "another seal stands where " + to + " must stand");
        }
    }

    private JournalDamagedException damaged(final SegmentReader reader, final String field, final String reason) {
        return new JournalDamagedException(new Damage(
                reader.segment(),
                verifier.nextSequence(),
                verifier.chain().nextNumber(),
                field,
                reason,
                "copy again from the journal; check the disk"));
    }
}
