package io.settlegate.gateway.reconciliation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where the columns of a file stand. Immutable. */
final class StatementColumns {
    static final int SETL_ID = 0;
    static final int MDTRT_ID = 1;
    static final int PSN_NO = 2;
    static final int MEDFEE = 3;
    static final int FUND = 4;
    static final int ACCT = 5;
    static final int FLAG = 6;
    static final int MSGID = 7;

    /** In the order of a file without a header. */
    static final List<String> NAMES = List.of(
            "setl_id", "mdtrt_id", "psn_no", "medfee_sumamt", "fund_pay_sumamt", "acct_pay", "refd_setl_flag", "msgid");

    private static final int ABSENT = -1;

    private final int[] places;
    private final int least;

    private StatementColumns(final int[] places) {
        this.places = places;
        this.least = Arrays.stream(places).max().orElse(0);
    }

    static StatementColumns inOrder() {
        final int[] places = new int[NAMES.size()];
        Arrays.setAll(places, i -> i);
        return new StatementColumns(places);
    }

    static boolean isHeader(final String[] cells) {
        return Arrays.stream(cells).anyMatch(cell -> cleaned(cell).equals(NAMES.get(SETL_ID)));
    }

    /** Other columns are left alone. @throws IllegalArgumentException if one is missing or stands twice. */
    static StatementColumns of(final String[] header) {
        final int[] places = new int[NAMES.size()];
        Arrays.fill(places, ABSENT);
        for (int i = 0; i < header.length; i++) {
            final int column = NAMES.indexOf(cleaned(header[i]));
            if (column >= 0) {
                if (places[column] != ABSENT) {
                    throw new IllegalArgumentException("column " + NAMES.get(column) + " stands twice");
                }
                places[column] = i;
            }
        }
        for (int column = 0; column < MSGID; column++) {
            if (places[column] == ABSENT) {
                throw new IllegalArgumentException("column " + NAMES.get(column) + " is missing");
            }
        }
        return new StatementColumns(places);
    }

    private static String cleaned(final String cell) {
        return cell.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a row is too short; msgid may be left out at the end. */
    boolean isShort(final String[] cells) {
        return cells.length <= least && !(cells.length == least && places[MSGID] == least);
    }

    String cell(final String[] cells, final int column) {
        final int place = places[column];
        return place == ABSENT || place >= cells.length ? "" : cells[place].strip();
    }
}
