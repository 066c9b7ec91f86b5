package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.Equation;
import io.settlegate.protocol.crypto.sm2.ScalarArithmetic;
import io.settlegate.protocol.crypto.sm2.Verdict;

/**
 * {@link SignatureVerifier} in portable Java, one signature after the other: with the key's table where {@link KeyTables} has
 * one, without it otherwise.
 *
 * <p>One thread. Never waits for a table. Allocates nothing, but in the exceptional case that {@link BouncyCastleVerifier}
 * decides; nobody meets it by chance.
 */
public final class ScalarVerifier implements SignatureVerifier {
    private final KeyTables tables;
    private final ScalarArithmetic arithmetic = new ScalarArithmetic();
    private final Equation equation = new Equation();
    private final long[] table = new long[Equation.KEY_TABLE_WORDS];
    private final byte[] digest = new byte[Sm3.LENGTH];
    private final Sm3 sm3 = new Sm3();
    private final BouncyCastleVerifier complete = new BouncyCastleVerifier();
    private long undecided;

    public ScalarVerifier(final KeyTables tables) {
        this.tables = tables;
    }

    @Override
    public void verify(final SignatureBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            if (tables.read(batch.key(i), table, 0)) {
                verify(batch, i, table, 0);
            } else {
                verifyUnprepared(batch, i);
            }
        }
    }

    /** Fills one verdict, with the key's table from {@code tableOffset} on. */
    void verify(final SignatureBatch batch, final int index, final long[] keyTable, final int tableOffset) {
        if (take(batch, index)) {
            conclude(batch, index, arithmetic.decide(equation, keyTable, tableOffset));
        }
    }

    /** Fills one verdict, for a key of which there is no table now. */
    void verifyUnprepared(final SignatureBatch batch, final int index) {
        if (take(batch, index)) {
            conclude(batch, index, arithmetic.decide(equation, batch.key(index).encoded, 1));
        }
    }

    private boolean take(final SignatureBatch batch, final int index) {
        final byte[] z = batch.key(index).z;
        final byte[] message = batch.message(index);
        final int end = batch.offset(index) + batch.length(index);
        sm3.update(z, 0, z.length)
                .update(message, batch.offset(index), batch.length(index))
                .digest(digest, 0);
        final boolean isInRange = equation.take(message, end, digest, 0);
        if (!isInRange) {
            batch.verdict(index, false);
        }
        return isInRange;
    }

    private void conclude(final SignatureBatch batch, final int index, final Verdict verdict) {
        if (verdict == Verdict.UNDECIDED) {
            undecided++;
            complete.verify(batch, index);
        } else {
            batch.verdict(index, verdict == Verdict.VALID);
        }
    }

    /** Signatures that went to the complete code. */
    long undecided() {
        return undecided;
    }
}
