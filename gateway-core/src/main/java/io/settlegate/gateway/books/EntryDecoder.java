package io.settlegate.gateway.books;

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

/**
 * What a record says of money. The settlement outcomes of the three transactions have the same fields in the same places, and so have
 * the cancels.
 *
 * <p>One thread. Belongs to the record until the next {@link #wrap}.
 */
final class EntryDecoder {
    private static final int SEQUENCE_START = 14;
    private static final int INSTITUTION_LENGTH = 12;

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
    long undoesSequence() {
        return what == What.CANCELLED
                ? Long.parseLong(cancel.originalSetlId().substring(SEQUENCE_START))
                : reversal.originalSequence();
    }

    String msgid() {
        request.wrap(record.buffer(), record.commandOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
        return request.msgid();
    }

    /** Of a settlement or a cancel its own; a reversal has none. */
    String setlId() {
        return switch (what) {
            case SETTLED -> settlement.setlId();
            case CANCELLED -> cancel.setlId();
            default -> "";
        };
    }

    BookEntry settlement() {
        final String msgid = msgid();
        return new BookEntry(
                BookEntry.Kind.SETTLEMENT,
                record.sequence(),
                record.timeMs(),
                msgid.substring(0, INSTITUTION_LENGTH),
                settlement.psnNo(),
                settlement.setlId(),
                settlement.mdtrtId(),
                msgid,
                settlement.insutype(),
                settlement.clrType(),
                request.insuplcAdmdvs(),
                settlement.medfeeSumamtFen(),
                settlement.fundPaySumamtFen(),
                settlement.acctPayFen(),
                settlement.psnCashPayFen(),
                false,
                0,
                "",
                "");
    }

    /** Amounts as the cancel says them: negative. Visit, insurance, and clearing type are its settlement's. */
    BookEntry cancel(final BookEntry original) {
        final String msgid = msgid();
        return new BookEntry(
                BookEntry.Kind.REFUND,
                record.sequence(),
                record.timeMs(),
                msgid.substring(0, INSTITUTION_LENGTH),
                cancel.psnNo(),
                cancel.setlId(),
                original.mdtrtId(),
                msgid,
                original.insutype(),
                original.clrType(),
                original.office(),
                cancel.medfeeSumamtFen(),
                cancel.fundPaySumamtFen(),
                cancel.acctPayFen(),
                cancel.psnCashPayFen(),
                false,
                original.sequence(),
                original.setlId(),
                original.msgid());
    }

    BookEntry reversal(final BookEntry original) {
        return original.undoing(record.sequence(), record.timeMs(), msgid());
    }

    /** Whether the sums that the reversal's record says are those of its entry. */
    boolean agreesWithReversal(final long fundFen, final long acctFen, final long cashFen) {
        return fundFen == reversal.fundPaySumamtFen()
                && acctFen == reversal.acctPayFen()
                && cashFen == reversal.psnCashPayFen();
    }
}
