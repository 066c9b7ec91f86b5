package io.settlegate.protocol.client;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.QueryOutcomeEncoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RefusedOutcomeEncoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers as a client hands them out, for models of a gateway. Receipts are what the model says they are. */
public final class MadeAnswers {
    private static final byte[] NONE = new byte[0];
    private static final int LENGTH = 1024;

    private MadeAnswers() {}

    public static Answer refusal(final String msgid, final ResultCode code) {
        return Answer.refusal(msgid, code);
    }

    /** An outcome of which only code and msgid are looked at. */
    public static byte[] outcome(final String msgid, final ResultCode code) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
        final RefusedOutcomeEncoder outcome =
                new RefusedOutcomeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        outcome.header().code(code.code()).msgid(msgid);
        return bytes(buffer, outcome.encodedLength());
    }

    public static Answer settled(
            final String msgid,
            final ReplyKind kind,
            final RecordState state,
            final byte[] outcome,
            final byte[] receipt) {
        return Answer.reply(msgid, kind, state, outcome, receipt, NONE, NONE);
    }

    public static Answer reversed(
            final String msgid, final String omsgid, final ReversalEffect effect, final byte[] receipt) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
        final ReversalOutcomeEncoder outcome =
                new ReversalOutcomeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        outcome.header().code(0).msgid(msgid);
        outcome.effect(effect).omsgid(omsgid);
        return Answer.reply(
                msgid, ReplyKind.FIRST, RecordState.DONE, bytes(buffer, outcome.encodedLength()), receipt, NONE, NONE);
    }

    /** A refusal of the engine's, which has a receipt. */
    public static Answer refused(final String msgid, final ResultCode code) {
        return Answer.reply(
                msgid, ReplyKind.FIRST, RecordState.REFUSED, outcome(msgid, code), new byte[] {1}, NONE, NONE);
    }

    /** A last page of records, oldest first. */
    public static Answer page(final String msgid, final List<Answer> records) {
        final List<RecordAnswer> found = new ArrayList<>();
        for (final Answer record : records) {
            found.add(new RecordAnswer(found.size() + 1, record.state(), 0, record.receipt(), record));
        }
        return Answer.page(
                msgid,
                ReplyKind.FIRST,
                outcome(msgid, ResultCode.OK),
                new byte[] {1},
                new RecordPage(found.size() + 1, 0, found));
    }

    public static Answer queried(
            final String msgid,
            final String omsgid,
            final RecordState state,
            final byte[] recordOutcome,
            final byte[] recordReceipt) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
        final QueryOutcomeEncoder outcome =
                new QueryOutcomeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        outcome.header().code(0).msgid(msgid);
        outcome.omsgid(omsgid).state(state);
        return Answer.reply(
                msgid,
                ReplyKind.FIRST,
                RecordState.DONE,
                bytes(buffer, outcome.encodedLength()),
                new byte[] {1},
                recordOutcome,
                recordReceipt);
    }

    private static byte[] bytes(final UnsafeBuffer buffer, final int bodyLength) {
        return Arrays.copyOf(buffer.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }
}
