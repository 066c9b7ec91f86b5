package io.settlegate.protocol.client.visit;

import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeDecoder;

/**
 * A sum of lines and its four parts, as a settlement repeats them: what the answers to 2204 and 2301 gave, added up.
 *
 * @param medfeeSumamtFen the sum.
 * @param fulamtOwnpayAmtFen paid wholly by the person.
 * @param overlmtSelfpayFen above the price ceiling; overlmt_amt of a line.
 * @param preselfpayAmtFen the person's first share.
 * @param inscpScpAmtFen what the policy looks at.
 */
public record FeeSplit(
        long medfeeSumamtFen,
        long fulamtOwnpayAmtFen,
        long overlmtSelfpayFen,
        long preselfpayAmtFen,
        long inscpScpAmtFen) {
    /** Of no lines. */
    public static final FeeSplit NONE = new FeeSplit(0, 0, 0, 0, 0);

    /** A sum whose parts are not told, which a presettlement takes. */
    public static FeeSplit untold(final long medfeeSumamtFen) {
        return new FeeSplit(medfeeSumamtFen, 0, 0, 0, 0);
    }

    /** Of the lines of one answer to 2204 or 2301. Reads its group, so the group must not have been read before. */
    public static FeeSplit of(final OutpatientFeeLinesOutcomeDecoder answer) {
        FeeSplit sum = NONE;
        for (final OutpatientFeeLinesOutcomeDecoder.DetlcutinfoDecoder line : answer.detlcutinfo()) {
            sum = sum.plus(new FeeSplit(
                    line.detItemFeeSumamtFen(),
                    line.fulamtOwnpayAmtFen(),
                    line.overlmtAmtFen(),
                    line.preselfpayAmtFen(),
                    line.inscpScpAmtFen()));
        }
        return sum;
    }

    /**
     * The sum of both.
     *
     * @throws ArithmeticException if a part leaves 64 bits.
     */
    public FeeSplit plus(final FeeSplit other) {
        return new FeeSplit(
                Math.addExact(medfeeSumamtFen, other.medfeeSumamtFen),
                Math.addExact(fulamtOwnpayAmtFen, other.fulamtOwnpayAmtFen),
                Math.addExact(overlmtSelfpayFen, other.overlmtSelfpayFen),
                Math.addExact(preselfpayAmtFen, other.preselfpayAmtFen),
                Math.addExact(inscpScpAmtFen, other.inscpScpAmtFen));
    }
}
