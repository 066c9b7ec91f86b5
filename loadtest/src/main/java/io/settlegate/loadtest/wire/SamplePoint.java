package io.settlegate.loadtest.wire;

import java.math.BigInteger;

/**
 * A point of sm2p256v1 (GB/T 32918.5) other than infinity, in plain numbers: slow, and in no constant time. For
 * {@link SampleSigner} alone.
 *
 * <p>Immutable, safe for all threads. Adding a point to itself or to its negative throws {@code ArithmeticException};
 * with random multiples it does not happen.
 */
record SamplePoint(BigInteger x, BigInteger y) {
    static final BigInteger P = hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF");
    static final BigInteger A = P.subtract(BigInteger.valueOf(3));
    static final BigInteger B = hex("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93");
    static final BigInteger N = hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123");
    static final SamplePoint G = new SamplePoint(
            hex("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"),
            hex("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"));

    private static final int MULTIPLES = 256;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    /** G, 2G, up to 256G. */
    private static final SamplePoint[] MULTIPLES_OF_G = multiples();

    /** 1 to 256 times G. */
    static SamplePoint multipleOfG(final int factor) {
        return MULTIPLES_OF_G[factor - 1];
    }

    /** Fills {@code x} with the x coordinates of {@code point + G, point + 2G, ...}, with a single inversion. */
    static void addToMultiples(final SamplePoint point, final BigInteger[] x) {
        final int count = x.length;
        final BigInteger[] prefix = new BigInteger[count];
        final BigInteger[] differences = new BigInteger[count];
        BigInteger product = BigInteger.ONE;
        for (int i = 0; i < count; i++) {
            differences[i] = MULTIPLES_OF_G[i].x.subtract(point.x);
            prefix[i] = product;
            product = product.multiply(differences[i]).mod(P);
        }
        BigInteger inverse = product.modInverse(P);
        for (int i = count - 1; i >= 0; i--) {
            final BigInteger slope = MULTIPLES_OF_G[i]
                    .y
                    .subtract(point.y)
                    .multiply(inverse.multiply(prefix[i]).mod(P))
                    .mod(P);
            inverse = inverse.multiply(differences[i]).mod(P);
            x[i] = slope.multiply(slope)
                    .subtract(point.x)
                    .subtract(MULTIPLES_OF_G[i].x)
                    .mod(P);
        }
    }

    SamplePoint plus(final SamplePoint other) {
        return chord(
                other,
                other.y.subtract(y).multiply(other.x.subtract(x).modInverse(P)).mod(P));
    }

    SamplePoint twice() {
        return chord(
                this,
                x.multiply(x)
                        .multiply(THREE)
                        .add(A)
                        .multiply(y.shiftLeft(1).modInverse(P))
                        .mod(P));
    }

    SamplePoint times(final BigInteger factor) {
        SamplePoint sum = this;
        for (int bit = factor.bitLength() - 2; bit >= 0; bit--) {
            sum = sum.twice();
            if (factor.testBit(bit)) {
                sum = sum.plus(this);
            }
        }
        return sum;
    }

    private SamplePoint chord(final SamplePoint other, final BigInteger slope) {
        final BigInteger newX =
                slope.multiply(slope).subtract(x).subtract(other.x).mod(P);
        return new SamplePoint(
                newX, slope.multiply(x.subtract(newX)).subtract(y).mod(P));
    }

    private static SamplePoint[] multiples() {
        final SamplePoint[] multiples = new SamplePoint[MULTIPLES];
        multiples[0] = G;
        multiples[1] = G.twice();
        for (int i = 2; i < MULTIPLES; i++) {
            multiples[i] = multiples[i - 1].plus(G);
        }
        return multiples;
    }

    private static BigInteger hex(final String digits) {
        return new BigInteger(digits, 16);
    }
}
