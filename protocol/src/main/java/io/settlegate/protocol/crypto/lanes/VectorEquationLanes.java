package io.settlegate.protocol.crypto.lanes;

import io.settlegate.protocol.crypto.sm2.CombShape;
import io.settlegate.protocol.crypto.sm2.Equation;
import io.settlegate.protocol.crypto.sm2.EquationLanes;
import io.settlegate.protocol.crypto.sm2.GeneratorTable;
import io.settlegate.protocol.crypto.sm2.PackedPoints;
import io.settlegate.protocol.crypto.sm2.Sm2Field;
import io.settlegate.protocol.crypto.sm2.Verdict;
import io.settlegate.protocol.crypto.sm2.WindowTables;
import jdk.incubator.vector.LongVector;

/**
 * {@link EquationLanes} on the Vector API. The points of a column are copied out of the tables word by word, transposed on the
 * way: 64 loads and stores against some 2,000 vector instructions of the addition that uses them.
 *
 * <p>One thread. Allocates nothing once compiled.
 */
public final class VectorEquationLanes implements EquationLanes {
    private static final CombShape KEY = Equation.KEY_SHAPE;
    private static final CombShape GENERATOR = GeneratorTable.SHAPE;
    private static final int LEAD = KEY.spacing() - GENERATOR.spacing();

    private final LanePoint sum = new LanePoint();

    /** Eight words for each lane, then the lanes' signs. */
    private final long[] column = new long[(PackedPoints.POINT_WORDS + 1) * LANES];

    private final long[] x = Sm2Field.element();
    private final long[] zz = Sm2Field.element();

    @Override
    public boolean isNative() {
        return LongVector.SPECIES_PREFERRED.length() == LANES;
    }

    @Override
    public void decide(final Equation[] equations, final long[] keyTables, final Verdict[] verdicts) {
        for (int i = 0; i < KEY.spacing(); i++) {
            if (i > 0) {
                sum.twice();
            }
            for (int table = 0; table < KEY.tables(); table++) {
                loadKeyPoints(equations, keyTables, i * KEY.tables() + table, table);
                if (i == 0 && table == 0) {
                    sum.set(column);
                } else {
                    sum.add(column);
                }
            }
            if (i >= LEAD) {
                addGeneratorPoints(equations, i - LEAD);
            }
        }
        conclude(equations, verdicts);
    }

    @Override
    public void decideByWindows(final Equation[] equations, final long[] windows, final Verdict[] verdicts) {
        final int top = (WindowTables.DIGITS - 1) * WindowTables.WINDOW_BITS;
        for (int bit = top; bit >= 0; bit--) {
            if (bit < top) {
                sum.twice();
            }
            if (bit % WindowTables.WINDOW_BITS == 0) {
                loadWindowPoints(equations, windows, (top - bit) / WindowTables.WINDOW_BITS);
                if (bit == top) {
                    sum.set(column);
                } else {
                    sum.add(column);
                }
            }
            if (bit < GENERATOR.spacing()) {
                addGeneratorPoints(equations, GENERATOR.spacing() - 1 - bit);
            }
        }
        conclude(equations, verdicts);
    }

    private void addGeneratorPoints(final Equation[] equations, final int position) {
        for (int table = 0; table < GENERATOR.tables(); table++) {
            loadGeneratorPoints(equations, position * GENERATOR.tables() + table, table);
            sum.add(column);
        }
    }

    private void conclude(final Equation[] equations, final Verdict[] verdicts) {
        for (int lane = 0; lane < LANES; lane++) {
            sum.get(lane, x, zz);
            verdicts[lane] = equations[lane].conclude(x, zz);
        }
    }

    private void loadWindowPoints(final Equation[] equations, final long[] windows, final int position) {
        for (int lane = 0; lane < LANES; lane++) {
            final int digit = equations[lane].windowDigit(position);
            final int offset = lane * WindowTables.TABLE_WORDS + (digit >>> 1) * PackedPoints.POINT_WORDS;
            load(lane, windows, offset, digit);
        }
    }

    private void loadKeyPoints(
            final Equation[] equations, final long[] keyTables, final int position, final int table) {
        for (int lane = 0; lane < LANES; lane++) {
            final int digit = equations[lane].keyDigit(position);
            final int index = table * KEY.tableSize() + (digit >>> 1);
            load(lane, keyTables, lane * Equation.KEY_TABLE_WORDS + index * PackedPoints.POINT_WORDS, digit);
        }
    }

    private void loadGeneratorPoints(final Equation[] equations, final int position, final int table) {
        final long[] words = GeneratorTable.WORDS;
        for (int lane = 0; lane < LANES; lane++) {
            final int digit = equations[lane].generatorDigit(position);
            final int index = table * GENERATOR.tableSize() + (digit >>> 1);
            load(lane, words, index * PackedPoints.POINT_WORDS, digit);
        }
    }

    private void load(final int lane, final long[] words, final int offset, final int digit) {
        column[lane] = words[offset];
        column[LANES + lane] = words[offset + 1];
        column[2 * LANES + lane] = words[offset + 2];
        column[3 * LANES + lane] = words[offset + 3];
        column[4 * LANES + lane] = words[offset + 4];
        column[5 * LANES + lane] = words[offset + 5];
        column[6 * LANES + lane] = words[offset + 6];
        column[7 * LANES + lane] = words[offset + 7];
        column[PackedPoints.POINT_WORDS * LANES + lane] = (long) digit << 63;
    }
}
