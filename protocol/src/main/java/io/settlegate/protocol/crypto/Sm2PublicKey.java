package io.settlegate.protocol.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A public key on sm2p256v1 together with its Z value (GB/T 32918.2, section 5.5) for the user id {@value #USER_ID}.
 *
 * <p>Immutable to its users, safe for all threads. Keep the object: it remembers where its comb table lies ({@link KeyTables}),
 * and BouncyCastle caches multiples in the point.
 */
public final class Sm2PublicKey {
    /** Bytes of the encoded form: 04, x, y. */
    public static final int ENCODED_LENGTH = 65;

    /** The user id that the national platform accepts. */
    public static final String USER_ID = "1234567812345678";

    private static final byte UNCOMPRESSED = 4;

    final ECPoint point;
    final byte[] z;
    final byte[] encoded;

    /** Where its comb table lies, if it has one; written by the thread that builds tables. */
    volatile KeyTableTicket ticket;

    /** Verifications without table since one was last asked for; a hint, not exact. */
    int missedTables;

    private Sm2PublicKey(final ECPoint point) {
        this.point = point;
        this.encoded = point.getEncoded(false);
        this.z = zOf(encoded);
    }

    /**
     * Takes the uncompressed form, 65 bytes with the prefix 04 or 64 bytes without.
     *
     * @throws IllegalArgumentException if the bytes are no point of the curve, or the point at infinity.
     */
    public static Sm2PublicKey decode(final byte[] bytes) {
        final byte[] full;
        if (bytes.length == ENCODED_LENGTH - 1) {
            full = new byte[ENCODED_LENGTH];
            full[0] = UNCOMPRESSED;
            System.arraycopy(bytes, 0, full, 1, bytes.length);
        } else if (bytes.length == ENCODED_LENGTH && bytes[0] == UNCOMPRESSED) {
            full = bytes;
        } else {
            throw new IllegalArgumentException(
                    "an SM2 public key is 04 and 64 bytes x, y; got " + bytes.length + " bytes");
        }
        try {
            return of(Sm2Curve.CURVE.decodePoint(full));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("the bytes are no point of sm2p256v1", e);
        }
    }

    /** Takes 128 or 130 hexadecimal digits. */
    public static Sm2PublicKey decodeHex(final String hex) {
        return decode(HexFormat.of().parseHex(hex));
    }

    static Sm2PublicKey of(final ECPoint point) {
        if (point.isInfinity()) {
            throw new IllegalArgumentException("the point at infinity is no public key");
        }
        return new Sm2PublicKey(point.normalize());
    }

    private static byte[] zOf(final byte[] encoded) {
        final byte[] id = USER_ID.getBytes(StandardCharsets.US_ASCII);
        final Sm3 sm3 = new Sm3();
        sm3.update((byte) ((id.length * Byte.SIZE) >>> Byte.SIZE)).update((byte) (id.length * Byte.SIZE));
        sm3.update(id, 0, id.length);
        update(sm3, Sm2Curve.CURVE.getA().getEncoded());
        update(sm3, Sm2Curve.CURVE.getB().getEncoded());
        update(sm3, Sm2Curve.G.getAffineXCoord().getEncoded());
        update(sm3, Sm2Curve.G.getAffineYCoord().getEncoded());
        sm3.update(encoded, 1, encoded.length - 1);
        final byte[] result = new byte[Sm3.LENGTH];
        sm3.digest(result, 0);
        return result;
    }

    private static void update(final Sm3 sm3, final byte[] bytes) {
        sm3.update(bytes, 0, bytes.length);
    }

    /** 04, x, y: {@value #ENCODED_LENGTH} bytes, a copy. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** 130 lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(encoded);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Sm2PublicKey key && Arrays.equals(encoded, key.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "Sm2PublicKey " + toHex();
    }
}
