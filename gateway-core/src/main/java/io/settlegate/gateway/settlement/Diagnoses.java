package io.settlegate.gateway.settlement;

import io.settlegate.protocol.codec.GroupSizeEncodingDecoder;
import io.settlegate.protocol.codec.VisitDecoder.DiseinfoDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The diagnoses of the request under work. Their form is checked; of the main one the state keeps the code, the others
 * stand in the journal only. The group has one layout in 2203, 2401, and 2402.
 *
 * <p>Owned by the engine's thread. Allocates nothing. Bounded by the frame.
 */
final class Diagnoses {
    private static final int TYPE = DiseinfoDecoder.diagTypeEncodingOffset();
    private static final int TYPE_LENGTH = DiseinfoDecoder.diagTypeEncodingLength();
    private static final int SRT_NO = DiseinfoDecoder.diagSrtNoEncodingOffset();
    private static final int CODE = DiseinfoDecoder.diagCodeEncodingOffset();
    private static final int DEPT = DiseinfoDecoder.diagDeptEncodingOffset();
    private static final int DOCTOR = DiseinfoDecoder.diseDorNoEncodingOffset();
    private static final int LEAST_BLOCK = DiseinfoDecoder.sbeBlockLength();
    private static final int CODE_LENGTH = 30;

    /** Where the code of the main diagnosis stands in the request's buffer; -1 where there are no diagnoses. */
    int mainCode;

    private final GroupSizeEncodingDecoder dimension = new GroupSizeEncodingDecoder();

    /**
     * Whether the group that ends the request is well formed: none at all, or each with its codes and one the main one.
     */
    boolean isForm(final Request request) {
        mainCode = -1;
        final int group = request.body + request.blockLength;
        if (group + GroupSizeEncodingDecoder.ENCODED_LENGTH > request.end) {
            return false;
        }
        dimension.wrap(request.buffer, group);
        final int count = dimension.numInGroup();
        final int blockLength = dimension.blockLength();
        final int first = group + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        if (blockLength < LEAST_BLOCK || first + (long) count * blockLength != request.end) {
            return false;
        }
        int mainCount = 0;
        for (int i = 0; i < count; i++) {
            final int at = first + i * blockLength;
            if (!isForm(request.buffer, at)) {
                return false;
            }
            if (request.buffer.getShort(at + SRT_NO, ByteOrder.LITTLE_ENDIAN) == 1) {
                mainCode = mainCount == 0 ? at + CODE : mainCode;
                mainCount++;
            }
        }
        return count == 0 || mainCount > 0;
    }

    private static boolean isForm(final DirectBuffer buffer, final int at) {
        final byte type = buffer.getByte(at + TYPE);
        return type >= '1'
                && type <= '3'
                && Fields.isZero(buffer, at + TYPE + 1, TYPE_LENGTH - 1)
                && buffer.getShort(at + SRT_NO, ByteOrder.LITTLE_ENDIAN) != 0
                && Fields.isCode(buffer, at + CODE, CODE_LENGTH)
                && Fields.isCodeOrEmpty(buffer, at + DEPT, CODE_LENGTH)
                && Fields.isCodeOrEmpty(buffer, at + DOCTOR, CODE_LENGTH);
    }
}
