package io.settlegate.loadtest.population;

/** A hospital (H) or a retail pharmacy (P). */
public record Institution(String fixmedinsCode, String fixmedinsName, String admdvs, String hospLv) {
    private static final char PHARMACY_LETTER = 'P';

    public boolean isPharmacy() {
        return fixmedinsCode.charAt(0) == PHARMACY_LETTER;
    }

    /** Ordinary outpatient, or purchase in a pharmacy. */
    public String medType() {
        return isPharmacy() ? "41" : "11";
    }
}
