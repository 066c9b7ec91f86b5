package io.settlegate.gateway.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a hospital's or the bureau's file: CSV with a header, or separated by tabs, with a header or in the order of
 * {@link StatementColumns#NAMES}; or a zip of one such file.
 *
 * <p>One use, one thread; blocks on the disk. Holds one row and at most {@value #MAX_BAD_ROWS} faults.
 */
final class StatementReader {
    static final int MAX_BAD_ROWS = 20;

    private static final int MAX_CELL_LENGTH = 1_000;
    private static final int MAX_TEXT_LENGTH = 30;
    private static final int MAX_CELLS = 200;
    private static final int MAX_HEAD = 4_096;
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int MAX_YUAN_DIGITS = 13;
    private static final int FEN_PER_YUAN = 100;
    private static final int DECIMALS = 2;
    private static final int RADIX = 10;
    private static final long BAD = Long.MIN_VALUE;
    private static final String WRITE_AMOUNT = "write yuan with at most two decimals, such as 12.50";

    private final Path file;
    private final Book book;
    private final Refunds refunds;
    private final List<BadRow> badRows = new ArrayList<>();
    private long badCount;
    private long line;
    private boolean isBad;
    private StatementColumns columns;

    /** Is given each good row. */
    @FunctionalInterface
    interface Taker {
        void take(Row row) throws IOException;
    }

    StatementReader(final Path file, final Book book, final Refunds refunds) {
        this.file = file;
        this.book = book;
        this.refunds = refunds;
    }

    /** @throws BadStatementException at the end, if a row is bad; some rows were taken then. */
    void read(final Taker taker) throws IOException {
        final boolean isTabbed = isTabbed();
        final CsvFactory factory = CsvFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(MAX_CELL_LENGTH)
                        .build())
                .build();
        try (InputStream in = new BufferedInputStream(StatementFile.open(file), 1 << 16);
                CsvParser parser = factory.createParser(in)) {
            parser.enable(CsvParser.Feature.WRAP_AS_ARRAY);
            CsvSchema schema = CsvSchema.emptySchema();
            if (isTabbed) {
                schema = schema.withColumnSeparator('\t').withoutQuoteChar();
            }
            parser.setSchema(schema);
            readRows(parser, isTabbed, taker);
        } catch (final JsonProcessingException e) {
            bad("row", "cannot be read: " + e.getOriginalMessage(), "mend the quotes or the encoding, which is UTF-8");
        }
        if (badCount > 0) {
            throw new BadStatementException(file, badRows, badCount);
        }
    }

    /** Whether the first line holds a tab. */
    private boolean isTabbed() throws IOException {
        try (InputStream in = StatementFile.open(file)) {
            for (final byte each : in.readNBytes(MAX_HEAD)) {
                if (each == '\n' || each == '\t') {
                    return each == '\t';
                }
            }
        }
        return false;
    }

    private void readRows(final CsvParser parser, final boolean isTabbed, final Taker taker) throws IOException {
        final String[] cells = new String[MAX_CELLS];
        parser.nextToken();
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            int count = 0;
            line++;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (count < MAX_CELLS) {
                    cells[count] = parser.getText();
                    count++;
                }
            }
            if (!take(Arrays.copyOf(cells, count), isTabbed, taker)) {
                return;
            }
        }
        if (columns == null) {
            bad("header", "the file is empty", "name the columns in its first line");
        }
    }

    /** False if reading on makes no sense. */
    private boolean take(final String[] cells, final boolean isTabbed, final Taker taker) throws IOException {
        if (columns == null) {
            if (cells.length > 0 && !cells[0].isEmpty() && cells[0].charAt(0) == BYTE_ORDER_MARK) {
                cells[0] = cells[0].substring(1);
            }
            if (StatementColumns.isHeader(cells)) {
                try {
                    columns = StatementColumns.of(cells);
                } catch (final IllegalArgumentException e) {
                    bad("header", e.getMessage(), "name the columns " + String.join(", ", StatementColumns.NAMES));
                    return false;
                }
                return true;
            }
            if (!isTabbed) {
                bad("header", "the first line names no setl_id", "begin the file with a line of column names");
                return false;
            }
            columns = StatementColumns.inOrder();
        }
        if (cells.length == 0 || (cells.length == 1 && cells[0].isBlank())) {
            return true;
        }
        isBad = false;
        final Row row = row(cells);
        if (!isBad) {
            taker.take(row);
        }
        return true;
    }

    private Row row(final String[] cells) {
        if (columns.isShort(cells)) {
            bad("row", "has " + cells.length + " cells", "give each row a cell for each column");
            return null;
        }
        final String setlId = text(cells, StatementColumns.SETL_ID);
        final String mdtrtId = text(cells, StatementColumns.MDTRT_ID);
        final String psnNo = text(cells, StatementColumns.PSN_NO);
        final String msgid = text(cells, StatementColumns.MSGID);
        if (setlId.isEmpty() && msgid.isEmpty()) {
            bad("setl_id", "is empty, and so is msgid", "give one of the two");
        }
        if (psnNo.isEmpty()) {
            bad("psn_no", "is empty", "give the personal number");
        }
        final String flag = columns.cell(cells, StatementColumns.FLAG);
        final boolean isRefund = flag.equals("1");
        if (!isRefund && !flag.equals("0")) {
            bad("refd_setl_flag", "is neither 0 nor 1", "write 1 for a refund, 0 for a settlement");
        } else if (isRefund && refunds == Refunds.OUT) {
            bad(
                    "refd_setl_flag",
                    "is 1, and refunds are out",
                    "leave out refunds and what they undid, or compare with refunds in");
        }
        final long medfeeFen = amount(cells, StatementColumns.MEDFEE, isRefund);
        final long fundFen = amount(cells, StatementColumns.FUND, isRefund);
        final long acctFen = amount(cells, StatementColumns.ACCT, isRefund);
        return new Row(
                book, setlId, msgid, psnNo, mdtrtId, isRefund, medfeeFen, fundFen, acctFen, line, 0, 0, "", "", "", "",
                "", false);
    }

    /** Not told what it holds: it may name a person. */
    private String text(final String[] cells, final int column) {
        final String text = columns.cell(cells, column);
        if (text.length() > MAX_TEXT_LENGTH) {
            bad(StatementColumns.NAMES.get(column), "has " + text.length() + " characters", "30 are the most");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                bad(
                        StatementColumns.NAMES.get(column),
                        "holds a character that is no letter, digit, or sign of ASCII",
                        "write it as the gateway answered it");
                break;
            }
        }
        return text;
    }

    private long amount(final String[] cells, final int column, final boolean isRefund) {
        final String name = StatementColumns.NAMES.get(column);
        final String text = columns.cell(cells, column);
        final long fen = fenOf(text);
        if (fen == BAD) {
            bad(name, text.isEmpty() ? "is empty" : "is no amount", WRITE_AMOUNT);
            return 0;
        }
        if (isRefund ? fen > 0 : fen < 0) {
            bad(
                    name,
                    isRefund ? "of a refund is positive" : "of a settlement is negative",
                    "a refund has refd_setl_flag 1 and amounts that are negative or 0");
        }
        return fen;
    }

    /** {@link #BAD} if it is no amount in yuan. */
    static long fenOf(final String text) {
        final int begin = text.startsWith("-") ? 1 : 0;
        final int point = text.indexOf('.');
        final int end = point < 0 ? text.length() : point;
        final int decimals = point < 0 ? 0 : text.length() - point - 1;
        if (end <= begin || end - begin > MAX_YUAN_DIGITS || decimals > DECIMALS || (point >= 0 && decimals == 0)) {
            return BAD;
        }
        long fen = 0;
        for (int i = begin; i < text.length(); i++) {
            if (i != point) {
                final char digit = text.charAt(i);
                if (digit < '0' || digit > '9') {
                    return BAD;
                }
                fen = fen * RADIX + (digit - '0');
            }
        }
        fen *= decimals == 0 ? FEN_PER_YUAN : decimals == 1 ? RADIX : 1;
        return begin == 1 ? -fen : fen;
    }

    private void bad(final String column, final String why, final String remedy) {
        isBad = true;
        badCount++;
        if (badRows.size() < MAX_BAD_ROWS) {
            badRows.add(new BadRow(line, column, why, remedy));
        }
    }
}
