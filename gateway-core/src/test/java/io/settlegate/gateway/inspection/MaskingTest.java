package io.settlegate.gateway.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MaskingTest {
    @Test
    void shouldLeaveTheEndsOfALongNumber() {
        assertThat(Masking.shown("certno", "320302199901011234")).isEqualTo("320*************34");
        assertThat(Masking.shown("psnNo", "32030000000000000007")).isEqualTo("320***************07");
        assertThat(Masking.shown("ecToken", "A1B2C3D4E5F6")).isEqualTo("A1B*******F6");
    }

    @Test
    void shouldMaskInvoicesAndTheOperatorsOfTerminals() {
        assertThat(Masking.shown("invono", "044001900111")).isEqualTo("044*******11");
        assertThat(Masking.shown("opterNo", "OP-0017")).isEqualTo("*******");
    }

    @Test
    void shouldLeaveNothingOfAShortNumber() {
        assertThat(Masking.shown("cardNo", "123456789")).isEqualTo("*********");
        assertThat(Masking.shown("mdtrtCertNo", "7")).isEqualTo("*");
        assertThat(Masking.shown("cardSn", "")).isEmpty();
    }

    @Test
    void shouldLeaveOneCharacterOfANameAndNotItsLength() {
        assertThat(Masking.shown("psnName", "张三丰")).isEqualTo("张**");
        assertThat(Masking.shown("psnName", "张三")).isEqualTo("张**");
        assertThat(Masking.shown("psnName", "\uD840\uDC0B三")).isEqualTo("\uD840\uDC0B**");
        assertThat(Masking.shown("psnName", "王")).isEqualTo("**");
    }

    @Test
    void shouldShowWhatNamesNobody() {
        assertThat(Masking.shown("fixmedinsName", "第一人民医院")).isEqualTo("第一人民医院");
        assertThat(Masking.shown("msgid", "H32030200001202611220930000001"))
                .isEqualTo("H32030200001202611220930000001");
    }

    /** A field that is added to a schema and names a person has to be added to the masks, or to the list here. */
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
                || (name.startsWith("psn") && (name.contains("no") || name.contains("name")));
        final boolean isText =
                field.form() == MessageField.Form.TEXT || field.form() == MessageField.Form.VARIABLE_TEXT;
        // Kinds of certificates are no certificates.
        if (sounds && isText && !name.endsWith("type")) {
            assertThat(Masking.shown(field.name(), "ABCDEFGHIJKLMNOP"))
                    .as(field.name())
                    .contains("**");
        }
    }
}
