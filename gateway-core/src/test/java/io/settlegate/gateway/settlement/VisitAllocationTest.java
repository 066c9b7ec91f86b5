package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.settlegate.gateway.settlement.VisitRequests.FeeLine;
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
 * That apply allocates nothing for visits, stays, and lines, nor while expired ones are freed: days that are more than
 * a month apart are played, so that each frees what the one before left.
 */
@Timeout(120)
final class VisitAllocationTest {
    private static final int ROUNDS = 300;
    private static final int WARM_UP_DAYS = 20;
    private static final int MEASURED_DAYS = 10;
    private static final long TOLERATED_BYTES = 512;

    /** What is applied in each round, in this order. */
    private enum Kind {
        REGISTER_TO_LEAVE,
        LINES_TO_LEAVE,
        REGISTER,
        VISIT,
        LINES,
        MORE_LINES,
        LINES_CANCEL,
        REGISTRATION_CANCEL,
        ADMIT,
        STAY_LINES,
        DISCHARGE,
        DISCHARGE_CANCEL,
        STAY_LINES_CANCEL,
        ADMISSION_CANCEL,
        ADMIT_TO_REVERSE,
        STAY_LINES_TO_REVERSE,
        ADMISSION_REVERSAL
    }

    @TempDir
    private Path directory;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] bytes = new long[Kind.values().length];
    private final OutcomeHeaderDecoder outcomeHeader = new OutcomeHeaderDecoder();
    private final List<byte[]> recorded = new ArrayList<>();
    private VisitRequests requests;
    private EngineFixture city;
    private Undoings undoings;

    @Test
    void shouldAllocateNothingInApplyAfterWarmUp() throws IOException {
        requests = new VisitRequests(directory);
        city = requests.city;
        undoings = new Undoings(city);
        final Map<Kind, Long> byKind = new EnumMap<>(Kind.class);
        long total = Long.MAX_VALUE;
        // On a busy machine the compilers may be at it still: then another day is another chance, and the last one
        // counts.
        for (int day = 0;
                day < WARM_UP_DAYS + MEASURED_DAYS && (day < WARM_UP_DAYS || total > TOLERATED_BYTES);
                day++) {
            final UnsafeBuffer[] frames = frames();
            java.util.Arrays.fill(bytes, 0);
            play(frames);
            city.nowMs += 31 * BusinessTime.DAY_MS;
            total = 0;
            for (final Kind kind : Kind.values()) {
                byKind.put(kind, bytes[kind.ordinal()]);
                total += bytes[kind.ordinal()];
            }
        }
        assertThat(city.engine.state().visits.table.count())
                .as("what the last day left")
                .isLessThanOrEqualTo(ROUNDS);
        assertThat(total).as("bytes in %d applies of each: %s", ROUNDS, byKind).isLessThanOrEqualTo(TOLERATED_BYTES);
    }

    private void play(final UnsafeBuffer[] frames) {
        final int kinds = bytes.length;
        for (int i = 0; i < frames.length; i++) {
            final long before = thread.getCurrentThreadAllocatedBytes();
            city.engine.apply(++city.sequence, city.nowMs, frames[i], 0, frames[i].capacity(), city.outcome, 0);
            bytes[i % kinds] += thread.getCurrentThreadAllocatedBytes() - before;
            final int code = outcomeHeader.wrap(city.outcome, 8).code();
            if (code != 0) {
                throw new AssertionError(Kind.values()[i % kinds] + " gave " + code);
            }
        }
    }

    /** A day's commands, made ahead: an mdtrt_id follows from the sequence that the record will have. */
    private UnsafeBuffer[] frames() {
        recorded.clear();
        final List<FeeLine> lines = lines("L");
        final List<FeeLine> more = lines("M");
        final String hospital = EngineFixture.HOSPITAL;
        final VisitKind outpatient = VisitKind.OUTPATIENT;
        final VisitKind stay = VisitKind.STAY;
        for (int round = 0; round < ROUNDS; round++) {
            final int person = round % 90 / 3 * 3;
            final long first = city.sequence + 1 + recorded.size();
            final String left = number(first + Kind.REGISTER_TO_LEAVE.ordinal());
            final String visit = number(first + Kind.REGISTER.ordinal());
            final String admitted = number(first + Kind.ADMIT.ordinal());
            take(requests.register(hospital, person, city.nowMs, encoder -> {}));
            take(requests.lines(outpatient, hospital, person, left, "B1", lines));
            take(requests.register(hospital, person, city.nowMs, encoder -> {}));
            take(requests.visit(hospital, person, visit, "140104", "M01", "I10"));
            take(requests.lines(outpatient, hospital, person, visit, "B1", lines));
            take(requests.lines(outpatient, hospital, person, visit, "B2", more));
            take(requests.linesCancel(outpatient, hospital, person, visit, "B1"));
            take(requests.cancel(outpatient, hospital, person, visit));
            take(requests.admit(hospital, person, city.nowMs, "J18", encoder -> {}));
            take(requests.lines(stay, hospital, person, admitted, "B1", lines));
            take(requests.discharge(hospital, person, admitted, city.nowMs, "", "K35"));
            take(requests.dischargeCancel(hospital, person, admitted));
            take(requests.linesCancel(stay, hospital, person, admitted, "0000"));
            take(requests.cancel(stay, hospital, person, admitted));
            final int admission = requests.admit(hospital, person, city.nowMs, "J18", encoder -> {});
            final String msgid = undoings.lastMsgid();
            take(admission);
            final String reversed = number(first + Kind.ADMIT_TO_REVERSE.ordinal());
            take(requests.lines(stay, hospital, person, reversed, "B1", lines));
            take(requests.reverse(hospital, person, msgid, "2401"));
        }
        return recorded.stream().map(UnsafeBuffer::new).toArray(UnsafeBuffer[]::new);
    }

    private List<FeeLine> lines(final String prefix) {
        final List<FeeLine> lines = new ArrayList<>();
        for (int i = 0; i < EngineFixture.ITEMS.length; i++) {
            lines.add(FeeLine.of(prefix + i, EngineFixture.ITEMS[i], 20_000, 12_000_000, city.nowMs));
        }
        return lines;
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
}
