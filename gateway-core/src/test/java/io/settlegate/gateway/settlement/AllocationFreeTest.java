package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * That apply allocates nothing. Days are played until every day's tables have grown; then a day is played whose tables are
 * those of a dropped one, and the thread's allocated bytes are read around each apply.
 */
@Timeout(120)
final class AllocationFreeTest {
    private static final int ROUNDS = 1_000;
    private static final int WARM_UP_DAYS = 8;
    private static final int MEASURED_DAYS = 5;
    private static final long TOLERATED_BYTES = 512;

    /** What is applied in each round, in this order. */
    private enum Kind {
        SIGN_IN,
        PRESETTLE,
        SETTLE,
        SETTLE_TO_CANCEL,
        REPEAT,
        REFUSED,
        PERSON_BY_TOKEN,
        PERSON_BY_NUMBER,
        PERSON_BY_CARD,
        QUERY,
        REVERSE,
        CANCEL,
        REVERSE_CANCEL,
        CANCEL_AGAIN,
        SIGN_OUT
    }

    @TempDir
    private Path directory;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] bytes = new long[Kind.values().length];
    private final OutcomeHeaderDecoder outcomeHeader = new OutcomeHeaderDecoder();
    private EngineFixture city;
    private final List<byte[]> recorded = new ArrayList<>();

    @Test
    void shouldAllocateNothingInApplyAfterWarmUp() throws IOException {
        city = new EngineFixture(directory);
        // Totals are kept for many days, each in a table of its own: they grow here, the others while days are played.
        for (final FlatTable table : city.engine.state().dayTotals.days().tables()) {
            table.reserve(1);
        }
        for (int day = 0; day < WARM_UP_DAYS; day++) {
            play(frames());
            city.nowMs += BusinessTime.DAY_MS;
        }
        // On a busy machine the compilers may be at it still: then another day is another chance, and the last one
        // counts.
        final Map<Kind, Long> byKind = new EnumMap<>(Kind.class);
        long total = Long.MAX_VALUE;
        for (int day = 0; day < MEASURED_DAYS && total > TOLERATED_BYTES; day++) {
            final UnsafeBuffer[] frames = frames();
            java.util.Arrays.fill(bytes, 0);
            play(frames);
            city.nowMs += BusinessTime.DAY_MS;
            total = 0;
            for (final Kind kind : Kind.values()) {
                byKind.put(kind, bytes[kind.ordinal()]);
                total += bytes[kind.ordinal()];
            }
        }
        assertThat(total).as("bytes in %d applies of each: %s", ROUNDS, byKind).isLessThanOrEqualTo(TOLERATED_BYTES);
    }

    private void play(final UnsafeBuffer[] frames) {
        final int kinds = bytes.length;
        for (int i = 0; i < frames.length; i++) {
            final long before = thread.getCurrentThreadAllocatedBytes();
            city.engine.apply(++city.sequence, city.nowMs, frames[i], 0, frames[i].capacity(), city.outcome, 0);
            bytes[i % kinds] += thread.getCurrentThreadAllocatedBytes() - before;
            final int code = outcomeHeader.wrap(city.outcome, 8).code();
            final int expected = i % kinds == Kind.REFUSED.ordinal() ? ResultCode.SUM_WRONG.code() : 0;
            if (code != expected) {
                throw new AssertionError(Kind.values()[i % kinds] + " gave " + code);
            }
        }
    }

    /** A day's commands, made ahead: a setl_id and a sign_no follow from the sequence that the record will have. */
    private UnsafeBuffer[] frames() {
        recorded.clear();
        final List<Line> lines = List.of(
                Line.of(1, "XA01", 10_000, 900_000_000),
                Line.of(2, "XB02", 20_000, 50_000_000),
                Line.of(3, "XE02C", 10_000, 12_000_000));
        final long begntimeMs = city.nowMs - 1_000;
        for (int round = 0; round < ROUNDS; round++) {
            final int person = round % 90 / 3 * 3;
            final long first = city.sequence + 1 + recorded.size();
            take(city.signInFrame("T1"));
            take(city.presettleFrame(next(), person, "11", 1, lines, encoder -> encoder.begntimeMs(begntimeMs)));
            final String reversed = next();
            take(city.settleFrame(reversed, person, "11", 1, lines, encoder -> encoder.begntimeMs(begntimeMs)));
            take(city.settleFrame(next(), person, "11", 1, lines, encoder -> encoder.begntimeMs(begntimeMs)));
            take(city.settleFrame(reversed, person, "11", 1, lines, encoder -> encoder.begntimeMs(begntimeMs)));
            take(city.settleFrame(next(), person, "11", 1, lines, encoder -> encoder.begntimeMs(begntimeMs)
                    .medfeeSumamtFen(1)));
            take(city.personInfoFrame(
                    "T1", next(), EngineFixture.token(person), encoder -> encoder.mdtrtCertType("01")));
            take(city.personInfoFrame("T1", next(), EngineFixture.certno(person), encoder -> {}));
            take(city.personInfoFrame("T1", next(), EngineFixture.cardNo(person), encoder -> encoder.mdtrtCertType("03")
                    .cardSn("SN-1")));
            take(city.queryFrame("T1", next(), reversed));
            take(city.reverseFrame(next(), person, reversed, "2102"));
            final String cancel = next();
            take(city.cancelFrame(cancel, person, number(first + Kind.SETTLE_TO_CANCEL.ordinal())));
            take(city.reverseFrame(next(), person, cancel, "2103"));
            take(city.cancelFrame(next(), person, number(first + Kind.SETTLE_TO_CANCEL.ordinal())));
            take(city.signOutFrame("T1", next(), number(first + Kind.SIGN_IN.ordinal())));
        }
        return recorded.stream().map(UnsafeBuffer::new).toArray(UnsafeBuffer[]::new);
    }

    private String number(final long sequence) {
        final UnsafeBuffer number = new UnsafeBuffer(new byte[GatewayNumber.LENGTH]);
        GatewayNumber.put(number, 0, "320300", BusinessTime.dayOf(city.nowMs), sequence);
        return number.getStringWithoutLengthAscii(0, GatewayNumber.LENGTH);
    }

    private void take(final int length) {
        final byte[] frame = new byte[length];
        city.command.getBytes(0, frame);
        recorded.add(frame);
    }

    private String next() {
        return city.nextMsgid(EngineFixture.HOSPITAL);
    }
}
