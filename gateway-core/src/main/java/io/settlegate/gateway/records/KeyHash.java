package io.settlegate.gateway.records;

import io.settlegate.journal.Genesis;
import io.settlegate.protocol.crypto.Sm3;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns a key of a record into 64 bits: SipHash-2-4 of Aumasson and Bernstein ("SipHash: a fast short-input PRF", 2012), under a key
 * that follows from the journal's founding. Without the journal nobody learns from an index file whether a number is in it.
 *
 * <p>Values below {@link #FIRST} are kept for minutes ({@link #ofMinute}): no key has one. Stateless after its making; any thread.
 */
final class KeyHash {
    /** The least hash of a key, unsigned; what is less is a minute. */
    static final long FIRST = 1L << 32;

    private static final byte[] PURPOSE = "settlegate index of records".getBytes(StandardCharsets.US_ASCII);

    private final byte[] founding;
    private final long keyLow;
    private final long keyHigh;

    private KeyHash(final byte[] founding, final long keyLow, final long keyHigh) {
        this.founding = founding;
        this.keyLow = keyLow;
        this.keyHigh = keyHigh;
    }

    /** For the files of one journal. */
    static KeyHash of(final Genesis genesis) {
        final Sm3 sm3 = new Sm3();
        put(sm3, genesis.gatewayId().getBytes(StandardCharsets.US_ASCII));
        put(sm3, genesis.gatewayKey().encoded());
        put(sm3, genesis.insuplcAdmdvs().getBytes(StandardCharsets.US_ASCII));
        put(sm3, genesis.operatorKey().encoded());
        sm3.updateLong(genesis.timeMs());
        put(sm3, genesis.engineParameters());
        final byte[] founding = new byte[Sm3.LENGTH];
        sm3.digest(founding, 0);
        put(sm3, PURPOSE);
        // They hold the random key of the engine's hashes, which stands nowhere but in the journal.
        put(sm3, genesis.engineParameters());
        final byte[] key = new byte[Sm3.LENGTH];
        sm3.digest(key, 0);
        final ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        return new KeyHash(founding, words.getLong(0), words.getLong(Long.BYTES));
    }

    private static void put(final Sm3 sm3, final byte[] bytes) {
        sm3.updateLong(bytes.length);
        sm3.update(bytes, 0, bytes.length);
    }

    /** 32 bytes that tell one journal from another. */
    byte[] founding() {
        return founding;
    }

    /** The place of a minute since 1970 among the hashes. */
    static long ofMinute(final long timeMs) {
        return Math.max(0, Math.min(FIRST - 1, Math.floorDiv(timeMs, 60_000)));
    }

    /** A key of characters, without the zeros that fill a field up. */
    long of(final RecordKey key, final DirectBuffer source, final int offset, final int fieldLength) {
        int length = fieldLength;
        while (length > 0 && source.getByte(offset + length - 1) == 0) {
            length--;
        }
        return sip(key.tag(), source, offset, length);
    }

    long of(final RecordKey key, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return of(key, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** The key's tag is its first byte. */
    private long sip(final int tag, final DirectBuffer source, final int offset, final int length) {
        long v0 = keyLow ^ 0x736f6d6570736575L;
        long v1 = keyHigh ^ 0x646f72616e646f6dL;
        long v2 = keyLow ^ 0x6c7967656e657261L;
        long v3 = keyHigh ^ 0x7465646279746573L;
        final int total = length + 1;
        long word = tag & 0xffL;
        int filled = 1;
        for (int i = 0; i <= length; i++) {
            final boolean isLast = i == length;
            if (filled == Long.BYTES || isLast) {
                final long message = isLast ? word | (long) total << 56 : word;
                v3 ^= message;
                for (int round = 0; round < 2; round++) {
                    v0 += v1;
                    v2 += v3;
                    v1 = Long.rotateLeft(v1, 13) ^ v0;
                    v3 = Long.rotateLeft(v3, 16) ^ v2;
                    v0 = Long.rotateLeft(v0, 32);
                    v2 += v1;
                    v0 += v3;
                    v1 = Long.rotateLeft(v1, 17) ^ v2;
                    v3 = Long.rotateLeft(v3, 21) ^ v0;
                    v2 = Long.rotateLeft(v2, 32);
                }
                v0 ^= message;
                word = 0;
                filled = 0;
            }
            if (!isLast) {
                word |= (source.getByte(offset + i) & 0xffL) << (8 * filled);
                filled++;
            }
        }
        v2 ^= 0xff;
        for (int round = 0; round < 4; round++) {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        final long hash = v0 ^ v1 ^ v2 ^ v3;
        return Long.compareUnsigned(hash, FIRST) < 0 ? hash + FIRST : hash;
    }
}
