package io.settlegate.gateway.inspection;

import io.settlegate.journal.ArchivedEnd;
import io.settlegate.journal.JournalException;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordArchivedException;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.agrona.DirectBuffer;

/**
 * Finds the records that speak of a msgid: the request itself, its repeats, and reversals or queries of it.
 *
 * <p>One thread; blocks on the disk. A msgid carries its time, so reading begins shortly before that time and ends a horizon
 * after it, when every repeat and reversal is refused. Where the msgid's time is no time it reads the whole journal.
 */
public final class RecordSearch {
    private static final int TIME_START = 12;
    private static final int TIME_END = 26;
    /** A terminal's clock may be ahead of the gateway's by minutes; this is ample. */
    private static final long AHEAD_MS = TimeUnit.HOURS.toMillis(1);

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    private final byte[] msgid;
    private final long fromMs;
    private final long toMs;

    public RecordSearch(final String msgid, final int horizonDays) {
        this.msgid = msgid.getBytes(StandardCharsets.US_ASCII);
        final long timeMs = timeOf(msgid);
        this.fromMs = timeMs < 0 ? 0 : timeMs - AHEAD_MS;
        this.toMs = timeMs < 0 ? Long.MAX_VALUE : timeMs + TimeUnit.DAYS.toMillis(horizonDays + 1L);
    }

    private static long timeOf(final String msgid) {
        if (msgid.length() < TIME_END) {
            return -1;
        }
        try {
            return LocalDateTime.parse(msgid.substring(TIME_START, TIME_END), FORM)
                    .toInstant(ZoneOffset.ofHours(8))
                    .toEpochMilli();
        } catch (final DateTimeException e) {
            return -1;
        }
    }

    /**
     * Shows each record found to the taker, by its leaf index in the batch at which the follower stands; answers how many.
     *
     * @throws JournalException if there is none, and a part of the time in which it would stand is archived.
     */
    public int find(final JournalFollower follower, final ObjIntConsumer<JournalFollower> taker) {
        final int[] found = {0};
        new RecordScan(follower, JournalPoint.ofTime(fromMs), JournalPoint.ofTime(toMs))
                .run(record -> record.kind() == RecordKind.COMMAND && speaksOf(record), (at, index) -> {
                    found[0]++;
                    taker.accept(at, index);
                    return true;
                });
        if (found[0] == 0) {
            checkThere(follower);
        }
        return found[0];
    }

    private void checkThere(final JournalFollower follower) {
        final ArchivedEnd archived = follower.archivedEnd();
        if (archived == null || archived.timeMs() < fromMs) {
            return;
        }
        try {
            follower.seek(archived.lastSequence());
        } catch (final RecordArchivedException e) {
            throw new JournalException(
                    "no record that is here speaks of this msgid, and older ones are archived: " + e.getMessage()
                            + "; then ask again",
                    e);
        }
    }

    private boolean speaksOf(final RecordView record) {
        return holds(record.buffer(), record.commandOffset(), record.commandLength())
                || holds(record.buffer(), record.outcomeOffset(), record.outcomeLength());
    }

    private boolean holds(final DirectBuffer buffer, final int offset, final int length) {
        final int last = offset + length - msgid.length;
        for (int i = offset; i <= last; i++) {
            int matched = 0;
            while (matched < msgid.length && buffer.getByte(i + matched) == msgid[matched]) {
                matched++;
            }
            if (matched == msgid.length) {
                return true;
            }
        }
        return false;
    }
}
