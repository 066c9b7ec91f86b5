package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code openssl} signs we verify, and the other way round; skipped only where the command is absent. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OpensslInteropTest {
    private static final int ROUNDS = 8;
    private static final int LANES = 8;

    @TempDir
    private Path directory;

    @Test
    void shouldVerifyWhatOpensslSigns() throws IOException, InterruptedException {
        assumeTrue(isThere(), "openssl is not installed");
        for (int round = 0; round < ROUNDS; round++) {
            run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", file("key.pem"));
            run("pkey", "-in", file("key.pem"), "-pubout", "-out", file("pub.pem"));
            final byte[] message = ("message of round " + round).getBytes(StandardCharsets.US_ASCII);
            Files.write(directory.resolve("message"), message);
            run(
                    "pkeyutl",
                    "-sign",
                    "-inkey",
                    file("key.pem"),
                    "-in",
                    file("message"),
                    "-rawin",
                    "-digest",
                    "sm3",
                    "-pkeyopt",
                    "distid:" + Sm2PublicKey.USER_ID,
                    "-out",
                    file("signature"));
            final ASN1Sequence pair = ASN1Sequence.getInstance(Files.readAllBytes(directory.resolve("signature")));
            final byte[] signed = Arrays.copyOf(message, message.length + Sm2Signer.SIGNATURE_LENGTH);
            for (int i = 0; i < 2; i++) {
                final BigInteger scalar =
                        ASN1Integer.getInstance(pair.getObjectAt(i)).getValue();
                Sm2Curve.putScalar(scalar, signed, message.length + i * Sm2Curve.SCALAR_LENGTH);
            }
            final Sm2PublicKey key = KeyFiles.readPublic(directory.resolve("pub.pem"));
            try (KeyTables tables = new KeyTables(KeyTables.TABLE_BYTES)) {
                final byte[] damaged = signed.clone();
                damaged[0] ^= 1;
                VerificationPaths.all(tables).forEach((name, verifier) -> {
                    final SignatureBatch batch = new SignatureBatch(LANES);
                    for (int i = 0; i < LANES; i++) {
                        batch.add(key, i % 2 == 0 ? signed : damaged, 0, message.length);
                    }
                    verifier.verify(batch);
                    for (int i = 0; i < LANES; i++) {
                        assertThat(batch.verdict(i)).as("%s at %d", name, i).isEqualTo(i % 2 == 0);
                    }
                });
            }
        }
    }

    @Test
    void shouldSignWhatOpensslVerifies() throws IOException, InterruptedException {
        assumeTrue(isThere(), "openssl is not installed");
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        KeyFiles.writePublic(directory.resolve("ours.pem"), key.publicKey());
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] message = ("message of round " + round).getBytes(StandardCharsets.US_ASCII);
            final byte[] signature = new byte[Sm2Signer.SIGNATURE_LENGTH];
            if (round % 2 == 0) {
                new Sm2Signer(key, new SecureRandom()).sign(message, 0, message.length, signature, 0);
            } else {
                new FastSm2Signer(key, new SecureRandom()).sign(message, 0, message.length, signature, 0);
            }
            Files.write(directory.resolve("message"), message);
            final ASN1Integer r = new ASN1Integer(Sm2Curve.scalar(signature, 0));
            final ASN1Integer s = new ASN1Integer(Sm2Curve.scalar(signature, Sm2Curve.SCALAR_LENGTH));
            Files.write(directory.resolve("signature"), new DERSequence(new ASN1Integer[] {r, s}).getEncoded());
            run(
                    "pkeyutl",
                    "-verify",
                    "-pubin",
                    "-inkey",
                    file("ours.pem"),
                    "-in",
                    file("message"),
                    "-rawin",
                    "-digest",
                    "sm3",
                    "-pkeyopt",
                    "distid:" + Sm2PublicKey.USER_ID,
                    "-sigfile",
                    file("signature"));
        }
    }

    private String file(final String name) {
        return directory.resolve(name).toString();
    }

    private static boolean isThere() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl")));
    }

    private void run(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s ended", command)
                .isTrue();
        assertThat(process.exitValue())
                .as("%s said %s", command, Files.readString(output))
                .isZero();
    }
}
