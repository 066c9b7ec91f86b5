package io.settlegate.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** signatures.json: signatures with each number on the way, and byte strings that must not pass for signatures. */
final class SignatureVectors {
    private static final HexFormat HEX = HexFormat.of();
    private static final String TERMINAL = "terminal";
    private static final String STANDARD = "annex of GB/T 32918.5";
    private static final byte[] STANDARD_NONCE =
            HEX.parseHex("59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21");

    private final Map<String, byte[]> keys = new LinkedHashMap<>();
    private final List<Object> valid = new ArrayList<>();
    private final List<Object> refused = new ArrayList<>();
    private final FixedRandom nonces = new FixedRandom("settlegate signature vectors");
    private final byte[] terminal = KeyVectors.terminalKey();

    private SignatureVectors() {
        keys.put(STANDARD, KeyVectors.STANDARD_KEY);
        keys.put(TERMINAL, terminal);
    }

    /** @param request the bytes under the signature of a real request. */
    static Map<String, Object> content(final byte[] request) {
        final SignatureVectors vectors = new SignatureVectors();
        vectors.valid(request);
        vectors.refused(request);
        final List<Object> named = new ArrayList<>();
        vectors.keys.forEach((name, key) -> {
            final Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", name);
            entry.put("private", HEX.formatHex(key));
            named.add(entry);
        });
        final Map<String, Object> content = new LinkedHashMap<>();
        content.put("keys", named);
        content.put("valid", vectors.valid);
        content.put("refused", vectors.refused);
        return content;
    }

    private void valid(final byte[] request) {
        sign(
                "the standard's own example",
                STANDARD,
                "message digest".getBytes(StandardCharsets.US_ASCII),
                STANDARD_NONCE);
        sign("an empty message", TERMINAL, new byte[0], nonce());
        // With Z_A before it, a message of 23, 24, and 32 bytes ends at the edges of SM3's padding.
        for (final int length : new int[] {1, 23, 24, 32, 1000}) {
            sign("a message of " + length + " bytes", TERMINAL, message(length), nonce());
        }
        sign("a request (2102)", TERMINAL, request, nonce());
        sign("r begins with 00 and keeps its 32 bytes", TERMINAL, message(64), nonceForZeroAt(0));
        sign(
                "s begins with 00 and keeps its 32 bytes",
                TERMINAL,
                message(64),
                nonceForZeroAt(Sm2Numbers.SCALAR_LENGTH));
    }

    private void sign(final String name, final String keyName, final byte[] message, final byte[] nonce) {
        final Sm2PrivateKey key = Sm2PrivateKey.decode(keys.get(keyName));
        final byte[] e = digest(key.publicKey(), message);
        final byte[] signature = Sm2Numbers.sign(key.encoded(), e, nonce);
        assertThat(signedByTheSigner(key, message, nonce)).as(name).isEqualTo(signature);
        assertThat(verifies(key.publicKey(), message, signature)).as(name).isTrue();
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("key", keyName);
        entry.put("message", HEX.formatHex(message));
        entry.put("e", HEX.formatHex(e));
        entry.put("k", HEX.formatHex(nonce));
        entry.put("r", HEX.formatHex(signature, 0, Sm2Numbers.SCALAR_LENGTH));
        entry.put("s", HEX.formatHex(signature, Sm2Numbers.SCALAR_LENGTH, signature.length));
        entry.put("signature", HEX.formatHex(signature));
        valid.add(entry);
    }

    private void refused(final byte[] request) {
        final Sm2PublicKey key = Sm2PrivateKey.decode(terminal).publicKey();
        final byte[] nonce = nonce();
        final byte[] good = Sm2Numbers.sign(terminal, digest(key, request), nonce);
        final byte[] r = Arrays.copyOf(good, Sm2Numbers.SCALAR_LENGTH);
        final byte[] s = Arrays.copyOfRange(good, Sm2Numbers.SCALAR_LENGTH, good.length);
        final byte[] zero = new byte[Sm2Numbers.SCALAR_LENGTH];
        refuse("DER", "r and s stand in an ASN.1 sequence", request, der(r, s));
        refuse("the halves swapped", "s||r", request, Sm2Numbers.concatenated(s, r));
        refuse(
                "the halves little-endian",
                "each number is big-endian",
                request,
                Sm2Numbers.concatenated(reversed(r), reversed(s)));
        refuse(
                "hexadecimal digits as text",
                "128 characters",
                request,
                HEX.formatHex(good).getBytes(StandardCharsets.US_ASCII));
        refuse(
                "pre-hashed",
                "SM3(message) was signed instead of the message",
                request,
                Sm2Numbers.sign(terminal, digest(key, Sm3.hash(request)), nonce));
        refuse(
                "without Z_A",
                "SM3(message) was taken for e",
                request,
                Sm2Numbers.sign(terminal, Sm3.hash(request), nonce));
        refuse("an empty user id", "Z_A is that of another id", request, signedAs("", request, nonce));
        refuse(
                "the user id's hexadecimal digits as text",
                "Z_A is that of another id",
                request,
                signedAs("31323334353637383132333435363738", request, nonce));
        refuse("the serial number as user id", "Z_A is that of another id", request, signedAs("SN-H", request, nonce));
        refuse("another message", "one bit of it was changed", changed(request), good);
        refuse("one bit of s changed", "", request, changed(good));
        refuse("r = 0", "r lies between 1 and n - 1", request, Sm2Numbers.concatenated(zero, s));
        refuse("s = 0", "s lies between 1 and n - 1", request, Sm2Numbers.concatenated(r, zero));
        final byte[] n = Sm2Numbers.scalar(Sm2Numbers.N);
        refuse("s = n", "s lies between 1 and n - 1", request, Sm2Numbers.concatenated(r, n));
        refuse(
                "r + s = n",
                "t would be 0",
                request,
                Sm2Numbers.concatenated(r, Sm2Numbers.scalar(Sm2Numbers.N.subtract(new BigInteger(1, r)))));
        refuse("all zero", "no signature at all", request, Sm2Numbers.concatenated(zero, zero));
        final byte[] message = message(64);
        final byte[] shortR = Sm2Numbers.sign(terminal, digest(key, message), nonceForZeroAt(0));
        refuse("r without its leading 00", "63 bytes", message, Arrays.copyOfRange(shortR, 1, shortR.length));
        refuse(
                "r without its leading 00, filled up at the end",
                "s stands one byte too early",
                message,
                Arrays.copyOfRange(shortR, 1, shortR.length + 1));
    }

    private void refuse(final String name, final String why, final byte[] message, final byte[] signature) {
        if (signature.length == Sm2Signer.SIGNATURE_LENGTH) {
            final Sm2PublicKey key = Sm2PrivateKey.decode(terminal).publicKey();
            assertThat(verifies(key, message, signature)).as(name).isFalse();
        }
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        entry.put("why", why);
        entry.put("key", TERMINAL);
        entry.put("message", HEX.formatHex(message));
        entry.put("signature", HEX.formatHex(signature));
        refused.add(entry);
    }

    private byte[] signedAs(final String userId, final byte[] message, final byte[] nonce) {
        final byte[] publicKey = Sm2PrivateKey.decode(terminal).publicKey().encoded();
        return Sm2Numbers.sign(terminal, Sm2Numbers.digest(Sm2Numbers.z(userId, publicKey), message), nonce);
    }

    private static byte[] digest(final Sm2PublicKey key, final byte[] message) {
        return Sm2Numbers.digest(Sm2Numbers.z(Sm2PublicKey.USER_ID, key.encoded()), message);
    }

    /** The signer of the client library, given the same k. */
    private static byte[] signedByTheSigner(final Sm2PrivateKey key, final byte[] message, final byte[] nonce) {
        final byte[] signature = new byte[Sm2Signer.SIGNATURE_LENGTH];
        final java.security.SecureRandom given = new java.security.SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(final byte[] target) {
                System.arraycopy(nonce, 0, target, 0, nonce.length);
            }
        };
        Sm2Signer.withNoncesFrom(key, given).sign(message, 0, message.length, signature, 0);
        return signature;
    }

    private static boolean verifies(final Sm2PublicKey key, final byte[] message, final byte[] signature) {
        final byte[] both = Sm2Numbers.concatenated(message, signature);
        return new BouncyCastleVerifier().verify(key, both, 0, message.length);
    }

    private byte[] nonce() {
        nonces.nextBytes(new byte[Sm2Numbers.SCALAR_LENGTH]);
        return nonces.last();
    }

    /** The first k of a row of them whose signature over a message of 64 bytes has 00 there: one in 256 has. */
    private byte[] nonceForZeroAt(final int offset) {
        final FixedRandom row = new FixedRandom("settlegate signature vectors, zero at " + offset);
        final byte[] digest = digest(Sm2PrivateKey.decode(terminal).publicKey(), message(64));
        do {
            row.nextBytes(new byte[Sm2Numbers.SCALAR_LENGTH]);
        } while (Sm2Numbers.sign(terminal, digest, row.last())[offset] != 0);
        return row.last();
    }

    private static byte[] message(final int length) {
        final byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) i;
        }
        return message;
    }

    private static byte[] changed(final byte[] bytes) {
        final byte[] result = bytes.clone();
        result[result.length - 1] ^= 1;
        return result;
    }

    private static byte[] reversed(final byte[] bytes) {
        final byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }

    private static byte[] der(final byte[] r, final byte[] s) {
        final byte[] content = Sm2Numbers.concatenated(integer(r), integer(s));
        return Sm2Numbers.concatenated(new byte[] {0x30, (byte) content.length}, content);
    }

    private static byte[] integer(final byte[] scalar) {
        final byte[] bytes = new BigInteger(1, scalar).toByteArray();
        return Sm2Numbers.concatenated(new byte[] {2, (byte) bytes.length}, bytes);
    }
}
