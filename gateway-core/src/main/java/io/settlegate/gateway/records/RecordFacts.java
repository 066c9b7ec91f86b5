package io.settlegate.gateway.records;

import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.AdmissionCancelDecoder;
import io.settlegate.protocol.codec.AdmissionDecoder;
import io.settlegate.protocol.codec.InpatientCancelDecoder;
import io.settlegate.protocol.codec.InpatientSettleDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientCancelDecoder;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RegistrationCancelDecoder;
import io.settlegate.protocol.codec.RegistrationDecoder;
import io.settlegate.protocol.codec.RegistrationOutcomeDecoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.ReversalDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import io.settlegate.protocol.codec.SignInDecoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * What the index and who searches it need to know of a record, looked up in place.
 *
 * <p>One thread. Settlements of the three kinds have their fields in the same places, and so have cancels, what opens
 * visits, and what takes that back.
 */
final class RecordFacts {
    static final int MSGID_LENGTH = 30;
    static final int INSTITUTION_LENGTH = 12;
    static final int PERSON_LENGTH = 30;
    static final int SETL_ID_LENGTH = 30;
    /** As long as a msgid: the index keeps both under one key. */
    private static final int MDTRT_ID_LENGTH = MSGID_LENGTH;

    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MSGID = HEADER + RequestHeaderDecoder.msgidEncodingOffset();
    private static final int CODE = HEADER + OutcomeHeaderDecoder.codeEncodingOffset();
    private static final int MIN_COMMAND_LENGTH = HEADER + RequestHeaderDecoder.ENCODED_LENGTH;
    private static final int MIN_OUTCOME_LENGTH = HEADER + OutcomeHeaderDecoder.ENCODED_LENGTH;

    /** Which of a terminal's transactions a record is. */
    enum Kind {
        SETTLEMENT,
        CANCEL,
        REVERSAL,
        /** 2202 or 2404, which undoes what opened the visit. */
        VISIT_CANCEL,
        OTHER;

        /** Whether it moved money, so that it is an answer of a person, an institution, and a time. */
        boolean isOfMoney() {
            return this == SETTLEMENT || this == CANCEL || this == REVERSAL;
        }
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private DirectBuffer buffer;
    private int command;
    private int outcome;
    private Kind kind;
    private int templateId;
    private ResultCode code;
    private long timeMs;
    private long sequence;

    /** Looks at a record; false if it binds no msgid of a terminal: an act, a repeat, a sign-in, a refusal that binds nothing. */
    boolean wrap(final RecordView record) {
        if (record.kind() != RecordKind.COMMAND
                || record.commandLength() < MIN_COMMAND_LENGTH
                || record.outcomeLength() < MIN_OUTCOME_LENGTH) {
            return false;
        }
        buffer = record.buffer();
        command = record.commandOffset();
        outcome = record.outcomeOffset();
        timeMs = record.timeMs();
        sequence = record.sequence();
        header.wrap(buffer, command);
        templateId = header.templateId();
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID || templateId == SignInDecoder.TEMPLATE_ID) {
            return false;
        }
        code = ResultCode.of(buffer.getShort(outcome + CODE, ByteOrder.LITTLE_ENDIAN) & 0xffff);
        kind = code == ResultCode.OK ? kindOf(templateId) : Kind.OTHER;
        return code.binds() && header.wrap(buffer, outcome).templateId() != RepeatOutcomeDecoder.TEMPLATE_ID;
    }

    private static Kind kindOf(final int templateId) {
        return switch (templateId) {
            case PharmacySettleDecoder.TEMPLATE_ID,
                    OutpatientSettleDecoder.TEMPLATE_ID,
                    InpatientSettleDecoder.TEMPLATE_ID -> Kind.SETTLEMENT;
            case PharmacyCancelDecoder.TEMPLATE_ID,
                    OutpatientCancelDecoder.TEMPLATE_ID,
                    InpatientCancelDecoder.TEMPLATE_ID -> Kind.CANCEL;
            case ReversalDecoder.TEMPLATE_ID -> Kind.REVERSAL;
            case RegistrationCancelDecoder.TEMPLATE_ID, AdmissionCancelDecoder.TEMPLATE_ID -> Kind.VISIT_CANCEL;
            default -> Kind.OTHER;
        };
    }

    /** OTHER also where it was refused. */
    Kind kind() {
        return kind;
    }

    /** Of the request. */
    int templateId() {
        return templateId;
    }

    ResultCode code() {
        return code;
    }

    long timeMs() {
        return timeMs;
    }

    long sequence() {
        return sequence;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int msgid() {
        return command + MSGID;
    }

    /** A msgid begins with its institution, which the engine has checked. */
    int institution() {
        return command + MSGID;
    }

    /** Of a settlement, cancel, or reversal: where psn_no stands. */
    int person() {
        return switch (kind) {
            case SETTLEMENT -> outcome + HEADER + PharmacySettleOutcomeDecoder.psnNoEncodingOffset();
            case CANCEL -> outcome + HEADER + PharmacyCancelOutcomeDecoder.psnNoEncodingOffset();
            default -> command + HEADER + ReversalDecoder.psnNoEncodingOffset();
        };
    }

    /** Of a cancel or reversal: where the msgid of the original stands; of a visit's cancel: where its mdtrt_id does, as long. */
    int original() {
        return switch (kind) {
            case VISIT_CANCEL -> command + HEADER + RegistrationCancelDecoder.mdtrtIdEncodingOffset();
            case CANCEL -> outcome + HEADER + PharmacyCancelOutcomeDecoder.originalMsgidEncodingOffset();
            default -> outcome + HEADER + ReversalOutcomeDecoder.omsgidEncodingOffset();
        };
    }

    /** Whether it opened a visit (2201, 2401). */
    boolean hasOpened() {
        return code == ResultCode.OK
                && (templateId == RegistrationDecoder.TEMPLATE_ID || templateId == AdmissionDecoder.TEMPLATE_ID);
    }

    /** Of what opened a visit: the mdtrt_id that it gave. */
    String mdtrtId() {
        return text(outcome + HEADER + RegistrationOutcomeDecoder.mdtrtIdEncodingOffset(), MDTRT_ID_LENGTH);
    }

    /** Of a reversal: whether it undid something. */
    boolean hasReversed() {
        return effect() == ReversalEffect.REVERSED;
    }

    /** Of a reversal: whether it came before its original and left a mark. */
    boolean hasMarked() {
        return effect() == ReversalEffect.MARKED;
    }

    private ReversalEffect effect() {
        return ReversalEffect.get(
                (short) (buffer.getByte(outcome + HEADER + ReversalOutcomeDecoder.effectEncodingOffset()) & 0xff));
    }

    /** Whether a settlement or cancel gave this setl_id. */
    boolean gave(final String setlId) {
        final int offset = kind == Kind.SETTLEMENT
                ? PharmacySettleOutcomeDecoder.setlIdEncodingOffset()
                : PharmacyCancelOutcomeDecoder.setlIdEncodingOffset();
        return (kind == Kind.SETTLEMENT || kind == Kind.CANCEL)
                && text(outcome + HEADER + offset, SETL_ID_LENGTH).equals(setlId);
    }

    boolean isOf(final String institution) {
        return text(institution(), INSTITUTION_LENGTH).equals(institution);
    }

    String text(final int offset, final int fieldLength) {
        int length = fieldLength;
        while (length > 0 && buffer.getByte(offset + length - 1) == 0) {
            length--;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
