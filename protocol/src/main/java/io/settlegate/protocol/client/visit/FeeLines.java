package io.settlegate.protocol.client.visit;

import java.util.List;

/**
 * What 2204 and 2301 upload: all of it or nothing.
 *
 * @param chrgBchno the batch, by which these lines can be settled or taken back; not {@link #EVERY_BATCH}.
 * @param feedetail at least one line, at most {@link io.settlegate.protocol.Limits#MAX_LINES}. More go into another message,
 *     which may be of the same batch.
 */
public record FeeLines(VisitKey visit, String chrgBchno, List<FeeLine> feedetail) {
    /** chrg_bchno that means every unsettled line of a visit. */
    public static final String EVERY_BATCH = "0000";

    public FeeLines {
        feedetail = List.copyOf(feedetail);
    }

    @Override
    public String toString() {
        return "FeeLines of " + visit + ", batch " + chrgBchno + ", " + feedetail.size() + " lines";
    }
}
