package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The scalar path for keys with a table. */
class ScalarTableEquationTest extends EquationContract {
    private final ScalarArithmetic arithmetic = new ScalarArithmetic();
    private final KeyTableBuilder builder = new KeyTableBuilder();
    private final Equation equation = new Equation();
    private final long[] table = new long[Equation.KEY_TABLE_WORDS];

    @Override
    List<SumSteps.Addition> additions(final BigInteger s, final BigInteger t) {
        return SumSteps.byCombs(s, t);
    }

    @Override
    int lanes() {
        return 1;
    }

    @Override
    List<Verdict> decide(final List<Case> cases) {
        final List<Verdict> verdicts = new ArrayList<>();
        for (final Case one : cases) {
            builder.build(table, CurveOracle.encode(one.key()), 0);
            verdicts.add(one.take(equation) ? arithmetic.decide(equation, table, 0) : Verdict.INVALID);
        }
        return verdicts;
    }
}
