package io.settlegate.gateway.past;

import io.settlegate.gateway.inspection.MessageDecoder;
import io.settlegate.gateway.replay.ReplayProgress;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.journal.ScanEnd;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.codec.InpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import io.settlegate.protocol.receipt.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The settlements of one person and what undid them, from the records alone: the engine forgets a settlement when the horizon has
 * passed it.
 *
 * <p>One use, one thread; blocks on the disk. Reads all records from the first on that is kept, and computes nothing. Memory grows with the
 * person's settlements.
 */
final class PersonHistory {
    private static final int OUTCOME_OF_TEMPLATE = 10_000;
    private static final int PSN_NO_LENGTH = PharmacySettleOutcomeDecoder.psnNoEncodingLength();
    private static final int SETTLED_PSN_NO =
            MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleOutcomeDecoder.psnNoEncodingOffset();
    private static final int CANCELLED_PSN_NO =
            MessageHeaderDecoder.ENCODED_LENGTH + PharmacyCancelOutcomeDecoder.psnNoEncodingOffset();
    private static final int SETL_ID_LENGTH = PharmacyCancelOutcomeDecoder.originalSetlIdEncodingLength();
    private static final int SETL_ID_SEQUENCE = 14;
    private static final int ORIGINAL_SETL_ID =
            MessageHeaderDecoder.ENCODED_LENGTH + PharmacyCancelOutcomeDecoder.originalSetlIdEncodingOffset();

    private final byte[] psnNo;
    private final MessageDecoder decoder;
    private final MessageHeaderDecoder type = new MessageHeaderDecoder();
    private final ReversalOutcomeDecoder reversal = new ReversalOutcomeDecoder();
    private final Long2ObjectHashMap<PastSettlement> bySequence = new Long2ObjectHashMap<>();
    /** Settlements by the records that undid them. */
    private final Long2ObjectHashMap<PastSettlement> byCancel = new Long2ObjectHashMap<>();

    private long firstSequence = -1;
    private long lastSequence = -1;

    PersonHistory(final String psnNo, final MessageDecoder decoder) {
        this.psnNo = Arrays.copyOf(psnNo.getBytes(StandardCharsets.UTF_8), PSN_NO_LENGTH);
        this.decoder = decoder;
    }

    /**
     * Reads what is durable and was not archived.
     *
     * @param untilMs later records are of no matter: nothing that stood at the moment can be undone any more.
     */
    void read(final Store store, final long untilMs, final ReplayProgress progress) {
        JournalScan.readKept(
                store,
                new ReplayListener() {
                    @Override
                    public void onRecord(final RecordView record) {
                        take(record);
                        progress.add(
                                record.sequence(),
                                record.commandLength() + record.outcomeLength() + record.internalLength());
                    }

                    @Override
                    public void onSeal(final Seal seal) {
                        // Nothing is computed here.
                    }

                    @Override
                    public long stateHashHigh() {
                        throw new IllegalStateException("a scan seals nothing");
                    }

                    @Override
                    public long stateHashLow() {
                        throw new IllegalStateException("a scan seals nothing");
                    }
                },
                ScanEnd.atTime(untilMs).withinDurable(store));
    }

    private void take(final RecordView record) {
        firstSequence = firstSequence < 0 ? record.sequence() : firstSequence;
        lastSequence = record.sequence();
        if (record.kind() != RecordKind.COMMAND || record.outcomeLength() < MessageHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        type.wrap(record.buffer(), record.outcomeOffset());
        if (type.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return;
        }
        switch (type.templateId()) {
            case PharmacySettleOutcomeDecoder.TEMPLATE_ID,
                    OutpatientSettleOutcomeDecoder.TEMPLATE_ID,
                    InpatientSettleOutcomeDecoder.TEMPLATE_ID -> takeSettlement(record);
            case PharmacyCancelOutcomeDecoder.TEMPLATE_ID,
                    OutpatientCancelOutcomeDecoder.TEMPLATE_ID,
                    InpatientCancelOutcomeDecoder.TEMPLATE_ID -> takeCancel(record);
            case ReversalOutcomeDecoder.TEMPLATE_ID -> takeReversal(record);
            default -> {
                // Nothing else settles or undoes.
            }
        }
    }

    private void takeSettlement(final RecordView record) {
        if (isOfPerson(record, SETTLED_PSN_NO)) {
            bySequence.put(
                    record.sequence(),
                    new PastSettlement(
                            record.sequence(),
                            record.timeMs(),
                            decoder.decode(record.buffer(), record.outcomeOffset(), record.outcomeLength())));
        }
    }

    private void takeCancel(final RecordView record) {
        if (isOfPerson(record, CANCELLED_PSN_NO)) {
            final byte[] setlId = new byte[SETL_ID_LENGTH];
            record.buffer().getBytes(record.outcomeOffset() + ORIGINAL_SETL_ID, setlId);
            final String digits = new String(setlId, StandardCharsets.US_ASCII);
            if (digits.matches("[0-9]+")) {
                undo(Long.parseLong(digits.substring(SETL_ID_SEQUENCE)), record);
            }
        }
    }

    private void takeReversal(final RecordView record) {
        reversal.wrapAndApplyHeader(record.buffer(), record.outcomeOffset(), type);
        if (reversal.effect() != ReversalEffect.REVERSED) {
            return;
        }
        final PastSettlement standsAgain = byCancel.get(reversal.originalSequence());
        if (standsAgain == null) {
            undo(reversal.originalSequence(), record);
        } else {
            standsAgain.add(change(record, false));
        }
    }

    private void undo(final long originalSequence, final RecordView record) {
        final PastSettlement settlement = bySequence.get(originalSequence);
        if (settlement != null) {
            settlement.add(change(record, true));
            byCancel.put(record.sequence(), settlement);
        }
    }

    private PastSettlement.Change change(final RecordView record, final boolean isUndone) {
        return new PastSettlement.Change(
                record.sequence(), record.timeMs(), String.valueOf(type.templateId() - OUTCOME_OF_TEMPLATE), isUndone);
    }

    private boolean isOfPerson(final RecordView record, final int offset) {
        if (record.outcomeLength() < offset + PSN_NO_LENGTH) {
            return false;
        }
        final DirectBuffer buffer = record.buffer();
        final int at = record.outcomeOffset() + offset;
        // Numbers of one region begin alike.
        for (int i = PSN_NO_LENGTH - 1; i >= 0; i--) {
            if (buffer.getByte(at + i) != psnNo[i]) {
                return false;
            }
        }
        return true;
    }

    /** All of them, by sequence. */
    List<PastSettlement> settlements() {
        final Collection<PastSettlement> found = bySequence.values();
        final List<PastSettlement> sorted = new ArrayList<>(found);
        sorted.sort((a, b) -> Long.compare(a.sequence, b.sequence));
        return sorted;
    }

    /** The first record that was read; -1 if none was. */
    long firstSequence() {
        return firstSequence;
    }

    /** The last one. */
    long lastSequence() {
        return lastSequence;
    }
}
