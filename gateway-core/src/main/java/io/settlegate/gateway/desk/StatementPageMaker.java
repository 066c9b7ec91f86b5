package io.settlegate.gateway.desk;

import io.settlegate.gateway.pipeline.DeskQuestion;
import io.settlegate.gateway.records.AnswersMissingException;
import io.settlegate.gateway.records.CoveredIndex;
import io.settlegate.gateway.records.RecordIndex;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.StatementDownloadDecoder;
import io.settlegate.protocol.codec.StatementDownloadOutcomeDecoder;
import io.settlegate.protocol.codec.StatementPageEncoder;
import io.settlegate.protocol.codec.StatementPageEncoder.DifferencesEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers a 9102: some of the differences that the comparison of a statement found, as of the record of its 3202.
 *
 * <p>The desk's thread; blocks on the disk.
 */
public final class StatementPageMaker implements PageMaker {
    private static final int FIXED_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH
            + StatementPageEncoder.BLOCK_LENGTH
            + DifferencesEncoder.sbeHeaderSize()
            + StatementPageEncoder.outcomeHeaderLength()
            + StatementPageEncoder.receiptHeaderLength();

    private static final int INSTITUTION_LENGTH = 12;

    private final StatementResults results;
    private final CoveredIndex indexing;

    public StatementPageMaker(final StatementResults results, final CoveredIndex indexing) {
        this.results = results;
        this.indexing = indexing;
    }

    @Override
    public int templateId() {
        return StatementDownloadDecoder.TEMPLATE_ID;
    }

    @Override
    public boolean end() {
        return results.end();
    }

    @Override
    public int make(
            final DeskQuestion question,
            final RecordIndex index,
            final long asOfSequence,
            final MutableDirectBuffer target,
            final int offset)
            throws IOException, AnswersMissingException, PageLaterException {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final StatementDownloadDecoder asked =
                new StatementDownloadDecoder().wrapAndApplyHeader(new UnsafeBuffer(question.command()), 0, header);
        final long detailsSequence = new StatementDownloadOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(question.outcome()), 0, header)
                .detailsSequence();
        final StatementResults.Result result =
                results.of(detailsSequence, asked.header().msgid().substring(0, INSTITUTION_LENGTH), indexing);
        final int room = Limits.MAX_FRAME_LENGTH - FIXED_LENGTH - question.outcome().length - question.receipt().length;
        // afterRow may be the greatest number there is.
        final int first = (int) Math.min(result.count(), asked.afterRow() + 1L);
        final ByteBuffer blocks =
                result.read(first, Math.min(asked.pageLimit(), room / DifferencesEncoder.sbeBlockLength()));
        final int next = first + blocks.remaining() / DifferencesEncoder.sbeBlockLength();
        final StatementPageEncoder page = new StatementPageEncoder()
                .wrapAndApplyHeader(target, offset, new MessageHeaderEncoder())
                .correlationId(question.correlationId())
                .kind(question.kind())
                .asOfSequence(detailsSequence)
                .differenceCount(result.count())
                .nextAfterRow(next < result.count() ? next - 1 : -1);
        page.differencesCount(next - first);
        target.putBytes(page.limit(), blocks, blocks.remaining());
        page.limit(page.limit() + (next - first) * DifferencesEncoder.sbeBlockLength());
        page.putOutcome(question.outcome(), 0, question.outcome().length)
                .putReceipt(question.receipt(), 0, question.receipt().length);
        return MessageHeaderEncoder.ENCODED_LENGTH + page.encodedLength();
    }
}
