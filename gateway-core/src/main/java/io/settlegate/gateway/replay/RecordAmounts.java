package io.settlegate.gateway.replay;

import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.settlement.ReversedKind;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.UndoneSettlement;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.InpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What one record adds to the sums, as its recorded outcome says. What a reversal's outcome does not say (the bill, the hospital's part,
 * which funds), and the insurance of a cancel, come from the settlement as the engine keeps it.
 *
 * <p>One thread; allocates nothing. Asked after the engine has applied the record.
 */
final class RecordAmounts {
    /** Of the record read last. */
    final Tally tally = new Tally();
    /** What each fund and the family's accounts paid, as {@link FundTally} counts; not negative. */
    final long[] paidFen = new long[FundTally.COUNT];
    /** 1 if the record settles or makes a settlement stand again, -1 if it undoes one, 0 if it does neither. */
    int sign;

    /** Of the settlement; 0 if it could not be found out. */
    int insutype;

    /** What of fund_pay_sumamt is no fund's: the account, where a region counts it in. */
    long beyondFundsFen;

    private final MessageHeaderDecoder type = new MessageHeaderDecoder();
    private final OutcomeHeaderDecoder header = new OutcomeHeaderDecoder();
    private final PharmacySettleOutcomeDecoder settlement = new PharmacySettleOutcomeDecoder();
    private final PharmacyCancelOutcomeDecoder cancel = new PharmacyCancelOutcomeDecoder();
    private final ReversalOutcomeDecoder reversal = new ReversalOutcomeDecoder();
    private UndoneSettlement undone;

    void begin(final SettlementEngine engine) {
        undone = new UndoneSettlement(engine);
    }

    void read(final RecordView record) {
        tally.clear();
        tally.recordCount = 1;
        sign = 0;
        if (record.outcomeLength() < MessageHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        type.wrap(record.buffer(), record.outcomeOffset());
        if (type.schemaId() == MessageHeaderDecoder.SCHEMA_ID) {
            readOutcome(record.buffer(), record.outcomeOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
        } else {
            tally.refusalCount = type.templateId() == ActRefusedDecoder.TEMPLATE_ID ? 1 : 0;
        }
    }

    private void readOutcome(final DirectBuffer buffer, final int body) {
        switch (type.templateId()) {
            case PharmacySettleOutcomeDecoder.TEMPLATE_ID,
                    OutpatientSettleOutcomeDecoder.TEMPLATE_ID,
                    InpatientSettleOutcomeDecoder.TEMPLATE_ID -> readSettlement(buffer, body);
            case PharmacyCancelOutcomeDecoder.TEMPLATE_ID,
                    OutpatientCancelOutcomeDecoder.TEMPLATE_ID,
                    InpatientCancelOutcomeDecoder.TEMPLATE_ID -> readCancel(buffer, body);
            case ReversalOutcomeDecoder.TEMPLATE_ID -> readReversal(buffer, body);
            case RepeatOutcomeDecoder.TEMPLATE_ID -> tally.repeatCount = 1;
            default -> {
                header.wrap(buffer, body);
                tally.refusalCount = header.code() == ResultCode.OK.code() ? 0 : 1;
            }
        }
    }

    private void readSettlement(final DirectBuffer buffer, final int body) {
        settlement.wrap(buffer, body, type.blockLength(), type.version());
        sign = 1;
        insutype = number(buffer, body + PharmacySettleOutcomeDecoder.insutypeEncodingOffset());
        tally.medfeeSumamtFen = settlement.medfeeSumamtFen();
        tally.fundPaySumamtFen = settlement.fundPaySumamtFen();
        tally.hospPartAmtFen = settlement.hospPartAmtFen();
        tally.acctPayFen = settlement.acctPayFen();
        tally.acctMulaidPayFen = settlement.acctMulaidPayFen();
        tally.psnCashPayFen = settlement.psnCashPayFen();
        put(
                settlement.hifpPayFen(),
                settlement.cvlservPayFen(),
                settlement.hifesPayFen(),
                settlement.hifmiPayFen(),
                settlement.hifobPayFen(),
                settlement.mafPayFen(),
                settlement.othPayFen(),
                tally.acctMulaidPayFen);
    }

    private void readCancel(final DirectBuffer buffer, final int body) {
        cancel.wrap(buffer, body, type.blockLength(), type.version());
        sign = -1;
        final boolean isFound =
                undone.findBySetlId(buffer, body + PharmacyCancelOutcomeDecoder.originalSetlIdEncodingOffset());
        insutype = isFound ? undone.insutype() : 0;
        tally.medfeeSumamtFen = cancel.medfeeSumamtFen();
        tally.fundPaySumamtFen = cancel.fundPaySumamtFen();
        tally.hospPartAmtFen = cancel.hospPartAmtFen();
        tally.acctPayFen = cancel.acctPayFen();
        tally.acctMulaidPayFen = cancel.acctMulaidPayFen();
        tally.psnCashPayFen = cancel.psnCashPayFen();
        put(
                -cancel.hifpPayFen(),
                -cancel.cvlservPayFen(),
                -cancel.hifesPayFen(),
                -cancel.hifmiPayFen(),
                -cancel.hifobPayFen(),
                -cancel.mafPayFen(),
                -cancel.othPayFen(),
                -tally.acctMulaidPayFen);
    }

    /** Where the engine has no such settlement the record's three sums count, and no fund; the sums then do not agree. */
    private void readReversal(final DirectBuffer buffer, final int body) {
        reversal.wrap(buffer, body, type.blockLength(), type.version());
        final ReversedKind kind = ReversedKind.of(buffer, body + ReversalOutcomeDecoder.oinfnoEncodingOffset());
        if (reversal.effect() != ReversalEffect.REVERSED || kind == null || kind == ReversedKind.ADMISSION) {
            return;
        }
        sign = kind == ReversedKind.CANCEL ? 1 : -1;
        insutype = 0;
        tally.fundPaySumamtFen = reversal.fundPaySumamtFen();
        tally.acctPayFen = reversal.acctPayFen();
        tally.psnCashPayFen = reversal.psnCashPayFen();
        final int omsgid = body + ReversalOutcomeDecoder.omsgidEncodingOffset();
        if (!(kind == ReversedKind.CANCEL ? undone.findByCancel(buffer, omsgid) : undone.findByMsgid(buffer, omsgid))) {
            Arrays.fill(paidFen, 0);
            beyondFundsFen = 0;
            return;
        }
        final Shares shares = undone.shares();
        insutype = undone.insutype();
        tally.medfeeSumamtFen = sign * shares.medfeeSumamtFen;
        tally.hospPartAmtFen = sign * shares.hospPartFen;
        tally.acctMulaidPayFen = sign * shares.acctMulaidPayFen;
        put(
                shares.hifpPayFen,
                shares.cvlservPayFen,
                shares.hifesPayFen,
                shares.hifmiPayFen,
                shares.hifobPayFen,
                shares.mafPayFen,
                shares.othPayFen,
                shares.acctMulaidPayFen);
    }

    private void put(
            final long hifpFen,
            final long cvlservFen,
            final long hifesFen,
            final long hifmiFen,
            final long hifobFen,
            final long mafFen,
            final long othFen,
            final long mulaidFen) {
        paidFen[0] = hifpFen;
        paidFen[1] = cvlservFen;
        paidFen[2] = hifesFen;
        paidFen[3] = hifmiFen;
        paidFen[4] = hifobFen;
        paidFen[5] = mafFen;
        paidFen[6] = othFen;
        paidFen[FundTally.MULAID] = mulaidFen;
        final long fundsFen = hifpFen + cvlservFen + hifesFen + hifmiFen + hifobFen + mafFen + othFen;
        final long restFen = tally.fundPaySumamtFen - sign * fundsFen;
        // What is neither nothing nor the account is no rule of any region: the funds then do not add up to their sum.
        beyondFundsFen = restFen == tally.acctPayFen ? restFen : 0;
    }

    /** Digits padded with zero bytes; 0 where there are none. */
    private static int number(final DirectBuffer buffer, final int offset) {
        int value = 0;
        for (int i = 0; i < PharmacySettleOutcomeDecoder.insutypeEncodingLength(); i++) {
            final int digit = buffer.getByte(offset + i) - '0';
            if (digit < 0 || digit > 9) {
                return value;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
