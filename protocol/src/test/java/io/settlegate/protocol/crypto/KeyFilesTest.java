package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        KeyFiles.writePrivate(directory.resolve("k.pem"), key);
        KeyFiles.writePublic(directory.resolve("k.pub.pem"), key.publicKey());
        assertThat(KeyFiles.readPrivate(directory.resolve("k.pem")).encoded()).isEqualTo(key.encoded());
        assertThat(KeyFiles.readPublic(directory.resolve("k.pub.pem"))).isEqualTo(key.publicKey());
    }

    @Test
    void shouldKeepPrivateKeysToTheirOwnerAndNeverOverwrite() throws IOException {
        final Path file = directory.resolve("k.pem");
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        KeyFiles.writePrivate(file, key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> KeyFiles.writePrivate(file, key)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void shouldRefuseOtherCurvesByName() throws IOException {
        // a prime256v1 key, made by openssl for this test
        final Path file = directory.resolve("p256.pem");
        Files.writeString(
                file,
                """
                -----BEGIN PUBLIC KEY-----
                MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
                6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
                -----END PUBLIC KEY-----
                """);
        assertThatThrownBy(() -> KeyFiles.readPublic(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("curve");
    }

    @Test
    void shouldNotPrintPrivateKeys() {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        assertThat(key.toString()).doesNotContain(new BigInteger(1, key.encoded()).toString(16));
    }

    @Test
    void shouldRefuseKeysOutOfRange() {
        final byte[] bytes = new byte[32];
        assertThatThrownBy(() -> Sm2PrivateKey.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
        Sm2Curve.putScalar(Sm2Curve.N.subtract(BigInteger.ONE), bytes, 0);
        assertThatThrownBy(() -> Sm2PrivateKey.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sm2PublicKey.decode(new byte[65])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sm2PublicKey.decodeHex("04" + "11".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
