package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.ItemClass;
import io.settlegate.gateway.benefits.LineSplit;
import io.settlegate.gateway.benefits.Verdict;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.GroupSizeEncodingDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesDecoder.FeedetailDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The fee lines of the upload under work, read in place, checked pass by pass so that the first fault in the order of
 * {@link ResultCode} is found, and of equal faults the one of the first line; and how each is split.
 *
 * <p>Owned by the engine's thread. Allocates nothing. Bounded by {@link Limits#MAX_LINES}.
 */
final class UploadedLines {
    private static final int SN = FeedetailDecoder.feedetlSnEncodingOffset();
    private static final int RXNO = FeedetailDecoder.rxnoEncodingOffset();
    private static final int OCUR = FeedetailDecoder.feeOcurTimeMsEncodingOffset();
    private static final int ITEM = FeedetailDecoder.medListCodgEncodingOffset();
    private static final int AMOUNT = FeedetailDecoder.detItemFeeSumamtFenEncodingOffset();
    private static final int CNT = FeedetailDecoder.cntE4EncodingOffset();
    private static final int PRIC = FeedetailDecoder.pricE6EncodingOffset();
    private static final int DOCTOR = FeedetailDecoder.bilgDrCodgEncodingOffset();
    private static final int LEAST_BLOCK = FeedetailDecoder.sbeBlockLength();
    private static final int CODE_LENGTH = 30;

    int count;
    final int[] itemRows = new int[Limits.MAX_LINES];
    /** The catalogue's class, 1 to 3. */
    final byte[] classes = new byte[Limits.MAX_LINES];

    final int[] selfpayE4 = new int[Limits.MAX_LINES];
    final long[] ceilingE6 = new long[Limits.MAX_LINES];
    final byte[] essentialFlags = new byte[Limits.MAX_LINES];
    final long[] ownpayFen = new long[Limits.MAX_LINES];
    final long[] overlmtFen = new long[Limits.MAX_LINES];
    final long[] preselfpayFen = new long[Limits.MAX_LINES];
    final long[] inscpFen = new long[Limits.MAX_LINES];

    private final boolean[] needsPrescription = new boolean[Limits.MAX_LINES];
    private final LineTerms terms;
    private final MsgidRule msgidRule;
    private final LineSplit split = new LineSplit();
    private final GroupSizeEncodingDecoder dimension = new GroupSizeEncodingDecoder();
    private DirectBuffer buffer;
    private int first;
    private int blockLength;

    UploadedLines(final LineTerms terms, final MsgidRule msgidRule) {
        this.terms = terms;
        this.msgidRule = msgidRule;
    }

    /** OK, FIELD_MALFORMED, NO_LINES, or TOO_MANY_LINES. */
    ResultCode checkForm(final Request request) {
        buffer = request.buffer;
        final int group = request.body + request.blockLength;
        if (group + GroupSizeEncodingDecoder.ENCODED_LENGTH > request.end) {
            return ResultCode.FIELD_MALFORMED;
        }
        dimension.wrap(buffer, group);
        count = dimension.numInGroup();
        blockLength = dimension.blockLength();
        first = group + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        if (blockLength < LEAST_BLOCK || first + (long) count * blockLength != request.end) {
            return ResultCode.FIELD_MALFORMED;
        }
        for (int line = 0; line < count; line++) {
            if (!isForm(line, request.timeMs)) {
                request.lineIndex = line;
                return ResultCode.FIELD_MALFORMED;
            }
        }
        if (count == 0) {
            return ResultCode.NO_LINES;
        }
        return count > Limits.MAX_LINES ? ResultCode.TOO_MANY_LINES : ResultCode.OK;
    }

    private boolean isForm(final int line, final long nowMs) {
        return Fields.isCode(buffer, at(line) + SN, CODE_LENGTH)
                && Fields.isCodeOrEmpty(buffer, at(line) + RXNO, CODE_LENGTH)
                && ocurMs(line) > 0
                && !msgidRule.isAhead(ocurMs(line), nowMs)
                && Fields.isCode(buffer, at(line) + ITEM, Rows.ITEM_KEY)
                && Fields.isCodeOrEmpty(buffer, at(line) + DOCTOR, CODE_LENGTH);
    }

    /**
     * Whether the lines fit what the visit has: OK, TOO_MANY_LINES, or LINE_REPEATED.
     *
     * @param visitRow -1 where no visit is found; then the lines are compared with each other only.
     */
    ResultCode checkRepeated(final Request request, final FeeLines lines, final int visitRow) {
        if (visitRow >= 0 && lines.count(visitRow) + count > Limits.MAX_VISIT_LINES) {
            return ResultCode.TOO_MANY_LINES;
        }
        for (int line = 0; line < count; line++) {
            boolean isRepeated = visitRow >= 0 && lines.find(visitRow, buffer, feedetlSn(line)) >= 0;
            for (int earlier = 0; !isRepeated && earlier < line; earlier++) {
                isRepeated = Fields.equal(buffer, feedetlSn(line), buffer, feedetlSn(earlier), CODE_LENGTH);
            }
            if (isRepeated) {
                request.lineIndex = line;
                return ResultCode.LINE_REPEATED;
            }
        }
        return ResultCode.OK;
    }

    /** VISIT_MISMATCH where a line is of a business day before the visit's first, else OK. */
    ResultCode checkTimes(final Request request, final long begntimeMs) {
        for (int line = 0; line < count; line++) {
            if (BusinessTime.dayOf(ocurMs(line)) < BusinessTime.dayOf(begntimeMs)) {
                request.lineIndex = line;
                return ResultCode.VISIT_MISMATCH;
            }
        }
        return ResultCode.OK;
    }

    /** Finds the terms of each line: OK, ITEM_UNKNOWN, or RX_REQUIRED. */
    ResultCode findTerms(final Request request) {
        for (int line = 0; line < count; line++) {
            if (!terms.find(buffer, at(line) + ITEM, request.institutionRow, ocurMs(line))) {
                request.lineIndex = line;
                return ResultCode.ITEM_UNKNOWN;
            }
            itemRows[line] = terms.itemRow;
            classes[line] = (byte) (terms.itemClass.ordinal() + 1);
            selfpayE4[line] = terms.selfpayE4;
            ceilingE6[line] = terms.ceilingE6;
            essentialFlags[line] = terms.essentialFlag;
            needsPrescription[line] = terms.needsPrescription;
        }
        for (int line = 0; line < count; line++) {
            if (needsPrescription[line] && Fields.isZero(buffer, at(line) + RXNO, CODE_LENGTH)) {
                request.lineIndex = line;
                return ResultCode.RX_REQUIRED;
            }
        }
        return ResultCode.OK;
    }

    /** Splits each line: OK, AMOUNT_OUT_OF_RANGE, or LINE_AMOUNT_WRONG. */
    ResultCode split(final Request request) {
        int wrongLine = -1;
        for (int line = 0; line < count; line++) {
            final Verdict verdict = split.split(
                    amountFen(line),
                    pricE6(line),
                    cntE4(line),
                    ItemClass.of(classes[line]),
                    selfpayE4[line],
                    ceilingE6[line]);
            if (verdict == Verdict.AMOUNT_OUT_OF_RANGE) {
                request.lineIndex = line;
                return ResultCode.AMOUNT_OUT_OF_RANGE;
            }
            if (verdict != Verdict.OK && wrongLine < 0) {
                wrongLine = line;
            }
            ownpayFen[line] = split.ownpayFen;
            overlmtFen[line] = split.overlmtFen;
            preselfpayFen[line] = split.preselfpayFen;
            inscpFen[line] = split.inscpFen;
        }
        request.lineIndex = wrongLine;
        return wrongLine < 0 ? ResultCode.OK : ResultCode.LINE_AMOUNT_WRONG;
    }

    /** Where the line's feedetl_sn stands in the request's buffer. */
    int feedetlSn(final int line) {
        return at(line) + SN;
    }

    long ocurMs(final int line) {
        return buffer.getLong(at(line) + OCUR, ByteOrder.LITTLE_ENDIAN);
    }

    long amountFen(final int line) {
        return buffer.getLong(at(line) + AMOUNT, ByteOrder.LITTLE_ENDIAN);
    }

    long cntE4(final int line) {
        return buffer.getLong(at(line) + CNT, ByteOrder.LITTLE_ENDIAN);
    }

    long pricE6(final int line) {
        return buffer.getLong(at(line) + PRIC, ByteOrder.LITTLE_ENDIAN);
    }

    private int at(final int line) {
        return first + line * blockLength;
    }
}
