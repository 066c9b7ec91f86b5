package io.settlegate.loadtest.wire;

import io.settlegate.loadtest.population.Bill;
import io.settlegate.loadtest.population.BillLine;
import io.settlegate.loadtest.population.Institution;
import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.HeartbeatEncoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PersonInfoEncoder;
import io.settlegate.protocol.codec.PharmacyCancelEncoder;
import io.settlegate.protocol.codec.PharmacyPresettleEncoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.QueryByMsgidEncoder;
import io.settlegate.protocol.codec.RequestHeaderEncoder;
import io.settlegate.protocol.codec.ReversalEncoder;
import io.settlegate.protocol.codec.SignInEncoder;
import io.settlegate.protocol.crypto.FastSm2Signer;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the signed frames of one terminal, for one gateway.
 *
 * <pre>
 *   u32 frameLength | message header (8) | body | signature r||s (64)
 *                     `-------- signed --------'
 * </pre>
 *
 * <p>One thread at a time. Each frame is a fresh array.
 */
public final class TerminalRequests {
    static final int MESSAGE_OFFSET = Limits.FRAME_LENGTH_LENGTH;
    static final String IDENTITY_NUMBER = "02";
    private static final String NO_TEXT = "";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Terminal terminal;
    private final String gatewayId;
    private final FastSm2Signer signer;
    private final byte[] frame = new byte[MESSAGE_OFFSET + Limits.MAX_FRAME_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(frame);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PharmacySettleEncoder settle = new PharmacySettleEncoder();
    private final PharmacyPresettleEncoder presettle = new PharmacyPresettleEncoder();
    private final PharmacyCancelEncoder cancel = new PharmacyCancelEncoder();
    private final SignInEncoder signIn = new SignInEncoder();
    private final ReversalEncoder reversal = new ReversalEncoder();
    private final QueryByMsgidEncoder query = new QueryByMsgidEncoder();
    private final PersonInfoEncoder personInfo = new PersonInfoEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();

    private final VisitRequests visits = new VisitRequests(this);
    private final StatementRequests statements = new StatementRequests(this);

    public TerminalRequests(final Terminal terminal, final String gatewayId) {
        this.terminal = terminal;
        this.gatewayId = gatewayId;
        this.signer = new FastSm2Signer(terminal.key(), RANDOM);
    }

    /** 9001 over the gateway's challenge. */
    public byte[] signIn(final String msgid, final byte[] nonce, final Stamp stamp) {
        signIn.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header);
        open(signIn.header(), msgid, terminal.institution().admdvs(), stamp);
        signIn.putNonce(nonce, 0, nonce.length).opterNo("load").mac(NO_TEXT).ip("127.0.0.1");
        return signed(signIn.encodedLength());
    }

    /** 2101: the fields of 2102. */
    public byte[] presettle(final String msgid, final Person person, final Bill bill, final Stamp stamp) {
        presettle.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header);
        open(presettle.header(), msgid, person.insuplcAdmdvs(), stamp);
        final Institution institution = terminal.institution();
        presettle.psnNo(person.psnNo()).mdtrtCertType(IDENTITY_NUMBER).mdtrtCertNo(person.certno());
        presettle
                .begntimeMs(stamp.timeMs())
                .medfeeSumamtFen(bill.sumFen())
                .invono(NO_TEXT)
                .insutype(person.insutype());
        presettle
                .diseCodg(institution.isPharmacy() ? NO_TEXT : "J06.900")
                .medType(institution.medType())
                .acctUsedFlag((short) 1);
        final List<BillLine> lines = bill.lines();
        final PharmacyPresettleEncoder.DrugdetailEncoder details = presettle.drugdetailCount(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            final BillLine line = lines.get(i);
            details.next()
                    .feedetlSn(Integer.toString(i + 1))
                    .medListCodg(line.item().medListCodg());
            details.detItemFeeSumamtFen(line.amountFen())
                    .cntE4(line.cntE4())
                    .pricE6(line.pricE6())
                    .rxno(NO_TEXT);
        }
        return signed(presettle.encodedLength());
    }

    /** 2102. */
    public byte[] settle(final String msgid, final Person person, final Bill bill, final Stamp stamp) {
        settle.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header);
        open(settle.header(), msgid, person.insuplcAdmdvs(), stamp);
        final Institution institution = terminal.institution();
        settle.psnNo(person.psnNo()).mdtrtCertType(IDENTITY_NUMBER).mdtrtCertNo(person.certno());
        settle.begntimeMs(stamp.timeMs())
                .medfeeSumamtFen(bill.sumFen())
                .invono(NO_TEXT)
                .insutype(person.insutype());
        settle.diseCodg(institution.isPharmacy() ? NO_TEXT : "J06.900")
                .medType(institution.medType())
                .acctUsedFlag((short) 1);
        final List<BillLine> lines = bill.lines();
        final PharmacySettleEncoder.DrugdetailEncoder details = settle.drugdetailCount(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            final BillLine line = lines.get(i);
            details.next()
                    .feedetlSn(Integer.toString(i + 1))
                    .medListCodg(line.item().medListCodg());
            details.detItemFeeSumamtFen(line.amountFen())
                    .cntE4(line.cntE4())
                    .pricE6(line.pricE6())
                    .rxno(NO_TEXT);
        }
        return signed(settle.encodedLength());
    }

    /** 2103 of a settlement, by the setl_id of its answer. */
    public byte[] cancel(
            final String msgid,
            final String insuplcAdmdvs,
            final String psnNo,
            final String setlId,
            final Stamp stamp) {
        cancel.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header);
        open(cancel.header(), msgid, insuplcAdmdvs, stamp);
        cancel.psnNo(psnNo).setlId(setlId);
        return signed(cancel.encodedLength());
    }

    /** 2601 of a settlement. */
    public byte[] reverse(final String msgid, final Person person, final String omsgid, final Stamp stamp) {
        reversal.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header);
        open(reversal.header(), msgid, person.insuplcAdmdvs(), stamp);
        reversal.psnNo(person.psnNo()).omsgid(omsgid).oinfno("2102");
        return signed(reversal.encodedLength());
    }

    /** Asks for the answer of record. */
    public byte[] query(final String msgid, final String omsgid, final Stamp stamp) {
        query.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header);
        open(query.header(), msgid, terminal.institution().admdvs(), stamp);
        query.omsgid(omsgid);
        return signed(query.encodedLength());
    }

    /** 1101 by identity number. */
    public byte[] personInfo(final String msgid, final Person person, final Stamp stamp) {
        personInfo.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header);
        open(personInfo.header(), msgid, person.insuplcAdmdvs(), stamp);
        personInfo.mdtrtCertType(IDENTITY_NUMBER).mdtrtCertNo(person.certno()).cardSn(NO_TEXT);
        return signed(personInfo.encodedLength());
    }

    /** Says that the terminal is there; not signed. */
    public byte[] heartbeat(final long timeMs) {
        heartbeat
                .wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header)
                .correlationId(0)
                .timeMs(timeMs);
        final int messageLength = MessageHeaderEncoder.ENCODED_LENGTH + heartbeat.encodedLength();
        buffer.putInt(0, messageLength, ByteOrder.LITTLE_ENDIAN);
        return Arrays.copyOf(frame, MESSAGE_OFFSET + messageLength);
    }

    /** 2201, of a visit that has begun. */
    public byte[] register(final String msgid, final Person person, final Stamp stamp) {
        return visits.register(msgid, person, stamp);
    }

    /** 2203. */
    public byte[] describe(final String msgid, final Person person, final String mdtrtId, final Stamp stamp) {
        return visits.describe(msgid, person, mdtrtId, stamp);
    }

    /** 2204, or 2301 of a stay. */
    public byte[] upload(
            final boolean isStay,
            final String msgid,
            final Person person,
            final String mdtrtId,
            final Bill bill,
            final Stamp stamp) {
        return visits.upload(isStay, msgid, person, mdtrtId, bill, stamp);
    }

    /** 2207, or 2304 of a stay that ended at that time, of the lines that were uploaded. */
    public byte[] settleVisit(
            final boolean isStay,
            final String msgid,
            final Person person,
            final String mdtrtId,
            final LineSplit split,
            final long endtimeMs,
            final Stamp stamp) {
        return visits.settle(isStay, msgid, person, mdtrtId, split, endtimeMs, stamp);
    }

    /** 2401, of a stay that has begun. */
    public byte[] admit(final String msgid, final Person person, final Stamp stamp) {
        return visits.admit(msgid, person, stamp);
    }

    /** 2402. */
    public byte[] discharge(
            final String msgid, final Person person, final String mdtrtId, final long endtimeMs, final Stamp stamp) {
        return visits.discharge(msgid, person, mdtrtId, endtimeMs, stamp);
    }

    /** 3201 of the stamp's day. */
    public byte[] statementTotals(final String msgid, final Person person, final Stamp stamp) {
        return statements.totals(msgid, person.insuplcAdmdvs(), person.insutype(), stamp);
    }

    /** 9101: one piece. */
    public byte[] statementUpload(
            final String msgid, final String fileQuryNo, final List<StatementRow> rows, final Stamp stamp) {
        return statements.upload(msgid, fileQuryNo, rows, stamp);
    }

    /** 3202 of that piece, over the stamp's day. */
    public byte[] statementDetails(
            final String msgid,
            final String fileQuryNo,
            final Person person,
            final List<StatementRow> rows,
            final Stamp stamp) {
        return statements.details(msgid, fileQuryNo, person.insuplcAdmdvs(), rows, stamp);
    }

    /** 9102: the first page of what that found. */
    public byte[] statementDownload(final String msgid, final String fileQuryNo, final Stamp stamp) {
        return statements.download(msgid, fileQuryNo, stamp);
    }

    /** 5203: a person's records of the stamp's day. */
    public byte[] records(final String msgid, final Person person, final Stamp stamp) {
        return statements.records(msgid, person.psnNo(), stamp);
    }

    /** Where a message is encoded, from {@link #MESSAGE_OFFSET} on. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where the terminal stands. */
    String admdvs() {
        return terminal.institution().admdvs();
    }

    void open(final RequestHeaderEncoder requestHeader, final String msgid, final String insuplc, final Stamp stamp) {
        requestHeader
                .domainTag(DomainTag.TERMINAL_REQUEST)
                .sn(terminal.sn())
                .gatewayId(gatewayId)
                .msgid(msgid);
        requestHeader.insuplcAdmdvs(insuplc).sentAtMs(stamp.timeMs()).correlationId(stamp.correlationId());
    }

    byte[] signed(final int bodyLength) {
        final int messageLength = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
        final int frameLength = messageLength + Sm2Signer.SIGNATURE_LENGTH;
        signer.sign(frame, MESSAGE_OFFSET, messageLength, frame, MESSAGE_OFFSET + messageLength);
        buffer.putInt(0, frameLength, ByteOrder.LITTLE_ENDIAN);
        return Arrays.copyOf(frame, MESSAGE_OFFSET + frameLength);
    }
}
