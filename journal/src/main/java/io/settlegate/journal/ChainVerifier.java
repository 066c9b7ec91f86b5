package io.settlegate.journal;

import io.settlegate.protocol.receipt.Seal;
import java.util.concurrent.Executor;
import org.agrona.DirectBuffer;

/**
 * Takes records in order and says whether each stands where it must: sequence, time, and at each seal the Merkle root, the
 * previous seal's hash, and the mountain range.
 *
 * <p>Leaves and root are hashed in the lanes of a vector unit, where there is one. Lanes may say that a batch is good; that it is
 * not, scalar code finds again before it is said.
 *
 * <p>One thread at a time. A fault is an answer; the caller knows the place and makes a {@link Damage} of it.
 */
final class ChainVerifier {
    private final SealChain chain;
    private final BatchLeaves leaves;
    private final BatchLeaves leavesAnew = new BatchLeaves();
    private BatchRecords records = new BatchRecords();
    private final RecordFlyweight record = new RecordFlyweight();
    private long lastTimeMs;
    private Seal sealed;
    private boolean isRecordWhole;

    ChainVerifier() {
        this(new SealChain());
    }

    /** Goes on after a chain. */
    ChainVerifier(final SealChain chain) {
        this(chain, BatchLeaves.inLanes());
    }

    /** @param executor may be given a part of the hashing. */
    ChainVerifier(final SealChain chain, final Executor executor) {
        this(chain, BatchLeaves.inLanes(executor));
    }

    /** @param leaves are asked first. */
    ChainVerifier(final BatchLeaves leaves) {
        this(new SealChain(), leaves);
    }

    private ChainVerifier(final SealChain chain, final BatchLeaves leaves) {
        this.chain = chain;
        this.leaves = leaves;
        this.lastTimeMs = timeOfLast();
    }

    /** Takes the next record; answers the field at fault, or null. */
    String accept(final DirectBuffer bytes) {
        sealed = null;
        final String fault = record.wrap(bytes);
        isRecordWhole = fault == null || fault.equals("format") || fault.equals("kind");
        if (fault != null) {
            return fault;
        }
        return switch (record.kind()) {
            case SEAL -> acceptSeal();
            case COPY -> records.count() == 0 ? null : "kind";
            default -> acceptSequenced(bytes);
        };
    }

    private String acceptSequenced(final DirectBuffer bytes) {
        if (record.sequence() != chain.nextSequence() + records.count()) {
            return "sequence";
        }
        if ((record.kind() == RecordKind.GENESIS) != (record.sequence() == 0)) {
            return "kind";
        }
        if (record.timeMs() < lastTimeMs) {
            return "timeMs";
        }
        if (leaves.isFull()) {
            return "count";
        }
        lastTimeMs = record.timeMs();
        leaves.add(record);
        records.add(bytes);
        return null;
    }

    private String acceptSeal() {
        final byte[] body = record.command();
        if (Seal.faultOf(body) != null) {
            return "seal";
        }
        final Seal seal = Seal.decode(body);
        if (record.sequence() != seal.sealNumber() || leaves.count() == 0) {
            return "sealNumber";
        }
        String fault = faultOf(seal, leaves);
        if (fault != null) {
            leavesAnew.clear();
            for (int i = 0; i < records.count(); i++) {
                leavesAnew.add(records.get(i));
            }
            fault = faultOf(seal, leavesAnew);
        }
        if (fault == null) {
            sealed = seal;
        }
        return fault;
    }

    private String faultOf(final Seal seal, final BatchLeaves hashed) {
        if (!hashed.equals(record.buffer(), record.outcomeOffset(), record.outcomeLength())) {
            return "leaves";
        }
        return chain.faultOf(seal, hashed, lastTimeMs);
    }

    /** The seal that the last record was, checked; null if it was none. */
    Seal sealed() {
        return sealed;
    }

    /** The records under {@link #sealed}, or since the last seal. */
    BatchRecords records() {
        return records;
    }

    /** Takes the seal into the chain and starts the next batch. */
    void closeBatch() {
        chain.append(sealed);
        dropBatch();
    }

    /** Takes the seal into the chain and starts the next batch; the records stay with whoever they belong to. */
    void keepBatch() {
        chain.append(sealed);
        startBatch();
    }

    /** From now on records are copied to these, which hold no open batch. Only between two batches. */
    void useRecords(final BatchRecords others) {
        records = others;
    }

    /** Goes on after damage, from a seal that is believed as it stands. For verification only. */
    void resume(final Seal seal) {
        chain.append(seal);
        chain.doubtRange();
        dropBatch();
    }

    /** Forgets records that no seal covers. */
    void dropBatch() {
        records.drop();
        startBatch();
    }

    private void startBatch() {
        leaves.clear();
        sealed = null;
        lastTimeMs = timeOfLast();
    }

    private long timeOfLast() {
        return chain.last() == null ? Long.MIN_VALUE : chain.last().timeMs();
    }

    /** True if the record taken last was whole in itself, so that a fault is no torn write. */
    boolean isRecordWhole() {
        return isRecordWhole;
    }

    /** The record taken last. */
    RecordFlyweight record() {
        return record;
    }

    long nextSequence() {
        return chain.nextSequence() + records.count();
    }

    SealChain chain() {
        return chain;
    }
}
