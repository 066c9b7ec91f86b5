package io.settlegate.protocol.client.visit;

/**
 * One entry of diseinfo. Prints its place only: the rest tells of a person's health.
 *
 * @param diagType 1 western, 2 traditional main, 3 traditional syndrome.
 * @param diagSrtNo 1 is the main diagnosis.
 * @param diagCode the diagnosis.
 * @param diagDept department.
 * @param diseDorNo code of the doctor.
 * @param diagTimeMs when it was made.
 */
public record Diagnosis(
        String diagType, int diagSrtNo, String diagCode, String diagDept, String diseDorNo, long diagTimeMs) {
    @Override
    public String toString() {
        return "Diagnosis " + diagSrtNo;
    }
}
