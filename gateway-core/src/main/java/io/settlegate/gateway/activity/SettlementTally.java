package io.settlegate.gateway.activity;

import io.settlegate.gateway.books.MoneyRecord;
import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.gateway.inspection.filter.RecordParts;
import io.settlegate.gateway.settlement.VoucherActivation;
import io.settlegate.journal.ArchivedEnd;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts settlements by credential from the records, and marks who ever settled by e-voucher. A settlement counts on its day also where
 * it was undone later: the credential was used.
 *
 * <p>One use, one thread; blocks on the disk. Memory grows with institutions and days.
 */
final class SettlementTally {
    private static final int PSN_NO =
            MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleOutcomeDecoder.psnNoEncodingOffset();

    private final Span span;
    private final VoucherActivation activation;
    private final RecordParts parts = new RecordParts();
    private final MoneyRecord money = new MoneyRecord();
    private final Map<String, SortedMap<String, Counts>> institutions = new HashMap<>();
    private long lastSequence = -1;
    private long lastTimeMs;
    private long bucketDay = Long.MIN_VALUE;
    private String bucket;

    SettlementTally(final Span span, final VoucherActivation activation) {
        this.span = span;
        this.activation = activation;
    }

    /**
     * Reads from the first record that is kept up to the end of the span, or to the durable mark.
     *
     * @throws io.settlegate.journal.RecordArchivedException if records of the span are archived; it names the segment to put back.
     */
    void read(final JournalFollower follower) {
        final ArchivedEnd archived = follower.archivedEnd();
        if (archived != null && archived.timeMs() >= span.beginMs()) {
            follower.seek(archived.lastSequence());
        }
        final long last = follower.lastSequence();
        follower.seek(follower.firstSequence());
        while (lastSequence < last && lastTimeMs < span.endMs() && follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                take(follower.get(i));
            }
        }
    }

    private void take(final RecordView record) {
        if (record.timeMs() >= span.endMs()) {
            lastTimeMs = record.timeMs();
            return;
        }
        lastSequence = record.sequence();
        lastTimeMs = record.timeMs();
        if (money.wrap(record) != MoneyRecord.What.SETTLED) {
            return;
        }
        parts.wrap(record);
        final MessageView request = parts.request();
        final Credential credential = Credential.of(request.text("mdtrtCertType"));
        if (credential == Credential.E_VOUCHER) {
            activation.mark(record.buffer(), record.outcomeOffset() + PSN_NO);
        }
        if (record.timeMs() >= span.beginMs()) {
            count(MoneyRecord.institutionOf(request.text("msgid")), record.timeMs(), credential);
        }
    }

    private void count(final String institution, final long timeMs, final Credential credential) {
        final long day = Span.dayOf(timeMs);
        if (day != bucketDay) {
            bucketDay = day;
            bucket = span.bucket(day);
        }
        institutions
                .computeIfAbsent(institution, code -> new TreeMap<>())
                .computeIfAbsent(bucket, any -> new Counts())
                .add(credential);
    }

    /** By institution, then by day or month. */
    Map<String, SortedMap<String, Counts>> institutions() {
        return institutions;
    }

    /** The last record that was counted or passed over; -1 if there is none. */
    long lastSequence() {
        return lastSequence;
    }

    long lastTimeMs() {
        return Math.min(lastTimeMs, span.endMs() - 1);
    }
}
