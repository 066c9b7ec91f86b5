package io.settlegate.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** keys.json: keys with Z_A, the forms in which keys come, and forms that are refused. */
final class KeyVectors {
    /** The private key of the example in the annex of GB/T 32918.5. */
    static final byte[] STANDARD_KEY =
            HexFormat.of().parseHex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");

    private static final HexFormat HEX = HexFormat.of();
    private static final String EC_PUBLIC_KEY = "06072a8648ce3d0201";
    private static final String SM2_CURVE = "06082a811ccf5501822d";
    private static final String PRIME256V1 = "06082a8648ce3d030107";
    private static final int PEM_LINE_LENGTH = 64;

    private final Path directory;
    private final List<Object> privateForms = new ArrayList<>();
    private final List<Object> publicForms = new ArrayList<>();
    private final List<Object> refused = new ArrayList<>();
    private int fileNumber;

    private KeyVectors(final Path directory) {
        this.directory = directory;
    }

    /** @param directory for key files that come and go. */
    static Map<String, Object> content(final Path directory) throws IOException {
        final KeyVectors vectors = new KeyVectors(directory);
        final byte[] d = terminalKey();
        vectors.privateForms(d);
        vectors.publicForms(d);
        vectors.refusedPrivate(d);
        vectors.refusedPublic(d);
        final Map<String, Object> content = new LinkedHashMap<>();
        content.put("userId", Sm2PublicKey.USER_ID);
        content.put("keys", keys());
        content.put("privateForms", vectors.privateForms);
        content.put("publicForms", vectors.publicForms);
        content.put("refused", vectors.refused);
        return content;
    }

    /** The key of the worked session's terminal. */
    static byte[] terminalKey() {
        return Sm2PrivateKey.generate(new FixedRandom("settlegate worked session, terminal key"))
                .encoded();
    }

    private static List<Object> keys() {
        final Map<String, byte[]> keys = new LinkedHashMap<>();
        keys.put("annex of GB/T 32918.5", STANDARD_KEY);
        keys.put("terminal", terminalKey());
        keys.put(
                "gateway",
                Sm2PrivateKey.generate(new FixedRandom("settlegate worked session, gateway key"))
                        .encoded());
        final List<Object> entries = new ArrayList<>();
        keys.forEach((name, d) -> {
            final byte[] publicKey = Sm2PrivateKey.decode(d).publicKey().encoded();
            final Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", name);
            entry.put("private", HEX.formatHex(d));
            entry.put("public", HEX.formatHex(publicKey));
            entry.put("z", HEX.formatHex(Sm2Numbers.z(Sm2PublicKey.USER_ID, publicKey)));
            entries.add(entry);
        });
        return entries;
    }

    private void privateForms(final byte[] d) throws IOException {
        final String hex = HEX.formatHex(d);
        takenPrivate("32 bytes, big-endian", "hex", hex, hex);
        takenPrivate("33 bytes with a leading 00: some exporters write the sign byte of an integer", "hex", "00" + hex, hex);
        final Path file = directory.resolve("written.pem");
        KeyFiles.writePrivate(file, Sm2PrivateKey.decode(d));
        takenPrivate("PKCS#8 with the public key in it, as the gateway's tools write it", "pem", Files.readString(file), hex);
        takenPrivate("PKCS#8 without the public key", "pem", pem("PRIVATE KEY", pkcs8(SM2_CURVE, "0420" + hex)), hex);
        // The gateway's tools do not read SEC1; openssl pkcs8 -topk8 -nocrypt makes PKCS#8 of it.
        entry(privateForms, "SEC1, as openssl ecparam -genkey writes it", "pem", sec1(d), "private", hex);
    }

    private void takenPrivate(final String form, final String kind, final String value, final String d)
            throws IOException {
        final Sm2PrivateKey key = kind.equals("hex")
                ? Sm2PrivateKey.decode(HEX.parseHex(value))
                : KeyFiles.readPrivate(file(value));
        assertThat(HEX.formatHex(key.encoded())).as(form).isEqualTo(d);
        entry(privateForms, form, kind, value, "private", d);
    }

    private void publicForms(final byte[] d) throws IOException {
        final Sm2PublicKey key = Sm2PrivateKey.decode(d).publicKey();
        final String hex = key.toHex();
        takenPublic("65 bytes: 04, x, y", "hex", hex, hex);
        takenPublic("64 bytes: x, y", "hex", hex.substring(2), hex);
        final Path file = directory.resolve("written.pub.pem");
        KeyFiles.writePublic(file, key);
        takenPublic("SubjectPublicKeyInfo", "pem", Files.readString(file), hex);
    }

    private void takenPublic(final String form, final String kind, final String value, final String publicKey)
            throws IOException {
        final Sm2PublicKey key =
                kind.equals("hex") ? Sm2PublicKey.decodeHex(value) : KeyFiles.readPublic(file(value));
        assertThat(key.toHex()).as(form).isEqualTo(publicKey);
        entry(publicForms, form, kind, value, "public", publicKey);
    }

    private void refusedPrivate(final byte[] d) throws IOException {
        final String hex = HEX.formatHex(d);
        refuse("private", "31 bytes", "it is not 32", "hex", hex.substring(2));
        refuse("private", "33 bytes with a leading 01", "only a leading 00 may be stripped", "hex", "01" + hex);
        refuse("private", "0", "it is below 1", "hex", "00".repeat(Sm2Numbers.SCALAR_LENGTH));
        refuse(
                "private",
                "n - 1",
                "signing divides by 1 + d, which would be 0",
                "hex",
                HEX.formatHex(Sm2Numbers.scalar(Sm2Numbers.N.subtract(java.math.BigInteger.ONE))));
        refuse(
                "private",
                "hexadecimal digits as text, Base64 taken off",
                "64 characters are not 32 bytes",
                "hex",
                HEX.formatHex(hex.getBytes(StandardCharsets.US_ASCII)));
        refuse(
                "private",
                "PKCS#8 that names prime256v1",
                "that is another curve",
                "pem",
                pem("PRIVATE KEY", pkcs8(PRIME256V1, "0420" + hex)));
    }

    private void refusedPublic(final byte[] d) throws IOException {
        final String hex = Sm2PrivateKey.decode(d).publicKey().toHex();
        refuse("public", "a point off the curve", "y was changed", "hex", hex.substring(0, hex.length() - 2) + "00");
        refuse("public", "33 bytes: 03, x", "the compressed form is not taken", "hex", "03" + hex.substring(2, 66));
        refuse("public", "65 bytes with a prefix of 06", "the prefix is 04", "hex", "06" + hex.substring(2));
        refuse(
                "public",
                "SubjectPublicKeyInfo that names prime256v1",
                "that is another curve",
                "pem",
                pem("PUBLIC KEY", HEX.parseHex("30593013" + EC_PUBLIC_KEY + PRIME256V1 + "034200" + hex)));
    }

    private void refuse(
            final String kind, final String form, final String why, final String valueKind, final String value)
            throws IOException {
        final Path file = valueKind.equals("pem") ? file(value) : null;
        assertThatThrownBy(() -> {
                    if (file != null && kind.equals("private")) {
                        KeyFiles.readPrivate(file);
                    } else if (file != null) {
                        KeyFiles.readPublic(file);
                    } else if (kind.equals("private")) {
                        Sm2PrivateKey.decode(HEX.parseHex(value));
                    } else {
                        Sm2PublicKey.decodeHex(value);
                    }
                })
                .as("%s key, %s", kind, form)
                .isInstanceOfAny(IllegalArgumentException.class, IOException.class);
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", kind);
        entry.put("form", form);
        entry.put("why", why);
        entry.put(valueKind, value);
        refused.add(entry);
    }

    private static void entry(
            final List<Object> entries,
            final String form,
            final String kind,
            final String value,
            final String resultName,
            final String result) {
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("form", form);
        entry.put(kind, value);
        entry.put(resultName, result);
        entries.add(entry);
    }

    /** PrivateKeyInfo around an ECPrivateKey that holds the private key alone. */
    private static byte[] pkcs8(final String curve, final String octets) {
        return HEX.parseHex("3041020100" + "3013" + EC_PUBLIC_KEY + curve + "0427" + "3025020101" + octets);
    }

    private static String sec1(final byte[] d) {
        final String publicKey = Sm2PrivateKey.decode(d).publicKey().toHex();
        return pem(
                "EC PRIVATE KEY",
                HEX.parseHex("3077020101" + "0420" + HEX.formatHex(d) + "a00a" + SM2_CURVE + "a144034200" + publicKey));
    }

    private static String pem(final String label, final byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(PEM_LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private Path file(final String content) throws IOException {
        return Files.writeString(directory.resolve("form-" + fileNumber++ + ".pem"), content);
    }
}
