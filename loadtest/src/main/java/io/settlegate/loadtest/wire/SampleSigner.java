package io.settlegate.loadtest.wire;

import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm3;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * SM2 signatures for a tenth of the usual price, <b>for sample keys only</b>: the nonces of a block follow each other,
 * so two signatures give the private key away. The keys of a sample city are a function of its seed and secret to
 * nobody.
 *
 * <p>A signature needs the x coordinate of nonce times G. Here the nonces of a block are {@code base + 1 .. base +
 * 256}; their points are one addition each, and the 256 divisions of these additions are made with one inversion
 * (Montgomery's trick). What comes out is a valid signature like any other: the gateway's work on it is the same.
 *
 * <p>One thread at a time.
 */
public final class SampleSigner {
    private static final int BLOCK_COUNT = 256;
    private static final int SCALAR_LENGTH = 32;

    /** All signers of the process begin here: far below n, so that adding blocks for ever does not reach it. */
    private static final BigInteger START =
            new BigInteger(SamplePoint.N.bitLength() - 2, new SecureRandom()).setBit(SamplePoint.N.bitLength() - 3);

    private static final SamplePoint START_POINT = SamplePoint.G.times(START);

    private final BigInteger d;
    private final BigInteger inverseOfOnePlusD;
    private final byte[] z;
    private final Sm3 sm3 = new Sm3();
    private final byte[] digest = new byte[Sm3.LENGTH];
    private final BigInteger[] blockX = new BigInteger[BLOCK_COUNT];
    private BigInteger base;
    private SamplePoint basePoint;
    private int usedCount = BLOCK_COUNT;

    public SampleSigner(final Sm2PrivateKey key) {
        d = new BigInteger(1, key.encoded());
        inverseOfOnePlusD = d.add(BigInteger.ONE).modInverse(SamplePoint.N);
        z = zOf(key.publicKey());
        base = START;
        basePoint = START_POINT;
    }

    /** Signs {@code length} bytes and writes 64 bytes r||s, big-endian, at {@code targetOffset}. */
    public void sign(
            final byte[] message, final int offset, final int length, final byte[] target, final int targetOffset) {
        sm3.update(z, 0, z.length).update(message, offset, length).digest(digest, 0);
        final BigInteger e = new BigInteger(1, digest);
        while (true) {
            if (usedCount == BLOCK_COUNT) {
                nextBlock();
            }
            final BigInteger k = base.add(BigInteger.valueOf(usedCount + 1L));
            final BigInteger r = e.add(blockX[usedCount]).mod(SamplePoint.N);
            usedCount++;
            final BigInteger s =
                    inverseOfOnePlusD.multiply(k.subtract(r.multiply(d))).mod(SamplePoint.N);
            if (r.signum() != 0 && s.signum() != 0 && !r.add(k).equals(SamplePoint.N)) {
                put(r, target, targetOffset);
                put(s, target, targetOffset + SCALAR_LENGTH);
                return;
            }
        }
    }

    private void nextBlock() {
        if (blockX[0] != null) {
            base = base.add(BigInteger.valueOf(BLOCK_COUNT));
            basePoint = basePoint.plus(SamplePoint.multipleOfG(BLOCK_COUNT));
        }
        SamplePoint.addToMultiples(basePoint, blockX);
        usedCount = 0;
    }

    private static void put(final BigInteger value, final byte[] target, final int offset) {
        final byte[] bytes = value.toByteArray();
        final int from = Math.max(0, bytes.length - SCALAR_LENGTH);
        final int length = bytes.length - from;
        Arrays.fill(target, offset, offset + SCALAR_LENGTH - length, (byte) 0);
        System.arraycopy(bytes, from, target, offset + SCALAR_LENGTH - length, length);
    }

    /** GB/T 32918.2, section 5.5. */
    private static byte[] zOf(final Sm2PublicKey key) {
        final byte[] id = Sm2PublicKey.USER_ID.getBytes(StandardCharsets.US_ASCII);
        final Sm3 sm3 = new Sm3()
                .update((byte) 0)
                .update((byte) (id.length * Byte.SIZE))
                .update(id, 0, id.length);
        final byte[] scalar = new byte[SCALAR_LENGTH];
        for (final BigInteger value :
                new BigInteger[] {SamplePoint.A, SamplePoint.B, SamplePoint.G.x(), SamplePoint.G.y()}) {
            put(value, scalar, 0);
            sm3.update(scalar, 0, SCALAR_LENGTH);
        }
        final byte[] encoded = key.encoded();
        sm3.update(encoded, 1, encoded.length - 1);
        final byte[] result = new byte[Sm3.LENGTH];
        sm3.digest(result, 0);
        return result;
    }
}
