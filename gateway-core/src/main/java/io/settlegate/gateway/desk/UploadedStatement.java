package io.settlegate.gateway.desk;

import io.settlegate.gateway.books.BookEntry;
import io.settlegate.gateway.books.EntryLookup;
import io.settlegate.gateway.books.EntryNumber;
import io.settlegate.gateway.reconciliation.PieceComparison;
import io.settlegate.gateway.reconciliation.PieceComparison.Piece;
import io.settlegate.gateway.reconciliation.PieceComparison.Taker;
import io.settlegate.gateway.reconciliation.Refunds;
import io.settlegate.gateway.reconciliation.SpillKey;
import io.settlegate.gateway.records.AnswersMissingException;
import io.settlegate.gateway.records.InstitutionRecords;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.journal.RecordArchivedException;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.StatementDetailsDecoder;
import io.settlegate.protocol.codec.StatementDetailsOutcomeDecoder;
import io.settlegate.protocol.codec.StatementUploadDecoder;
import io.settlegate.protocol.codec.StatementUploadOutcomeDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * The statement that a 3202 ended: its pieces, and what the gateway had of the same days, office, and clearing type when the 3202 was
 * recorded. Whatever came behind it is not looked at, so that the comparison can be made again and finds the same.
 *
 * <p>One use, one thread; blocks on the disk. Memory: eight bytes for each piece, and as {@link EntryLookup} and
 * {@link PieceComparison} say.
 */
final class UploadedStatement {
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
    private static final int INSTITUTION_LENGTH = 12;
    /** A sender's clock may be ahead of the gateway's by minutes; this is ample. */
    private static final long AHEAD_MS = TimeUnit.HOURS.toMillis(1);

    private final LongFunction<RecordView> source;
    private final InstitutionRecords records;
    private final EntryLookup entries;
    private final long detailsSequence;
    private final String institution;
    private final String office;
    private final String clrType;
    private final Refunds refunds;
    private final long beginMs;
    private final long endMs;
    private final int rowCount;
    private final int pieceCount;
    private final long lastPieceSequence;

    /** @param detailsSequence of the 3202's record, which is durable and in the index. */
    UploadedStatement(final long detailsSequence, final RecordIndex index, final LongFunction<RecordView> source) {
        this.source = source;
        this.records = new InstitutionRecords(index, source::apply);
        this.entries = new EntryLookup(source);
        this.detailsSequence = detailsSequence;
        final RecordView record = source.apply(detailsSequence);
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final StatementDetailsDecoder details =
                new StatementDetailsDecoder().wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        this.institution = details.header().msgid().substring(0, INSTITUTION_LENGTH);
        this.office = details.setlOptins();
        this.clrType = details.clrType();
        this.refunds = details.refdSetlFlag() == 1 ? Refunds.IN : Refunds.OUT;
        this.beginMs = startMs(day(details.stmtBegndateMs()));
        this.endMs = startMs(day(details.stmtEnddateMs()).plusDays(1));
        final StatementDetailsOutcomeDecoder outcome = new StatementDetailsOutcomeDecoder()
                .wrapAndApplyHeader(record.buffer(), record.outcomeOffset(), header);
        this.rowCount = outcome.rowCount();
        this.pieceCount = outcome.pieceCount();
        this.lastPieceSequence = outcome.lastPieceSequence();
    }

    private static LocalDate day(final long timeMs) {
        return Instant.ofEpochMilli(timeMs).atOffset(ZONE).toLocalDate();
    }

    private static long startMs(final LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    /**
     * Compares.
     *
     * @param temporary where rows are sorted, in a directory of its own that is gone afterwards.
     * @param key of the journal.
     * @param out takes the rows of 9102's page, block behind block.
     * @return how many.
     */
    int compare(final Path temporary, final SpillKey key, final OutputStream out)
            throws IOException, AnswersMissingException {
        records.tell(institution, beginMs, detailsSequence, (sequence, timeMs) -> entries.note(sequence));
        final PieceComparison comparison = new PieceComparison(refunds, rowCount, temporary, key, this::hasElsewhere);
        final AnswersMissingException[] missing = new AnswersMissingException[1];
        final int count = comparison.compare(
                taker -> {
                    try {
                        tellEntries(taker);
                    } catch (final AnswersMissingException e) {
                        missing[0] = e;
                    }
                },
                this::tellPieces,
                out);
        if (missing[0] != null) {
            throw missing[0];
        }
        return count;
    }

    private void tellEntries(final Taker<BookEntry> taker) throws IOException, AnswersMissingException {
        records.tell(institution, beginMs, detailsSequence, (sequence, timeMs) -> {
            final BookEntry entry = timeMs < endMs ? entries.entry(sequence) : null;
            if (entry != null
                    && entry.office().equals(office)
                    && (clrType.isEmpty() || entry.clrType().equals(clrType))) {
                taker.take(entry);
            }
        });
    }

    /** Each piece's outcome names the piece before. */
    private void tellPieces(final Taker<Piece> taker) throws IOException {
        final long[] sequences = new long[pieceCount];
        long sequence = lastPieceSequence;
        for (int i = pieceCount - 1; i >= 0; i--) {
            sequences[i] = sequence;
            sequence = outcome(sequence).previousSequence();
        }
        for (final long each : sequences) {
            final int rows = outcome(each).rowCount();
            final RecordView record = source.apply(each);
            final StatementUploadDecoder upload = new StatementUploadDecoder()
                    .wrapAndApplyHeader(record.buffer(), record.commandOffset(), new MessageHeaderDecoder());
            final int own = upload.rows().count();
            upload.sbeRewind();
            taker.take(new Piece(upload, rows - own + 1L));
        }
    }

    private StatementUploadOutcomeDecoder outcome(final long sequence) {
        final RecordView record = source.apply(sequence);
        return new StatementUploadOutcomeDecoder()
                .wrapAndApplyHeader(record.buffer(), record.outcomeOffset(), new MessageHeaderDecoder());
    }

    /** True also where it cannot be looked up: the setl_id is none, and there is no msgid; or the record is archived, or may be. */
    private boolean hasElsewhere(final String setlId, final String msgid, final boolean isRefund) throws IOException {
        final long sequence = EntryNumber.sequenceIn(setlId);
        if (msgid.isEmpty() && (sequence <= 0 || sequence >= detailsSequence)) {
            return true;
        }
        try {
            return is(sequence, setlId, isRefund) || (!msgid.isEmpty() && hasMsgid(msgid, isRefund));
        } catch (final RecordArchivedException e) {
            return true;
        }
    }

    private boolean hasMsgid(final String msgid, final boolean isRefund) throws IOException {
        final long sequence = records.answerTo(institution, msgid);
        return sequence > 0 ? is(sequence, "", isRefund) : !records.covers(EntryNumber.timeMsIn(msgid) - AHEAD_MS);
    }

    /** @param setlId empty where the record need not have given it. */
    private boolean is(final long sequence, final String setlId, final boolean isRefund) throws IOException {
        if (sequence <= 0 || sequence >= detailsSequence) {
            return false;
        }
        final BookEntry entry = entries.entry(sequence);
        return entry != null
                && entry.institution().equals(institution)
                && (!isRefund || entry.kind() == BookEntry.Kind.REFUND)
                && (setlId.isEmpty() || entry.setlId().equals(setlId));
    }
}
