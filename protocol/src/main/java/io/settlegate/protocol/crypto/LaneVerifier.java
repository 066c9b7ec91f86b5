package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.Equation;
import io.settlegate.protocol.crypto.sm2.EquationLanes;
import io.settlegate.protocol.crypto.sm2.Verdict;
import io.settlegate.protocol.crypto.sm2.WindowTables;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@link SignatureVerifier} in the lanes of a vector unit: eight signatures at a time, each with its own key. Keys with a table and
 * keys without are decided apart; too few of a kind take the scalar path.
 *
 * <p><b>A lane may say yes and not no.</b> Vector code runs on an incubating part of the JVM. Digests are scalar code's, and the x that a
 * lane computes is compared with r and digest in scalar code, so a fault there would have to hit 256 given bits to pass a forgery; but
 * it could refuse a good signature. So a no goes to appeal: scalar code takes digest, key, and point anew, without the key's table. Where that finds
 * the signature good, the lane is overruled and counted.
 *
 * <p>One thread. Never waits for a table. Allocates nothing once compiled, but in the exceptional case that
 * {@link BouncyCastleVerifier} decides; nobody meets it by chance.
 */
final class LaneVerifier implements SignatureVerifier {
    /** Eight lanes take about as long as one signature in scalar code, with windows as two. */
    private static final int MIN_LANES = 2;

    private static final int MIN_WINDOW_LANES = 3;

    private final EquationLanes lanes;
    private final KeyTables tables;
    private final ScalarVerifier scalar;
    private final BouncyCastleVerifier complete = new BouncyCastleVerifier();
    private final LaneGroup prepared = new LaneGroup();
    private final LaneGroup unprepared = new LaneGroup();
    private final long[] keyTables = new long[EquationLanes.LANES * Equation.KEY_TABLE_WORDS];
    private final WindowTables windows = new WindowTables();
    private final long[] windowTables = new long[EquationLanes.LANES * WindowTables.TABLE_WORDS];
    private final LongAdder overruled = new LongAdder();
    private long undecided;

    LaneVerifier(final EquationLanes lanes, final KeyTables tables) {
        this.lanes = lanes;
        this.tables = tables;
        this.scalar = new ScalarVerifier(tables);
    }

    @Override
    public void verify(final SignatureBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            if (tables.read(batch.key(i), keyTables, prepared.count() * Equation.KEY_TABLE_WORDS)) {
                prepared.admit(batch, i);
                if (prepared.isFull()) {
                    decidePrepared(batch);
                }
            } else {
                unprepared.admit(batch, i);
                if (unprepared.isFull()) {
                    decideUnprepared(batch);
                }
            }
        }
        decidePrepared(batch);
        decideUnprepared(batch);
    }

    /** Lanes beyond the count hold digits and tables of former signatures. */
    private void decidePrepared(final SignatureBatch batch) {
        final int count = prepared.count();
        if (count >= MIN_LANES) {
            prepared.take(batch);
            for (int lane = 0; lane < count; lane++) {
                prepared.equations[lane].cut();
            }
            lanes.decide(prepared.equations, keyTables, prepared.verdicts);
            conclude(batch, prepared);
        } else {
            for (int lane = 0; lane < count; lane++) {
                scalar.verify(batch, prepared.index(lane), keyTables, lane * Equation.KEY_TABLE_WORDS);
            }
        }
        prepared.clear();
    }

    private void decideUnprepared(final SignatureBatch batch) {
        final int count = unprepared.count();
        if (count >= MIN_WINDOW_LANES) {
            unprepared.take(batch);
            for (int lane = 0; lane < count; lane++) {
                unprepared.equations[lane].cutForWindows();
                windows.take(lane, batch.key(unprepared.index(lane)).encoded, 1);
            }
            windows.pack(windowTables, count);
            lanes.decideByWindows(unprepared.equations, windowTables, unprepared.verdicts);
            conclude(batch, unprepared);
        } else {
            for (int lane = 0; lane < count; lane++) {
                scalar.verifyUnprepared(batch, unprepared.index(lane));
            }
        }
        unprepared.clear();
    }

    private void conclude(final SignatureBatch batch, final LaneGroup group) {
        for (int lane = 0; lane < group.count(); lane++) {
            final int index = group.index(lane);
            if (!group.isInRange(lane)) {
                batch.verdict(index, false);
            } else if (group.verdicts[lane] == Verdict.VALID) {
                batch.verdict(index, true);
            } else if (group.verdicts[lane] == Verdict.UNDECIDED) {
                undecided++;
                complete.verify(batch, index);
            } else {
                appeal(batch, index);
            }
        }
    }

    private void appeal(final SignatureBatch batch, final int index) {
        scalar.verifyUnprepared(batch, index);
        if (batch.verdict(index)) {
            overruled.increment();
        }
    }

    @Override
    public long overruledCount() {
        return overruled.sum();
    }

    /** Signatures that went to the complete code. */
    long undecided() {
        return undecided + scalar.undecided();
    }
}
