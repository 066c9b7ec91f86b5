package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyBook;
import io.settlegate.gateway.benefits.policy.PolicyBytes;
import io.settlegate.gateway.benefits.policy.PolicyBytesReader;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.PolicyVersionChunkDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The versions of policies among the staged chunks: put together of their pieces, read, compiled, and held against the versions
 * that the gateway has. One that it has already, byte for byte, is passed over; one that it has with other bytes is refused.
 *
 * <p>Lives for one commit: its check makes the books that {@link #keep} puts on the shelf, so that nothing is read twice and keeping
 * cannot fail. The check changes nothing that is hashed; of bytes that are no policy it says VALUE_WRONG, whatever they are.
 */
final class StagedPolicies {
    static final int POOLAREA = PolicyVersionChunkDecoder.poolareaEncodingOffset();
    static final int VERSION = PolicyVersionChunkDecoder.policyVersionEncodingOffset();
    static final int PIECE = PolicyVersionChunkDecoder.pieceEncodingOffset();
    static final int PIECE_COUNT = PolicyVersionChunkDecoder.pieceCountEncodingOffset();

    /** The chunk of the policy that is refused, after {@link #check}. */
    int refusedChunk = -1;

    private final PolicyShelf shelf;
    private final List<UnsafeBuffer> chunks;
    private final List<Version> staged = new ArrayList<>();
    private final List<Version> added = new ArrayList<>();
    private final TreeMap<Integer, PolicyBook> books = new TreeMap<>();
    private final Chunk chunk = new Chunk();

    /** A version that is whole. */
    private record Version(int firstChunk, int poolarea, Policy policy, byte[] bytes) {}

    StagedPolicies(final PolicyShelf shelf, final List<UnsafeBuffer> chunks) {
        this.shelf = shelf;
        this.chunks = chunks;
    }

    /** NONE if all versions may be kept; else why not, with the place in {@link #refusedChunk}. The pieces' own rules were checked. */
    ActReason check() {
        ActReason reason = assemble();
        for (int i = 0; reason == ActReason.NONE && i < staged.size(); i++) {
            reason = compare(staged.get(i));
        }
        for (int i = 0; reason == ActReason.NONE && i < added.size(); i++) {
            reason = books.containsKey(added.get(i).poolarea) ? ActReason.NONE : join(added.get(i).poolarea);
        }
        return reason;
    }

    /** Versions that the gateway does not have yet. */
    int newCount() {
        return added.size();
    }

    /** Puts what is new on the shelf. */
    void keep() {
        for (final Version version : added) {
            shelf.addRow(version.policy, version.bytes);
        }
        for (final Map.Entry<Integer, PolicyBook> book : books.entrySet()) {
            shelf.put(book.getKey(), book.getValue());
        }
    }

    private ActReason assemble() {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[PolicyBytes.MOST_BYTES]);
        int length = 0;
        int first = -1;
        int next = 0;
        for (int i = 0; i < chunks.size(); i++) {
            chunk.wrap(chunks.get(i), 0, chunks.get(i).capacity());
            if (chunk.kind != ImportKind.POLICY_VERSIONS) {
                continue;
            }
            refusedChunk = i;
            if (u16(chunk, PIECE) != next || (next > 0 && !isOfSameVersion(first))) {
                return ActReason.CHUNK_OUT_OF_ORDER;
            }
            if (next == 0) {
                first = i;
                length = 0;
            }
            final int pieceLength = chunk.oneRowLength();
            if (length + pieceLength > bytes.capacity()) {
                return ActReason.VALUE_WRONG;
            }
            bytes.putBytes(length, chunk.buffer, chunk.row(0), pieceLength);
            length += pieceLength;
            next++;
            if (next == u16(chunk, PIECE_COUNT)) {
                final ActReason reason = take(first, Arrays.copyOf(bytes.byteArray(), length));
                if (reason != ActReason.NONE) {
                    return reason;
                }
                next = 0;
            }
        }
        return next == 0 ? ActReason.NONE : ActReason.CHUNK_OUT_OF_ORDER;
    }

    private boolean isOfSameVersion(final int first) {
        final int blockRest = PIECE - POOLAREA;
        final Chunk opened = new Chunk();
        opened.wrap(chunks.get(first), 0, chunks.get(first).capacity());
        return Fields.equal(opened.buffer, opened.body + POOLAREA, chunk.buffer, chunk.body + POOLAREA, blockRest)
                && u16(opened, PIECE_COUNT) == u16(chunk, PIECE_COUNT);
    }

    private ActReason take(final int first, final byte[] bytes) {
        refusedChunk = first;
        final Policy policy = read(bytes);
        if (policy == null
                || !Fields.holds(
                        chunk.buffer,
                        chunk.body + POOLAREA,
                        Rows.REGION_KEY,
                        policy.definition().region())
                || policy.version() != chunk.buffer.getInt(chunk.body + VERSION, ByteOrder.LITTLE_ENDIAN)) {
            return ActReason.VALUE_WRONG;
        }
        final int poolarea = Fields.number(chunk.buffer, chunk.body + POOLAREA, Rows.REGION_KEY);
        for (final Version other : staged) {
            if (other.poolarea == poolarea && other.policy.version() == policy.version()) {
                return ActReason.KEY_REPEATED;
            }
        }
        staged.add(new Version(first, poolarea, policy, bytes));
        return ActReason.NONE;
    }

    /** The policy; null if these are not the bytes of one. One policy has one form, so equal definitions are equal bytes. */
    private static Policy read(final byte[] bytes) {
        try {
            final PolicyDefinition definition = PolicyBytesReader.read(ByteBuffer.wrap(bytes));
            final Policy policy = Policy.compile(definition);
            return Arrays.equals(PolicyBytes.of(definition), bytes) ? policy : null;
        } catch (final RuntimeException e) {
            // Whatever a reader makes of bytes that an operator's key has signed but no gateway has written.
            return null;
        }
    }

    private ActReason compare(final Version version) {
        refusedChunk = version.firstChunk;
        for (final Policy known : shelf.versions(version.poolarea)) {
            if (known.version() == version.policy.version()) {
                return known.definition().equals(version.policy.definition())
                        ? ActReason.NONE
                        : ActReason.VERSION_CHANGED;
            }
        }
        added.add(version);
        return ActReason.NONE;
    }

    /** Makes the book of a pooling region out of the versions that it has and those that come. */
    private ActReason join(final int poolarea) {
        final List<Policy> versions = new ArrayList<>(shelf.versions(poolarea));
        for (final Version version : added) {
            if (version.poolarea == poolarea) {
                versions.add(placeOf(version.policy, versions), version.policy);
            }
        }
        for (int i = 1; i < versions.size(); i++) {
            final Policy earlier = versions.get(i - 1);
            final Policy later = versions.get(i);
            if (PolicyBook.faultBetween(earlier.definition(), later.definition()) != null) {
                refusedChunk = Math.max(chunkOf(earlier), chunkOf(later));
                return ActReason.VERSION_NOT_JOINED;
            }
        }
        books.put(poolarea, new PolicyBook(versions));
        return ActReason.NONE;
    }

    private static int placeOf(final Policy policy, final List<Policy> sorted) {
        int place = sorted.size();
        while (place > 0
                && sorted.get(place - 1)
                        .definition()
                        .effectiveFrom()
                        .isAfter(policy.definition().effectiveFrom())) {
            place--;
        }
        return place;
    }

    /** The first chunk of an added policy; -1 of one that was there. */
    private int chunkOf(final Policy policy) {
        for (final Version version : added) {
            if (version.policy.equals(policy)) {
                return version.firstChunk;
            }
        }
        return -1;
    }

    private static int u16(final Chunk ofPolicy, final int field) {
        return ofPolicy.buffer.getShort(ofPolicy.body + field, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
