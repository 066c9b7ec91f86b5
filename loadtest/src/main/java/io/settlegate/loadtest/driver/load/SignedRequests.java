package io.settlegate.loadtest.driver.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.settlegate.loadtest.population.Person;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;

/**
 * One terminal's requests of one phase, signed before its clock starts, one after the other in one direct buffer: what follows
 * each other on the wire follows each other in memory, so that a batch of requests is one slice and one write.
 *
 * <p>Made on any one thread, then owned by the event loop.
 */
final class SignedRequests {
    private static final int INSUPLC_OFFSET = Limits.FRAME_LENGTH_LENGTH
            + MessageHeaderDecoder.ENCODED_LENGTH
            + RequestHeaderDecoder.insuplcAdmdvsEncodingOffset();

    private final int phase;
    private final ByteBuf frames;
    private final int[] offsets;
    private final RequestKind[] kinds;
    private final BitSet undone;
    /** Whose visit or stay a request opens, by its place. */
    private final Map<Integer, Person> openers;

    private final byte[][] follows;
    private final FollowOrder[] orders;
    private final int[] orderedTo = new int[RequestKind.values().length];

    SignedRequests(
            final int phase,
            final ByteBuf frames,
            final int[] offsets,
            final RequestKind[] kinds,
            final BitSet undone,
            final Map<Integer, Person> openers) {
        this.openers = openers;
        this.phase = phase;
        this.frames = frames;
        this.offsets = offsets;
        this.kinds = kinds;
        this.undone = undone;
        this.follows = new byte[kinds.length][];
        this.orders = new FollowOrder[kinds.length];
    }

    int phase() {
        return phase;
    }

    int count() {
        return kinds.length;
    }

    /** What is, or was, sent at this place. */
    RequestKind kind(final int index) {
        return kinds[index].before() != null && follows[index] == null ? RequestKind.SETTLE : kinds[index];
    }

    /** True if a later request of the phase undoes this one. */
    boolean isUndone(final int index) {
        return undone.get(index);
    }

    /** The person whose visit or stay the request at this place opens. */
    Person opener(final int index) {
        return openers.get(index);
    }

    /** What the request at this place was made from; null where it was made without an answer. */
    FollowOrder order(final int index) {
        return orders[index];
    }

    /** The next place for a kind from {@code from} on that nobody has ordered yet; -1 where none is left. */
    int nextPlace(final RequestKind kind, final int from) {
        for (int i = Math.max(from, orderedTo[kind.ordinal()]); i < kinds.length; i++) {
            if (kinds[i] == kind) {
                orderedTo[kind.ordinal()] = i + 1;
                return i;
            }
        }
        orderedTo[kind.ordinal()] = kinds.length;
        return -1;
    }

    void put(final FollowOrder order, final byte[] frame) {
        orders[order.index()] = order;
        follows[order.index()] = frame;
    }

    /** Where the run of frames that starts at {@code from} and lies in one piece ends, at {@code limit} at the latest. */
    int runEnd(final int from, final int limit) {
        if (follows[from] != null) {
            return from + 1;
        }
        int end = from + 1;
        while (end < limit && follows[end] == null) {
            end++;
        }
        return end;
    }

    /** The frames {@code from} to {@code to}, excluded, which lie in one piece; the receiver releases them. */
    ByteBuf slice(final int from, final int to) {
        if (follows[from] != null) {
            return Unpooled.wrappedBuffer(follows[from]);
        }
        return frames.retainedSlice(offsets[from], offsets[to] - offsets[from]);
    }

    /** Place of insurance that a request names. */
    String insuplcAdmdvs(final int index) {
        return frames.toString(
                offsets[index] + INSUPLC_OFFSET,
                RequestHeaderDecoder.insuplcAdmdvsEncodingLength(),
                StandardCharsets.US_ASCII);
    }

    /** A copy of the signed message of one frame, signature included, without the length field. */
    byte[] command(final int index) {
        final ByteBuf frame = slice(index, index + 1);
        try {
            final byte[] command = new byte[frame.readableBytes() - Limits.FRAME_LENGTH_LENGTH];
            frame.getBytes(frame.readerIndex() + Limits.FRAME_LENGTH_LENGTH, command);
            return command;
        } finally {
            frame.release();
        }
    }

    void release() {
        frames.release();
    }
}
