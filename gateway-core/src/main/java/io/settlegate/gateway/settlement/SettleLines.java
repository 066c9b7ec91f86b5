package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.EssentialDrug;
import io.settlegate.gateway.benefits.ItemClass;
import io.settlegate.gateway.benefits.LineSplit;
import io.settlegate.gateway.benefits.Rounding;
import io.settlegate.gateway.benefits.Verdict;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.GroupSizeEncodingDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The lines of the settlement under work, read in place, checked pass by pass so that the first fault in the order of
 * {@link ResultCode} is found, and of equal faults the one of the first line.
 *
 * <p>Owned by the engine's thread. Bounded by {@link Limits#MAX_LINES}.
 */
final class SettleLines {
    private static final int FEEDETL_SN_LENGTH = 30;
    private static final int FEEDETL_SN = PharmacySettleDecoder.DrugdetailDecoder.feedetlSnEncodingOffset();
    private static final int ITEM = PharmacySettleDecoder.DrugdetailDecoder.medListCodgEncodingOffset();
    private static final int AMOUNT = PharmacySettleDecoder.DrugdetailDecoder.detItemFeeSumamtFenEncodingOffset();
    private static final int CNT = PharmacySettleDecoder.DrugdetailDecoder.cntE4EncodingOffset();
    private static final int PRIC = PharmacySettleDecoder.DrugdetailDecoder.pricE6EncodingOffset();
    private static final int RXNO = PharmacySettleDecoder.DrugdetailDecoder.rxnoEncodingOffset();
    private static final int RXNO_LENGTH = PharmacySettleDecoder.DrugdetailDecoder.rxnoLength();
    private static final int LEAST_BLOCK = PharmacySettleDecoder.DrugdetailDecoder.sbeBlockLength();

    final long[] ownpayFen = new long[Limits.MAX_LINES];
    final long[] overlmtFen = new long[Limits.MAX_LINES];
    final long[] preselfpayFen = new long[Limits.MAX_LINES];
    final long[] inscpFen = new long[Limits.MAX_LINES];
    int count;

    private final EngineState state;
    private final ItemTerms terms;
    private final LineSplit split = new LineSplit();
    private final int[] lvs = new int[Limits.MAX_LINES];
    private final int[] selfpaysE4 = new int[Limits.MAX_LINES];
    private final long[] ceilingsE6 = new long[Limits.MAX_LINES];
    private final long[] itemHashes = new long[Limits.MAX_LINES];
    private final int[] probableItems = new int[Limits.MAX_LINES];
    private final boolean[] essential = new boolean[Limits.MAX_LINES];
    private final boolean[] onPrescription = new boolean[Limits.MAX_LINES];
    private final GroupSizeEncodingDecoder dimension = new GroupSizeEncodingDecoder();
    private DirectBuffer buffer;
    private int first;
    private int blockLength;
    /** What touched memory held, which nobody reads. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    SettleLines(final EngineState state) {
        this.state = state;
        this.terms = new ItemTerms(state.items, state.itemTerms);
    }

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
        if (count == 0) {
            return ResultCode.NO_LINES;
        }
        if (count > Limits.MAX_LINES) {
            return ResultCode.TOO_MANY_LINES;
        }
        for (int line = 0; line < count; line++) {
            if (!Fields.isCode(buffer, at(line) + FEEDETL_SN, FEEDETL_SN_LENGTH)
                    || !Fields.isCode(buffer, at(line) + ITEM, Rows.ITEM_KEY)) {
                request.lineIndex = line;
                return ResultCode.FIELD_MALFORMED;
            }
        }
        final ResultCode repeated = checkRepeated(request);
        if (repeated == ResultCode.OK) {
            askForItems();
        }
        return repeated;
    }

    /** So that the index's memory is on its way while the person is looked at. */
    private void askForItems() {
        final FlatTable items = state.items;
        for (int line = 0; line < count; line++) {
            itemHashes[line] = items.hashOf(buffer, at(line) + ITEM);
            touched += items.touchIndex(itemHashes[line]);
        }
    }

    private ResultCode checkRepeated(final Request request) {
        for (int line = 1; line < count; line++) {
            for (int earlier = 0; earlier < line; earlier++) {
                if (Fields.equal(buffer, at(line) + FEEDETL_SN, buffer, at(earlier) + FEEDETL_SN, FEEDETL_SN_LENGTH)) {
                    request.lineIndex = line;
                    return ResultCode.LINE_REPEATED;
                }
            }
        }
        return ResultCode.OK;
    }

    /** Takes each line's terms from the catalogue of the institution's place on the day of {@code begntimeMs}. */
    ResultCode findItems(final Request request, final long begntimeMs) {
        final FlatTable institutions = state.institutions;
        final DirectBuffer institution = institutions.buffer(request.institutionRow);
        final int admdvs = institutions.offset(request.institutionRow) + Rows.INSTITUTION_ADMDVS;
        final int region = state.regionOf(request.institutionRow);
        final DirectBuffer regions = state.regions.buffer(region);
        final int poolarea = state.regions.offset(region) + Rows.REGION_POOLAREA;
        final int day = BusinessTime.dayOf(begntimeMs);
        final FlatTable items = state.items;
        for (int line = 0; line < count; line++) {
            probableItems[line] = items.probable(itemHashes[line]);
            touched += probableItems[line] < 0 ? 0 : items.touch(probableItems[line]);
        }
        for (int line = 0; line < count; line++) {
            final int item = items.findNear(buffer, at(line) + ITEM, probableItems[line]);
            if (item < 0 || !terms.find(item, institution, admdvs, regions, poolarea, day)) {
                request.lineIndex = line;
                return ResultCode.ITEM_UNKNOWN;
            }
            keepTerms(line);
        }
        for (int line = 0; line < count; line++) {
            if (needsPrescription(line) && Fields.isZero(buffer, at(line) + RXNO, RXNO_LENGTH)) {
                request.lineIndex = line;
                return ResultCode.RX_REQUIRED;
            }
        }
        return ResultCode.OK;
    }

    private void keepTerms(final int line) {
        lvs[line] = terms.lv;
        selfpaysE4[line] = terms.selfpayE4;
        ceilingsE6[line] = terms.ceilingE6;
        essential[line] = terms.isEssential;
        onPrescription[line] = terms.needsPrescription;
    }

    ResultCode checkAmounts(final Request request, final long medfeeFen) {
        if (medfeeFen <= 0 || medfeeFen > Limits.MAX_AMOUNT_FEN) {
            return ResultCode.AMOUNT_OUT_OF_RANGE;
        }
        for (int line = 0; line < count; line++) {
            if (!isWithin(amountFen(line), Limits.MAX_AMOUNT_FEN)
                    || !isWithin(cntE4(line), Limits.MAX_CNT_E4)
                    || !isWithin(pricE6(line), Limits.MAX_PRIC_E6)) {
                request.lineIndex = line;
                return ResultCode.AMOUNT_OUT_OF_RANGE;
            }
        }
        long sum = 0;
        for (int line = 0; line < count; line++) {
            if (amountFen(line) != Rounding.lineAmountHalfUp(pricE6(line), cntE4(line))) {
                request.lineIndex = line;
                return ResultCode.LINE_AMOUNT_WRONG;
            }
            sum += amountFen(line);
        }
        return sum == medfeeFen ? ResultCode.OK : ResultCode.SUM_WRONG;
    }

    /** Splits each line and adds it to the claim. */
    void split(final Claim claim) {
        for (int line = 0; line < count; line++) {
            final ItemClass itemClass = ItemClass.of(itemClass(line));
            final Verdict verdict = split.split(
                    amountFen(line), pricE6(line), cntE4(line), itemClass, selfpayE4(line), ceilingE6(line));
            if (verdict != Verdict.OK) {
                throw new IllegalStateException("line " + line + " was checked and cannot be split: " + verdict);
            }
            ownpayFen[line] = split.ownpayFen;
            overlmtFen[line] = split.overlmtFen;
            preselfpayFen[line] = split.preselfpayFen;
            inscpFen[line] = split.inscpFen;
            claim.addLine(split, isEssential(line) ? EssentialDrug.YES : EssentialDrug.NO);
        }
    }

    int feedetlSn(final int line) {
        return at(line) + FEEDETL_SN;
    }

    long amountFen(final int line) {
        return buffer.getLong(at(line) + AMOUNT, ByteOrder.LITTLE_ENDIAN);
    }

    int selfpayE4(final int line) {
        return selfpaysE4[line];
    }

    long ceilingE6(final int line) {
        return ceilingsE6[line];
    }

    /** 1, 2, 3 for chrgitm_lv 01, 02, 03. */
    int itemClass(final int line) {
        return lvs[line];
    }

    boolean isEssential(final int line) {
        return essential[line];
    }

    boolean needsPrescription(final int line) {
        return onPrescription[line];
    }

    private long cntE4(final int line) {
        return buffer.getLong(at(line) + CNT, ByteOrder.LITTLE_ENDIAN);
    }

    private long pricE6(final int line) {
        return buffer.getLong(at(line) + PRIC, ByteOrder.LITTLE_ENDIAN);
    }

    private int at(final int line) {
        return first + line * blockLength;
    }

    private static boolean isWithin(final long value, final long most) {
        return value > 0 && value <= most;
    }
}
