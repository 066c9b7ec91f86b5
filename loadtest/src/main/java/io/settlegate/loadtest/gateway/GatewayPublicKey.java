package io.settlegate.loadtest.gateway;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads the gateway's public key file as {@code admin init} writes it.
 *
 * <p>A SubjectPublicKeyInfo ends with the 65 bytes 04, x, y of the point; whether they lie on the curve is checked.
 */
public final class GatewayPublicKey {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private GatewayPublicKey() {}

    /** Of a data directory made by {@code admin init}. */
    public static Path fileIn(final Path data) {
        return data.resolve("keys").resolve("gateway.pub.pem");
    }

    public static Sm2PublicKey read(final Path file) throws IOException {
        final String text = Files.readString(file, StandardCharsets.US_ASCII);
        final int begin = text.indexOf(BEGIN);
        final int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + ": no PEM block of a public key");
        }
        try {
            final byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return Sm2PublicKey.decode(
                    Arrays.copyOfRange(der, Math.max(0, der.length - Sm2PublicKey.ENCODED_LENGTH), der.length));
        } catch (final IllegalArgumentException e) {
            throw new IOException(file + ": no SM2 public key: " + e.getMessage(), e);
        }
    }
}
