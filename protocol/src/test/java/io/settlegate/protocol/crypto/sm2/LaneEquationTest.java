package io.settlegate.protocol.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.lanes.VectorEquationLanes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The path of eight lanes; correct, though slow, on machines whose vectors are shorter too. */
class LaneEquationTest extends EquationContract {
    private static final int LANES = EquationLanes.LANES;

    private final EquationLanes lanes = new VectorEquationLanes();
    private final KeyTableBuilder builder = new KeyTableBuilder();
    private final Equation[] equations = new Equation[LANES];
    private final long[] tables = new long[LANES * Equation.KEY_TABLE_WORDS];
    private final long[] table = new long[Equation.KEY_TABLE_WORDS];
    private final Verdict[] verdicts = new Verdict[LANES];

    LaneEquationTest() {
        for (int i = 0; i < LANES; i++) {
            equations[i] = new Equation();
        }
    }

    @Override
    List<SumSteps.Addition> additions(final BigInteger s, final BigInteger t) {
        return SumSteps.byCombs(s, t);
    }

    @Override
    int lanes() {
        return LANES;
    }

    @Override
    List<Verdict> decide(final List<Case> cases) {
        final boolean[] isInRange = new boolean[LANES];
        for (int i = 0; i < LANES; i++) {
            isInRange[i] = cases.get(i).take(equations[i]);
            equations[i].cut();
            builder.build(table, CurveOracle.encode(cases.get(i).key()), 0);
            System.arraycopy(table, 0, tables, i * Equation.KEY_TABLE_WORDS, table.length);
        }
        lanes.decide(equations, tables, verdicts);
        final List<Verdict> result = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            result.add(isInRange[i] ? verdicts[i] : Verdict.INVALID);
        }
        return result;
    }

    /** All lanes at the slow path at once, then all well again: nothing stays behind. */
    @Test
    void shouldKeepLanesApartWhenAllAreExceptional() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<Case> exceptional = new ArrayList<>();
        final List<Case> easy = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            exceptional.add(exceptional(random, i));
            easy.add(SignatureCases.EASY);
        }
        assertThat(decide(exceptional)).as("seed %d", seed).containsOnly(Verdict.UNDECIDED);
        assertThat(decide(easy)).as("seed %d", seed).containsOnly(Verdict.VALID);
    }
}
