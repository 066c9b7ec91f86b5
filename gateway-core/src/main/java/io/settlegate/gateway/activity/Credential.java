package io.settlegate.gateway.activity;

/**
 * By what a person was known at a settlement: mdtrt_cert_type. A face that a terminal recognised ends as an e-voucher's token, so that face
 * and QR code are one here: 01.
 */
enum Credential {
    E_VOUCHER("01", "电子凭证", "e-voucher"),
    ID_CARD("02", "身份证", "ID card"),
    SOCIAL_CARD("03", "社保卡", "social card"),
    OTHER("other", "其他", "other");

    static final int COUNT = values().length;

    private final String code;
    private final String shown;
    private final String english;

    Credential(final String code, final String shown, final String english) {
        this.code = code;
        this.shown = shown;
        this.english = english;
    }

    static Credential of(final String mdtrtCertType) {
        for (final Credential each : values()) {
            if (each.code.equals(mdtrtCertType)) {
                return each;
            }
        }
        return OTHER;
    }

    String code() {
        return code;
    }

    String shown() {
        return shown;
    }

    String english() {
        return english;
    }
}
