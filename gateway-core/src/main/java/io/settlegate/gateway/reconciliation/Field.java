package io.settlegate.gateway.reconciliation;

import io.settlegate.gateway.inspection.Yuan;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/** What is compared of two rows. The order of the first seven is that of the bits in 9102's page. */
public enum Field {
    PSN_NO("psn_no", Row::psnNo),
    MDTRT_ID("mdtrt_id", Row::mdtrtId),
    MEDFEE_SUMAMT("medfee_sumamt", row -> Yuan.of(row.medfeeFen())),
    FUND_PAY_SUMAMT("fund_pay_sumamt", row -> Yuan.of(row.fundFen())),
    ACCT_PAY("acct_pay", row -> Yuan.of(row.acctFen())),
    REFD_SETL_FLAG("refd_setl_flag", row -> row.isRefund() ? "1" : "0"),
    MSGID("msgid", Row::msgid),
    SETL_ID("setl_id", Row::setlId);

    private static final Set<Field> MAY_BE_ABSENT = EnumSet.of(MDTRT_ID, MSGID, SETL_ID);

    private final String column;
    private final Function<Row, String> value;

    Field(final String column, final Function<Row, String> value) {
        this.column = column;
        this.value = value;
    }

    /** Its name in files. */
    public String column() {
        return column;
    }

    String of(final Row row) {
        return value.apply(row);
    }

    /** What two rows differ in. What one of them need not have is compared where both have it. */
    static Set<Field> differing(final Row one, final Row other) {
        final Set<Field> fields = EnumSet.noneOf(Field.class);
        if (one.medfeeFen() != other.medfeeFen()) {
            fields.add(MEDFEE_SUMAMT);
        }
        if (one.fundFen() != other.fundFen()) {
            fields.add(FUND_PAY_SUMAMT);
        }
        if (one.acctFen() != other.acctFen()) {
            fields.add(ACCT_PAY);
        }
        if (one.isRefund() != other.isRefund()) {
            fields.add(REFD_SETL_FLAG);
        }
        addText(fields, PSN_NO, one.psnNo(), other.psnNo());
        addText(fields, MDTRT_ID, one.mdtrtId(), other.mdtrtId());
        // A refund may be booked under the numbers of what it undid: a reversal has no setl_id of its own.
        if (!one.isRefund() || !one.undoesMsgid().equals(other.msgid())) {
            addText(fields, MSGID, one.msgid(), other.msgid());
        }
        if (!one.isRefund() || !(one.setlId().isEmpty() || one.undoesSetlId().equals(other.setlId()))) {
            addText(fields, SETL_ID, one.setlId(), other.setlId());
        }
        return fields;
    }

    private static void addText(final Set<Field> fields, final Field field, final String one, final String other) {
        if (!one.equals(other) && !(MAY_BE_ABSENT.contains(field) && (one.isEmpty() || other.isEmpty()))) {
            fields.add(field);
        }
    }
}
