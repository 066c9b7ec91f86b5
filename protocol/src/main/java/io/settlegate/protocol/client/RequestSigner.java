package io.settlegate.protocol.client;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.client.visit.EntitlementQuestion;
import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.EntitlementCheckEncoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PersonInfoEncoder;
import io.settlegate.protocol.codec.PharmacyCancelEncoder;
import io.settlegate.protocol.codec.PharmacyPresettleEncoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.QueryByMsgidEncoder;
import io.settlegate.protocol.codec.RequestHeaderEncoder;
import io.settlegate.protocol.codec.ReversalEncoder;
import io.settlegate.protocol.codec.SettlementQueryEncoder;
import io.settlegate.protocol.codec.SignInEncoder;
import io.settlegate.protocol.codec.SignOutEncoder;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.security.SecureRandom;
import java.time.Clock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes a terminal's requests and signs them: SBE header and body, then r||s over both.
 *
 * <p>Safe for all threads; one request at a time.
 */
public final class RequestSigner {
    private final TerminalIdentity identity;
    private final String gatewayId;
    private final Clock clock;
    private final Sm2Signer signer;
    private final byte[] scratch = new byte[Limits.MAX_FRAME_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(scratch);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SignInEncoder signIn = new SignInEncoder();
    private final SignOutEncoder signOut = new SignOutEncoder();
    private final PersonInfoEncoder personInfo = new PersonInfoEncoder();
    private final EntitlementCheckEncoder entitlementCheck = new EntitlementCheckEncoder();
    private final PharmacySettleEncoder pharmacySettle = new PharmacySettleEncoder();
    private final PharmacyCancelEncoder pharmacyCancel = new PharmacyCancelEncoder();
    private final ReversalEncoder reversal = new ReversalEncoder();
    private final QueryByMsgidEncoder query = new QueryByMsgidEncoder();
    private final SettlementQueryEncoder settlementQuery = new SettlementQueryEncoder();
    private final OutpatientRequests outpatient;
    private final InpatientRequests inpatient;
    private final StatementRequests statements;
    private long lastCorrelationId;

    /** @param gatewayId the audience: a request for one gateway is refused by another. */
    public RequestSigner(
            final TerminalIdentity identity, final String gatewayId, final Clock clock, final SecureRandom random) {
        this(identity, gatewayId, clock, new Sm2Signer(identity.key(), random));
    }

    /** With a signer of the caller's, for the identity's key: for vectors that print their nonces. */
    public RequestSigner(
            final TerminalIdentity identity, final String gatewayId, final Clock clock, final Sm2Signer signer) {
        this.identity = identity;
        this.gatewayId = gatewayId;
        this.clock = clock;
        this.signer = signer;
        final VisitRequests shared = new VisitRequests(this);
        this.outpatient = new OutpatientRequests(this, shared);
        this.inpatient = new InpatientRequests(this, shared);
        this.statements = new StatementRequests(this);
    }

    public TerminalIdentity identity() {
        return identity;
    }

    /** 2201 to 2208: a hospital's outpatients. */
    public OutpatientRequests outpatient() {
        return outpatient;
    }

    /** 2301 to 2305, 2401 to 2405: a hospital's stays. */
    public InpatientRequests inpatient() {
        return inpatient;
    }

    /** From here on correlation ids are greater than this one: for a client that sends again what an earlier process has signed. */
    public synchronized void correlateAfter(final long correlationId) {
        lastCorrelationId = Math.max(lastCorrelationId, correlationId);
    }

    /** 3201, 9101, 3202, and 9102: an institution's books. */
    public StatementRequests statements() {
        return statements;
    }

    /** 9001 over the nonce of a challenge. */
    public synchronized SignedRequest signIn(final String msgid, final byte[] nonce, final String opterNo) {
        signIn.wrapAndApplyHeader(buffer, 0, header);
        fill(signIn.header(), msgid, identity.admdvs());
        for (int i = 0; i < nonce.length; i++) {
            signIn.nonce(i, (short) (nonce[i] & 0xff));
        }
        signIn.opterNo(opterNo).mac("").ip("");
        return signed(msgid, signIn.encodedLength());
    }

    /** 9002: ends the session that {@code signNo} names; the gateway closes the connection after its answer. */
    public synchronized SignedRequest signOut(final String msgid, final String signNo, final String opterNo) {
        signOut.wrapAndApplyHeader(buffer, 0, header);
        fill(signOut.header(), msgid, identity.admdvs());
        signOut.signNo(signNo).opterNo(opterNo);
        return signed(msgid, signOut.encodedLength());
    }

    /** 1101 by what the person shows. */
    public synchronized SignedRequest personInfo(
            final String msgid, final String insuplcAdmdvs, final Credential credential) {
        personInfo.wrapAndApplyHeader(buffer, 0, header);
        fill(personInfo.header(), msgid, insuplcAdmdvs);
        personInfo
                .mdtrtCertType(credential.mdtrtCertType())
                .mdtrtCertNo(credential.mdtrtCertNo())
                .cardSn(credential.cardSn());
        return signed(msgid, personInfo.encodedLength());
    }

    /** 1101 by a certificate that needs no card_sn: an e-voucher token (01) or an identity number (02). */
    public SignedRequest personInfo(
            final String msgid, final String insuplcAdmdvs, final String mdtrtCertType, final String mdtrtCertNo) {
        return personInfo(msgid, insuplcAdmdvs, new Credential(mdtrtCertType, mdtrtCertNo, ""));
    }

    /** 2001: whether a settlement of this kind would be taken, and why not. */
    public synchronized SignedRequest entitlement(final String msgid, final EntitlementQuestion question) {
        entitlementCheck.wrapAndApplyHeader(buffer, 0, header);
        fill(entitlementCheck.header(), msgid, question.insuplcAdmdvs());
        entitlementCheck
                .psnNo(question.psnNo())
                .insutype(question.insutype())
                .medType(question.medType())
                .begntimeMs(question.begntimeMs())
                .diseCodg(question.diseCodg());
        return signed(msgid, entitlementCheck.encodedLength());
    }

    /**
     * 2101: what 2102 would answer now. Changes nothing.
     *
     * @throws IllegalArgumentException if there are more than {@link Limits#MAX_LINES} lines.
     */
    public synchronized SignedRequest presettle(final String msgid, final Settlement settlement) {
        return settlement(PharmacyPresettleEncoder.TEMPLATE_ID, msgid, settlement);
    }

    /**
     * 2102.
     *
     * @throws IllegalArgumentException if there are more than {@link Limits#MAX_LINES} lines.
     */
    public synchronized SignedRequest settle(final String msgid, final Settlement settlement) {
        return settlement(PharmacySettleEncoder.TEMPLATE_ID, msgid, settlement);
    }

    /** 2103: undo the settlement that the answer to 2102 called {@code setlId}. */
    public synchronized SignedRequest cancel(
            final String msgid, final String insuplcAdmdvs, final String psnNo, final String setlId) {
        pharmacyCancel.wrapAndApplyHeader(buffer, 0, header);
        fill(pharmacyCancel.header(), msgid, insuplcAdmdvs);
        pharmacyCancel.psnNo(psnNo).setlId(setlId);
        return signed(msgid, pharmacyCancel.encodedLength());
    }

    /** 2601: undo what {@code omsgid} did, whether it arrived or not. */
    public synchronized SignedRequest reverse(
            final String msgid,
            final String insuplcAdmdvs,
            final String psnNo,
            final String omsgid,
            final String oinfno) {
        reversal.wrapAndApplyHeader(buffer, 0, header);
        fill(reversal.header(), msgid, insuplcAdmdvs);
        reversal.psnNo(psnNo).omsgid(omsgid).oinfno(oinfno);
        return signed(msgid, reversal.encodedLength());
    }

    /** The answer of record for {@code omsgid}. */
    public synchronized SignedRequest query(final String msgid, final String omsgid) {
        query.wrapAndApplyHeader(buffer, 0, header);
        fill(query.header(), msgid, identity.admdvs());
        query.omsgid(omsgid);
        return signed(msgid, query.encodedLength());
    }

    /** Answers of record of this institution, of any age: 5203. The answer is a page. */
    public synchronized SignedRequest records(final String msgid, final RecordsQuery wanted) {
        settlementQuery.wrapAndApplyHeader(buffer, 0, header);
        fill(settlementQuery.header(), msgid, identity.admdvs());
        settlementQuery
                .by(wanted.by())
                .omsgid(wanted.omsgid())
                .setlId(wanted.setlId())
                .psnNo(wanted.psnNo())
                .begnTimeMs(wanted.begnTimeMs())
                .endTimeMs(wanted.endTimeMs())
                .afterSequence(wanted.afterSequence())
                .pageLimit(wanted.pageLimit());
        return signed(msgid, settlementQuery.encodedLength());
    }

    /** 2101 and 2102 have the same fields in the same places; the schema says so and a test holds it. */
    private SignedRequest settlement(final int templateId, final String msgid, final Settlement settlement) {
        requireLines(settlement);
        pharmacySettle.wrapAndApplyHeader(buffer, 0, header);
        header.templateId(templateId);
        fill(pharmacySettle.header(), msgid, settlement.insuplcAdmdvs());
        pharmacySettle
                .psnNo(settlement.psnNo())
                .mdtrtCertType(settlement.mdtrtCertType())
                .mdtrtCertNo(settlement.mdtrtCertNo())
                .begntimeMs(settlement.begntimeMs())
                .medfeeSumamtFen(settlement.medfeeSumamtFen())
                .invono(settlement.invono())
                .insutype(settlement.insutype())
                .diseCodg(settlement.diseCodg())
                .medType(settlement.medType())
                .acctUsedFlag((short) settlement.useAccount().ordinal());
        final PharmacySettleEncoder.DrugdetailEncoder lines =
                pharmacySettle.drugdetailCount(settlement.lines().size());
        for (final Settlement.Line line : settlement.lines()) {
            lines.next()
                    .feedetlSn(line.feedetlSn())
                    .medListCodg(line.medListCodg())
                    .detItemFeeSumamtFen(line.detItemFeeSumamtFen())
                    .cntE4(line.cntE4())
                    .pricE6(line.pricE6())
                    .rxno(line.rxno());
        }
        return signed(msgid, pharmacySettle.encodedLength());
    }

    private static void requireLines(final Settlement settlement) {
        if (settlement.lines().size() > Limits.MAX_LINES) {
            throw new IllegalArgumentException(
                    settlement.lines().size() + " lines are more than the limit of " + Limits.MAX_LINES);
        }
    }

    /** Where a request is encoded, from 0. Guarded by this signer, like the three methods below. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where the message's own header is encoded. */
    MessageHeaderEncoder header() {
        return header;
    }

    /** Writes what opens each request. */
    void fill(final RequestHeaderEncoder common, final String msgid, final String insuplcAdmdvs) {
        common.domainTag(DomainTag.TERMINAL_REQUEST)
                .sn(identity.sn())
                .gatewayId(gatewayId)
                .msgid(msgid)
                .insuplcAdmdvs(insuplcAdmdvs)
                .sentAtMs(clock.millis())
                .correlationId(++lastCorrelationId);
    }

    /** The encoded request with its signature. */
    SignedRequest signed(final String msgid, final int bodyLength) {
        final int signedLength = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
        final byte[] frame = new byte[signedLength + Sm2Signer.SIGNATURE_LENGTH];
        System.arraycopy(scratch, 0, frame, 0, signedLength);
        signer.sign(frame, 0, signedLength, frame, signedLength);
        return new SignedRequest(msgid, lastCorrelationId, frame);
    }
}
