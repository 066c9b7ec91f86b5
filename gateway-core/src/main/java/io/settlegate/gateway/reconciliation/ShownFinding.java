package io.settlegate.gateway.reconciliation;

import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.Yuan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A finding as it may be shown.
 *
 * @param cells by {@link #COLUMNS}; empty where there is nothing.
 */
public record ShownFinding(List<String> cells) {
    /** Of the file of differences. */
    public static final List<String> COLUMNS = List.of(
            "difference",
            "standing",
            "act",
            "books",
            "setl_id",
            "msgid",
            "other_msgid",
            "psn_no",
            "mdtrt_id",
            "refd_setl_flag",
            "insutype",
            "clr_type",
            "office",
            "time",
            "sequence",
            "gateway_medfee_sumamt",
            "gateway_fund_pay_sumamt",
            "gateway_acct_pay",
            "hospital_line",
            "hospital_medfee_sumamt",
            "hospital_fund_pay_sumamt",
            "hospital_acct_pay",
            "bureau_line",
            "bureau_medfee_sumamt",
            "bureau_fund_pay_sumamt",
            "bureau_acct_pay",
            "fields");

    private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
    private static final String PERSON = "psnNo";
    private static final int AMOUNTS = 3;

    public ShownFinding {
        cells = List.copyOf(cells);
    }

    static ShownFinding of(final Finding finding, final Masking masking) {
        final Group group = finding.group();
        final Row gateway = group.row(Book.GATEWAY);
        final Row row = group.leading();
        final List<String> cells = new ArrayList<>(COLUMNS.size());
        cells.add(finding.difference().name());
        cells.add(finding.standing() == null ? "" : finding.standing().name());
        cells.add(finding.act().name());
        cells.add(group.books());
        cells.add(row.setlId().isEmpty() ? row.undoesSetlId() : row.setlId());
        cells.add(row.msgid());
        cells.add(finding.otherMsgid());
        cells.add(masking.shown(PERSON, row.psnNo()));
        cells.add(row.mdtrtId());
        cells.add(row.isRefund() ? "1" : "0");
        cells.add(row.insutype());
        cells.add(row.clrType());
        cells.add(row.office());
        cells.add(
                gateway == null
                        ? ""
                        : Instant.ofEpochMilli(gateway.timeMs()).atOffset(ZONE).toString());
        cells.add(gateway == null ? "" : String.valueOf(gateway.sequence()));
        addAmounts(cells, gateway);
        addFile(cells, group.row(Book.HOSPITAL));
        addFile(cells, group.row(Book.BUREAU));
        cells.add(fields(finding, masking));
        return new ShownFinding(cells);
    }

    private static void addFile(final List<String> cells, final Row row) {
        cells.add(row == null ? "" : String.valueOf(row.line()));
        addAmounts(cells, row);
    }

    private static void addAmounts(final List<String> cells, final Row row) {
        if (row == null) {
            for (int i = 0; i < AMOUNTS; i++) {
                cells.add("");
            }
            return;
        }
        cells.add(Yuan.of(row.medfeeFen()));
        cells.add(Yuan.of(row.fundFen()));
        cells.add(Yuan.of(row.acctFen()));
    }

    /** Such as {@code acct_pay: G 3.00, H 2.00}; more than one with semicolons between. */
    private static String fields(final Finding finding, final Masking masking) {
        final StringBuilder text = new StringBuilder();
        for (final Field field : finding.fields()) {
            text.append(text.isEmpty() ? "" : "; ").append(field.column()).append(':');
            String comma = " ";
            for (final Book book : Book.values()) {
                if (finding.group().has(book)) {
                    final String value = field.of(finding.group().row(book));
                    text.append(comma)
                            .append(book.letter())
                            .append(' ')
                            .append(field == Field.PSN_NO ? masking.shown(PERSON, value) : value);
                    comma = ", ";
                }
            }
        }
        return text.toString();
    }

    /** By its name in {@link #COLUMNS}. */
    public String cell(final String column) {
        return cells.get(COLUMNS.indexOf(column));
    }
}
