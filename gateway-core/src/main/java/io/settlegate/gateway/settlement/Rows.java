package io.settlegate.gateway.settlement;

/**
 * Where the fields of each table's rows stand, in bytes from the row's beginning. Numbers are in the machine's order, which
 * is little-endian everywhere the gateway runs; characters are padded with zero bytes. Bytes between fields are zero.
 *
 * <p>The leading part of a registered row is byte for byte the row of the import chunk, up to the stated length.
 */
final class Rows {
    static final int REGION_KEY = 6;
    static final int REGION_POOLAREA = 6;
    static final int REGION_IMPORTED = 72;
    static final int REGION_LENGTH = 72;

    static final int INSTITUTION_KEY = 12;
    static final int INSTITUTION_ADMDVS = 12;
    static final int INSTITUTION_HOSP_LV = 18;
    static final int INSTITUTION_STATUS = 21;
    static final int INSTITUTION_IMPORTED = 142;
    static final int INSTITUTION_TERMINALS = 144;
    static final int INSTITUTION_LENGTH = 152;

    static final int TERMINAL_KEY = 32;
    static final int TERMINAL_INSTITUTION = 32;
    static final int TERMINAL_PUBLIC_KEY = 44;
    static final int PUBLIC_KEY_LENGTH = 65;
    static final int TERMINAL_STATUS = 109;
    /** The status that no act and no import takes back. */
    static final byte TERMINAL_REVOKED = 2;

    static final int TERMINAL_MODEL = 110;
    static final int TERMINAL_IMPORTED = 150;
    static final int TERMINAL_KEY_VERSION = 152;
    static final int TERMINAL_ORDINAL = 156;
    /** The record of the newest sign-in, i64; 0 where none stands. */
    static final int TERMINAL_SIGN_IN = 160;

    /** The business day of that record, i32. */
    static final int TERMINAL_SIGN_IN_DAY = 168;

    static final int TERMINAL_LENGTH = 176;

    /** A person's row holds the codes of the import's row in fewer bytes, see {@link PersonRows}. */
    static final int PERSON_KEY = 30;

    static final int PERSON_CERTIFICATE = 30;
    static final int CERT_TYPE_LENGTH = 3;
    static final int PERSON_CERTNO = 33;
    static final int CERTNO_LENGTH = 32;
    static final int CERTIFICATE_LENGTH = CERT_TYPE_LENGTH + CERTNO_LENGTH;
    static final int PERSON_INSUTYPE = 65;
    static final int INSUTYPE_LENGTH = 3;
    static final int PERSON_PSN_TYPE = 68;
    static final int PSN_TYPE_LENGTH = 4;
    static final int PERSON_INSUPLC = 72;
    static final int PERSON_INSU_STAS = 78;
    static final int INSU_STAS_LENGTH = 1;
    /** 1 while nothing may be settled for the person, else 0. */
    static final int PERSON_FROZEN = 79;

    /** The social card's number; all zero where there is none. */
    static final int PERSON_CARD = 80;

    static final int CARD_LENGTH = 20;
    static final int PERSON_NAME = 100;
    static final int NAME_LENGTH = 60;
    static final int PERSON_BALANCE = 160;
    /** The row of the person's newest entitlement + 1, i32; 0 where there is none. */
    static final int PERSON_ENTITLEMENTS = 168;

    /** A bit for each kind of entitlement that the person has rows of, u16. */
    static final int PERSON_ENTITLEMENT_KINDS = 172;

    static final int PERSON_LENGTH = 174;

    static final int VOUCHER_KEY = 40;
    static final int VOUCHER_PSN_NO = 40;
    static final int VOUCHER_EXPIRES_MS = 72;
    static final int VOUCHER_LENGTH = 80;

    static final int ITEM_KEY = 50;
    static final int ITEM_LV = 50;
    static final int ITEM_SELFPAY_E4 = 53;
    static final int ITEM_CEILING_E6 = 55;
    static final int ITEM_ESSENTIAL = 183;
    static final int ITEM_RX = 184;
    /** First day of the item and first day after, i32 each. */
    static final int ITEM_BEGN_DAY = 185;

    static final int ITEM_END_DAY = 189;
    static final int ITEM_IMPORTED = 193;
    /** The row of the item's newest terms + 1, i32; 0 where there are none. */
    static final int ITEM_TERMS = 196;

    static final int ITEM_LENGTH = 200;

    /** Item 50, region 6, first day i32. */
    static final int TERMS_KEY = 60;

    static final int TERMS_ADMDVS = 50;
    static final int TERMS_BEGN_DAY = 56;
    static final int TERMS_END_DAY = 60;
    static final int TERMS_LV = 64;
    static final int TERMS_SELFPAY_E4 = 67;
    static final int TERMS_CEILING_E6 = 69;
    static final int TERMS_ESSENTIAL = 77;
    static final int TERMS_IMPORTED = 78;
    /** The row of the item's next terms + 1, i32; 0 behind the last. */
    static final int TERMS_NEXT = 80;

    static final int TERMS_LENGTH = 84;

    /** Kind u8, row of the person i32, code 30, first day i32. */
    static final int ENTITLEMENT_KEY = 39;

    static final int ENTITLEMENT_KIND = 0;
    static final int ENTITLEMENT_PERSON = 1;
    static final int ENTITLEMENT_CODE = 5;
    static final int ENTITLEMENT_CODE_LENGTH = 30;
    static final int ENTITLEMENT_BEGN_DAY = 35;
    static final int ENTITLEMENT_END_DAY = 39;
    /** The row of the person's next entitlement + 1, i32; 0 behind the last. */
    static final int ENTITLEMENT_NEXT = 44;

    static final int ENTITLEMENT_LENGTH = 48;

    /** Pooling region 6, version i32. */
    static final int POLICY_VERSION_KEY = 10;

    static final int POLICY_VERSION_NUMBER = 6;
    /** First day in force and first day after, i64 days since 1970. */
    static final int POLICY_VERSION_FROM_DAY = 16;

    static final int POLICY_VERSION_TO_DAY = 24;
    /** The hash of the policy's bytes. */
    static final int POLICY_VERSION_DIGEST_HIGH = 32;

    static final int POLICY_VERSION_DIGEST_LOW = 40;
    static final int POLICY_VERSION_LENGTH = 48;

    /** Kind u8, then poolarea 6 and insutype 6, or the institution 12. */
    static final int LEDGER_KEY = 16;

    static final int LEDGER_AMOUNT = 16;
    static final int LEDGER_LENGTH = 24;

    static final int BATCH_ID_LENGTH = 30;
    /** Batch id 30, number of the slice u16. */
    static final int BATCH_KEY = 32;

    static final int BATCH_SLICE = 30;
    static final int BATCH_SLICE_COUNT = 32;
    static final int BATCH_ROW_COUNT = 36;
    /** The sum of the hashes of the slice's rows. */
    static final int BATCH_DIGEST_HIGH = 40;

    static final int BATCH_DIGEST_LOW = 48;
    static final int BATCH_LENGTH = 56;

    static final int MSGID_KEY = 30;
    static final int MSGID_STATE = 30;
    static final int MSGID_CODE = 31;
    static final int MSGID_TEMPLATE = 33;
    /** The first outcome's record; 0 for a mark whose original never came. */
    static final int MSGID_SEQUENCE = 35;

    static final int MSGID_DIGEST_HIGH = 43;
    static final int MSGID_DIGEST_LOW = 51;
    /**
     * Row of the person whom the request names, i32; -1 if there is none. Of the messages that {@link MsgidUse} says, else 0.
     */
    static final int MSGID_PERSON = 59;
    /** Of settlements: how many days the msgid's day is before the settlement's, i8. */
    static final int MSGID_SETTLED_DAYS = 63;

    static final int MSGID_LENGTH = 64;

    /** The id of an operator's act that was done; then the sequence of its record, i64. */
    static final int ACT_KEY = 30;

    static final int ACT_SEQUENCE = 32;
    static final int ACT_LENGTH = 40;

    static final int GLOBALS_KEY = 1;
    static final int GLOBALS_DURABILITY = 1;
    static final int GLOBALS_WINDOW = 4;
    static final int GLOBALS_MAX_LINES = 8;
    static final int GLOBALS_MAX_FRAME = 12;
    static final int GLOBALS_HEARTBEAT = 16;
    static final int GLOBALS_IDLE = 20;
    static final int GLOBALS_LENGTH = 24;

    /** The mdtrt_id: the number of the record that opened the visit, see {@link GatewayNumber}. */
    static final int VISIT_KEY = 30;

    /** {@link VisitKind#number}, u8. */
    static final int VISIT_KIND = 30;

    /** 1 open, 2 discharged. */
    static final int VISIT_STATE = 31;

    static final int VISIT_PERSON = 32;
    static final int VISIT_INSTITUTION = 36;
    /** Row of the region where the person is insured. */
    static final int VISIT_REGION = 40;

    /** First and last line in the order of upload, rows of the fee lines plus 1; 0 where there is none. */
    static final int VISIT_FIRST_LINE = 44;

    static final int VISIT_LAST_LINE = 48;
    static final int VISIT_LINES = 52;
    /** Settlements that stand, i32; those made since the discharge, u16. */
    static final int VISIT_SETTLEMENTS = 56;

    static final int VISIT_SETTLED_AFTER = 60;
    /** Number of the stay in the year of its begntime, u16; 0 of visits that are no stay. */
    static final int VISIT_STAY_NUMBER = 62;

    static final int VISIT_BEGNTIME = 64;
    /** Of a discharged stay, else 0. */
    static final int VISIT_ENDTIME = 72;

    /** The sequence of the discharge; 0 if there is none. */
    static final int VISIT_DISCHARGE = 80;

    /** What settlements of the visit that stand used of its deductible, and their amounts behind it. */
    static final int VISIT_DEDC = 88;

    static final int VISIT_BASE = 96;
    /** The last business day on which the visit is found, i32. */
    static final int VISIT_EXPIRY_DAY = 104;

    static final int VISIT_INSUTYPE = 108;
    static final int VISIT_MED_TYPE = 114;
    static final int VISIT_DISEASE = 120;
    static final int DISEASE_LENGTH = 30;
    /** Code of the main diagnosis. */
    static final int VISIT_DIAGNOSIS = 150;

    static final int DIAGNOSIS_LENGTH = 30;

    /** What is hashed of the row. */
    static final int VISIT_HASHED_LENGTH = 184;

    /** The msgid that opened the visit: business day and row of its table, i32 each, not hashed. */
    static final int VISIT_MSGID_DAY = 184;

    static final int VISIT_MSGID_ROW = 188;
    static final int VISIT_LENGTH = 192;

    /** The psn_no. */
    static final int STAYS_KEY = 30;

    /** Row of the visit that is the person's open stay, plus 1; 0 if none is open. */
    static final int STAYS_OPEN = 32;

    /** Two years, even ones first, and their admissions, u16 each. */
    static final int STAYS_YEARS = 36;

    static final int STAYS_COUNTS = 40;
    static final int STAYS_LENGTH = 44;

    /** The feedetl_sn 30, two zero bytes, row of the visit i32. */
    static final int LINE_KEY = 36;

    static final int LINE_SN_LENGTH = 30;
    static final int LINE_VISIT = 32;
    static final int LINE_BATCH = 36;
    static final int LINE_BATCH_LENGTH = 30;
    static final int LINE_LV = 66;
    /** 1 for a national essential drug. */
    static final int LINE_ESSENTIAL = 69;

    static final int LINE_SELFPAY_E4 = 70;
    static final int LINE_ITEM = 72;
    /** The next line of the visit, plus 1; 0 for the last one. */
    static final int LINE_NEXT = 76;

    static final int LINE_AMOUNT = 80;
    static final int LINE_CNT_E4 = 88;
    static final int LINE_PRIC_E6 = 96;
    static final int LINE_OCUR_MS = 104;
    static final int LINE_OWNPAY = 112;
    static final int LINE_OVERLMT = 120;
    static final int LINE_PRESELFPAY = 128;
    static final int LINE_INSCP = 136;
    static final int LINE_CEILING_E6 = 144;
    /**
     * Sequence of the settlement that settled the line; 0 while none has. The negative sequence of the settlement that settled it last,
     * if that was cancelled under rules 3 or later.
     */
    static final int LINE_SETTLED = 152;

    static final int LINE_LENGTH = 160;

    private Rows() {}
}
