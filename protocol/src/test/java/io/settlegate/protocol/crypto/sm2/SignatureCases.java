package io.settlegate.protocol.crypto.sm2;

import io.settlegate.protocol.crypto.sm2.EquationContract.Case;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;

/** Signatures made for tests: random ones, damaged ones, and the edges. */
final class SignatureCases {
    static final Case EASY = valid("easy", BigInteger.valueOf(12345), new Random(7));

    private static final BigInteger N = Sm2Order.N;
    private static final BigInteger MAX = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    private SignatureCases() {}

    static BigInteger scalar(final Random random) {
        return new BigInteger(256, random)
                .mod(Sm2Order.N.subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
    }

    /** GB/T 32918.2, section 6.1, for a random digest. */
    static Case valid(final String name, final BigInteger d, final Random random) {
        return valid(name, d, new BigInteger(256, random), random);
    }

    private static Case valid(final String name, final BigInteger d, final BigInteger e, final Random random) {
        final BigInteger k = scalar(random);
        final BigInteger x = CurveOracle.multipleOfG(k).getAffineXCoord().toBigInteger();
        final BigInteger r = e.add(x).mod(Sm2Order.N);
        final BigInteger inverse = d.add(BigInteger.ONE).modInverse(Sm2Order.N);
        final BigInteger s = k.subtract(r.multiply(d)).multiply(inverse).mod(Sm2Order.N);
        return new Case(name, CurveOracle.multipleOfG(d), r, s, e);
    }

    /** Half of them valid, the others damaged in one bit of r, s, or digest, or under another key. */
    static Case random(final Random random) {
        final Case good = valid("valid", scalar(random), random);
        final int bit = random.nextInt(256);
        return switch (random.nextInt(8)) {
            case 0 -> new Case("r damaged", good.key(), good.r().flipBit(bit), good.s(), good.e());
            case 1 -> new Case("s damaged", good.key(), good.r(), good.s().flipBit(bit), good.e());
            case 2 ->
                new Case(
                        "digest damaged",
                        good.key(),
                        good.r(),
                        good.s(),
                        good.e().flipBit(bit));
            case 3 -> new Case("other key", good.key().negate().normalize(), good.r(), good.s(), good.e());
            default -> good;
        };
    }

    static List<Case> edges(final Random random) {
        final List<Case> cases = new ArrayList<>();
        addScalarsAtTheirBounds(cases, random);
        addKeysNearTheGenerator(cases, random);
        addCoincidences(cases, random);
        cases.add(xAboveN(random));
        final Case above = xAboveN(random);
        cases.add(new Case(
                "x above n, damaged",
                above.key(),
                above.r(),
                above.s(),
                above.e().add(BigInteger.ONE)));
        return cases;
    }

    private static void addScalarsAtTheirBounds(final List<Case> cases, final Random random) {
        final Case good = valid("good", scalar(random), random);
        for (final BigInteger edge : new BigInteger[] {
            BigInteger.ZERO, BigInteger.ONE, N.subtract(BigInteger.ONE), N, N.add(BigInteger.ONE), Sm2Field.P, MAX
        }) {
            cases.add(new Case("r = " + edge, good.key(), edge, good.s(), good.e()));
            cases.add(new Case("s = " + edge, good.key(), good.r(), edge, good.e()));
            cases.add(new Case("e = " + edge, good.key(), good.r(), good.s(), edge));
            cases.add(valid("valid, e = " + edge, scalar(random), edge, random));
            if (edge.signum() > 0 && edge.compareTo(N) < 0) {
                cases.add(solved("s = " + edge, good.key(), scalar(random), edge));
                cases.add(solved("r = " + edge, good.key(), edge, scalar(random)));
            }
        }
        cases.add(new Case("t = 0", good.key(), good.r(), N.subtract(good.r()), good.e()));
        final Case small = solved("r small", good.key(), BigInteger.valueOf(5), scalar(random));
        cases.add(small);
        cases.add(new Case("r + n", small.key(), small.r().add(N), small.s(), small.e()));
        final Case smallS = solved("s small", good.key(), scalar(random), BigInteger.valueOf(5));
        cases.add(new Case("s + n", smallS.key(), smallS.r(), smallS.s().add(N), smallS.e()));
        final Case smallE = valid("e small", scalar(random), BigInteger.valueOf(5), random);
        cases.add(smallE);
        cases.add(new Case(
                "e + n", smallE.key(), smallE.r(), smallE.s(), smallE.e().add(N)));
    }

    private static void addKeysNearTheGenerator(final List<Case> cases, final Random random) {
        cases.add(valid("key G", BigInteger.ONE, random));
        cases.add(valid("key 2G", BigInteger.TWO, random));
        cases.add(solved("key -G", CurveOracle.G.negate().normalize(), scalar(random), scalar(random)));
        for (int k = 3; k < 34; k += 2) {
            final ECPoint multiple =
                    CurveOracle.G.multiply(BigInteger.valueOf(k)).normalize();
            cases.add(solved("key " + k + " G", multiple, scalar(random), scalar(random)));
            cases.add(solved("key -" + k + " G", multiple.negate().normalize(), scalar(random), scalar(random)));
        }
        for (int k = 1; k < 256; k += 17) {
            cases.add(valid("key 2^" + k + " G", BigInteger.TWO.pow(k).mod(N), random));
            final ECPoint point =
                    CurveOracle.G.multiply(BigInteger.TWO.pow(k)).negate().normalize();
            cases.add(solved("key -2^" + k + " G", point, scalar(random), scalar(random)));
        }
    }

    /** s G = t P, s G = -t P, and small scalars, whose partial sums meet each other when the key is G. */
    private static void addCoincidences(final List<Case> cases, final Random random) {
        for (final BigInteger d : new BigInteger[] {
            BigInteger.ONE,
            BigInteger.TWO,
            BigInteger.TWO.modInverse(N),
            N.subtract(BigInteger.TWO),
            N.subtract(BigInteger.ONE),
            scalar(random)
        }) {
            final ECPoint key = CurveOracle.G.multiply(d).normalize();
            final BigInteger t = scalar(random);
            for (final BigInteger s : new BigInteger[] {
                t.multiply(d).mod(N), t.multiply(d).negate().mod(N)
            }) {
                cases.add(solved("sG = +-tP", key, t.subtract(s).mod(N), s));
            }
            for (int small = 1; small < 6; small++) {
                final BigInteger s = BigInteger.valueOf(small);
                cases.add(solved("s " + small, key, s, s));
                cases.add(solved("s -" + small, key, N.subtract(s.shiftLeft(1)), s));
                cases.add(solved(
                        "s " + small + ", t 1", key, BigInteger.ONE.subtract(s).mod(N), s));
            }
        }
    }

    /** A case whose digest is made to fit, so that it is valid unless r, s, or t is out of range or the sum is infinity. */
    static Case solved(final String name, final ECPoint key, final BigInteger r, final BigInteger s) {
        final BigInteger t = r.add(s).mod(N);
        final ECPoint sum = CurveOracle.G.multiply(s).add(key.multiply(t)).normalize();
        final BigInteger x =
                sum.isInfinity() ? BigInteger.ZERO : sum.getAffineXCoord().toBigInteger();
        return new Case(name, key, r, s, r.subtract(x).mod(N));
    }

    /** The sum's x lies between n and p, so r - e is not x but x - n. The key is solved for. */
    private static Case xAboveN(final Random random) {
        final BigInteger s = scalar(random);
        final BigInteger t = scalar(random);
        BigInteger x = N.add(new BigInteger(100, random));
        while (true) {
            x = x.add(BigInteger.ONE);
            final byte[] compressed = new byte[33];
            compressed[0] = 2;
            System.arraycopy(CurveOracle.bytes(x), 0, compressed, 1, 32);
            final ECPoint point;
            try {
                point = CurveOracle.CURVE.getCurve().decodePoint(compressed);
            } catch (final IllegalArgumentException e) {
                continue;
            }
            final ECPoint key = point.subtract(CurveOracle.G.multiply(s))
                    .multiply(t.modInverse(N))
                    .normalize();
            return solved("x above n", key, t.subtract(s).mod(N), s);
        }
    }
}
