package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.benefits.policy.Pool;
import java.util.Arrays;
import java.util.Locale;

/**
 * What one person has used of one insurance in one year, in fen; the last slot is of the year, the person, and the disease of the
 * visit.
 *
 * <pre>
 *  0  1  2   outpatient: deductible used, amount after the deductible, paid by the basic fund
 *  3  4  5   chronic
 *  6  7  8   inpatient
 *  9 10 11   other
 * 12 13      hifob: looked at, paid
 * 14 15      hifmi
 * 16 17      cvlserv
 * 18 19      hifes
 * 20 21      oth
 * 22 23      maf
 * 24         paid by the basic fund for the disease
 * </pre>
 *
 * <p>Owned by one thread. A settlement adds its {@link Shares#deltas}, a cancel takes them away.
 */
public final class Accumulators {
    public static final int COUNT = 25;
    public static final int DISEASE_PAID = 24;

    private static final int POOL_SLOTS = 3;
    private static final int FUND_SLOTS = 2;
    private static final int FIRST_FUND = 12;
    private static final String[] NAMES = names();

    public final long[] slots = new long[COUNT];

    public static int deductible(final Pool pool) {
        return pool.ordinal() * POOL_SLOTS;
    }

    /** In-policy amounts after the deductible. */
    public static int base(final Pool pool) {
        return pool.ordinal() * POOL_SLOTS + 1;
    }

    public static int paid(final Pool pool) {
        return pool.ordinal() * POOL_SLOTS + 2;
    }

    /** What the fund has looked at. */
    public static int base(final Fund fund) {
        return FIRST_FUND + fund.ordinal() * FUND_SLOTS;
    }

    public static int paid(final Fund fund) {
        return FIRST_FUND + fund.ordinal() * FUND_SLOTS + 1;
    }

    /** A name for people and programs, such as {@code outpatient.deductible} or {@code hifmi.paid}. */
    public static String name(final int slot) {
        return NAMES[slot];
    }

    private static String[] names() {
        final String[] names = new String[COUNT];
        for (final Pool pool : Pool.values()) {
            final String of = pool.name().toLowerCase(Locale.ROOT);
            names[deductible(pool)] = of + ".deductible";
            names[base(pool)] = of + ".base";
            names[paid(pool)] = of + ".paid";
        }
        for (final Fund fund : Fund.values()) {
            final String of = fund.name().toLowerCase(Locale.ROOT);
            names[base(fund)] = of + ".base";
            names[paid(fund)] = of + ".paid";
        }
        names[DISEASE_PAID] = "disease.paid";
        return names;
    }

    public void clear() {
        Arrays.fill(slots, 0);
    }

    public void add(final Shares shares) {
        for (int slot = 0; slot < COUNT; slot++) {
            slots[slot] += shares.deltas[slot];
        }
    }

    /** The inverse of {@link #add}. */
    public void subtract(final Shares shares) {
        for (int slot = 0; slot < COUNT; slot++) {
            slots[slot] -= shares.deltas[slot];
        }
    }
}
