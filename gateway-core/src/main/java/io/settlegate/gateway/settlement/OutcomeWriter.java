package io.settlegate.gateway.settlement;

import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutcomeHeaderEncoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RefusedOutcomeEncoder;
import io.settlegate.protocol.codec.RepeatOutcomeEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes what all outcomes share, and the two outcomes that every transaction can have. Owned by the engine's thread. */
final class OutcomeWriter {
    private static final int REGION_LENGTH = 6;
    private static final int SECOND_LENGTH = REGION_LENGTH + 14;

    final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final RefusedOutcomeEncoder refused = new RefusedOutcomeEncoder();
    private final RepeatOutcomeEncoder repeat = new RepeatOutcomeEncoder();
    private final String region;
    /** Region and second yyyyMMddHHmmss of the last outcome, with which most begin. */
    private final UnsafeBuffer second = new UnsafeBuffer(new byte[SECOND_LENGTH]);

    private long secondMs = Long.MAX_VALUE;

    OutcomeWriter(final String region) {
        this.region = region;
        second.putStringWithoutLengthAscii(0, region);
    }

    /** Zeroes header and block, so that a character field is padded and nothing of an earlier outcome shines through. */
    static void clear(final MutableDirectBuffer outcome, final int offset, final int blockLength) {
        Fields.clear(outcome, offset, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
    }

    void header(final OutcomeHeaderEncoder header, final MutableDirectBuffer outcome, final Request request) {
        final int offset = header.offset();
        header.code(request.code.code());
        final int infno = request.templateId;
        Fields.putDigits(outcome, offset + OutcomeHeaderEncoder.infnoEncodingOffset(), infno, infno < 1000 ? 3 : 4);
        if (request.hasHeader()) {
            Fields.copy(
                    request.buffer,
                    request.msgid(),
                    outcome,
                    offset + OutcomeHeaderEncoder.msgidEncodingOffset(),
                    Rows.MSGID_KEY);
        }
        final int refmsgid = offset + OutcomeHeaderEncoder.infRefmsgidEncodingOffset();
        if (request.timeMs < secondMs || request.timeMs - secondMs >= 1000) {
            secondMs = request.timeMs - Math.floorMod(request.timeMs, 1000);
            BusinessTime.putTimestamp(second, REGION_LENGTH, request.timeMs);
        }
        Fields.copy(second, 0, outcome, refmsgid, SECOND_LENGTH);
        Fields.putDigits(outcome, refmsgid + SECOND_LENGTH, request.sequence, 10);
        header.sequence(request.sequence).timeMs(request.timeMs);
    }

    String region() {
        return region;
    }

    int refused(final Request request, final MutableDirectBuffer outcome, final int offset) {
        clear(outcome, offset, RefusedOutcomeEncoder.BLOCK_LENGTH);
        refused.wrapAndApplyHeader(outcome, offset, messageHeader);
        header(refused.header(), outcome, request);
        refused.lineIndex((short) request.lineIndex);
        return MessageHeaderEncoder.ENCODED_LENGTH + refused.encodedLength();
    }

    int repeat(final Request request, final MutableDirectBuffer outcome, final int offset) {
        clear(outcome, offset, RepeatOutcomeEncoder.BLOCK_LENGTH);
        repeat.wrapAndApplyHeader(outcome, offset, messageHeader);
        header(repeat.header(), outcome, request);
        repeat.firstSequence(request.day.getLong(request.msgidRow, Rows.MSGID_SEQUENCE));
        repeat.state(RecordState.get(request.day.getByte(request.msgidRow, Rows.MSGID_STATE)));
        return MessageHeaderEncoder.ENCODED_LENGTH + repeat.encodedLength();
    }
}
