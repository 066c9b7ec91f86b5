package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.EventHandler;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.crypto.SignatureBatch;
import io.settlegate.protocol.crypto.SignatureVerifier;

/**
 * Stage verify-i of N: checks the signatures of the slots whose ring sequence is i modulo N, in batches of what the ring
 * offers. A request that fails is marked and stays on the line, so that its refusal keeps its place.
 *
 * <p>Owns its verifier. Never blocks; never throws for any content of a frame.
 */
final class VerifyHandler implements EventHandler<RequestSlot> {
    /** Signatures that are worth handing to the verifier at once: the lanes of a vector unit. */
    static final int SIGNATURE_BATCH_COUNT = 8;

    private final int index;
    private final int count;
    private final SignatureVerifier verifier;
    private final SignatureBatch batch = new SignatureBatch(SIGNATURE_BATCH_COUNT);
    private final RequestSlot[] slots = new RequestSlot[SIGNATURE_BATCH_COUNT];

    VerifyHandler(final int index, final int count, final SignatureVerifier verifier) {
        this.index = index;
        this.count = count;
        this.verifier = verifier;
    }

    @Override
    public void onStart() {
        Thread.currentThread().setName("verify-" + index);
    }

    @Override
    public void onEvent(final RequestSlot slot, final long ringSequence, final boolean endOfBatch) {
        if (ringSequence % count == index) {
            admit(slot);
        }
        if (endOfBatch || batch.isFull()) {
            verify();
        }
    }

    private void admit(final RequestSlot slot) {
        final SigningKey key = slot.key();
        if (key == null) {
            slot.refuse(ResultCode.UNKNOWN_TERMINAL);
        } else if (!key.enabled()) {
            slot.refuse(ResultCode.TERMINAL_DISABLED);
        } else {
            slots[batch.add(key.publicKey(), slot.frame(), 0, slot.signedLength())] = slot;
        }
    }

    private void verify() {
        if (batch.count() == 0) {
            return;
        }
        verifier.verify(batch);
        for (int i = 0; i < batch.count(); i++) {
            if (!batch.verdict(i)) {
                slots[i].refuse(ResultCode.BAD_SIGNATURE);
            }
            slots[i] = null;
        }
        batch.clear();
    }
}
