package io.settlegate.benchmarks;

import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.TerminalRequests;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder.DrugdetailDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Settlements of three lines, encoded once and made new in place each time: another person, msgid, times, line numbers. The
 * signature is then wrong, which the engine does not look at.
 *
 * <p>A second takes all ten thousand numbers that a msgid has, then time goes on by half a day. So a day holds
 * twenty thousand msgids and the horizon keeps the engine's tables from growing.
 *
 * <pre>
 * person:  psnNo 30 | certno 50 | insutype 6 | insuplcAdmdvs 6
 * </pre>
 *
 * <p>One thread. Allocates once in ten thousand settlements.
 */
final class FreshSettlements {
    private static final int MSGIDS_PER_SECOND = 10_000;
    private static final int SECONDS_PER_DAY = 2;
    private static final long STEP_MS = 86_400_000L / SECONDS_PER_DAY;
    private static final int FRAME_COUNT = 1_024;
    private static final long SEED = 7;

    private static final int MESSAGE = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MSGID = MESSAGE + RequestHeaderDecoder.msgidEncodingOffset();
    private static final int TIMESTAMP = MSGID + 12;
    private static final int TIMESTAMP_LENGTH = 14;
    private static final int SEQ = TIMESTAMP + TIMESTAMP_LENGTH;
    private static final int SEQ_LENGTH = 4;
    private static final int INSUPLC = MESSAGE + RequestHeaderDecoder.insuplcAdmdvsEncodingOffset();
    private static final int SENT_AT = MESSAGE + RequestHeaderDecoder.sentAtMsEncodingOffset();
    private static final int PSN_NO = MESSAGE + PharmacySettleDecoder.psnNoEncodingOffset();
    private static final int CERTNO = MESSAGE + PharmacySettleDecoder.mdtrtCertNoEncodingOffset();
    private static final int INSUTYPE = MESSAGE + PharmacySettleDecoder.insutypeEncodingOffset();
    private static final int BEGNTIME = MESSAGE + PharmacySettleDecoder.begntimeMsEncodingOffset();
    private static final int FIRST_LINE = MESSAGE
            + PharmacySettleDecoder.BLOCK_LENGTH
            + DrugdetailDecoder.sbeHeaderSize()
            + DrugdetailDecoder.feedetlSnEncodingOffset();
    private static final int LINE_NUMBER_LENGTH = 9;
    private static final int LINE_NUMBERS = 1_000_000_000;

    private static final int PSN_NO_LENGTH = PharmacySettleDecoder.psnNoLength();
    private static final int CERTNO_LENGTH = PharmacySettleDecoder.mdtrtCertNoLength();
    private static final int INSUTYPE_LENGTH = PharmacySettleDecoder.insutypeLength();
    private static final int INSUPLC_LENGTH = RequestHeaderDecoder.insuplcAdmdvsLength();
    private static final int PERSON_LENGTH = PSN_NO_LENGTH + CERTNO_LENGTH + INSUTYPE_LENGTH + INSUPLC_LENGTH;

    private static final DateTimeFormatter TIMESTAMP_FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final UnsafeBuffer[] frames = new UnsafeBuffer[FRAME_COUNT];
    private final int personCount;
    private final UnsafeBuffer persons;
    private byte[] timestamp;
    private long timeMs;
    private long number;

    FreshSettlements(final SampleCity city, final long timeMs) {
        final List<Person> insured = city.insured();
        personCount = insured.size();
        persons = new UnsafeBuffer(new byte[personCount * PERSON_LENGTH]);
        for (int i = 0; i < personCount; i++) {
            putPerson(i * PERSON_LENGTH, insured.get(i));
        }
        final List<Terminal> terminals = city.terminals();
        final List<TerminalRequests> requests = terminals.stream()
                .map(terminal -> new TerminalRequests(terminal, SampleJournal.GATEWAY_ID))
                .toList();
        for (int i = 0; i < FRAME_COUNT; i++) {
            final int at = i % terminals.size();
            final Terminal terminal = terminals.get(at);
            final String msgid = terminal.institution().fixmedinsCode() + "0".repeat(TIMESTAMP_LENGTH + SEQ_LENGTH);
            final byte[] framed = requests.get(at)
                    .settle(msgid, insured.get(i % personCount), city.nextBill(terminal), new Stamp(0, 0));
            frames[i] =
                    new UnsafeBuffer(framed, Limits.FRAME_LENGTH_LENGTH, framed.length - Limits.FRAME_LENGTH_LENGTH);
        }
        moveTo(timeMs);
    }

    private void putPerson(final int offset, final Person person) {
        persons.putStringWithoutLengthAscii(offset, person.psnNo());
        persons.putStringWithoutLengthAscii(offset + PSN_NO_LENGTH, person.certno());
        persons.putStringWithoutLengthAscii(offset + PSN_NO_LENGTH + CERTNO_LENGTH, person.insutype());
        persons.putStringWithoutLengthAscii(
                offset + PSN_NO_LENGTH + CERTNO_LENGTH + INSUTYPE_LENGTH, person.insuplcAdmdvs());
    }

    /** A settlement that nobody has seen yet; valid until this one of {@value #FRAME_COUNT} comes round again. */
    UnsafeBuffer next() {
        final int seq = (int) (number % MSGIDS_PER_SECOND);
        if (seq == 0 && number > 0) {
            moveTo(timeMs + STEP_MS);
        }
        final UnsafeBuffer frame = frames[(int) (number % FRAME_COUNT)];
        final int person = random.nextInt(personCount) * PERSON_LENGTH;
        frame.putBytes(PSN_NO, persons, person, PSN_NO_LENGTH);
        frame.putBytes(CERTNO, persons, person + PSN_NO_LENGTH, CERTNO_LENGTH);
        frame.putBytes(INSUTYPE, persons, person + PSN_NO_LENGTH + CERTNO_LENGTH, INSUTYPE_LENGTH);
        frame.putBytes(INSUPLC, persons, person + PSN_NO_LENGTH + CERTNO_LENGTH + INSUTYPE_LENGTH, INSUPLC_LENGTH);
        frame.putBytes(TIMESTAMP, timestamp, 0, TIMESTAMP_LENGTH);
        frame.putNaturalPaddedIntAscii(SEQ, SEQ_LENGTH, seq);
        frame.putLong(SENT_AT, timeMs, ByteOrder.LITTLE_ENDIAN);
        frame.putLong(BEGNTIME, timeMs, ByteOrder.LITTLE_ENDIAN);
        for (int line = 0; line < SampleCity.LINES; line++) {
            final int lineNumber = (int) ((number * SampleCity.LINES + line) % LINE_NUMBERS);
            frame.putNaturalPaddedIntAscii(
                    FIRST_LINE + line * DrugdetailDecoder.sbeBlockLength(), LINE_NUMBER_LENGTH, lineNumber);
        }
        number++;
        return frame;
    }

    /** When the last settlement was made. */
    long timeMs() {
        return timeMs;
    }

    /** How many were made. */
    long count() {
        return number;
    }

    private void moveTo(final long newTimeMs) {
        timeMs = newTimeMs;
        timestamp = TIMESTAMP_FORMAT.format(Instant.ofEpochMilli(newTimeMs)).getBytes(StandardCharsets.US_ASCII);
    }
}
