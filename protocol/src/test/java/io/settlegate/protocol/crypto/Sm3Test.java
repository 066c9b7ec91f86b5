package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class Sm3Test {
    @Test
    void shouldGiveTheDigestsOfTheStandard() {
        // GB/T 32905-2016, annex A
        assertThat(hex("abc")).isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assertThat(hex("abcd".repeat(16)))
                .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    }

    @Test
    void shouldDigestDirectMemoryLikeHeapMemory() {
        final byte[] bytes = new byte[10_000];
        new Random(7).nextBytes(bytes);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length + 3));
        direct.putBytes(3, bytes);
        final byte[] digest = new byte[Sm3.LENGTH];
        new Sm3().update(direct, 3, bytes.length).digest(digest, 0);
        assertThat(digest).isEqualTo(Sm3.hash(bytes));
        new Sm3().update(new UnsafeBuffer(bytes, 5, 100), 10, 50).digest(digest, 0);
        assertThat(digest).isEqualTo(Sm3.hash(java.util.Arrays.copyOfRange(bytes, 15, 65)));
    }

    @Test
    void shouldStartAnewAfterADigest() {
        final Sm3 sm3 = new Sm3();
        final byte[] first = new byte[Sm3.LENGTH];
        final byte[] second = new byte[Sm3.LENGTH];
        sm3.updateLong(0x0102030405060708L).digest(first, 0);
        sm3.update(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}, 0, 8).digest(second, 0);
        assertThat(first).isEqualTo(second);
    }

    private static String hex(final String text) {
        return HexFormat.of().formatHex(Sm3.hash(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
