package io.settlegate.loadtest.wire;

import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The parts of an outcome that the checker adds up. A settlement's amounts are what was paid; a cancel's and a reversal's are
 * negative, and zero unless this one undid the settlement; those of a cancel's reversal are positive again.
 *
 * @param kind what the outcome is of.
 */
public record Outcome(
        Kind kind, int code, String msgid, long sequence, long fundPaySumamtFen, long acctPayFen, long psnCashPayFen) {
    private static final String CANCEL_INFNO = "2103";

    /** What moved money, and what did not. */
    public enum Kind {
        /** A settlement that was made. */
        SETTLED,
        /** A reversal that undid a settlement. */
        REVERSED,
        /** A cancel (2103). */
        CANCELLED,
        /** A reversal that undid a cancel: the settlement stands again, and the amounts are positive. */
        CANCEL_REVERSED,
        /** Anything else: a refusal, a read, a sign-in, a reversal without effect. */
        OTHER
    }

    /** Reads an outcome, message header included. */
    public static Outcome read(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        final OutcomeHeaderDecoder opening =
                new OutcomeHeaderDecoder().wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH);
        if (opening.code() == 0 && header.templateId() == PharmacySettleOutcomeDecoder.TEMPLATE_ID) {
            final PharmacySettleOutcomeDecoder settled =
                    new PharmacySettleOutcomeDecoder().wrapAndApplyHeader(buffer, 0, header);
            return new Outcome(
                    Kind.SETTLED,
                    0,
                    opening.msgid(),
                    opening.sequence(),
                    settled.fundPaySumamtFen(),
                    settled.acctPayFen(),
                    settled.psnCashPayFen());
        }
        if (opening.code() == 0 && header.templateId() == ReversalOutcomeDecoder.TEMPLATE_ID) {
            final ReversalOutcomeDecoder reversal = new ReversalOutcomeDecoder().wrapAndApplyHeader(buffer, 0, header);
            if (reversal.effect() == ReversalEffect.REVERSED) {
                return new Outcome(
                        CANCEL_INFNO.equals(reversal.oinfno()) ? Kind.CANCEL_REVERSED : Kind.REVERSED,
                        0,
                        opening.msgid(),
                        opening.sequence(),
                        reversal.fundPaySumamtFen(),
                        reversal.acctPayFen(),
                        reversal.psnCashPayFen());
            }
        }
        if (opening.code() == 0 && header.templateId() == PharmacyCancelOutcomeDecoder.TEMPLATE_ID) {
            final PharmacyCancelOutcomeDecoder cancelled =
                    new PharmacyCancelOutcomeDecoder().wrapAndApplyHeader(buffer, 0, header);
            return new Outcome(
                    Kind.CANCELLED,
                    0,
                    opening.msgid(),
                    opening.sequence(),
                    cancelled.fundPaySumamtFen(),
                    cancelled.acctPayFen(),
                    cancelled.psnCashPayFen());
        }
        return new Outcome(Kind.OTHER, opening.code(), opening.msgid(), opening.sequence(), 0, 0, 0);
    }

    /** What a successful sign-in grants; null if the outcome is none. */
    public static SignInGrant readGrant(final byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        if (header.templateId() != SignInOutcomeDecoder.TEMPLATE_ID) {
            return null;
        }
        final SignInOutcomeDecoder signIn = new SignInOutcomeDecoder().wrapAndApplyHeader(buffer, 0, header);
        if (signIn.header().code() != 0) {
            return null;
        }
        return new SignInGrant(signIn.windowCount(), signIn.laneFirst(), signIn.laneCount(), signIn.durability());
    }
}
