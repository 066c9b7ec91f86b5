package io.settlegate.journal;

/**
 * Where a walk begins: before the first record, or behind a seal whose anchor was checked.
 *
 * @param chain up to that seal.
 * @param index of the batches up to it, as far as they are known.
 * @param anchor null before the first record.
 * @param segmentIndex of the segment in the plan.
 * @param position in that segment.
 */
record ChainStart(SealChain chain, BatchIndex index, ChainAnchor anchor, int segmentIndex, long position) {

    /** Before the first record. */
    static ChainStart founding() {
        return new ChainStart(new SealChain(), new BatchIndex(), null, 0, 0);
    }

    static ChainStart after(
            final ChainAnchor anchor, final BatchIndex index, final int segmentIndex, final long position) {
        return new ChainStart(SealChain.after(anchor), index, anchor, segmentIndex, position);
    }

    /** The first record that is there: of the journal, or behind what was archived. */
    static ChainStart first(final SegmentPlan plan) {
        return plan.isFromFounding()
                ? founding()
                : after(
                        plan.archived().anchor(),
                        new BatchIndex(),
                        plan.chain().indexOf(plan.archived().firstSegment()),
                        0);
    }
}
