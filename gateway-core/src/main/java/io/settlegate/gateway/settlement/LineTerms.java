package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.ItemClass;
import org.agrona.DirectBuffer;

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

    private final FlatTable items;

    LineTerms(final EngineState state) {
        this.items = state.items;
    }

    /** Whether the item is known. There is one catalogue for all places and days; it flags no item. */
    boolean find(final DirectBuffer item, final int offset, final int institutionRow, final long feeOcurTimeMs) {
        itemRow = items.find(item, offset);
        if (itemRow < 0) {
            return false;
        }
        itemClass = ItemClass.of(items.getByte(itemRow, Rows.ITEM_LV + 1) - '0');
        selfpayE4 = items.buffer(itemRow).getShort(items.offset(itemRow) + Rows.ITEM_SELFPAY_E4) & 0xFFFF;
        ceilingE6 = items.getLong(itemRow, Rows.ITEM_CEILING_E6);
        essentialFlag = 0;
        needsPrescription = false;
        return true;
    }
}
