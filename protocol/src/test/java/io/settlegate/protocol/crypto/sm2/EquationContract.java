package io.settlegate.protocol.crypto.sm2;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every path of verification must decide, with digests chosen at will, which messages cannot be; the judge is
 * BouncyCastle's curve. A subclass decides some equations at once, so that lanes can be mixed.
 */
@Timeout(3600)
abstract class EquationContract {
    static final BigInteger N = Sm2Order.N;

    /** Whole signatures, of which there are more, are compared in {@code PathDifferentialTest}. */
    private static final int ROUNDS = 1000;

    private static final int LONG_ROUNDS = 200_000;

    /** One question. */
    record Case(String name, ECPoint key, BigInteger r, BigInteger s, BigInteger e) {
        boolean expected() {
            return CurveOracle.isValid(key, r, s, e);
        }

        boolean take(final Equation equation) {
            final byte[] signature = new byte[2 * Sm2Order.BYTES];
            System.arraycopy(CurveOracle.bytes(r), 0, signature, 0, Sm2Order.BYTES);
            System.arraycopy(CurveOracle.bytes(s), 0, signature, Sm2Order.BYTES, Sm2Order.BYTES);
            return equation.take(signature, 0, CurveOracle.bytes(e), 0);
        }
    }

    /** A verdict for each case; INVALID for those that {@link Equation#take} refuses. */
    abstract List<Verdict> decide(List<Case> cases);

    /** The additions of this path, in its order. */
    abstract List<SumSteps.Addition> additions(BigInteger s, BigInteger t);

    /** Cases that are decided at once. */
    abstract int lanes();

    @Test
    void shouldAgreeWithBouncyCastleOnValidAndInvalidSignatures() {
        compareRandomCases(ROUNDS);
    }

    @Test
    @Tag("long")
    void shouldAgreeWithBouncyCastleForLong() {
        compareRandomCases(LONG_ROUNDS);
    }

    private void compareRandomCases(final int rounds) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int valid = 0;
        final List<Case> cases = new ArrayList<>();
        for (int round = 0; round < rounds; round += lanes()) {
            cases.clear();
            for (int i = 0; i < lanes(); i++) {
                cases.add(SignatureCases.random(random));
            }
            valid += compare(cases, seed);
        }
        assertThat(valid).as("valid cases, seed %d", seed).isBetween(rounds / 4, rounds * 3 / 4);
    }

    /** Count of valid ones. */
    private int compare(final List<Case> cases, final long seed) {
        final List<Verdict> verdicts = decide(cases);
        int valid = 0;
        for (int i = 0; i < cases.size(); i++) {
            final boolean expected = cases.get(i).expected();
            assertThat(verdicts.get(i))
                    .as("seed %d lane %d %s", seed, i, cases.get(i))
                    .isEqualTo(expected ? Verdict.VALID : Verdict.INVALID);
            valid += expected ? 1 : 0;
        }
        return valid;
    }

    @Test
    void shouldDecideTheEdgesRightAtEveryPlace() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (final Case edge : SignatureCases.edges(random)) {
            final boolean isValid = edge.expected();
            for (int place = 0; place < lanes(); place++) {
                final List<Case> cases = new ArrayList<>();
                for (int i = 0; i < lanes(); i++) {
                    cases.add(i == place ? edge : SignatureCases.EASY);
                }
                final List<Verdict> verdicts = decide(cases);
                for (int i = 0; i < lanes(); i++) {
                    final boolean expected = i != place || isValid;
                    // An edge may be exceptional for one path and not for another; never may it be wrong.
                    if (i != place || verdicts.get(i) != Verdict.UNDECIDED) {
                        assertThat(verdicts.get(i))
                                .as("seed %d lane %d of %s at %d", seed, i, edge, place)
                                .isEqualTo(expected ? Verdict.VALID : Verdict.INVALID);
                    }
                }
            }
        }
    }

    /**
     * The last addition of the generator's comb doubles, or meets the inverse: t d = 2 w - s, or t d = -s, where w G is the last point
     * added.
     */
    @Test
    void shouldLeaveExceptionalAdditionsUndecidedAtEveryPlace() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int place = 0; place < lanes(); place++) {
            final List<Case> cases = new ArrayList<>();
            for (int i = 0; i < lanes(); i++) {
                cases.add(i == place ? exceptional(random, place) : SignatureCases.EASY);
            }
            final List<Verdict> verdicts = decide(cases);
            for (int i = 0; i < lanes(); i++) {
                assertThat(verdicts.get(i))
                        .as("seed %d lane %d of %s", seed, i, cases)
                        .isEqualTo(i == place ? Verdict.UNDECIDED : Verdict.VALID);
            }
        }
    }

    /**
     * Every addition that a choice of the key can make exceptional, the first as the last, as a doubling and as the inverse: once ZZ
     * is zero it stays so. Each would be valid if the arithmetic were complete, but for those that end in infinity.
     */
    @Test
    void shouldLeaveAnExceptionalAdditionUndecidedWhereverItComes() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final BigInteger s = SignatureCases.scalar(random);
        final BigInteger t = SignatureCases.scalar(random);
        final List<SumSteps.Addition> additions = additions(s, t);
        int found = 0;
        for (int i = 0; i < additions.size(); i++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                final BigInteger d = additions.get(i).exceptionalKey(sign);
                if (d != null) {
                    final Case exceptional = SignatureCases.solved(
                            "addition " + i,
                            CurveOracle.multipleOfG(d),
                            t.subtract(s).mod(N),
                            s);
                    checkUndecided(exceptional, found % lanes(), seed);
                    found++;
                }
            }
        }
        assertThat(found)
                .as("exceptional additions, seed %d", seed)
                .isGreaterThanOrEqualTo(2 * GeneratorTable.SHAPE.additions());
    }

    private void checkUndecided(final Case exceptional, final int place, final long seed) {
        final List<Case> cases = new ArrayList<>();
        for (int i = 0; i < lanes(); i++) {
            cases.add(i == place ? exceptional : SignatureCases.EASY);
        }
        final List<Verdict> verdicts = decide(cases);
        for (int i = 0; i < lanes(); i++) {
            assertThat(verdicts.get(i))
                    .as("seed %d lane %d, %s at %d", seed, i, exceptional, place)
                    .isEqualTo(i == place ? Verdict.UNDECIDED : Verdict.VALID);
        }
    }

    static Case exceptional(final Random random, final int kind) {
        final BigInteger d = SignatureCases.scalar(random);
        final BigInteger s = SignatureCases.scalar(random);
        final BigInteger sum = ExceptionalScalars.sum(s, kind);
        final BigInteger r = ExceptionalScalars.r(d, s, kind);
        final ECPoint point = CurveOracle.G.multiply(sum.mod(N)).normalize();
        final BigInteger e = point.isInfinity()
                ? SignatureCases.scalar(random)
                : r.subtract(point.getAffineXCoord().toBigInteger()).mod(N);
        return new Case("exceptional " + kind, CurveOracle.G.multiply(d).normalize(), r, s, e);
    }
}
