package io.settlegate.gateway.pipeline;

import io.settlegate.journal.SealedBatch;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One place of the ring. Each field names the stage that writes it; later stages only read. The reply stage wipes the slot,
 * because it holds a patient's data.
 */
public final class RequestSlot {
    /** Room for an outcome: the largest is a settlement of {@link Limits#MAX_LINES} lines. */
    static final int MAX_OUTCOME_LENGTH = 16 * 1024;

    // ---- claim ----
    private final byte[] frame = new byte[Limits.MAX_FRAME_LENGTH];
    private final UnsafeBuffer frameBuffer = new UnsafeBuffer(frame);
    private int frameLength;
    private int templateId;
    private long correlationId;
    private long arrivalMs;
    private long claimedNs;
    private Session session;
    private SigningKey key;

    // ---- verify, then settle: null while nothing speaks against the request ----
    private ResultCode refusal;

    // ---- settle ----
    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[MAX_OUTCOME_LENGTH]);
    private int outcomeLength;
    private boolean beginsSegment;
    private long sequence;
    private long timeMs;
    private long stateHashHigh;
    private long stateHashLow;

    // ---- journal ----
    private SealedBatch batch;
    private int leafIndex;

    /**
     * Claim: takes the header's facts; the frame's bytes were copied into {@link #frame()} before.
     *
     * @param frameLength bytes of header, body, and signature.
     * @param key that must have signed: the operator's, or the terminal's, or null if its serial number is not registered.
     * @param arrivalMs when the frame was cut, by the gateway's clock.
     */
    public void claim(
            final int frameLength,
            final int templateId,
            final long correlationId,
            final long arrivalMs,
            final Session session,
            final SigningKey key) {
        this.frameLength = frameLength;
        this.templateId = templateId;
        this.correlationId = correlationId;
        this.arrivalMs = arrivalMs;
        this.claimedNs = System.nanoTime();
        this.session = session;
        this.key = key;
        this.refusal = null;
        this.outcomeLength = 0;
        this.beginsSegment = false;
        this.batch = null;
    }

    /** Verify or settle: the request goes no further, and binds nothing. */
    void refuse(final ResultCode code) {
        refusal = code;
    }

    /** Settle: the journal goes on in another segment before this record. */
    void beginSegment() {
        beginsSegment = true;
    }

    /** Settle: what the engine answered. */
    void settled(
            final long sequence,
            final long timeMs,
            final int outcomeLength,
            final long stateHashHigh,
            final long stateHashLow) {
        this.sequence = sequence;
        this.timeMs = timeMs;
        this.outcomeLength = outcomeLength;
        this.stateHashHigh = stateHashHigh;
        this.stateHashLow = stateHashLow;
    }

    /** Journal: the sealed batch that holds the record. */
    void sealed(final SealedBatch batch, final int leafIndex) {
        this.batch = batch;
        this.leafIndex = leafIndex;
    }

    /** Reply: leaves nothing of the request behind. */
    void wipe() {
        Arrays.fill(frame, 0, frameLength, (byte) 0);
        outcome.setMemory(0, outcomeLength, (byte) 0);
        frameLength = 0;
        outcomeLength = 0;
        session = null;
        key = null;
        batch = null;
        refusal = null;
    }

    /** The whole array; {@link #frameLength()} bytes of it are the frame: SBE header, body, signature. */
    public byte[] frame() {
        return frame;
    }

    UnsafeBuffer frameBuffer() {
        return frameBuffer;
    }

    int frameLength() {
        return frameLength;
    }

    /** Bytes that the signature covers. */
    int signedLength() {
        return frameLength - Sm2Signer.SIGNATURE_LENGTH;
    }

    int templateId() {
        return templateId;
    }

    long correlationId() {
        return correlationId;
    }

    long arrivalMs() {
        return arrivalMs;
    }

    /** For the meter only: on the monotonic clock. */
    long claimedNs() {
        return claimedNs;
    }

    Session session() {
        return session;
    }

    /** The operator's connection whose act this is, or null for a terminal's request. */
    ActSession operator() {
        return session instanceof ActSession operator ? operator : null;
    }

    SigningKey key() {
        return key;
    }

    ResultCode refusal() {
        return refusal;
    }

    UnsafeBuffer outcome() {
        return outcome;
    }

    int outcomeLength() {
        return outcomeLength;
    }

    boolean beginsSegment() {
        return beginsSegment;
    }

    long sequence() {
        return sequence;
    }

    long timeMs() {
        return timeMs;
    }

    long stateHashHigh() {
        return stateHashHigh;
    }

    long stateHashLow() {
        return stateHashLow;
    }

    SealedBatch batch() {
        return batch;
    }

    int leafIndex() {
        return leafIndex;
    }
}
