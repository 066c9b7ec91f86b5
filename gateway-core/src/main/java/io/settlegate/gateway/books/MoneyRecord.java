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
 * A record that moved money. The settlement outcomes of the three transactions have the same fields in the same places, and so have
 * the cancels.
 *
 * <p>One thread. Belongs to the record until the next {@link #wrap}, and so do the decoders that it gives.
 */
public final class MoneyRecord {
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
    public enum What {
        NOTHING,
        SETTLED,
        CANCELLED,
        /** A reversal that undid something: a settlement, a cancel, or what moved no money. */
        REVERSED
    }

    public What wrap(final RecordView next) {
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

    /** What {@link #wrap} found last. */
    public What what() {
        return what;
    }

    public RecordView record() {
        return record;
    }

    /** The record that a cancel or a reversal undid. */
    public long undoesSequence() {
        return what == What.CANCELLED
                ? Long.parseLong(cancel.originalSetlId().substring(SEQUENCE_START))
                : reversal.originalSequence();
    }

    public RequestHeaderDecoder request() {
        return request.wrap(record.buffer(), record.commandOffset() + MessageHeaderDecoder.ENCODED_LENGTH);
    }

    /** A msgid begins with it. */
    public static String institutionOf(final String msgid) {
        return msgid.substring(0, INSTITUTION_LENGTH);
    }

    /** Of what settled. */
    public PharmacySettleOutcomeDecoder settlement() {
        return settlement;
    }

    /** Of what cancelled. */
    public PharmacyCancelOutcomeDecoder cancel() {
        return cancel;
    }

    /** Of what reversed. */
    public ReversalOutcomeDecoder reversal() {
        return reversal;
    }
}
