package io.settlegate.gateway.settlement;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The chunks of the open import, as they came, invisible until the commit. They belong to the state: their hash counts. A
 * large import comes in parts, and this is one part of it.
 *
 * <p>Owned by the engine's thread. Allocates one copy for each chunk; imports are not the hot path. Bounded by a total length.
 */
final class StagedImport {
    static final int ID_LENGTH = 30;

    private final KeyedHash hash;
    private final long limitLength;
    private final UnsafeBuffer id = new UnsafeBuffer(new byte[ID_LENGTH]);
    private final List<UnsafeBuffer> chunks = new ArrayList<>();
    private final MessageDigest digest;
    private final int[] kindRowCounts = new int[ImportKind.values().length];
    private final Chunk form = new Chunk();
    private boolean open;
    private long rowCount;
    private long stagedLength;
    private long hashHigh;
    private long hashLow;

    StagedImport(final KeyedHash hash, final long limitLength) {
        this.hash = hash;
        this.limitLength = limitLength;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void begin(final DirectBuffer source, final int idOffset) {
        drop();
        open = true;
        id.putBytes(0, source, idOffset, ID_LENGTH);
        hashId();
        hashHigh += hash.high();
        hashLow += hash.low();
    }

    boolean isOpen(final DirectBuffer source, final int idOffset) {
        return open && Fields.equal(id, 0, source, idOffset, ID_LENGTH);
    }

    boolean isOpen() {
        return open;
    }

    /** Of the open import, {@value #ID_LENGTH} bytes. */
    UnsafeBuffer id() {
        return id;
    }

    boolean hasRoom(final int length) {
        return stagedLength + length <= limitLength;
    }

    /** Adds a chunk made by {@link #copy}. */
    void add(final UnsafeBuffer chunk, final int rows) {
        chunks.add(chunk);
        digest.update(chunk.byteArray());
        rowCount += rows;
        form.wrap(chunk, 0, chunk.capacity());
        kindRowCounts[form.kind.ordinal()] += rows;
        stagedLength += chunk.capacity();
        hashChunk(chunks.size() - 1);
        hashHigh += hash.high();
        hashLow += hash.low();
    }

    static UnsafeBuffer copy(final DirectBuffer source, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        source.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }

    List<UnsafeBuffer> chunks() {
        return chunks;
    }

    long rowCount() {
        return rowCount;
    }

    int rowCount(final ImportKind kind) {
        return kindRowCounts[kind.ordinal()];
    }

    /** Whether the digest of the chunks is this one. The running digest goes on. */
    boolean digestIs(final DirectBuffer source, final int offset) {
        final byte[] actual;
        try {
            actual = ((MessageDigest) digest.clone()).digest();
        } catch (final CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
        return Fields.equal(new UnsafeBuffer(actual), 0, source, offset, actual.length);
    }

    void drop() {
        open = false;
        chunks.clear();
        digest.reset();
        rowCount = 0;
        Arrays.fill(kindRowCounts, 0);
        stagedLength = 0;
        hashHigh = 0;
        hashLow = 0;
    }

    long hashHigh() {
        return hashHigh;
    }

    long hashLow() {
        return hashLow;
    }

    long recomputeHigh() {
        if (!open) {
            return 0;
        }
        hashId();
        long sum = hash.high();
        for (int i = 0; i < chunks.size(); i++) {
            hashChunk(i);
            sum += hash.high();
        }
        return sum;
    }

    long recomputeLow() {
        if (!open) {
            return 0;
        }
        hashId();
        long sum = hash.low();
        for (int i = 0; i < chunks.size(); i++) {
            hashChunk(i);
            sum += hash.low();
        }
        return sum;
    }

    private void hashId() {
        hash.begin(TableId.STAGED.number).word(-1).bytes(id, 0, ID_LENGTH);
    }

    private void hashChunk(final int index) {
        hash.begin(TableId.STAGED.number)
                .word(index)
                .bytes(chunks.get(index), 0, chunks.get(index).capacity());
    }
}
