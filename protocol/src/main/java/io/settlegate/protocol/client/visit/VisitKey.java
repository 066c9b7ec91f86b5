package io.settlegate.protocol.client.visit;

/**
 * A visit or a stay, and whose it is. Prints neither the person nor the place.
 *
 * @param psnNo from 1101.
 * @param insuplcAdmdvs from 1101.
 * @param mdtrtId from the answer to 2201 or 2401.
 */
public record VisitKey(String psnNo, String insuplcAdmdvs, String mdtrtId) {
    @Override
    public String toString() {
        return "VisitKey " + mdtrtId;
    }
}
