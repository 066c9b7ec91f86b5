package io.settlegate.protocol.crypto.sm2;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The scalar path for keys without a table. */
class ScalarUnpreparedEquationTest extends EquationContract {
    private final ScalarArithmetic arithmetic = new ScalarArithmetic();
    private final Equation equation = new Equation();

    @Override
    List<SumSteps.Addition> additions(final BigInteger s, final BigInteger t) {
        return SumSteps.byNonAdjacentForm(s, t);
    }

    @Override
    int lanes() {
        return 1;
    }

    @Override
    List<Verdict> decide(final List<Case> cases) {
        final List<Verdict> verdicts = new ArrayList<>();
        for (final Case one : cases) {
            final byte[] key = CurveOracle.encode(one.key());
            verdicts.add(one.take(equation) ? arithmetic.decide(equation, key, 0) : Verdict.INVALID);
        }
        return verdicts;
    }
}
