package io.settlegate.loadtest.population;

/**
 * An item of the catalogue with the price that the sample city's institutions usually ask.
 *
 * @param selfpayPropE4 what the patient pays of a class 02 item first, in 1/10000; all of it in class 03.
 * @param pricUplmtAmtE6 the ceiling in micro-yuan; 0 where there is none.
 */
public record CatalogueItem(
        String medListCodg,
        String itemName,
        String chrgitmLv,
        int selfpayPropE4,
        long pricUplmtAmtE6,
        long usualPricE6) {
    private static final char SERVICE_DIGIT = '0';

    /** A service of a hospital, which a pharmacy does not sell. */
    public boolean isService() {
        return medListCodg.charAt(0) == SERVICE_DIGIT;
    }
}
