package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.Equation;
import io.settlegate.protocol.crypto.sm2.EquationLanes;
import io.settlegate.protocol.crypto.sm2.Verdict;

/**
 * Up to eight signatures of a batch that are decided together. One thread, belongs to a {@link LaneVerifier}.
 *
 * <p>Digests are taken in scalar code: lanes that gave one message the digest of another would let a signature pass under the wrong
 * message, and nothing after it would notice.
 */
final class LaneGroup {
    final Equation[] equations = new Equation[EquationLanes.LANES];
    final Verdict[] verdicts = new Verdict[EquationLanes.LANES];
    private final int[] indexes = new int[EquationLanes.LANES];
    private final boolean[] isInRange = new boolean[EquationLanes.LANES];
    private final Sm3Batch sm3 = new Sm3Batch(EquationLanes.LANES);
    private final byte[] digests = new byte[EquationLanes.LANES * Sm3.LENGTH];
    private int count;

    LaneGroup() {
        for (int i = 0; i < equations.length; i++) {
            equations[i] = new Equation();
        }
    }

    /** Gives the signature the next lane. */
    void admit(final SignatureBatch batch, final int index) {
        final byte[] z = batch.key(index).z;
        sm3.update(z, 0, z.length)
                .update(batch.message(index), batch.offset(index), batch.length(index))
                .end();
        indexes[count] = index;
        count++;
    }

    /** Makes the equations of all lanes, which takes their digests together. */
    void take(final SignatureBatch batch) {
        sm3.digest(digests, 0);
        for (int lane = 0; lane < count; lane++) {
            final int index = indexes[lane];
            final int end = batch.offset(index) + batch.length(index);
            isInRange[lane] = equations[lane].take(batch.message(index), end, digests, lane * Sm3.LENGTH);
        }
    }

    /** False if the signature in this lane is invalid whatever the lane says of it. */
    boolean isInRange(final int lane) {
        return isInRange[lane];
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == indexes.length;
    }

    /** Place in the batch of the signature in this lane. */
    int index(final int lane) {
        return indexes[lane];
    }

    void clear() {
        sm3.clear();
        count = 0;
    }
}
