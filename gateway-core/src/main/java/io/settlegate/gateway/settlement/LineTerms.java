package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.ItemClass;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the catalogue of an institution's place says of an item on the day of a fee line. The fields hold the last one
 * found.
 *
 * <p>Owned by the engine's thread. Allocates nothing.
 */
final class LineTerms {
    int itemRow;
    ItemClass itemClass;
    int selfpayE4;
    long ceilingE6;
    /** 1 for a national essential drug, else 0. */
    byte essentialFlag;

    /** Whether a line of the item must name its prescription. */
    boolean needsPrescription;

    private final EngineState state;
    private final ItemTerms terms;

    LineTerms(final EngineState state) {
        this.state = state;
        this.terms = new ItemTerms(state.items, state.itemTerms);
    }

    /** Whether the item is known and in force on that day. */
    boolean find(final DirectBuffer item, final int offset, final int institutionRow, final long feeOcurTimeMs) {
        itemRow = state.items.find(item, offset);
        if (itemRow < 0 || !isInForce(institutionRow, BusinessTime.dayOf(feeOcurTimeMs))) {
            return false;
        }
        itemClass = ItemClass.of(terms.lv);
        selfpayE4 = terms.selfpayE4;
        ceilingE6 = terms.ceilingE6;
        essentialFlag = (byte) (terms.isEssential ? 1 : 0);
        needsPrescription = terms.needsPrescription;
        return true;
    }

    private boolean isInForce(final int institutionRow, final int day) {
        final UnsafeBuffer institution = state.institutions.buffer(institutionRow);
        final int admdvs = state.institutions.offset(institutionRow) + Rows.INSTITUTION_ADMDVS;
        final int region = state.regionOf(institutionRow);
        return terms.find(
                itemRow,
                institution,
                admdvs,
                state.regions.buffer(region),
                state.regions.offset(region) + Rows.REGION_POOLAREA,
                day);
    }
}
