package io.settlegate.journal;

import io.settlegate.journal.store.SegmentReader;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.Seal;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Goes over a journal's seals from the first to the newest durable one, without the lock, also while it is written. It looks at
 * a record's kind alone and goes on, so it is as quick as the disk; of seals it checks CRC, number, and link to the one before.
 *
 * <p>One thread; blocks on the disk. Damage that it meets is a {@link JournalDamagedException}.
 */
final class SealWalk implements AutoCloseable {
    private final Store store;
    private final EarlierSeals earlier;
    private final DurableBound bound;
    private final SegmentPlan plan;
    private final RecordFlyweight record = new RecordFlyweight();
    private final byte[] hash = new byte[Sm3.LENGTH];
    private int at;
    private SegmentReader reader;
    private long number = -1;
    private Seal seal;

    private SealWalk(final Store store, final EarlierSeals earlier, final DurableBound bound, final SegmentPlan plan) {
        this.store = store;
        this.earlier = earlier;
        this.bound = bound;
        this.plan = plan;
    }

    /** Stops at the seal that is durable now. */
    static SealWalk open(final Store store, final EarlierSeals earlier) {
        return open(store, earlier, Source.KEPT_HASHES_FIRST);
    }

    /** From where it takes seals of which both the hash is kept and the segment is there, because it was put back. */
    enum Source {
        KEPT_HASHES_FIRST,
        SEGMENTS_FIRST
    }

    static SealWalk open(final Store store, final EarlierSeals earlier, final Source source) {
        // The bound first: what it names then stands in a segment of the plan.
        final DurableBound bound = DurableBound.of(store);
        final HeadNote forceFailed = HeadNote.decode(HeadNote.FORCE_FAILED, store.readNote(HeadNote.FORCE_FAILED));
        final SegmentPlan plan = SegmentPlan.ofRunning(store, forceFailed);
        final SegmentNotice first = plan.notices().get(0);
        if (first != null && first.sealNumber() >= earlier.count()) {
            throw new JournalException(
                    "seals up to " + first.sealNumber() + " stand in segments that are not here, and the"
                            + " hashes of only the first " + earlier.count()
                            + " are kept; a proof needs all of them: restore the archived segments");
        }
        final long absentCount = first == null ? 0 : first.sealNumber() + 1;
        final EarlierSeals used = source == Source.SEGMENTS_FIRST ? new First(earlier, absentCount) : earlier;
        return new SealWalk(store, used, bound, plan);
    }

    /** Not more than these. */
    private record First(EarlierSeals seals, long count) implements EarlierSeals {
        @Override
        public void copyHash(final long number, final byte[] target, final int offset) {
            seals.copyHash(number, target, offset);
        }
    }

    /** Moves to the next seal; false if there is no durable one. */
    boolean next() {
        if (number + 1 < earlier.count()) {
            number++;
            seal = null;
            earlier.copyHash(number, hash, 0);
            return true;
        }
        while (number < bound.sealNumber()) {
            if (reader == null) {
                reader = new SegmentReader(store, plan.chain().get(at));
            }
            while (reader.next()) {
                if (isSeal(reader.record()) && take()) {
                    return true;
                }
            }
            if (!isRestOpen()) {
                throw damaged("frame", "reading stops before a durable seal, number " + (number + 1));
            }
            return false;
        }
        return false;
    }

    private static boolean isSeal(final DirectBuffer bytes) {
        return bytes.capacity() > RecordFormat.KIND_OFFSET
                && bytes.getByte(RecordFormat.KIND_OFFSET) == RecordKind.SEAL.code();
    }

    /** Only of a journal without mark and note it is not known where its durable part ends. */
    private boolean isRestOpen() {
        return bound.sealHash() == null && at == plan.chain().size() - 1;
    }

    /** Takes the seal at which the reader stands; false if it is one of those that are known already. */
    private boolean take() {
        final String fault = record.wrap(reader.record());
        final byte[] body = fault == null ? record.command() : null;
        if (fault != null || Seal.faultOf(body) != null) {
            if (isRestOpen()) {
                return false;
            }
            throw damaged(fault == null ? "seal" : fault, FieldFault.sentence(fault == null ? "seal" : fault));
        }
        final Seal found = Seal.decode(body);
        if (found.sealNumber() <= number && number < earlier.count()) {
            checkEarlier(found);
            leaveAtBorder(found);
            return false;
        }
        if (found.sealNumber() != number + 1) {
            throw damaged("sealNumber", FieldFault.sentence("sealNumber"));
        }
        if (!Arrays.equals(found.previousSealHash(), number < 0 ? new byte[Sm3.LENGTH] : hash)) {
            throw damaged("previousSealHash", FieldFault.sentence("previousSealHash"));
        }
        number++;
        seal = found;
        System.arraycopy(found.hash(), 0, hash, 0, Sm3.LENGTH);
        if (bound.contradicts(found)) {
            throw damaged("hash", "the durable mark names another seal of this number");
        }
        leaveAtBorder(found);
        return true;
    }

    private void checkEarlier(final Seal found) {
        final byte[] kept = new byte[Sm3.LENGTH];
        earlier.copyHash(found.sealNumber(), kept, 0);
        if (!Arrays.equals(kept, found.hash())) {
            throw damaged("hash", "the kept hash of seal " + found.sealNumber() + " is another");
        }
    }

    /** A segment ends at the seal that the next one names, whatever stands after it. */
    private void leaveAtBorder(final Seal found) {
        if (at + 1 < plan.chain().size()
                && found.sealNumber() == plan.notices().get(at + 1).sealNumber()) {
            reader.close();
            at++;
            reader = new SegmentReader(store, plan.chain().get(at));
        }
    }

    private JournalDamagedException damaged(final String field, final String reason) {
        final long position = field.equals("frame") ? reader.nextPosition() : reader.position();
        return new JournalDamagedException(
                new Damage(reader.segment(), -1, number + 1, field, reason, Damage.RESTORE).at(store, position));
    }

    /** Number of the seal. */
    long number() {
        return number;
    }

    /** Its hash, valid until the next call. */
    byte[] hash() {
        return hash;
    }

    /** The seal itself; null of one whose segment is not there. */
    Seal seal() {
        return seal;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
