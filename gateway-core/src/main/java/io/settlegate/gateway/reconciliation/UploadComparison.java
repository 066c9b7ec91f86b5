package io.settlegate.gateway.reconciliation;

import io.settlegate.gateway.books.BookEntry;
import io.settlegate.protocol.codec.StatementUploadDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What 3202 finds: the rows of an upload's pieces (9101) against the institution's entries. The findings come in an order that depends on the
 * rows alone, so that the pages of 9102 fit each other, also where they are made anew.
 *
 * <p>One use, one thread; blocks on the disk. Holds one partition of the rows, and all findings, about 500 bytes each, of
 * which there are no more than rows on both sides.
 */
public final class UploadComparison implements Closeable {
    private static final int PARTITIONS = 64;
    private static final Comparator<Finding> ORDER = Comparator.comparingLong(
                    (Finding finding) -> finding.group().leading().sequence())
            .thenComparingLong(UploadComparison::uploadedRow)
            .thenComparing(Finding::difference);

    private final SpillDirectory directory;
    private final Reconciliation books;
    private final List<Finding> findings = new ArrayList<>();
    private long rows;

    private UploadComparison(final SpillDirectory directory, final Refunds refunds) {
        this.directory = directory;
        this.books = new Reconciliation(directory, PARTITIONS, refunds, 2, findings::add);
    }

    /** @param temporary where spill files stand. */
    public static UploadComparison in(final Path temporary, final Refunds refunds) throws IOException {
        return new UploadComparison(SpillDirectory.in(temporary), refunds);
    }

    /** Adds the rows of a piece; pieces come in their order. The decoder is moved. */
    public void add(final StatementUploadDecoder piece) throws IOException {
        for (final StatementUploadDecoder.RowsDecoder row : piece.rows()) {
            rows++;
            books.add(new Row(
                    Book.HOSPITAL,
                    row.setlId(),
                    row.msgid(),
                    row.psnNo(),
                    row.mdtrtId(),
                    row.refdSetlFlag() == 1,
                    row.medfeeSumamtFen(),
                    row.fundPaySumamtFen(),
                    row.acctPayFen(),
                    rows,
                    0,
                    0,
                    "",
                    "",
                    "",
                    "",
                    "",
                    false));
        }
    }

    /** Adds an entry of the institution's, of the days, office, and clearing type that the 3202 names. */
    public void add(final BookEntry entry) throws IOException {
        books.add(Row.of(entry));
    }

    /** Compares what was added: first those that only the upload has, by their rows, then by the records of the gateway. */
    public List<StatementFinding> compare() throws IOException {
        books.compare();
        findings.sort(ORDER);
        return findings.stream().map(StatementFinding::of).toList();
    }

    private static long uploadedRow(final Finding finding) {
        final Row uploaded = finding.group().row(Book.HOSPITAL);
        return uploaded == null ? 0 : uploaded.line();
    }

    @Override
    public void close() throws IOException {
        try {
            books.close();
        } finally {
            directory.close();
        }
    }
}
