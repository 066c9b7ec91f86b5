package io.settlegate.gateway.operations;

import io.settlegate.gateway.settlement.codec.EntitlementKind;
import io.settlegate.protocol.Limits;

/** Checks each column of a row and reports every fault by file, line, and column. Stateless but for where it reports. */
final class RowCheck {
    static final int RATIO_ONE_E4 = 10_000;
    static final int RATIO_PLACES = 4;
    static final int PRICE_PLACES = 6;
    static final int AMOUNT_PLACES = 2;
    private static final int CERTNO_LENGTH = 32;
    private static final int CARD_LENGTH = 20;

    private final ProblemList problems;
    private ImportFile file;
    private long line;

    RowCheck(final ProblemList problems) {
        this.problems = problems;
    }

    /** Takes a row that has all its columns. */
    void check(final ImportFile inFile, final long atLine, final String[] row) {
        file = inFile;
        line = atLine;
        switch (file) {
            case REGIONS -> {
                report(0, Columns.digits(row[0], 6, 6));
                report(1, Columns.digits(row[1], 6, 6));
                report(2, Columns.text(row[2], 60));
            }
            case INSTITUTIONS -> checkInstitution(row);
            case TERMINALS -> {
                report(0, Columns.code(row[0], 32));
                report(1, Columns.code(row[1], 40));
                report(2, Columns.institution(row[2]));
                report(3, Columns.publicKey(row[3]));
                report(4, Columns.oneOf(row[4], "0", "1", "2"));
            }
            case PERSONS -> checkPerson(row);
            case CATALOGUE -> checkItem(row);
            case ALLOCATIONS -> {
                report(0, Columns.code(row[0], 30));
                report(1, Columns.code(row[1], 30));
                report(
                        2,
                        Columns.decimal(row[2], AMOUNT_PLACES, Limits.MAX_AMOUNT_FEN) > 0
                                ? null
                                : "must be a positive amount in yuan, at most two places");
            }
            case VOUCHERS -> {
                report(0, Columns.code(row[0], 40));
                report(1, Columns.code(row[1], 30));
                report(
                        2,
                        Columns.timeMs(row[2]) > 0
                                ? null
                                : "must be a time with offset, like 2026-12-01T00:00:00+08:00");
            }
            case ITEM_TERMS -> checkItemTerms(row);
            case ENTITLEMENTS -> checkEntitlement(row);
        }
    }

    private void checkInstitution(final String[] row) {
        report(0, Columns.institution(row[0]));
        report(1, Columns.text(row[1], 120));
        report(2, Columns.digits(row[2], 6, 6));
        report(3, Columns.oneOf(row[3], "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"));
        report(4, Columns.oneOf(row[4], "0", "1"));
    }

    private void checkPerson(final String[] row) {
        report(0, Columns.code(row[0], 30));
        report(1, Columns.text(row[1], 60));
        report(2, Columns.digits(row[2], 2, 3));
        report(3, row[2].equals("01") ? Columns.identityNumber(row[3]) : Columns.code(row[3], CERTNO_LENGTH));
        report(4, Columns.oneOf(row[4], "310", "340", "350", "360", "380", "390", "391", "399"));
        final String psnType = Columns.digits(row[5], 2, 4);
        report(
                5,
                psnType != null
                        ? psnType
                        : Columns.oneOf(row[5].substring(0, 2), "11", "12", "13", "14", "15", "16") == null
                                ? null
                                : "must begin with 11 to 16");
        report(6, Columns.digits(row[6], 6, 6));
        report(7, Columns.oneOf(row[7], "1", "2", "4"));
        report(8, row[8].isEmpty() ? null : Columns.code(row[8], CARD_LENGTH));
    }

    private void checkItem(final String[] row) {
        report(0, Columns.code(row[0], 50));
        report(1, Columns.text(row[1], 120));
        checkTerms(row, 2);
        for (int flag = 5; flag < 7; flag++) {
            report(flag, row[flag].isEmpty() ? null : Columns.oneOf(row[flag], "0", "1"));
        }
        report(7, Columns.optionalDate(row[7]));
        report(8, Columns.endDate(row[7], row[8]));
    }

    private void checkItemTerms(final String[] row) {
        report(0, Columns.code(row[0], 50));
        report(1, Columns.digits(row[1], 6, 6));
        report(2, Columns.date(row[2]));
        report(3, Columns.endDate(row[2], row[3]));
        checkTerms(row, 4);
        report(7, Columns.oneOf(row[7], "0", "1"));
    }

    /** Class, first share, and ceiling, which stand together. */
    private void checkTerms(final String[] row, final int column) {
        final String level = row[column];
        report(column, Columns.oneOf(level, "01", "02", "03"));
        final long selfpayE4 = Columns.decimal(row[column + 1], RATIO_PLACES, RATIO_ONE_E4);
        if (selfpayE4 < 0) {
            report(column + 1, "must be a ratio from 0 to 1, at most four places");
        } else if (level.equals("01") && selfpayE4 != 0) {
            report(column + 1, "must be 0 for class 01");
        } else if (level.equals("03") && selfpayE4 != RATIO_ONE_E4) {
            report(column + 1, "must be 1 for class 03");
        }
        report(
                column + 2,
                Columns.decimal(row[column + 2], PRICE_PLACES, Limits.MAX_PRIC_E6) >= 0
                        ? null
                        : "must be a price in yuan, at most six places, 0 for none");
    }

    private void checkEntitlement(final String[] row) {
        report(0, Columns.code(row[0], 30));
        final String kindRule = EntitlementWords.kindRule(row[1]);
        report(1, kindRule);
        if (kindRule == null) {
            final EntitlementKind kind = EntitlementWords.kind(row[1]);
            report(2, EntitlementWords.codeRule(kind, row[2]));
            report(3, kind == EntitlementKind.BIRTH ? Columns.optionalDate(row[3]) : Columns.date(row[3]));
        }
        report(4, Columns.endDate(row[3], row[4]));
    }

    private void report(final int column, final String reason) {
        if (reason != null) {
            problems.add(file.fileName(), line, file.columns().get(column), reason);
        }
    }
}
