package io.settlegate.gateway.documents;

import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm3;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * SM2 by the book (GB/T 32918.2), step by step in big integers, so that a vector can show each number, also those that a correct
 * signer would never make. Only the multiplication of G is borrowed.
 */
final class Sm2Numbers {
    static final BigInteger N =
            new BigInteger("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", 16);
    static final int SCALAR_LENGTH = 32;
    private static final byte[] A_B_G = HexFormat.of()
            .parseHex("fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc"
                    + "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93"
                    + "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
                    + "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0");

    private Sm2Numbers() {}

    /** Z_A of a user id and a public key, 04 first. */
    static byte[] z(final String userId, final byte[] publicKey) {
        final byte[] id = userId.getBytes(StandardCharsets.US_ASCII);
        return Sm3.hash(ByteBuffer.allocate(Short.BYTES + id.length + A_B_G.length + publicKey.length - 1)
                .putShort((short) (id.length * Byte.SIZE))
                .put(id)
                .put(A_B_G)
                .put(publicKey, 1, publicKey.length - 1)
                .array());
    }

    /** e, the number that is signed. */
    static byte[] digest(final byte[] z, final byte[] message) {
        return Sm3.hash(concatenated(z, message));
    }

    /** r||s of the digest with this k. */
    static byte[] sign(final byte[] privateKey, final byte[] digest, final byte[] nonce) {
        final byte[] point = Sm2PrivateKey.decode(nonce).publicKey().encoded();
        final BigInteger x = new BigInteger(1, point, 1, SCALAR_LENGTH);
        final BigInteger d = new BigInteger(1, privateKey);
        final BigInteger k = new BigInteger(1, nonce);
        final BigInteger r = new BigInteger(1, digest).add(x).mod(N);
        final BigInteger s = d.add(BigInteger.ONE)
                .modInverse(N)
                .multiply(k.subtract(r.multiply(d)))
                .mod(N);
        return concatenated(scalar(r), scalar(s));
    }

    /** 32 bytes, big-endian. */
    static byte[] scalar(final BigInteger value) {
        final byte[] bytes = value.toByteArray();
        final byte[] result = new byte[SCALAR_LENGTH];
        final int length = Math.min(bytes.length, SCALAR_LENGTH);
        System.arraycopy(bytes, bytes.length - length, result, SCALAR_LENGTH - length, length);
        return result;
    }

    static byte[] concatenated(final byte[]... parts) {
        final ByteBuffer result = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (final byte[] part : parts) {
            result.put(part);
        }
        return result.array();
    }
}
