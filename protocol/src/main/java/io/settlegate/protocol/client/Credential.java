package io.settlegate.protocol.client;

/**
 * What a person shows at the terminal. Prints its type only: the rest is personal.
 *
 * @param mdtrtCertType 01 e-voucher token, 02 identity number, 03 social card.
 * @param mdtrtCertNo the token, or the number.
 * @param cardSn the card's identification code with 03, else empty.
 */
public record Credential(String mdtrtCertType, String mdtrtCertNo, String cardSn) {
    private static final String E_VOUCHER = "01";
    private static final String IDENTITY_NUMBER = "02";
    private static final String SOCIAL_CARD = "03";

    /** The token of an e-voucher, from its QR code or a face. */
    public static Credential eVoucher(final String token) {
        return new Credential(E_VOUCHER, token, "");
    }

    public static Credential identityNumber(final String certno) {
        return new Credential(IDENTITY_NUMBER, certno, "");
    }

    public static Credential socialCard(final String cardNo, final String cardSn) {
        return new Credential(SOCIAL_CARD, cardNo, cardSn);
    }

    @Override
    public String toString() {
        return "Credential of type " + mdtrtCertType;
    }
}
