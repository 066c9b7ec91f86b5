package io.settlegate.gateway.clearing;

import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.codec.InpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.time.LocalDate;

/**
 * What a record says of money. The settlement outcomes of the three transactions have the same fields in the same places, and so
 * have the cancels.
 *
 * <p>One thread. Belongs to the record until the next {@link #wrap}.
 */
final class RowDecoder {
    private static final int SEQUENCE_START = 14;
    private static final int INSTITUTION_LENGTH = 12;
    private static final long DAY_MS = 86_400_000L;
    private static final long ZONE_MS = 8 * 3_600_000L;

    private final MessageHeaderDecoder type = new MessageHeaderDecoder();
    private final RequestHeaderDecoder request = new RequestHeaderDecoder();
    private final PharmacySettleOutcomeDecoder settlement = new PharmacySettleOutcomeDecoder();
    private final PharmacyCancelOutcomeDecoder cancel = new PharmacyCancelOutcomeDecoder();
    private final ReversalOutcomeDecoder reversal = new ReversalOutcomeDecoder();
    private RecordView record;
    private What what = What.NOTHING;

    /** What a record did. */
    enum What {
        NOTHING,
        SETTLED,
        CANCELLED,
        /** A reversal that undid something: a settlement, a cancel, or what moved no money. */
        REVERSED
    }

    What wrap(final RecordView next) {
        record = next;
        what = What.NOTHING;
        if (next.kind() != RecordKind.COMMAND || next.outcomeLength() < MessageHeaderDecoder.ENCODED_LENGTH) {
            return what;
        }
        type.wrap(next.buffer(), next.outcomeOffset());
        if (type.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return what;
        }
        final int body = next.outcomeOffset() + MessageHeaderDecoder.ENCODED_LENGTH;
        switch (type.templateId()) {
            case PharmacySettleOutcomeDecoder.TEMPLATE_ID,
                    OutpatientSettleOutcomeDecoder.TEMPLATE_ID,
                    InpatientSettleOutcomeDecoder.TEMPLATE_ID -> {
                settlement.wrap(next.buffer(), body, type.blockLength(), type.version());
                what = What.SETTLED;
            }
            case PharmacyCancelOutcomeDecoder.TEMPLATE_ID,
                    OutpatientCancelOutcomeDecoder.TEMPLATE_ID,
                    InpatientCancelOutcomeDecoder.TEMPLATE_ID -> {
                cancel.wrap(next.buffer(), body, type.blockLength(), type.version());
                what = What.CANCELLED;
            }
            case ReversalOutcomeDecoder.TEMPLATE_ID -> {
                reversal.wrap(next.buffer(), body, type.blockLength(), type.version());
                what = reversal.effect() == ReversalEffect.REVERSED ? What.REVERSED : What.NOTHING;
            }
            default -> what = What.NOTHING;
        }
        return what;
    }

    /** The record that a cancel or a reversal undid. */
    long originalSequence() {
        return what == What.CANCELLED
                ? Long.parseLong(cancel.originalSetlId().substring(SEQUENCE_START))
                : reversal.originalSequence();
    }

    /** Who, where, and when. */
    void putPlace(final MoneyRow row) {
        request.wrap(record.buffer(), record.commandOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
        row.sequence = record.sequence();
        row.day = LocalDate.ofEpochDay(Math.floorDiv(record.timeMs() + ZONE_MS, DAY_MS));
        row.institution = request.msgid().substring(0, INSTITUTION_LENGTH);
        row.office = request.insuplcAdmdvs();
    }

    void putSettlement(final MoneyRow row) {
        row.insutype = settlement.insutype();
        row.clrType = settlement.clrType();
        put(row, Amount.MEDFEE, settlement.medfeeSumamtFen());
        put(row, Amount.FULAMT_OWNPAY, settlement.fulamtOwnpayAmtFen());
        put(row, Amount.OVERLMT_SELFPAY, settlement.overlmtSelfpayFen());
        put(row, Amount.PRESELFPAY, settlement.preselfpayAmtFen());
        put(row, Amount.INSCP_SCP, settlement.inscpScpAmtFen());
        put(row, Amount.ACT_PAY_DEDC, settlement.actPayDedcFen());
        put(row, Amount.HIFP, settlement.hifpPayFen());
        put(row, Amount.CVLSERV, settlement.cvlservPayFen());
        put(row, Amount.HIFES, settlement.hifesPayFen());
        put(row, Amount.HIFMI, settlement.hifmiPayFen());
        put(row, Amount.HIFOB, settlement.hifobPayFen());
        put(row, Amount.MAF, settlement.mafPayFen());
        put(row, Amount.OTH, settlement.othPayFen());
        put(row, Amount.FUND_SUM, settlement.fundPaySumamtFen());
        put(row, Amount.HOSP_PART, settlement.hospPartAmtFen());
        put(row, Amount.PSN_PART, settlement.psnPartAmtFen());
        put(row, Amount.ACCT, settlement.acctPayFen());
        put(row, Amount.ACCT_MULAID, settlement.acctMulaidPayFen());
        put(row, Amount.CASH, settlement.psnCashPayFen());
    }

    /** Amounts as the cancel says them: negative. Insurance and clearing type are its settlement's. */
    void putCancel(final MoneyRow row) {
        put(row, Amount.MEDFEE, cancel.medfeeSumamtFen());
        put(row, Amount.FULAMT_OWNPAY, cancel.fulamtOwnpayAmtFen());
        put(row, Amount.OVERLMT_SELFPAY, cancel.overlmtSelfpayFen());
        put(row, Amount.PRESELFPAY, cancel.preselfpayAmtFen());
        put(row, Amount.INSCP_SCP, cancel.inscpScpAmtFen());
        put(row, Amount.ACT_PAY_DEDC, cancel.actPayDedcFen());
        put(row, Amount.HIFP, cancel.hifpPayFen());
        put(row, Amount.CVLSERV, cancel.cvlservPayFen());
        put(row, Amount.HIFES, cancel.hifesPayFen());
        put(row, Amount.HIFMI, cancel.hifmiPayFen());
        put(row, Amount.HIFOB, cancel.hifobPayFen());
        put(row, Amount.MAF, cancel.mafPayFen());
        put(row, Amount.OTH, cancel.othPayFen());
        put(row, Amount.FUND_SUM, cancel.fundPaySumamtFen());
        put(row, Amount.HOSP_PART, cancel.hospPartAmtFen());
        put(row, Amount.PSN_PART, cancel.psnPartAmtFen());
        put(row, Amount.ACCT, cancel.acctPayFen());
        put(row, Amount.ACCT_MULAID, cancel.acctMulaidPayFen());
        put(row, Amount.CASH, cancel.psnCashPayFen());
    }

    /** Whether the sums that the reversal's record says are those of its row. */
    boolean agreesWithReversal(final MoneyRow row) {
        return row.fen(Amount.FUND_SUM) == reversal.fundPaySumamtFen()
                && row.fen(Amount.ACCT) == reversal.acctPayFen()
                && row.fen(Amount.CASH) == reversal.psnCashPayFen();
    }

    private static void put(final MoneyRow row, final Amount amount, final long amountFen) {
        row.fen[amount.ordinal()] = amountFen;
    }
}
