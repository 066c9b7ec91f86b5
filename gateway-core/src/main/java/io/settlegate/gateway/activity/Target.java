package io.settlegate.gateway.activity;

import java.math.BigDecimal;

/**
 * What a region is to reach.
 *
 * @param measure what is counted.
 * @param region admdvs; one that ends in 0000 or 00 is of the whole province or city.
 * @param percent of it, more than 0 and at most 100.
 * @param until by when, as the source says; may be empty.
 * @param source where the number comes from.
 */
record Target(Measure measure, String region, BigDecimal percent, String until, String source) {
    private static final int COUNTY_DIGITS = 6;

    /** What a target is of. */
    enum Measure {
        /** Persons with an e-voucher of persons insured. */
        ACTIVATION("电子凭证激活率"),
        /** Settlements by e-voucher of all settlements. */
        USE("电子凭证结算使用率");

        private final String shown;

        Measure(final String shown) {
            this.shown = shown;
        }

        String shown() {
            return shown;
        }
    }

    /** The digits that a place in the region begins with. */
    String prefix() {
        int length = COUNTY_DIGITS;
        while (length > 0 && region.startsWith("00", length - 2)) {
            length -= 2;
        }
        return region.substring(0, length);
    }

    boolean isOf(final String admdvs) {
        return admdvs.startsWith(prefix());
    }
}
