package io.settlegate.protocol.crypto.sm2;

import io.settlegate.protocol.crypto.lanes.VectorEquationLanes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Eight lanes for keys without table. */
class WindowEquationTest extends EquationContract {
    private static final int LANES = EquationLanes.LANES;

    private final EquationLanes lanes = new VectorEquationLanes();
    private final WindowTables windows = new WindowTables();
    private final Equation[] equations = new Equation[LANES];
    private final long[] tables = new long[LANES * WindowTables.TABLE_WORDS];
    private final Verdict[] verdicts = new Verdict[LANES];

    WindowEquationTest() {
        for (int i = 0; i < LANES; i++) {
            equations[i] = new Equation();
        }
    }

    @Override
    List<SumSteps.Addition> additions(final BigInteger s, final BigInteger t) {
        return SumSteps.byWindows(s, t);
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
            equations[i].cutForWindows();
            windows.take(i, CurveOracle.encode(cases.get(i).key()), 0);
        }
        windows.pack(tables, LANES);
        lanes.decideByWindows(equations, tables, verdicts);
        final List<Verdict> result = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            result.add(isInRange[i] ? verdicts[i] : Verdict.INVALID);
        }
        return result;
    }
}
