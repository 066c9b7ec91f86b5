package io.settlegate.gateway.pipeline;

import io.settlegate.gateway.SmallCity;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PersonInfoEncoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.QueryByMsgidEncoder;
import io.settlegate.protocol.codec.RequestHeaderEncoder;
import io.settlegate.protocol.codec.ReversalEncoder;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Requests as they stand behind the verify stage, so their signatures are blank: making thousands of them must be cheap. */
final class UnsignedRequests {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));
    private static final int NUMBERS_PER_SECOND = 10_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 * 1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long correlationId;

    /** A request; {@code psnNo} is empty where it names no person by number. */
    record Unsigned(String sn, String msgid, int templateId, long correlationId, String psnNo, byte[] frame) {}

    /** A msgid that was not given before. */
    String nextMsgid(final TerminalIdentity terminal, final long nowMs) {
        final long number = correlationId + 1;
        return terminal.fixmedinsCode()
                + SECOND.format(Instant.ofEpochMilli(nowMs))
                + String.format("%04d", number % NUMBERS_PER_SECOND);
    }

    Unsigned settle(final TerminalIdentity terminal, final Random random, final long nowMs) {
        final String msgid = nextMsgid(terminal, nowMs);
        final Settlement settlement = SmallCity.settlement(random, terminal, nowMs);
        final PharmacySettleEncoder encoder = new PharmacySettleEncoder().wrapAndApplyHeader(blank(), 0, header);
        fill(encoder.header(), terminal, msgid, nowMs);
        encoder.psnNo(settlement.psnNo())
                .mdtrtCertType(settlement.mdtrtCertType())
                .mdtrtCertNo(settlement.mdtrtCertNo())
                .begntimeMs(settlement.begntimeMs())
                .medfeeSumamtFen(settlement.medfeeSumamtFen())
                .invono("")
                .insutype(settlement.insutype())
                .diseCodg("")
                .medType(settlement.medType())
                .acctUsedFlag((short) settlement.useAccount().ordinal());
        final var lines = encoder.drugdetailCount(settlement.lines().size());
        for (final Settlement.Line line : settlement.lines()) {
            lines.next()
                    .feedetlSn(line.feedetlSn())
                    .medListCodg(line.medListCodg())
                    .detItemFeeSumamtFen(line.detItemFeeSumamtFen())
                    .cntE4(line.cntE4())
                    .pricE6(line.pricE6())
                    .rxno("");
        }
        return request(terminal, msgid, PharmacySettleEncoder.TEMPLATE_ID, settlement.psnNo(), encoder.encodedLength());
    }

    Unsigned reverse(final TerminalIdentity terminal, final String psnNo, final String omsgid, final long nowMs) {
        final String msgid = nextMsgid(terminal, nowMs);
        final ReversalEncoder encoder = new ReversalEncoder().wrapAndApplyHeader(blank(), 0, header);
        fill(encoder.header(), terminal, msgid, nowMs);
        encoder.psnNo(psnNo).omsgid(omsgid).oinfno("2102");
        return request(terminal, msgid, ReversalEncoder.TEMPLATE_ID, "", encoder.encodedLength());
    }

    Unsigned query(final TerminalIdentity terminal, final String omsgid, final long nowMs) {
        final String msgid = nextMsgid(terminal, nowMs);
        final QueryByMsgidEncoder encoder = new QueryByMsgidEncoder().wrapAndApplyHeader(blank(), 0, header);
        fill(encoder.header(), terminal, msgid, nowMs);
        encoder.omsgid(omsgid);
        return request(terminal, msgid, QueryByMsgidEncoder.TEMPLATE_ID, "", encoder.encodedLength());
    }

    Unsigned personInfo(final TerminalIdentity terminal, final int person, final long nowMs) {
        final String msgid = nextMsgid(terminal, nowMs);
        final PersonInfoEncoder encoder = new PersonInfoEncoder().wrapAndApplyHeader(blank(), 0, header);
        fill(encoder.header(), terminal, msgid, nowMs);
        encoder.mdtrtCertType("02").mdtrtCertNo(SmallCity.certno(person));
        return request(terminal, msgid, PersonInfoEncoder.TEMPLATE_ID, "", encoder.encodedLength());
    }

    private UnsafeBuffer blank() {
        buffer.setMemory(0, 4096, (byte) 0);
        return buffer;
    }

    private void fill(
            final RequestHeaderEncoder common, final TerminalIdentity terminal, final String msgid, final long nowMs) {
        common.domainTag(DomainTag.TERMINAL_REQUEST)
                .sn(terminal.sn())
                .gatewayId(SmallCity.GATEWAY_ID)
                .msgid(msgid)
                .insuplcAdmdvs(SmallCity.COUNTY)
                .sentAtMs(nowMs)
                .correlationId(++correlationId);
    }

    private Unsigned request(
            final TerminalIdentity terminal,
            final String msgid,
            final int templateId,
            final String psnNo,
            final int bodyLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength + Sm2Signer.SIGNATURE_LENGTH;
        return new Unsigned(
                terminal.sn(), msgid, templateId, correlationId, psnNo, Arrays.copyOf(buffer.byteArray(), length));
    }
}
