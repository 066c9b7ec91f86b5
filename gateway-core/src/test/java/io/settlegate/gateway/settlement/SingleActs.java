package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderEncoder;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.AllocateEncoder;
import io.settlegate.gateway.settlement.codec.ClosePeriodEncoder;
import io.settlegate.gateway.settlement.codec.EnrolTerminalEncoder;
import io.settlegate.gateway.settlement.codec.FreezePersonEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.gateway.settlement.codec.ReadUnmaskedEncoder;
import io.settlegate.gateway.settlement.codec.RegisterTerminalEncoder;
import io.settlegate.gateway.settlement.codec.TerminalStatusEncoder;
import java.util.Arrays;

/** Operators' single acts on a city's engine, each with an id of its own. */
final class SingleActs {
    private final EngineFixture city;
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private int actNumber;

    /** The id of the next act, and when it was sent; set anew after each. */
    String actId;

    long sentAtMs;
    String gatewayId = "GW1";

    SingleActs(final EngineFixture city) {
        this.city = city;
        next();
    }

    ActReason register(final String sn, final String institution, final byte[] publicKey) {
        clear();
        final RegisterTerminalEncoder act =
                new RegisterTerminalEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(act.header());
        act.sn(sn).fixmedinsCode(institution).model("M2");
        for (int i = 0; i < publicKey.length; i++) {
            act.publicKey(i, (short) (publicKey[i] & 0xFF));
        }
        return apply(act.encodedLength());
    }

    /** What the act says of a certificate is one value in each byte. */
    ActReason enrol(
            final String sn, final String institution, final byte[] publicKey, final int filler, final int revocation) {
        clear();
        final EnrolTerminalEncoder act = new EnrolTerminalEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(act.header());
        final byte[] digest = new byte[EnrolTerminalEncoder.certificateDigestLength()];
        Arrays.fill(digest, (byte) filler);
        act.sn(sn)
                .fixmedinsCode(institution)
                .putPublicKey(publicKey, 0, publicKey.length)
                .model("M2")
                .putCertificateDigest(digest, 0, digest.length)
                .putIssuerDigest(digest, 0, digest.length)
                .putCertificateSerial(digest, 0, EnrolTerminalEncoder.certificateSerialLength())
                .putAuthorityDigest(digest, 0, digest.length)
                .revocation((short) revocation);
        return apply(act.encodedLength());
    }

    ActReason status(final String sn, final int status) {
        clear();
        final TerminalStatusEncoder act =
                new TerminalStatusEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(act.header());
        act.sn(sn).status((short) status);
        return apply(act.encodedLength());
    }

    ActReason freeze(final int person, final int frozen) {
        clear();
        final FreezePersonEncoder act = new FreezePersonEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(act.header());
        act.psnNo(EngineFixture.psnNo(person)).frozen((short) frozen);
        return apply(act.encodedLength());
    }

    ActReason allocate(final String batchId, final int person, final long amountFen) {
        clear();
        final AllocateEncoder act = new AllocateEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(act.header());
        act.batchId(batchId).psnNo(EngineFixture.psnNo(person)).amountFen(amountFen);
        return apply(act.encodedLength());
    }

    /** A reading of everything up to a sequence; what it says of itself is one text. */
    ActReason readUnmasked(
            final ReadCommand command, final long first, final long last, final String scope, final String reason) {
        return readUnmasked(command.value(), first, last, scope, reason);
    }

    ActReason readUnmasked(
            final int command, final long first, final long last, final String scope, final String reason) {
        clear();
        final ReadUnmaskedEncoder act = new ReadUnmaskedEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(act.header());
        city.command.putByte(act.offset() + ReadUnmaskedEncoder.commandEncodingOffset(), (byte) command);
        act.firstSequence(first).lastSequence(last).scope(scope).reason(reason);
        return apply(act.encodedLength());
    }

    /** Closes an office through the day of a time, or opens it again behind it. */
    ActReason closePeriod(final String office, final long throughMs, final int reopen, final String reason) {
        clear();
        final ClosePeriodEncoder act = new ClosePeriodEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(act.header());
        act.clrOptins(office).throughMs(throughMs).reopen((short) reopen).reason(reason);
        return apply(act.encodedLength());
    }

    private void clear() {
        city.command.setMemory(0, 1024, (byte) 0);
    }

    private void header(final ActHeaderEncoder header) {
        header.domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId(gatewayId)
                .actId(actId)
                .sentAtMs(sentAtMs == 0 ? city.nowMs : sentAtMs);
    }

    /** @return why it was refused; null if it was done. */
    private ActReason apply(final int encodedLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength + 64;
        city.apply(length);
        next();
        return city.template() != ActRefusedDecoder.TEMPLATE_ID
                ? null
                : new ActRefusedDecoder()
                        .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                        .reason();
    }

    private void next() {
        actNumber++;
        actId = "ACT-" + actNumber;
        sentAtMs = 0;
    }
}
