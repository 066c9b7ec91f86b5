package io.settlegate.protocol.codes;

import org.agrona.DirectBuffer;

/**
 * The fifteen national information codes of medical insurance, and whether a text has the form of one. Having the form is not
 * being in the national list: that is for a catalogue to say. Where no source gives a form every text of visible ASCII characters
 * passes, so a check refuses what is certainly wrong and never what may be right. Six digits of a region are not looked up in
 * GB/T 2260, because pooling regions have numbers of their own.
 *
 * <p>Immutable; any thread. The checks never block, allocate nothing, and throw only where a buffer ends before its field.
 */
public enum InformationCode {
    /** Western diagnoses and operations. Diagnoses of traditional medicine have another classification and do not pass. */
    DIAGNOSIS_AND_OPERATION(
            "疾病诊断和手术操作",
            "diagnosis: letter, 2 digits, and with more detail a point, 1 to 3 characters (digits, the first may be x), then x and 3"
                    + " digits (E11.900, I10.x00x002); operation: 2 digits, point, 1, 2, or 4 digits, then x and 3 digits (36.0601)",
            "an excerpt of a reprint of the rule, and codes in use; the forms with x are unconfirmed",
            Certainty.SEEN,
            Others.REFUSED,
            30,
            "@##",
            "@##.%",
            "@##.%#",
            "@##.%##",
            "@##.%##x###",
            "##.#",
            "##.##",
            "##.####",
            "##.####x###"),

    /** The form is not known: any visible characters. */
    BUREAU_UNIT("医保系统单位", "", "none", Certainty.UNKNOWN, Others.VISIBLE, 30),

    /** The form is not known: any visible characters. */
    BUREAU_STAFF("医保系统工作人员", "", "none", Certainty.UNKNOWN, Others.VISIBLE, 30),

    MEDICAL_INSTITUTION(
            "定点医疗机构",
            "H, 6 digits of the region, 5 digits (H43111100255)",
            "public pages and codes in use",
            Certainty.SEEN,
            Others.REFUSED,
            12,
            "H###########"),

    PHYSICIAN(
            "医保医师",
            "D, 6 digits of the region, 6 digits (D610724006954)",
            "codes in use",
            Certainty.SEEN,
            Others.REFUSED,
            13,
            "D############"),

    /** The form is not known: any visible characters. */
    NURSE("医保护士", "", "none", Certainty.UNKNOWN, Others.VISIBLE, 30),

    RETAIL_PHARMACY(
            "定点零售药店",
            "P, 6 digits of the region, 5 digits (P31010100003)",
            "public pages and codes in use",
            Certainty.SEEN,
            Others.REFUSED,
            12,
            "P###########"),

    /**
     * The form is known of those in medical institutions alone. A code that opens with another letter than theirs may be any
     * visible characters, because no source says what pharmacists of retail pharmacies have.
     */
    PHARMACIST(
            "医保药师",
            "in medical institutions HY (pharmacy) or HJ (technical staff), 6 digits of the region, 6 digits; elsewhere not known",
            "医保办函〔2022〕39号",
            Certainty.RULE,
            Others.VISIBLE,
            30,
            "HY############",
            "HJ############"),

    /** A code that opens with a letter of no known kind may be any visible characters. */
    DRUG(
            "医保药品",
            "western X and 22, traditional Z and 19, herbs and granules T and 9 or 19 digits or capital letters"
                    + " (XB03ACY199B002010104718); other kinds not known",
            "public pages and codes in use; T with 10 characters is unconfirmed",
            Certainty.SEEN,
            Others.VISIBLE,
            50,
            "X&&&&&&&&&&&&&&&&&&&&&&",
            "Z&&&&&&&&&&&&&&&&&&&",
            "T&&&&&&&&&",
            "T&&&&&&&&&&&&&&&&&&&"),

    CONSUMABLE(
            "医用耗材",
            "C and 19 digits or capital letters; with its serial number 7 digits more",
            "public pages and codes in use",
            Certainty.SEEN,
            Others.REFUSED,
            50,
            "C&&&&&&&&&&&&&&&&&&&",
            "C&&&&&&&&&&&&&&&&&&&#######"),

    SERVICE_ITEM(
            "医疗服务项目",
            "15 digits; with a local number a hyphen and 11 or 12 digits or capital letters (003113000020000-31130000202)",
            "codes in use",
            Certainty.SEEN,
            Others.REFUSED,
            50,
            "###############",
            "###############-&&&&&&&&&&&",
            "###############-&&&&&&&&&&&&"),

    CHRONIC_DISEASE("门诊慢特病病种", "M and 5 digits (M01600)", "codes in use", Certainty.SEEN, Others.REFUSED, 30, "M#####"),

    /** The form is not known: any visible characters. */
    DISEASE_GROUP("按病种结算病种", "", "none", Certainty.UNKNOWN, Others.VISIBLE, 30),

    /** The form is not known: any visible characters. */
    DAY_SURGERY("日间手术病种", "", "none", Certainty.UNKNOWN, Others.VISIBLE, 30),

    /** The form is not known: any visible characters. */
    SETTLEMENT_LIST("基金结算清单", "", "none", Certainty.UNKNOWN, Others.VISIBLE, 30);

    private static final int FIRST_VISIBLE = 0x21;
    private static final int LAST_VISIBLE = 0x7e;

    /** What becomes of a code that opens as none of the known forms does. */
    private enum Others {
        REFUSED,
        VISIBLE
    }

    private final String nameZh;
    private final String words;
    private final String source;
    private final Certainty certainty;
    private final Others others;
    private final int maxLength;
    private final CodeForm[] forms;

    InformationCode(
            final String nameZh,
            final String words,
            final String source,
            final Certainty certainty,
            final Others others,
            final int maxLength,
            final String... forms) {
        this.nameZh = nameZh;
        this.words = words.isEmpty() ? "1 to " + maxLength + " visible ASCII characters" : words;
        this.source = source;
        this.certainty = certainty;
        this.others = others;
        this.maxLength = maxLength;
        this.forms = new CodeForm[forms.length];
        for (int i = 0; i < forms.length; i++) {
            this.forms[i] = new CodeForm(forms[i]);
        }
    }

    /** Name of the standard, as it is published. */
    public String nameZh() {
        return nameZh;
    }

    /** The form, in words. */
    public String words() {
        return words;
    }

    /** Where the form is from. */
    public String source() {
        return source;
    }

    public Certainty certainty() {
        return certainty;
    }

    /** The longest code that is taken, in characters. */
    public int maxLength() {
        return maxLength;
    }

    /**
     * Whether a field of fixed length, padded on the right with zero bytes, holds a code of this form. A zero within the code, or a
     * byte behind the padding's first, is no form.
     */
    public boolean isForm(final DirectBuffer buffer, final int offset, final int length) {
        int used = length;
        while (used > 0 && buffer.getByte(offset + used - 1) == 0) {
            used--;
        }
        if (used == 0 || used > maxLength) {
            return false;
        }
        for (final CodeForm form : forms) {
            if (form.matches(buffer, offset, used)) {
                return true;
            }
        }
        return isTakenUnknown(buffer.getByte(offset)) && isVisible(buffer, offset, used);
    }

    /** Whether a text is a code of this form. */
    public boolean isForm(final CharSequence code) {
        if (code.length() == 0 || code.length() > maxLength) {
            return false;
        }
        for (final CodeForm form : forms) {
            if (form.matches(code)) {
                return true;
            }
        }
        return isTakenUnknown(code.charAt(0)) && isVisible(code);
    }

    private boolean isTakenUnknown(final int first) {
        if (others == Others.REFUSED) {
            return false;
        }
        for (final CodeForm form : forms) {
            if (form.opensWith(first)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (!isVisible(buffer.getByte(offset + i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(final CharSequence code) {
        for (int i = 0; i < code.length(); i++) {
            if (!isVisible(code.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(final int character) {
        return character >= FIRST_VISIBLE && character <= LAST_VISIBLE;
    }
}
