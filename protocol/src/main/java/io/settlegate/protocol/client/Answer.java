package io.settlegate.protocol.client;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.PersonInfoOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.QueryOutcomeDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import io.settlegate.protocol.codec.SignOutOutcomeDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the gateway answered: an outcome with its receipt, or a refusal of the frame, which has neither and binds nothing.
 */
public final class Answer {
    private static final byte[] NONE = new byte[0];

    private final String msgid;
    private final ResultCode code;
    private final ReplyKind kind;
    private final RecordState state;
    private final byte[] outcome;
    private final byte[] receipt;
    private final byte[] recordOutcome;
    private final byte[] recordReceipt;

    private Answer(
            final String msgid,
            final ResultCode code,
            final ReplyKind kind,
            final RecordState state,
            final byte[] outcome,
            final byte[] receipt,
            final byte[] recordOutcome,
            final byte[] recordReceipt) {
        this.msgid = msgid;
        this.code = code;
        this.kind = kind;
        this.state = state;
        this.outcome = outcome;
        this.receipt = receipt;
        this.recordOutcome = recordOutcome;
        this.recordReceipt = recordReceipt;
    }

    static Answer refusal(final String msgid, final ResultCode code) {
        return new Answer(msgid, code, null, null, NONE, NONE, NONE, NONE);
    }

    static Answer reply(
            final String msgid,
            final ReplyKind kind,
            final RecordState state,
            final byte[] outcome,
            final byte[] receipt,
            final byte[] recordOutcome,
            final byte[] recordReceipt) {
        return new Answer(msgid, codeOf(outcome), kind, state, outcome, receipt, recordOutcome, recordReceipt);
    }

    /** The result code in an outcome's bytes. */
    public static ResultCode codeOf(final byte[] outcome) {
        return ResultCode.of(new OutcomeHeaderDecoder()
                .wrap(new UnsafeBuffer(outcome), MessageHeaderDecoder.ENCODED_LENGTH)
                .code());
    }

    /** The msgid in an outcome's bytes. */
    static String msgidOf(final byte[] outcome) {
        return new OutcomeHeaderDecoder()
                .wrap(new UnsafeBuffer(outcome), MessageHeaderDecoder.ENCODED_LENGTH)
                .msgid();
    }

    public String msgid() {
        return msgid;
    }

    public ResultCode code() {
        return code;
    }

    /** True if the engine answered: the outcome is durable and has a receipt. */
    public boolean hasReceipt() {
        return receipt.length > 0;
    }

    /** First answer or repeat; null for a refusal. */
    public ReplyKind kind() {
        return kind;
    }

    /** What the gateway holds of the msgid now: a repeat may find its settlement reversed. Null for a refusal. */
    public RecordState state() {
        return state;
    }

    /** The outcome's bytes: an SBE message, header included. Empty for a refusal. */
    public byte[] outcome() {
        return outcome.clone();
    }

    /** The receipt's bytes. Empty for a refusal. */
    public byte[] receipt() {
        return receipt.clone();
    }

    /** Of a query that found something: the first outcome of the msgid asked for. Else empty. */
    public byte[] recordOutcome() {
        return recordOutcome.clone();
    }

    /** Of a query that found something: the receipt of {@link #recordOutcome()}. Else empty. */
    public byte[] recordReceipt() {
        return recordReceipt.clone();
    }

    /** @throws IllegalStateException if the outcome is of another kind. */
    public SignInOutcomeDecoder signIn() {
        requireTemplate(SignInOutcomeDecoder.TEMPLATE_ID);
        return new SignInOutcomeDecoder().wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /** @throws IllegalStateException if the outcome is of another kind. */
    public SignOutOutcomeDecoder signOut() {
        requireTemplate(SignOutOutcomeDecoder.TEMPLATE_ID);
        return new SignOutOutcomeDecoder().wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /** @throws IllegalStateException if the outcome is of another kind. */
    public PersonInfoOutcomeDecoder personInfo() {
        requireTemplate(PersonInfoOutcomeDecoder.TEMPLATE_ID);
        return new PersonInfoOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /** @throws IllegalStateException if the outcome is of another kind. */
    public PharmacyPresettleOutcomeDecoder presettlement() {
        requireTemplate(PharmacyPresettleOutcomeDecoder.TEMPLATE_ID);
        return new PharmacyPresettleOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /** @throws IllegalStateException if the outcome is of another kind. */
    public PharmacySettleOutcomeDecoder settlement() {
        requireTemplate(PharmacySettleOutcomeDecoder.TEMPLATE_ID);
        return new PharmacySettleOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /** @throws IllegalStateException if the outcome is of another kind. */
    public PharmacyCancelOutcomeDecoder cancel() {
        requireTemplate(PharmacyCancelOutcomeDecoder.TEMPLATE_ID);
        return new PharmacyCancelOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /** @throws IllegalStateException if the outcome is of another kind. */
    public ReversalOutcomeDecoder reversal() {
        requireTemplate(ReversalOutcomeDecoder.TEMPLATE_ID);
        return new ReversalOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /** @throws IllegalStateException if the outcome is of another kind. */
    public QueryOutcomeDecoder query() {
        requireTemplate(QueryOutcomeDecoder.TEMPLATE_ID);
        return new QueryOutcomeDecoder().wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    private void requireTemplate(final int templateId) {
        if (outcome.length == 0) {
            throw new IllegalStateException("a refusal (" + code + ") has no outcome");
        }
        final int actual =
                new MessageHeaderDecoder().wrap(new UnsafeBuffer(outcome), 0).templateId();
        if (actual != templateId) {
            throw new IllegalStateException("the outcome is message " + actual + " (" + code + "), not " + templateId);
        }
    }

    @Override
    public String toString() {
        return "Answer " + msgid + ' ' + code;
    }
}
