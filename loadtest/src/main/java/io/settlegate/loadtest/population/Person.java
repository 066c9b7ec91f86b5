package io.settlegate.loadtest.population;

/** An invented insured person. Prints its place only, as a real one would. */
public record Person(
        int index,
        String psnNo,
        String psnName,
        String certno,
        String insutype,
        String psnType,
        String insuplcAdmdvs,
        String psnInsuStas,
        long allocationFen) {
    @Override
    public String toString() {
        return "Person " + index;
    }
}
