package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Shares;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

/** Shares of settlements from a seed: few amounts or all of them, and accumulators that grew by what is usual or by anything else. */
final class RandomShares {
    private static final int MOST_FEN = 1_000_000_000;
    private static final int POOL_SLOTS = 12;

    private final Random random;

    RandomShares(final Random random) {
        this.random = random;
    }

    Shares next() {
        final Shares shares = new Shares();
        final int oneIn = 1 + random.nextInt(6);
        shares.fulamtOwnpayFen = amount(oneIn);
        shares.overlmtSelfpayFen = amount(oneIn);
        shares.preselfpayFen = amount(oneIn);
        shares.inscpScpFen = amount(1);
        shares.medfeeSumamtFen =
                shares.fulamtOwnpayFen + shares.overlmtSelfpayFen + shares.preselfpayFen + shares.inscpScpFen;
        shares.actPayDedcFen = amount(oneIn);
        shares.hifpPayFen = amount(oneIn);
        shares.cvlservPayFen = amount(oneIn);
        shares.hifesPayFen = amount(oneIn);
        shares.hifmiPayFen = amount(oneIn);
        shares.hifobPayFen = amount(oneIn);
        shares.mafPayFen = amount(oneIn);
        shares.othPayFen = amount(oneIn);
        shares.hospPartFen = amount(oneIn);
        final long fundsFen = shares.hifpPayFen
                + shares.cvlservPayFen
                + shares.hifesPayFen
                + shares.hifmiPayFen
                + shares.hifobPayFen
                + shares.mafPayFen
                + shares.othPayFen;
        shares.psnPartFen = shares.medfeeSumamtFen - fundsFen - shares.hospPartFen;
        shares.ownAccountFen = amount(oneIn);
        shares.acctMulaidPayFen = amount(oneIn);
        shares.acctPayFen = shares.ownAccountFen + (random.nextBoolean() ? shares.acctMulaidPayFen : 0);
        shares.psnCashPayFen = shares.psnPartFen - shares.ownAccountFen - shares.acctMulaidPayFen;
        shares.fundPaySumamtFen = fundsFen + (random.nextBoolean() ? shares.acctPayFen : 0);
        shares.baseFen = random.nextBoolean() ? shares.inscpScpFen - shares.actPayDedcFen : amount(oneIn);
        shares.policyVersion = 1 + random.nextInt(65_535);
        shares.readSlots = random.nextInt(1 << Accumulators.COUNT);
        fillDeltas(shares, oneIn);
        return shares;
    }

    private void fillDeltas(final Shares shares, final int oneIn) {
        final int pool = random.nextInt(4) * 3;
        final boolean isUsual = random.nextBoolean();
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            final boolean isOfPool = slot >= pool && slot < pool + 3;
            shares.deltas[slot] = slot < POOL_SLOTS && !isOfPool && random.nextInt(4) > 0 ? 0 : amount(oneIn);
        }
        if (isUsual) {
            shares.deltas[pool] = shares.actPayDedcFen;
            shares.deltas[pool + 1] = shares.baseFen;
            shares.deltas[pool + 2] = shares.hifpPayFen;
        }
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            shares.writtenSlots |= shares.deltas[slot] == 0 ? 0 : 1 << slot;
        }
    }

    private long amount(final int oneIn) {
        if (random.nextInt(oneIn) > 0) {
            return 0;
        }
        return random.nextInt(8) == 0 ? MOST_FEN : 1L + random.nextInt(random.nextBoolean() ? 100 : MOST_FEN);
    }

    /** All that a settlement keeps of its shares; balance and shown ratio are not of it. */
    static void assertSame(final String which, final Shares found, final Shares expected) {
        assertThat(kept(found)).as(which).isEqualTo(kept(expected));
    }

    private static long[] kept(final Shares shares) {
        final long[] amounts = {
            shares.policyVersion,
            shares.readSlots,
            shares.writtenSlots,
            shares.medfeeSumamtFen,
            shares.fulamtOwnpayFen,
            shares.overlmtSelfpayFen,
            shares.preselfpayFen,
            shares.inscpScpFen,
            shares.actPayDedcFen,
            shares.hifpPayFen,
            shares.cvlservPayFen,
            shares.hifesPayFen,
            shares.hifmiPayFen,
            shares.hifobPayFen,
            shares.mafPayFen,
            shares.othPayFen,
            shares.fundPaySumamtFen,
            shares.hospPartFen,
            shares.psnPartFen,
            shares.acctPayFen,
            shares.acctMulaidPayFen,
            shares.psnCashPayFen,
            shares.ownAccountFen,
            shares.baseFen
        };
        return LongStream.concat(Arrays.stream(amounts), Arrays.stream(shares.deltas))
                .toArray();
    }
}
