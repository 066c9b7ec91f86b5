package io.settlegate.loadtest.population;

/**
 * An invented insured person. Prints its place only, as a real one would.
 *
 * @param cardNo  the social card's number; empty for those who have none.
 * @param ecToken the e-voucher's token; empty for those who show none.
 */
public record Person(
        int index,
        String psnNo,
        String psnName,
        String certno,
        String insutype,
        String psnType,
        String insuplcAdmdvs,
        String psnInsuStas,
        long allocationFen,
        String cardNo,
        String ecToken) {
    @Override
    public String toString() {
        return "Person " + index;
    }
}
