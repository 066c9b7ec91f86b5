package io.settlegate.gateway.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MaskingTest {
    @Test
    void shouldLeaveTheEndsOfALongNumber() {
        assertThat(Masking.MASKED.shown("certno", "320302199901011234")).isEqualTo("320*************34");
        assertThat(Masking.MASKED.shown("psnNo", "32030000000000000007")).isEqualTo("320***************07");
        assertThat(Masking.MASKED.shown("ecToken", "A1B2C3D4E5F6")).isEqualTo("A1B*******F6");
    }

    @Test
    void shouldMaskInvoicesAndTheOperatorsOfTerminals() {
        assertThat(Masking.MASKED.shown("invono", "044001900111")).isEqualTo("044*******11");
        assertThat(Masking.MASKED.shown("opterNo", "OP-0017")).isEqualTo("*******");
    }

    @Test
    void shouldMaskDoctorsAndNumbersOfVisits() {
        assertThat(Masking.MASKED.shown("atddrNo", "D320302004567")).isEqualTo("D32********67");
        assertThat(Masking.MASKED.shown("diseDorNo", "D320302004567")).isEqualTo("D32********67");
        assertThat(Masking.MASKED.shown("bilgDrCodg", "D320302004567")).isEqualTo("D32********67");
        assertThat(Masking.MASKED.shown("iptOtpNo", "MZ20261122001")).isEqualTo("MZ2********01");
        assertThat(Masking.MASKED.shown("iptNo", "ZY0017")).isEqualTo("******");
    }

    /** Also not the first characters: those are the group of diseases. Nor the length: chronic diseases have another. */
    @Test
    void shouldLeaveNothingOfADisease() {
        assertThat(Masking.MASKED.shown("diseCodg", "M01600")).isEqualTo("**");
        assertThat(Masking.MASKED.shown("diagCode", "E11.900x001")).isEqualTo("**");
        assertThat(Masking.MASKED.shown("diseCodg", "")).isEmpty();
        assertThat(Masking.MASKED.shown("medListCodg", "XB03ACY199B002010104718"))
                .isEqualTo("XB03ACY199B002010104718");
    }

    @Test
    void shouldLeaveNothingOfAShortNumber() {
        assertThat(Masking.MASKED.shown("cardNo", "123456789")).isEqualTo("*********");
        assertThat(Masking.MASKED.shown("mdtrtCertNo", "7")).isEqualTo("*");
        assertThat(Masking.MASKED.shown("cardSn", "")).isEmpty();
    }

    @Test
    void shouldLeaveOneCharacterOfANameAndNotItsLength() {
        assertThat(Masking.MASKED.shown("psnName", "张三丰")).isEqualTo("张**");
        assertThat(Masking.MASKED.shown("psnName", "张三")).isEqualTo("张**");
        assertThat(Masking.MASKED.shown("psnName", "\uD840\uDC0B三")).isEqualTo("\uD840\uDC0B**");
        assertThat(Masking.MASKED.shown("psnName", "王")).isEqualTo("**");
    }

    @Test
    void shouldShowWhatNamesNobody() {
        assertThat(Masking.MASKED.shown("fixmedinsName", "第一人民医院")).isEqualTo("第一人民医院");
        assertThat(Masking.MASKED.shown("msgid", "H32030200001202611220930000001"))
                .isEqualTo("H32030200001202611220930000001");
    }

    /** A field that is added to a schema and names a person, or tells of a person's health, has to be added to the masks, or to the list here. */
    @Test
    void shouldKnowEveryFieldThatCouldNameAPerson() {
        MessageSchema.all().values().forEach(schema -> schema.templateIds()
                .forEach(id -> schema.message(id).fields().forEach(MaskingTest::check)));
    }

    private static void check(final MessageField field) {
        field.parts().forEach(MaskingTest::check);
        final String name = field.name().toLowerCase(java.util.Locale.ROOT);
        final boolean sounds = name.contains("cert")
                || name.contains("card")
                || name.contains("token")
                || name.contains("phone")
                || name.contains("addr")
                || name.contains("tel")
                || name.startsWith("opter")
                || name.startsWith("invo")
                || name.startsWith("ipt")
                || name.contains("dr")
                || name.contains("dor")
                || name.contains("dise")
                || name.contains("diag")
                || (name.startsWith("psn") && (name.contains("no") || name.contains("name")));
        final boolean isText =
                field.form() == MessageField.Form.TEXT || field.form() == MessageField.Form.VARIABLE_TEXT;
        // Kinds of certificates are no certificates, and a department is no doctor.
        if (sounds && isText && !name.endsWith("type") && !name.contains("dept")) {
            assertThat(Masking.MASKED.shown(field.name(), "ABCDEFGHIJKLMNOP"))
                    .as(field.name())
                    .contains("**");
        }
    }
}
