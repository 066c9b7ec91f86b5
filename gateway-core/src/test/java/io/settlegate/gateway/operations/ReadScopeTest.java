package io.settlegate.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.gateway.settlement.codec.ReadUnmaskedDecoder;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ReadScopeTest {
    private static final long NOW_MS = 1_795_860_000_000L;

    private final OperatorActs acts = new OperatorActs(
            new Sm2Signer(Sm2PrivateKey.generate(new SecureRandom()), new SecureRandom()),
            "GW1",
            Clock.fixed(Instant.ofEpochMilli(NOW_MS), ZoneOffset.UTC));

    private static ReadScope scope(final String text) {
        return new ReadScope(ReadCommand.GREP, 7, ReadScope.OPEN, text, text);
    }

    /** The bytes of the message as released: block, header, places of the fields. They must never change. */
    @Test
    void shouldWriteTheBytesAsReleased() {
        final SignedAct act = acts.readUnmasked(scope("grep --code 0"), "complaint 4711");
        assertThat(act.frame()).hasSize(8 + 504 + 64);
        final byte[] expected = new byte[8 + 504];
        final UnsafeBuffer buffer = new UnsafeBuffer(expected);
        buffer.putBytes(0, HexFormat.of().parseHex("f801230002000100"));
        buffer.putByte(8, (byte) 2);
        buffer.putStringWithoutLengthAscii(9, "GW1");
        buffer.putStringWithoutLengthAscii(25, act.actId());
        buffer.putLong(55, NOW_MS, java.nio.ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(63, (byte) 3);
        buffer.putLong(64, 7, java.nio.ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(72, Long.MAX_VALUE, java.nio.ByteOrder.LITTLE_ENDIAN);
        final byte[] hashed = Arrays.copyOf(act.actId().getBytes(StandardCharsets.US_ASCII), 30 + 13);
        System.arraycopy("grep --code 0".getBytes(StandardCharsets.US_ASCII), 0, hashed, 30, 13);
        buffer.putBytes(80, Sm3.hash(hashed));
        buffer.putStringWithoutLengthAscii(112, "grep --code 0");
        buffer.putStringWithoutLengthAscii(312, "complaint 4711");
        assertThat(Arrays.copyOf(act.frame(), expected.length)).isEqualTo(expected);
    }

    /** Cut between characters, and the digest is over all of it. */
    @Test
    void shouldCutALongScopeAndSaySo() {
        final String text = "grep --terminal " + "\u5f20".repeat(100);
        final SignedAct act = acts.readUnmasked(scope(text), "why");
        final ReadUnmaskedDecoder read = new ReadUnmaskedDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(act.frame()), 0, new MessageHeaderDecoder());
        assertThat(read.scope()).startsWith("grep --terminal \u5f20").endsWith("\u5f20...");
        assertThat(read.scope().getBytes(StandardCharsets.UTF_8).length).isBetween(198, 200);
        final byte[] digest = new byte[Sm3.LENGTH];
        read.getScopeDigest(digest, 0, digest.length);
        assertThat(digest).isEqualTo(scope(text).digest(act.actId()));
    }

    @Test
    void shouldSayWhichRuleAReasonBreaks() {
        assertThat(ReadScope.textFault("complaint 4711")).isNull();
        assertThat(ReadScope.textFault(null)).contains("say something");
        assertThat(ReadScope.textFault(" x")).contains("begin with it");
        assertThat(ReadScope.textFault("a\tb")).contains("one line");
        assertThat(ReadScope.textFault("\u5f20".repeat(67))).contains("201 bytes");
    }
}
