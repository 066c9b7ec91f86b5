package io.settlegate.benchmarks;

import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.TerminalRequests;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder.DrugdetailDecoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Settlements of three lines, encoded once and made new in place, a batch at a time: other persons in random order, other
 * msgids, times, line numbers. The signature is then wrong, which the engine does not look at.
 *
 * <p>Two batches take all ten thousand numbers that a msgid has, then time goes on: a day holds half a million msgids, what a
 * city of ten million sends, so that its table grows through the day; the horizon drops old days and their memory serves new
 * ones.
 *
 * <p>One thread. Allocates once a day.
 */
final class FreshSettlements {
    /** How many are made at a time. */
    static final int BATCH = 5_000;

    private static final int MSGIDS_PER_SECOND = 10_000;
    private static final int SECONDS_PER_DAY = 50;
    private static final long STEP_MS = 86_400_000L / SECONDS_PER_DAY;
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
    private static final long SEED = 7;

    private static final int MESSAGE = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int TIMESTAMP = MESSAGE + RequestHeaderDecoder.msgidEncodingOffset() + 12;
    private static final int TIME_LENGTH = 6;
    private static final int DATE_LENGTH = 8;
    private static final int SEQ_LENGTH = 4;
    private static final int SEQ = TIMESTAMP + DATE_LENGTH + TIME_LENGTH;
    private static final int SENT_AT = MESSAGE + RequestHeaderDecoder.sentAtMsEncodingOffset();
    private static final int PSN_NO = MESSAGE + PharmacySettleDecoder.psnNoEncodingOffset();
    private static final int CERTNO = MESSAGE + PharmacySettleDecoder.mdtrtCertNoEncodingOffset();
    private static final int BEGNTIME = MESSAGE + PharmacySettleDecoder.begntimeMsEncodingOffset();
    private static final int FIRST_LINE = MESSAGE
            + PharmacySettleDecoder.BLOCK_LENGTH
            + DrugdetailDecoder.sbeHeaderSize()
            + DrugdetailDecoder.feedetlSnEncodingOffset();
    private static final int LINE_NUMBER_LENGTH = 9;
    private static final int LINE_NUMBERS = 1_000_000_000;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final UnsafeBuffer[] frames = new UnsafeBuffer[BATCH];
    private final int personCount;
    private long timeMs;
    private int date;
    private int time;
    private long number;

    FreshSettlements(final SampleCity city, final int personCount, final long timeMs) {
        this.personCount = personCount;
        final Person anyone = city.insured().get(0);
        final List<Terminal> terminals = city.terminals();
        final List<TerminalRequests> requests = terminals.stream()
                .map(terminal -> new TerminalRequests(terminal, SampleJournal.GATEWAY_ID))
                .toList();
        final PharmacySettleEncoder settle = new PharmacySettleEncoder();
        for (int i = 0; i < BATCH; i++) {
            final int at = i % terminals.size();
            final Terminal terminal = terminals.get(at);
            final String msgid =
                    terminal.institution().fixmedinsCode() + "0".repeat(DATE_LENGTH + TIME_LENGTH + SEQ_LENGTH);
            final byte[] framed = requests.get(at).settle(msgid, anyone, city.nextBill(terminal), new Stamp(0, 0));
            frames[i] =
                    new UnsafeBuffer(framed, Limits.FRAME_LENGTH_LENGTH, framed.length - Limits.FRAME_LENGTH_LENGTH);
            settle.wrap(frames[i], MESSAGE);
            SyntheticPersons.putConstants(settle, settle.header());
        }
        moveTo(timeMs);
    }

    /** Makes the next {@value #BATCH} settlements, which nobody has seen yet, in the place of the last. */
    UnsafeBuffer[] next() {
        if (number > 0 && number % MSGIDS_PER_SECOND == 0) {
            moveTo(timeMs + STEP_MS);
        }
        for (final UnsafeBuffer frame : frames) {
            renew(frame);
        }
        return frames;
    }

    private void renew(final UnsafeBuffer frame) {
        SyntheticPersons.putPerson(frame, PSN_NO, CERTNO, random.nextInt(personCount));
        frame.putNaturalPaddedIntAscii(TIMESTAMP, DATE_LENGTH, date);
        frame.putNaturalPaddedIntAscii(TIMESTAMP + DATE_LENGTH, TIME_LENGTH, time);
        frame.putNaturalPaddedIntAscii(SEQ, SEQ_LENGTH, (int) (number % MSGIDS_PER_SECOND));
        frame.putLong(SENT_AT, timeMs, ByteOrder.LITTLE_ENDIAN);
        frame.putLong(BEGNTIME, timeMs, ByteOrder.LITTLE_ENDIAN);
        for (int line = 0; line < SampleCity.LINES; line++) {
            final int lineNumber = (int) ((number * SampleCity.LINES + line) % LINE_NUMBERS);
            frame.putNaturalPaddedIntAscii(
                    FIRST_LINE + line * DrugdetailDecoder.sbeBlockLength(), LINE_NUMBER_LENGTH, lineNumber);
        }
        number++;
    }

    /** When the last batch was made. */
    long timeMs() {
        return timeMs;
    }

    /** How many were made. */
    long count() {
        return number;
    }

    private void moveTo(final long newTimeMs) {
        timeMs = newTimeMs;
        final LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(newTimeMs), ZONE);
        date = local.getYear() * 10_000 + local.getMonthValue() * 100 + local.getDayOfMonth();
        time = local.getHour() * 10_000 + local.getMinute() * 100 + local.getSecond();
    }
}
