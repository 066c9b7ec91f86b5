package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the catalogue of a place says of an item on a day. {@link #find} looks, in this order, for terms of the region itself, of
 * its pooling region, and of everywhere (000000), and then takes the item's own. The item's own days say when it is in
 * the catalogue at all, and its own row alone says whether it needs a prescription.
 *
 * <pre>
 * item   ... terms --> terms  item 50 | region 6 | first day, first day after | class, first share, ceiling, essential | next --> ...
 * </pre>
 *
 * <p>Owned by the engine's thread. Allocates nothing. An item without special terms costs no look at their table; one that has
 * some costs a walk over them, of which there are at most {@link StagedTerms#MOST_OF_ITEM}.
 */
final class ItemTerms {
    /** The first day after of what has no end. */
    static final int OPEN_END_DAY = Integer.MAX_VALUE;

    private static final int ADMDVS_LENGTH = 6;
    private static final int OWN = 0;
    private static final int EVERYWHERE = 1;
    private static final int POOLING_REGION = 2;
    private static final int REGION = 3;

    /** 1, 2, 3 for chrgitm_lv 01, 02, 03. */
    int lv;

    int selfpayE4;
    /** 0 where there is no ceiling. */
    long ceilingE6;

    boolean isEssential;
    boolean needsPrescription;

    private final FlatTable items;
    private final FlatTable terms;

    ItemTerms(final FlatTable items, final FlatTable terms) {
        this.items = items;
        this.terms = terms;
    }

    /** The fields hold what was found; false if the item is not in force that day, and then they hold nothing. */
    boolean find(
            final int itemRow,
            final DirectBuffer region,
            final int regionOffset,
            final DirectBuffer poolarea,
            final int poolareaOffset,
            final long epochDay) {
        if (epochDay < items.getInt(itemRow, Rows.ITEM_BEGN_DAY)
                || epochDay >= items.getInt(itemRow, Rows.ITEM_END_DAY)) {
            return false;
        }
        int found = -1;
        int best = OWN;
        for (int row = items.getInt(itemRow, Rows.ITEM_TERMS) - 1; row >= 0 && best < REGION; row = next(terms, row)) {
            if (epochDay >= terms.getInt(row, Rows.TERMS_BEGN_DAY)
                    && epochDay < terms.getInt(row, Rows.TERMS_END_DAY)) {
                final int nearness = nearness(row, region, regionOffset, poolarea, poolareaOffset);
                if (nearness > best) {
                    best = nearness;
                    found = row;
                }
            }
        }
        if (found < 0) {
            take(items, itemRow, Rows.ITEM_LV, Rows.ITEM_ESSENTIAL);
        } else {
            take(terms, found, Rows.TERMS_LV, Rows.TERMS_ESSENTIAL);
        }
        needsPrescription = items.getByte(itemRow, Rows.ITEM_RX) != 0;
        return true;
    }

    private int nearness(
            final int row,
            final DirectBuffer region,
            final int regionOffset,
            final DirectBuffer poolarea,
            final int poolareaOffset) {
        final UnsafeBuffer buffer = terms.buffer(row);
        final int admdvs = terms.offset(row) + Rows.TERMS_ADMDVS;
        if (Fields.equal(buffer, admdvs, region, regionOffset, ADMDVS_LENGTH)) {
            return REGION;
        }
        if (Fields.equal(buffer, admdvs, poolarea, poolareaOffset, ADMDVS_LENGTH)) {
            return POOLING_REGION;
        }
        return Fields.holds(buffer, admdvs, ADMDVS_LENGTH, "000000") ? EVERYWHERE : OWN;
    }

    /** Class, first share, and ceiling stand together in both tables. */
    private void take(final FlatTable table, final int row, final int lvField, final int essentialField) {
        final UnsafeBuffer buffer = table.buffer(row);
        final int at = table.offset(row);
        lv = buffer.getByte(at + lvField + 1) - '0';
        selfpayE4 = buffer.getShort(at + lvField + Rows.ITEM_SELFPAY_E4 - Rows.ITEM_LV) & 0xFFFF;
        ceilingE6 = buffer.getLong(at + lvField + Rows.ITEM_CEILING_E6 - Rows.ITEM_LV);
        isEssential = buffer.getByte(at + essentialField) != 0;
    }

    /** The item's next terms, or -1. */
    static int next(final FlatTable terms, final int row) {
        return terms.getInt(row, Rows.TERMS_NEXT) - 1;
    }

    /** Takes an imported row into the table: new terms become the item's first. Cannot fail after the import's check. */
    static void merge(final EngineState state, final DirectBuffer source, final int row) {
        final FlatTable terms = state.itemTerms;
        int target = terms.find(source, row);
        if (target >= 0) {
            terms.beginWrite(target);
        } else {
            target = terms.insert(source, row, Rows.TERMS_KEY);
            final int item = state.items.find(source, row);
            state.items.beginWrite(item);
            terms.putInt(target, Rows.TERMS_NEXT, state.items.getInt(item, Rows.ITEM_TERMS));
            state.items.putInt(item, Rows.ITEM_TERMS, target + 1);
            state.items.endWrite(item);
        }
        terms.putBytes(target, 0, source, row, Rows.TERMS_IMPORTED);
        terms.endWrite(target);
    }
}
