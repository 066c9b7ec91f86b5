package io.settlegate.gateway.recovery;

import io.settlegate.gateway.settlement.ReversedKind;
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

/**
 * Sums over the outcomes of a journal, independent of the engine: what an auditor would add up from the records alone.
 *
 * <p>One thread. Amounts are net of reversals and cancels, in fen, unless their name says gross.
 */
public final class JournalTotals {
    private final MessageHeaderDecoder type = new MessageHeaderDecoder();
    private final OutcomeHeaderDecoder header = new OutcomeHeaderDecoder();
    private final PharmacySettleOutcomeDecoder settlement = new PharmacySettleOutcomeDecoder();
    private final ReversalOutcomeDecoder reversal = new ReversalOutcomeDecoder();
    private final PharmacyCancelOutcomeDecoder cancel = new PharmacyCancelOutcomeDecoder();
    private long settlementCount;
    private long reversalCount;
    private long reversedCancelCount;
    private long reversedAdmissionCount;
    private long cancelCount;
    private long repeatCount;
    private long refusalCount;
    private long medfeeSumamtGrossFen;
    private long fundPaySumamtFen;
    private long acctPayFen;
    private long psnCashPayFen;

    /** Adds a COMMAND record. */
    public void add(final RecordView record) {
        type.wrap(record.buffer(), record.outcomeOffset());
        if (type.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return;
        }
        switch (type.templateId()) {
            case PharmacySettleOutcomeDecoder.TEMPLATE_ID,
                    OutpatientSettleOutcomeDecoder.TEMPLATE_ID,
                    InpatientSettleOutcomeDecoder.TEMPLATE_ID -> {
                // The three have one layout.
                final int body = record.outcomeOffset() + MessageHeaderDecoder.ENCODED_LENGTH;
                settlement.wrap(record.buffer(), body, type.blockLength(), type.version());
                settlementCount++;
                medfeeSumamtGrossFen = Math.addExact(medfeeSumamtGrossFen, settlement.medfeeSumamtFen());
                addPaid(settlement.fundPaySumamtFen(), settlement.acctPayFen(), settlement.psnCashPayFen());
            }
            case ReversalOutcomeDecoder.TEMPLATE_ID -> {
                reversal.wrapAndApplyHeader(record.buffer(), record.outcomeOffset(), type);
                if (reversal.effect() == ReversalEffect.REVERSED) {
                    count(ReversedKind.of(
                            record.buffer(), reversal.offset() + ReversalOutcomeDecoder.oinfnoEncodingOffset()));
                    addPaid(reversal.fundPaySumamtFen(), reversal.acctPayFen(), reversal.psnCashPayFen());
                }
            }
            case PharmacyCancelOutcomeDecoder.TEMPLATE_ID,
                    OutpatientCancelOutcomeDecoder.TEMPLATE_ID,
                    InpatientCancelOutcomeDecoder.TEMPLATE_ID -> {
                final int body = record.outcomeOffset() + MessageHeaderDecoder.ENCODED_LENGTH;
                cancel.wrap(record.buffer(), body, type.blockLength(), type.version());
                cancelCount++;
                addPaid(cancel.fundPaySumamtFen(), cancel.acctPayFen(), cancel.psnCashPayFen());
            }
            case RepeatOutcomeDecoder.TEMPLATE_ID -> repeatCount++;
            default -> {
                header.wrap(record.buffer(), record.outcomeOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
                refusalCount += header.code() == ResultCode.OK.code() ? 0 : 1;
            }
        }
    }

    private void count(final ReversedKind reversed) {
        if (reversed == ReversedKind.CANCEL) {
            reversedCancelCount++;
        } else if (reversed == ReversedKind.ADMISSION) {
            reversedAdmissionCount++;
        } else {
            reversalCount++;
        }
    }

    private void addPaid(final long fundFen, final long accountFen, final long cashFen) {
        fundPaySumamtFen = Math.addExact(fundPaySumamtFen, fundFen);
        acctPayFen = Math.addExact(acctPayFen, accountFen);
        psnCashPayFen = Math.addExact(psnCashPayFen, cashFen);
    }

    public long settlementCount() {
        return settlementCount;
    }

    /** Settlements that a reversal undid. */
    public long reversalCount() {
        return reversalCount;
    }

    /** Cancels that a reversal undid, so that what they had undone stands again. */
    public long reversedCancelCount() {
        return reversedCancelCount;
    }

    /** Admissions that a reversal took back. */
    public long reversedAdmissionCount() {
        return reversedAdmissionCount;
    }

    public long cancelCount() {
        return cancelCount;
    }

    public long repeatCount() {
        return repeatCount;
    }

    public long refusalCount() {
        return refusalCount;
    }

    /** Of all settlements, reversed and cancelled ones included. */
    public long medfeeSumamtGrossFen() {
        return medfeeSumamtGrossFen;
    }

    public long fundPaySumamtFen() {
        return fundPaySumamtFen;
    }

    public long acctPayFen() {
        return acctPayFen;
    }

    public long psnCashPayFen() {
        return psnCashPayFen;
    }
}
