package io.settlegate.gateway.records;

import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.AdmissionCancelEncoder;
import io.settlegate.protocol.codec.AdmissionCancelOutcomeEncoder;
import io.settlegate.protocol.codec.AdmissionEncoder;
import io.settlegate.protocol.codec.AdmissionOutcomeEncoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacyCancelEncoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeEncoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeEncoder;
import io.settlegate.protocol.codec.RefusedOutcomeEncoder;
import io.settlegate.protocol.codec.RepeatOutcomeEncoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalEncoder;
import io.settlegate.protocol.codec.ReversalOutcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A record as the engine would leave it, with the fields that an index looks at. */
final class MadeRecord implements RecordView {
    private static final int ROOM = 2048;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2 * ROOM]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final long sequence;
    private final long timeMs;
    private int commandLength;
    private int outcomeLength;

    private MadeRecord(final long sequence, final long timeMs) {
        this.sequence = sequence;
        this.timeMs = timeMs;
    }

    static MadeRecord settlement(final long sequence, final long timeMs, final String msgid, final String psnNo) {
        final MadeRecord record = new MadeRecord(sequence, timeMs);
        record.settle(msgid);
        final PharmacySettleOutcomeEncoder outcome = new PharmacySettleOutcomeEncoder()
                .wrapAndApplyHeader(record.buffer, ROOM, record.header)
                .psnNo(psnNo)
                .setlId(String.format("32030020260101%016d", sequence));
        outcome.header().code(ResultCode.OK.code()).msgid(msgid);
        record.outcomeLength = MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
        return record;
    }

    private void settle(final String msgid) {
        final PharmacySettleEncoder command = new PharmacySettleEncoder().wrapAndApplyHeader(buffer, 0, header);
        command.header().msgid(msgid);
        commandLength = MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
    }

    static MadeRecord refused(final long sequence, final long timeMs, final String msgid, final ResultCode code) {
        final MadeRecord record = new MadeRecord(sequence, timeMs);
        record.settle(msgid);
        final RefusedOutcomeEncoder outcome =
                new RefusedOutcomeEncoder().wrapAndApplyHeader(record.buffer, ROOM, record.header);
        outcome.header().code(code.code()).msgid(msgid);
        record.outcomeLength = MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
        return record;
    }

    static MadeRecord repeat(final long sequence, final long timeMs, final String msgid) {
        final MadeRecord record = new MadeRecord(sequence, timeMs);
        record.settle(msgid);
        final RepeatOutcomeEncoder outcome =
                new RepeatOutcomeEncoder().wrapAndApplyHeader(record.buffer, ROOM, record.header);
        outcome.header().code(ResultCode.OK.code()).msgid(msgid);
        record.outcomeLength = MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
        return record;
    }

    /** 2401 that opened a stay. */
    static MadeRecord admission(final long sequence, final long timeMs, final String msgid, final String mdtrtId) {
        final MadeRecord record = new MadeRecord(sequence, timeMs);
        final AdmissionEncoder command = new AdmissionEncoder().wrapAndApplyHeader(record.buffer, 0, record.header);
        command.header().msgid(msgid);
        record.commandLength = MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
        final AdmissionOutcomeEncoder outcome = new AdmissionOutcomeEncoder()
                .wrapAndApplyHeader(record.buffer, ROOM, record.header)
                .mdtrtId(mdtrtId);
        outcome.header().code(ResultCode.OK.code()).msgid(msgid);
        record.outcomeLength = MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
        return record;
    }

    /** 2404 that took it back. */
    static MadeRecord admissionCancel(
            final long sequence, final long timeMs, final String msgid, final String mdtrtId) {
        final MadeRecord record = new MadeRecord(sequence, timeMs);
        final AdmissionCancelEncoder command =
                new AdmissionCancelEncoder().wrapAndApplyHeader(record.buffer, 0, record.header);
        command.header().msgid(msgid);
        command.mdtrtId(mdtrtId);
        record.commandLength = MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
        final AdmissionCancelOutcomeEncoder outcome = new AdmissionCancelOutcomeEncoder()
                .wrapAndApplyHeader(record.buffer, ROOM, record.header)
                .mdtrtId(mdtrtId);
        outcome.header().code(ResultCode.OK.code()).msgid(msgid);
        record.outcomeLength = MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
        return record;
    }

    static MadeRecord cancel(
            final long sequence, final long timeMs, final String msgid, final String psnNo, final String original) {
        final MadeRecord record = new MadeRecord(sequence, timeMs);
        final PharmacyCancelEncoder command =
                new PharmacyCancelEncoder().wrapAndApplyHeader(record.buffer, 0, record.header);
        command.header().msgid(msgid);
        record.commandLength = MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
        final PharmacyCancelOutcomeEncoder outcome = new PharmacyCancelOutcomeEncoder()
                .wrapAndApplyHeader(record.buffer, ROOM, record.header)
                .psnNo(psnNo)
                .originalMsgid(original);
        outcome.header().code(ResultCode.OK.code()).msgid(msgid);
        record.outcomeLength = MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
        return record;
    }

    static MadeRecord reversal(
            final long sequence,
            final long timeMs,
            final String msgid,
            final String psnNo,
            final String original,
            final ReversalEffect effect) {
        final MadeRecord record = new MadeRecord(sequence, timeMs);
        final ReversalEncoder command = new ReversalEncoder().wrapAndApplyHeader(record.buffer, 0, record.header);
        command.header().msgid(msgid);
        command.psnNo(psnNo).omsgid(original);
        record.commandLength = MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength();
        final ReversalOutcomeEncoder outcome = new ReversalOutcomeEncoder()
                .wrapAndApplyHeader(record.buffer, ROOM, record.header)
                .effect(effect)
                .omsgid(original);
        outcome.header().code(ResultCode.OK.code()).msgid(msgid);
        record.outcomeLength = MessageHeaderEncoder.ENCODED_LENGTH + outcome.encodedLength();
        return record;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.COMMAND;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long timeMs() {
        return timeMs;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public int rulesVersion() {
        return 1;
    }

    @Override
    public int keyVersion() {
        return 1;
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int commandOffset() {
        return 0;
    }

    @Override
    public int commandLength() {
        return commandLength;
    }

    @Override
    public int outcomeOffset() {
        return ROOM;
    }

    @Override
    public int outcomeLength() {
        return outcomeLength;
    }

    @Override
    public int internalOffset() {
        return 2 * ROOM;
    }

    @Override
    public int internalLength() {
        return 0;
    }
}
