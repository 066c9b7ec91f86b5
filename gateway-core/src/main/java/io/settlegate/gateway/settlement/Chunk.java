package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.GroupSizeEncodingDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.RegionChunkDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A chunk of an import, read in place.
 *
 * <pre>
 * SBE header 8 | block (act header, import id, chunk index, ...) | group size 4 | rows ...
 *                                                                | length 2 | one row of that length
 * </pre>
 */
final class Chunk {
    private static final int CHUNK_INDEX = RegionChunkDecoder.chunkIndexEncodingOffset();

    DirectBuffer buffer;
    ImportKind kind;
    int body;
    int rowCount;
    private int firstRow;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final GroupSizeEncodingDecoder dimension = new GroupSizeEncodingDecoder();

    /** False if the bytes are not exactly one chunk of this protocol version. */
    boolean wrap(final DirectBuffer source, final int offset, final int length) {
        buffer = source;
        header.wrap(source, offset);
        kind = ImportKind.of(header.templateId());
        body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int head = MessageHeaderDecoder.ENCODED_LENGTH + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        if (kind == null || header.blockLength() != kind.blockLength || length < head + kind.blockLength) {
            return false;
        }
        if (kind.rowLength == 0) {
            return wrapOneRow(source, offset + length);
        }
        dimension.wrap(source, body + kind.blockLength);
        rowCount = dimension.numInGroup();
        firstRow = body + kind.blockLength + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        return dimension.blockLength() == kind.rowLength
                && length == head + kind.blockLength + rowCount * kind.rowLength;
    }

    private boolean wrapOneRow(final DirectBuffer source, final int end) {
        final int at = body + kind.blockLength;
        rowCount = 1;
        firstRow = at + Short.BYTES;
        return (source.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) == end - firstRow;
    }

    /** Bytes of the one row of a chunk of a kind whose rows have any length. */
    int oneRowLength() {
        return buffer.getShort(firstRow - Short.BYTES, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    int index() {
        return buffer.getInt(body + CHUNK_INDEX, ByteOrder.LITTLE_ENDIAN);
    }

    int row(final int index) {
        return firstRow + index * kind.rowLength;
    }
}
