package io.settlegate.gateway.operations;

import io.settlegate.gateway.certificates.TerminalCertificate;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.settlement.codec.AcceptClockEncoder;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderEncoder;
import io.settlegate.gateway.settlement.codec.AllocateEncoder;
import io.settlegate.gateway.settlement.codec.ClosePeriodEncoder;
import io.settlegate.gateway.settlement.codec.EnrolTerminalEncoder;
import io.settlegate.gateway.settlement.codec.FreezePersonEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.settlement.codec.ReadUnmaskedEncoder;
import io.settlegate.gateway.settlement.codec.RegisterTerminalEncoder;
import io.settlegate.gateway.settlement.codec.TerminalStatusEncoder;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes and signs the single acts. What breaks a field's form is refused here, with an IllegalArgumentException that says which
 * rule and never repeats a person's number; whether an act fits the state is the engine's to say.
 *
 * <p>One thread.
 */
public final class OperatorActs {
    private static final ZoneOffset BUSINESS_ZONE = ZoneOffset.ofHours(8);
    private static final int SN_LENGTH = 32;
    private static final int MODEL_LENGTH = 40;
    private static final int NUMBER_LENGTH = 30;
    private static final int MAX_ACT_LENGTH = 1024;
    private static final int ACT_ID_RANDOM_LENGTH = 6;

    private final Sm2Signer signer;
    private final String gatewayId;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final byte[] bytes = new byte[MAX_ACT_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();

    /** @param gatewayId the audience: no other gateway takes the acts. */
    public OperatorActs(final Sm2Signer signer, final String gatewayId, final Clock clock) {
        this.signer = signer;
        this.gatewayId = gatewayId;
        this.clock = clock;
    }

    /** A new terminal, or a new key for one that is registered. */
    public SignedAct register(
            final String sn, final String fixmedinsCode, final Sm2PublicKey publicKey, final String model) {
        require("serial number", Columns.code(sn, SN_LENGTH));
        require("institution", Columns.institution(fixmedinsCode));
        require("model", Columns.code(model, MODEL_LENGTH));
        clear();
        final RegisterTerminalEncoder act = new RegisterTerminalEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        final String actId = header(act.header());
        act.sn(sn)
                .fixmedinsCode(fixmedinsCode)
                .putPublicKey(publicKey.encoded(), 0, Sm2PublicKey.ENCODED_LENGTH)
                .model(model);
        return sign(actId, "terminal " + sn + " of " + fixmedinsCode + " registered", act.encodedLength());
    }

    /** As {@link #register}, with the key of a certificate that was checked; what proves later which one goes into the act. */
    public SignedAct enrol(
            final String sn, final String fixmedinsCode, final TerminalCertificate certificate, final String model) {
        require("serial number", Columns.code(sn, SN_LENGTH));
        require("institution", Columns.institution(fixmedinsCode));
        require("model", Columns.code(model, MODEL_LENGTH));
        clear();
        final EnrolTerminalEncoder act = new EnrolTerminalEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        final String actId = header(act.header());
        act.sn(sn)
                .fixmedinsCode(fixmedinsCode)
                .putPublicKey(certificate.publicKey().encoded(), 0, Sm2PublicKey.ENCODED_LENGTH)
                .model(model)
                .putCertificateDigest(certificate.digest(), 0, Sm3.LENGTH)
                .putIssuerDigest(certificate.issuerDigest(), 0, Sm3.LENGTH)
                .putCertificateSerial(certificate.serial(), 0, TerminalCertificate.SERIAL_LENGTH)
                .putAuthorityDigest(certificate.authorityDigest(), 0, Sm3.LENGTH)
                .revocation((short) certificate.revocation().wireValue());
        return sign(
                actId, "terminal " + sn + " of " + fixmedinsCode + " enrolled by " + certificate, act.encodedLength());
    }

    /** Suspends, reactivates, or revokes a terminal. */
    public SignedAct terminal(final String sn, final TerminalState state) {
        require("serial number", Columns.code(sn, SN_LENGTH));
        clear();
        final TerminalStatusEncoder act = new TerminalStatusEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        final String actId = header(act.header());
        act.sn(sn).status((short) state.wireValue());
        return sign(actId, "terminal " + sn + " " + state.word(), act.encodedLength());
    }

    /** Freezes or releases a person. */
    public SignedAct person(final String psnNo, final PersonState state) {
        require("person's number", Columns.code(psnNo, NUMBER_LENGTH));
        clear();
        final FreezePersonEncoder act = new FreezePersonEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        final String actId = header(act.header());
        act.psnNo(psnNo).frozen((short) state.wireValue());
        return sign(actId, "person " + Masking.number(psnNo) + " " + state.word(), act.encodedLength());
    }

    /** Credits one personal account, once for each batch id. */
    public SignedAct allocate(final String batchId, final String psnNo, final long amountFen) {
        require("batch id", Columns.code(batchId, NUMBER_LENGTH));
        require("person's number", Columns.code(psnNo, NUMBER_LENGTH));
        require(
                "amount",
                amountFen > 0 && amountFen <= Limits.MAX_AMOUNT_FEN
                        ? null
                        : "must be between 0.01 and " + BigDecimal.valueOf(Limits.MAX_AMOUNT_FEN, 2) + " yuan");
        clear();
        final AllocateEncoder act = new AllocateEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        final String actId = header(act.header());
        act.batchId(batchId).psnNo(psnNo).amountFen(amountFen);
        return sign(
                actId,
                BigDecimal.valueOf(amountFen, 2) + " yuan allocated to person " + Masking.number(psnNo) + " in batch "
                        + batchId,
                act.encodedLength());
    }

    /** Moves the engine's time over a jump. */
    public SignedAct acceptClock(final long acceptedMs) {
        clear();
        final AcceptClockEncoder act = new AcceptClockEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        final String actId = header(act.header());
        act.acceptedMs(acceptedMs);
        return sign(
                actId,
                "engine time moved to " + Instant.ofEpochMilli(acceptedMs).atOffset(BUSINESS_ZONE),
                act.encodedLength());
    }

    /**
     * Closes the clearing of an office, or opens it again.
     *
     * @param through the last business day that is closed then.
     */
    public SignedAct period(
            final String office, final LocalDate through, final PeriodChange change, final String reason) {
        require("office", office.matches("[0-9]{6}") ? null : "must be six digits");
        require("reason", ReadScope.textFault(reason));
        clear();
        final ClosePeriodEncoder act = new ClosePeriodEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        final String actId = header(act.header());
        act.clrOptins(office)
                .throughMs(through.atStartOfDay().toInstant(BUSINESS_ZONE).toEpochMilli())
                .reopen((short) change.wireValue())
                .reason(reason);
        final String effect = change == PeriodChange.CLOSE
                ? "office " + office + " closed through " + through
                : "office " + office + " open again behind " + through;
        return sign(actId, effect, act.encodedLength());
    }

    /** Records that somebody is about to read records unmasked, what, and why. */
    public SignedAct readUnmasked(final ReadScope scope, final String reason) {
        require("reason", ReadScope.textFault(reason));
        clear();
        final ReadUnmaskedEncoder act = new ReadUnmaskedEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        final String actId = header(act.header());
        act.command(scope.command())
                .firstSequence(scope.firstSequence())
                .lastSequence(scope.lastSequence())
                .putScopeDigest(scope.digest(actId), 0, Sm3.LENGTH)
                .scope(scope.shown())
                .reason(reason);
        return sign(actId, "reading unmasked is on record", act.encodedLength());
    }

    /** An amount in yuan with exactly two decimals. @throws IllegalArgumentException if it is written otherwise. */
    public static long parseAmountFen(final String yuan) {
        final int point = yuan.length() - 3;
        final long amountFen = point > 0 && yuan.charAt(point) == '.'
                ? Columns.decimal(yuan, RowCheck.AMOUNT_PLACES, Limits.MAX_AMOUNT_FEN)
                : -1;
        require("amount", amountFen > 0 ? null : "must be positive yuan with two decimals, as 120.00");
        return amountFen;
    }

    private static void require(final String field, final String fault) {
        if (fault != null) {
            throw new IllegalArgumentException("the " + field + " " + fault);
        }
    }

    /** The encoder leaves what it pads as it was. */
    private void clear() {
        Arrays.fill(bytes, (byte) 0);
    }

    private String header(final ActHeaderEncoder header) {
        final long nowMs = clock.millis();
        final byte[] unique = new byte[ACT_ID_RANDOM_LENGTH];
        random.nextBytes(unique);
        final String actId = "A" + Long.toString(nowMs, Character.MAX_RADIX) + '-'
                + HexFormat.of().formatHex(unique);
        header.domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId(gatewayId)
                .actId(actId)
                .sentAtMs(nowMs);
        return actId;
    }

    private SignedAct sign(final String actId, final String effect, final int bodyLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
        signer.sign(bytes, 0, length, bytes, length);
        return new SignedAct(actId, effect, Arrays.copyOf(bytes, length + Sm2Signer.SIGNATURE_LENGTH));
    }
}
