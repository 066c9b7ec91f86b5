package io.settlegate.gateway.settlement;

import io.settlegate.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The open import in a snapshot, with its chunks as they came.
 *
 * <pre>
 * table i32 | 1 if an import is open, else 0 i32 | chunks i32 | 0 i32 | hash, high i64, low i64 | id 30, zeroes if none is open |
 * each chunk: length i32 | bytes
 * </pre>
 *
 * <p>Stateless; one thread.
 */
final class StagedSection {
    private static final int HEADER_LENGTH = 4 * Integer.BYTES + 2 * Long.BYTES;
    private static final int LEAST_CHUNK = 8;

    private StagedSection() {}

    static void write(final StagedImport staged, final SnapshotWriter out) throws IOException {
        out.putInt(TableId.STAGED.number);
        out.putInt(staged.isOpen() ? 1 : 0);
        out.putInt(staged.chunks().size());
        out.putInt(0);
        out.putLong(staged.hashHigh());
        out.putLong(staged.hashLow());
        final byte[] id = new byte[StagedImport.ID_LENGTH];
        if (staged.isOpen()) {
            staged.id().getBytes(0, id);
        }
        out.putBytes(id);
        for (final UnsafeBuffer chunk : staged.chunks()) {
            out.putInt(chunk.capacity());
            out.putBytes(chunk.byteArray());
        }
    }

    static void read(final StagedImport staged, final SnapshotReader in) throws IOException {
        try {
            readChunks(staged, in);
        } catch (final IOException e) {
            throw new IOException("table " + TableId.STAGED + ": " + e.getMessage(), e);
        }
    }

    private static void readChunks(final StagedImport staged, final SnapshotReader in) throws IOException {
        in.header(HEADER_LENGTH);
        final int table = in.getInt();
        final int open = in.getInt();
        final int chunks = in.getInt();
        if (table != TableId.STAGED.number || open < 0 || open > 1 || chunks < 0 || (open == 0 && chunks > 0)) {
            throw new IOException("its header is none: table " + table + ", open " + open + ", chunks " + chunks);
        }
        in.getInt();
        final long hashHigh = in.getLong();
        final long hashLow = in.getLong();
        final UnsafeBuffer id = new UnsafeBuffer(in.bytes(StagedImport.ID_LENGTH));
        if (open == 1) {
            staged.begin(id, 0);
        }
        for (int i = 0; i < chunks; i++) {
            readChunk(staged, i, in);
        }
        if (staged.hashHigh() != hashHigh || staged.hashLow() != hashLow) {
            throw new IOException("the hash of its " + chunks + " chunks is not the one that was written with them");
        }
    }

    private static void readChunk(final StagedImport staged, final int index, final SnapshotReader in)
            throws IOException {
        in.header(Integer.BYTES);
        final int length = in.getInt();
        if (length < LEAST_CHUNK || length > Limits.MAX_FRAME_LENGTH || !staged.hasRoom(length)) {
            throw new IOException("chunk " + index + " says that it has " + length + " bytes");
        }
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[length]);
        in.fill(ByteBuffer.wrap(bytes.byteArray()));
        final Chunk chunk = new Chunk();
        if (!chunk.wrap(bytes, 0, length)) {
            throw new IOException("chunk " + index + " is no chunk of an import");
        }
        staged.add(bytes, chunk.rowCount);
    }
}
