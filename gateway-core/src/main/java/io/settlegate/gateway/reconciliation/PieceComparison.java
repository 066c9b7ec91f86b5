package io.settlegate.gateway.reconciliation;

import io.settlegate.gateway.books.BookEntry;
import io.settlegate.protocol.codec.MendingAct;
import io.settlegate.protocol.codec.StatementUploadDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Compares what an institution uploaded in pieces (9101) with what the gateway has of it, as 3202 asks.
 *
 * <p>An upload is of some days, an office, a clearing type. A row of it that the gateway has outside of these is no settlement to be made
 * again: its act is CALL. Nor is a refund in a list without pairs one to be cancelled at the gateway: its act is REMOVE_ROW.
 *
 * <p>One use, one thread; blocks on the disk. Memory as {@link Reconciliation} says.
 */
public final class PieceComparison {
    private static final int ROWS_A_PARTITION = 4_000;
    private static final int MIN_PARTITIONS = 64;

    private final Refunds refunds;
    private final int partitions;
    private final Path temporary;
    private final SpillKey key;
    private final Elsewhere elsewhere;

    /** Is given something, one after the other. */
    @FunctionalInterface
    public interface Taker<T> {
        void take(T each) throws IOException;
    }

    /** Tells all that there is. */
    @FunctionalInterface
    public interface Source<T> {
        void tell(Taker<T> taker) throws IOException;
    }

    /**
     * A piece of the upload.
     *
     * @param upload wrapped; its rows are read once.
     * @param firstRow number of its first row in the whole upload, from 1.
     */
    public record Piece(StatementUploadDecoder upload, long firstRow) {}

    /** Whether the gateway has of this institution what a row names, or may have it, though not among what is compared. */
    @FunctionalInterface
    public interface Elsewhere {
        boolean has(String setlId, String msgid, boolean isRefund) throws IOException;
    }

    /**
     * @param rowCount of the upload.
     * @param temporary where spill files stand while this runs.
     * @param key of the journal: the findings' order follows from it.
     */
    public PieceComparison(
            final Refunds refunds,
            final long rowCount,
            final Path temporary,
            final SpillKey key,
            final Elsewhere elsewhere) {
        this.refunds = refunds;
        this.partitions =
                (int) Math.max(MIN_PARTITIONS, Math.min(ReconcileRun.PARTITIONS, rowCount / ROWS_A_PARTITION));
        this.temporary = temporary;
        this.key = key;
        this.elsewhere = elsewhere;
    }

    /**
     * Compares. The same books give the same findings in the same order.
     *
     * @param gateway tells the entries of the days, the office, and the clearing type.
     * @param out takes the rows of 9102's page, block behind block.
     * @return how many.
     */
    public int compare(final Source<BookEntry> gateway, final Source<Piece> upload, final OutputStream out)
            throws IOException {
        final FoundBlocks blocks = new FoundBlocks(out);
        try (SpillDirectory directory = SpillDirectory.in(temporary);
                Reconciliation books = new Reconciliation(
                        directory, key, partitions, refunds, 2, finding -> blocks.write(finding, actOf(finding)))) {
            gateway.tell(entry -> books.add(Row.of(entry)));
            upload.tell(piece -> addRows(piece, books));
            books.compare();
        }
        return blocks.count();
    }

    private static void addRows(final Piece piece, final Reconciliation books) throws IOException {
        long line = piece.firstRow();
        for (final StatementUploadDecoder.RowsDecoder row : piece.upload().rows()) {
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
                    line,
                    0,
                    0,
                    "",
                    "",
                    "",
                    "",
                    "",
                    false));
            line++;
        }
    }

    private MendingAct actOf(final Finding finding) throws IOException {
        final Row row = finding.group().row(Book.HOSPITAL);
        if (row == null || finding.group().has(Book.GATEWAY)) {
            return finding.act();
        }
        if (row.isRefund() && refunds == Refunds.OUT) {
            return MendingAct.REMOVE_ROW;
        }
        final boolean isMissing = finding.difference() == Difference.MISSING_AT_GATEWAY
                || finding.difference() == Difference.UNDONE_AT_HOSPITAL;
        return isMissing && elsewhere.has(row.setlId(), row.msgid(), row.isRefund()) ? MendingAct.CALL : finding.act();
    }
}
