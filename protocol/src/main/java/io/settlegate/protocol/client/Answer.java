package io.settlegate.protocol.client;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.statement.StatementFindings;
import io.settlegate.protocol.codec.AdmissionCancelOutcomeDecoder;
import io.settlegate.protocol.codec.AdmissionOutcomeDecoder;
import io.settlegate.protocol.codec.DischargeCancelOutcomeDecoder;
import io.settlegate.protocol.codec.DischargeOutcomeDecoder;
import io.settlegate.protocol.codec.EntitlementCheckOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesCancelOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientPresettleOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientPresettleOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.PersonInfoOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.QueryOutcomeDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RegistrationCancelOutcomeDecoder;
import io.settlegate.protocol.codec.RegistrationOutcomeDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import io.settlegate.protocol.codec.SignOutOutcomeDecoder;
import io.settlegate.protocol.codec.StatementDetailsOutcomeDecoder;
import io.settlegate.protocol.codec.StatementDownloadOutcomeDecoder;
import io.settlegate.protocol.codec.StatementTotalsOutcomeDecoder;
import io.settlegate.protocol.codec.StatementUploadOutcomeDecoder;
import io.settlegate.protocol.codec.VisitOutcomeDecoder;
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
    private final RecordPage page;
    private final StatementFindings findings;

    private Answer(
            final String msgid,
            final ResultCode code,
            final ReplyKind kind,
            final RecordState state,
            final byte[] outcome,
            final byte[] receipt,
            final byte[] recordOutcome,
            final byte[] recordReceipt,
            final RecordPage page,
            final StatementFindings findings) {
        this.msgid = msgid;
        this.code = code;
        this.kind = kind;
        this.state = state;
        this.outcome = outcome;
        this.receipt = receipt;
        this.recordOutcome = recordOutcome;
        this.recordReceipt = recordReceipt;
        this.page = page;
        this.findings = findings;
    }

    static Answer refusal(final String msgid, final ResultCode code) {
        return new Answer(msgid, code, null, null, NONE, NONE, NONE, NONE, null, null);
    }

    static Answer reply(
            final String msgid,
            final ReplyKind kind,
            final RecordState state,
            final byte[] outcome,
            final byte[] receipt,
            final byte[] recordOutcome,
            final byte[] recordReceipt) {
        return new Answer(
                msgid, codeOf(outcome), kind, state, outcome, receipt, recordOutcome, recordReceipt, null, null);
    }

    static Answer page(
            final String msgid,
            final ReplyKind kind,
            final byte[] outcome,
            final byte[] receipt,
            final RecordPage page) {
        final RecordState state = codeOf(outcome) == ResultCode.OK ? RecordState.DONE : RecordState.REFUSED;
        return new Answer(msgid, codeOf(outcome), kind, state, outcome, receipt, NONE, NONE, page, null);
    }

    static Answer findings(
            final String msgid,
            final ReplyKind kind,
            final byte[] outcome,
            final byte[] receipt,
            final StatementFindings findings) {
        return new Answer(msgid, codeOf(outcome), kind, RecordState.DONE, outcome, receipt, NONE, NONE, null, findings);
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

    /**
     * Of 2001.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public EntitlementCheckOutcomeDecoder entitlement() {
        requireTemplate(EntitlementCheckOutcomeDecoder.TEMPLATE_ID);
        return new EntitlementCheckOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /**
     * Of 2101, 2206, and 2303.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public PharmacyPresettleOutcomeDecoder presettlement() {
        final MessageHeaderDecoder header = requireTemplate(
                PharmacyPresettleOutcomeDecoder.TEMPLATE_ID,
                OutpatientPresettleOutcomeDecoder.TEMPLATE_ID,
                InpatientPresettleOutcomeDecoder.TEMPLATE_ID);
        return new PharmacyPresettleOutcomeDecoder()
                .wrap(header.buffer(), header.encodedLength(), header.blockLength(), header.version());
    }

    /**
     * Of 2102, 2207, and 2304.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public PharmacySettleOutcomeDecoder settlement() {
        final MessageHeaderDecoder header = requireTemplate(
                PharmacySettleOutcomeDecoder.TEMPLATE_ID,
                OutpatientSettleOutcomeDecoder.TEMPLATE_ID,
                InpatientSettleOutcomeDecoder.TEMPLATE_ID);
        return new PharmacySettleOutcomeDecoder()
                .wrap(header.buffer(), header.encodedLength(), header.blockLength(), header.version());
    }

    /**
     * Of 2103, 2208, and 2305.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public PharmacyCancelOutcomeDecoder cancel() {
        final MessageHeaderDecoder header = requireTemplate(
                PharmacyCancelOutcomeDecoder.TEMPLATE_ID,
                OutpatientCancelOutcomeDecoder.TEMPLATE_ID,
                InpatientCancelOutcomeDecoder.TEMPLATE_ID);
        return new PharmacyCancelOutcomeDecoder()
                .wrap(header.buffer(), header.encodedLength(), header.blockLength(), header.version());
    }

    /**
     * Which visit or stay was opened, described, ended, or closed: of 2201, 2202, 2203, 2401, 2402, 2404, and 2405.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public RegistrationOutcomeDecoder visit() {
        final MessageHeaderDecoder header = requireTemplate(
                RegistrationOutcomeDecoder.TEMPLATE_ID,
                RegistrationCancelOutcomeDecoder.TEMPLATE_ID,
                VisitOutcomeDecoder.TEMPLATE_ID,
                AdmissionOutcomeDecoder.TEMPLATE_ID,
                DischargeOutcomeDecoder.TEMPLATE_ID,
                AdmissionCancelOutcomeDecoder.TEMPLATE_ID,
                DischargeCancelOutcomeDecoder.TEMPLATE_ID);
        return new RegistrationOutcomeDecoder()
                .wrap(header.buffer(), header.encodedLength(), header.blockLength(), header.version());
    }

    /**
     * Of 2204 and 2301.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public OutpatientFeeLinesOutcomeDecoder feeLines() {
        final MessageHeaderDecoder header = requireTemplate(
                OutpatientFeeLinesOutcomeDecoder.TEMPLATE_ID, InpatientFeeLinesOutcomeDecoder.TEMPLATE_ID);
        return new OutpatientFeeLinesOutcomeDecoder()
                .wrap(header.buffer(), header.encodedLength(), header.blockLength(), header.version());
    }

    /**
     * Of 2205 and 2302.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public OutpatientFeeLinesCancelOutcomeDecoder linesTakenBack() {
        final MessageHeaderDecoder header = requireTemplate(
                OutpatientFeeLinesCancelOutcomeDecoder.TEMPLATE_ID, InpatientFeeLinesCancelOutcomeDecoder.TEMPLATE_ID);
        return new OutpatientFeeLinesCancelOutcomeDecoder()
                .wrap(header.buffer(), header.encodedLength(), header.blockLength(), header.version());
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

    /**
     * Of 5203: what it found.
     *
     * @throws IllegalStateException if this is no answer with a page: another transaction's, or a refusal.
     */
    public RecordPage page() {
        if (page == null) {
            throw new IllegalStateException(this + " has no page");
        }
        return page;
    }

    /**
     * Of 9102: a page of what 3202 found. The receipt proves the 9102 and its outcome, not the page, which is made of the journal.
     *
     * @throws IllegalStateException if this is no answer with findings: another transaction's, or a refusal.
     */
    public StatementFindings findings() {
        if (findings == null) {
            throw new IllegalStateException(this + " has no findings");
        }
        return findings;
    }

    /** True if {@link #page()} has something to say. */
    public boolean hasPage() {
        return page != null;
    }

    /**
     * Of 3201.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public StatementTotalsOutcomeDecoder statementTotals() {
        requireTemplate(StatementTotalsOutcomeDecoder.TEMPLATE_ID);
        return new StatementTotalsOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /**
     * Of 9101.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public StatementUploadOutcomeDecoder statementPiece() {
        requireTemplate(StatementUploadOutcomeDecoder.TEMPLATE_ID);
        return new StatementUploadOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /**
     * Of 3202.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public StatementDetailsOutcomeDecoder statementDetails() {
        requireTemplate(StatementDetailsOutcomeDecoder.TEMPLATE_ID);
        return new StatementDetailsOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /**
     * Of 9102: what was asked for; the differences travel beside it.
     *
     * @throws IllegalStateException if the outcome is of another kind.
     */
    public StatementDownloadOutcomeDecoder statementPage() {
        requireTemplate(StatementDownloadOutcomeDecoder.TEMPLATE_ID);
        return new StatementDownloadOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome), 0, new MessageHeaderDecoder());
    }

    /** The header of an outcome that is one of these: messages that share their fields, each with a number of its own. */
    private MessageHeaderDecoder requireTemplate(final int... templateIds) {
        if (outcome.length == 0) {
            throw new IllegalStateException("a refusal (" + code + ") has no outcome");
        }
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(new UnsafeBuffer(outcome), 0);
        for (final int templateId : templateIds) {
            if (header.templateId() == templateId) {
                return header;
            }
        }
        throw new IllegalStateException(
                "the outcome is message " + header.templateId() + " (" + code + "), not " + templateIds[0]);
    }

    @Override
    public String toString() {
        return "Answer " + msgid + ' ' + code;
    }
}
