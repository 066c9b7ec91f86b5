package io.settlegate.gateway.desk;

import io.settlegate.gateway.pipeline.DeskQuestion;
import io.settlegate.gateway.records.AnswerQuery;
import io.settlegate.gateway.records.AnswerSearch;
import io.settlegate.gateway.records.AnswersMissingException;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.journal.JournalReader;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.QueryBy;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RecordsPageEncoder;
import io.settlegate.protocol.codec.SettlementQueryDecoder;
import io.settlegate.protocol.crypto.Sm3;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers a 5203: records of the institution that asks, each with its first outcome and receipt byte for byte, and what has become of
 * it since.
 *
 * <p>The desk's thread; blocks on the disk.
 */
public final class RecordsPageMaker implements PageMaker {
    private static final int INSTITUTION_LENGTH = 12;
    private static final int MAX_PAGE_LIMIT = 100;
    /** Header, block, group header, lengths of the two fields behind the group. */
    private static final int FIXED_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH
            + RecordsPageEncoder.BLOCK_LENGTH
            + RecordsPageEncoder.RecordsEncoder.sbeHeaderSize()
            + RecordsPageEncoder.outcomeHeaderLength()
            + RecordsPageEncoder.receiptHeaderLength();

    private static final int FIXED_RECORD_LENGTH = RecordsPageEncoder.RecordsEncoder.sbeBlockLength()
            + RecordsPageEncoder.RecordsEncoder.answerHeaderLength()
            + RecordsPageEncoder.RecordsEncoder.answerReceiptHeaderLength();

    private final JournalReader reader;
    private final Sm3 sm3 = new Sm3();
    private final UnsafeBuffer receipt = new UnsafeBuffer(new byte[JournalReader.maxReceiptLength()]);

    /** @param reader is used by the desk's thread only. */
    public RecordsPageMaker(final JournalReader reader) {
        this.reader = reader;
    }

    @Override
    public int templateId() {
        return SettlementQueryDecoder.TEMPLATE_ID;
    }

    private record Found(
            long sequence,
            RecordState state,
            long undoneBySequence,
            byte[] commandHash,
            byte[] answer,
            byte[] answerReceipt) {
        int length() {
            return FIXED_RECORD_LENGTH + answer.length + answerReceipt.length;
        }
    }

    @Override
    public int make(
            final DeskQuestion question,
            final RecordIndex index,
            final long asOfSequence,
            final MutableDirectBuffer target,
            final int offset)
            throws IOException, AnswersMissingException {
        final SettlementQueryDecoder query = new SettlementQueryDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(question.command()), 0, new MessageHeaderDecoder());
        final int limit = Math.max(1, Math.min(MAX_PAGE_LIMIT, query.pageLimit()));
        final List<Found> page = new ArrayList<>();
        final int[] room = {
            Limits.MAX_FRAME_LENGTH - FIXED_LENGTH - question.outcome().length - question.receipt().length
        };
        final long next = new AnswerSearch(index, reader::read)
                .search(wanted(query), (record, state, undoneBySequence) -> {
                    final Found found = found(record, state, undoneBySequence);
                    if (page.size() == limit || found.length() > room[0]) {
                        return false;
                    }
                    room[0] -= found.length();
                    page.add(found);
                    return true;
                });
        return encode(question, asOfSequence, next, page, target, offset);
    }

    /** A msgid begins with the code of its institution; the engine has checked that it is the terminal's. */
    private static AnswerQuery wanted(final SettlementQueryDecoder query) {
        final String institution = query.header().msgid().substring(0, INSTITUTION_LENGTH);
        final QueryBy by = query.by();
        final String value =
                switch (by) {
                    case MSGID -> query.omsgid();
                    case SETL_ID -> query.setlId();
                    case PERSON_TIME -> query.psnNo();
                    default -> institution;
                };
        return new AnswerQuery(by, institution, value, query.begnTimeMs(), query.endTimeMs(), query.afterSequence());
    }

    private Found found(final RecordView record, final RecordState state, final long undoneBySequence) {
        final long sequence = record.sequence();
        final byte[] answer = new byte[record.outcomeLength()];
        record.buffer().getBytes(record.outcomeOffset(), answer);
        final byte[] commandHash = new byte[Sm3.LENGTH];
        sm3.update(record.buffer(), record.commandOffset(), record.commandLength())
                .digest(commandHash, 0);
        final byte[] answerReceipt = new byte[reader.encodeReceipt(sequence, receipt, 0)];
        receipt.getBytes(0, answerReceipt);
        return new Found(sequence, state, undoneBySequence, commandHash, answer, answerReceipt);
    }

    private static int encode(
            final DeskQuestion question,
            final long asOfSequence,
            final long next,
            final List<Found> page,
            final MutableDirectBuffer target,
            final int offset) {
        final RecordsPageEncoder encoder = new RecordsPageEncoder()
                .wrapAndApplyHeader(target, offset, new MessageHeaderEncoder())
                .correlationId(question.correlationId())
                .kind(question.kind())
                .asOfSequence(asOfSequence)
                .nextAfterSequence(next);
        final RecordsPageEncoder.RecordsEncoder records = encoder.recordsCount(page.size());
        for (final Found found : page) {
            records.next().sequence(found.sequence).state(found.state).undoneBySequence(found.undoneBySequence);
            for (int i = 0; i < found.commandHash.length; i++) {
                records.commandHash(i, (short) (found.commandHash[i] & 0xff));
            }
            records.putAnswer(found.answer, 0, found.answer.length)
                    .putAnswerReceipt(found.answerReceipt, 0, found.answerReceipt.length);
        }
        encoder.putOutcome(question.outcome(), 0, question.outcome().length)
                .putReceipt(question.receipt(), 0, question.receipt().length);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
