package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.benefits.policy.Pool;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a person costs: row, the indexes by number, certificate, and card, and a year's accumulators; and what a settlement costs. */
final class StateMemoryTest {
    private static final int MOST_BYTES_A_PERSON = 250;
    private static final int ROWS_OF_A_CHUNK = 512;

    private static final int MONTH_DAYS = 31;
    private static final int RESIDENTS = 390;

    private final EngineState state =
            new EngineState(EngineParameters.standard("GW1", "320300", 11, 22).withHorizonDays(MONTH_DAYS));
    private final SyntheticPersons persons = new SyntheticPersons(state);
    private final Accumulators used = new Accumulators();

    @Test
    @Timeout(60)
    void shouldHoldAPersonInARowAndThreeSlots() {
        final int count = 100_000;
        fill(count);
        assertThat(Rows.PERSON_LENGTH).isLessThanOrEqualTo(174);
        final long rowBytes = (count + ROWS_OF_A_CHUNK - 1L) / ROWS_OF_A_CHUNK * ROWS_OF_A_CHUNK * Rows.PERSON_LENGTH;
        assertThat(state.persons.bytes()).isGreaterThanOrEqualTo(rowBytes);
        final long indexBytes = state.personBytes() - state.personYears.rows.bytes() - rowBytes;
        assertThat(indexBytes).as("three slots of four bytes at 0.35 to 0.7").isLessThan(3L * 12 * count);
        assertThat(state.personBytes())
                .as("indexes of few rows are emptier than those of many")
                .isLessThan((MOST_BYTES_A_PERSON + 30L) * count);
        assertThat(state.tableBytes()).isGreaterThan(state.personBytes());
        assertThat(state.recomputeHigh()).isEqualTo(state.hashHigh());
    }

    @Test
    @Tag("long")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void shouldHoldTenMillionPersonsInTwoAndAHalfGigabytes() {
        final int count = 10_000_000;
        final long startNs = System.nanoTime();
        fill(count);
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        System.out.printf(
                "%,d persons: rows and index by number %,d bytes, by certificate %,d, by card %,d, accumulators %,d; in all %,d,"
                        + " which is %.1f a person; inserted in %.1f s%n",
                count,
                state.persons.bytes(),
                state.certificates.bytes(),
                state.cards.bytes(),
                state.personYears.rows.bytes(),
                state.personBytes(),
                (double) state.personBytes() / count,
                seconds);
        assertThat(state.personBytes()).isLessThanOrEqualTo((long) MOST_BYTES_A_PERSON * count);
        assertThat(state.tableBytes()).isLessThanOrEqualTo(2_500_000_000L);
    }

    /** Deductible, base, and paid of a pool, and what the catastrophic scheme has seen: what an outpatient resident has. */
    private void useBenefits(final int person) {
        used.slots[Accumulators.deductible(Pool.OUTPATIENT)] = 10_000L + person;
        used.slots[Accumulators.base(Pool.OUTPATIENT)] = 70_000L + person;
        used.slots[Accumulators.paid(Pool.OUTPATIENT)] = 40_000L + person;
        used.slots[Accumulators.base(Fund.HIFMI)] = 30_000;
        state.personYears.reserve();
        state.personYears.store(person, 2026, RESIDENTS, used, 0, 0);
    }

    @Test
    @Timeout(60)
    void shouldKeepWhatASettlementNeedsInFewBytes() {
        settle(100_000);
        System.out.printf("%,d settlements: %,d bytes%n", 100_000, settlementBytes());
        assertThat(settlementBytes()).as("small days waste most").isLessThan(300L * 100_000);
    }

    @Test
    @Tag("long")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void shouldHoldAMonthOfACitysSettlementsInAGigabyte() {
        final int count = 6_000_000;
        settle(count);
        System.out.printf(
                "%,d settlements in %d days: msgids %,d bytes, settlements %,d; in all %.1f a settlement%n",
                count,
                MONTH_DAYS,
                bytes(state.msgids.tables()),
                bytes(state.settlements.tables()) + bytes(state.settlements.moreTables()),
                (double) settlementBytes() / count);
        assertThat(settlementBytes()).isLessThanOrEqualTo(1_000_000_000L);
    }

    private long settlementBytes() {
        return bytes(state.msgids.tables()) + bytes(state.settlements.tables()) + bytes(state.settlements.moreTables());
    }

    private static long bytes(final FlatTable[] tables) {
        long sum = 0;
        for (final FlatTable table : tables) {
            sum += table.bytes();
        }
        return sum;
    }

    /** So many settlements over a month, as an outpatient's: each with its msgid, and amounts in ten fields. */
    private void settle(final int count) {
        final UnsafeBuffer msgid = new UnsafeBuffer(new byte[Rows.MSGID_KEY]);
        final Request request = new Request();
        final Shares shares = new Shares();
        shares.policyVersion = 1;
        final long first = BusinessTime.startOf(2026, 1, 1);
        for (int number = 0; number < count; number++) {
            request.sequence = number + 1L;
            request.timeMs = first + (long) number * MONTH_DAYS / count * BusinessTime.DAY_MS;
            request.msgidDay = BusinessTime.dayOf(request.timeMs);
            request.day = state.msgids.table(request.timeMs);
            request.regionRow = 0;
            request.institutionRow = number % 1_000;
            msgid.putStringWithoutLengthAscii(0, "H32030000001");
            Fields.putDigits(msgid, 12, number, 18);
            assertThat(request.day.reserve(1) && state.settlements.reserve(request.timeMs))
                    .isTrue();
            request.msgidRow = request.day.insert(msgid, 0, Rows.MSGID_KEY);
            request.day.endWrite(request.msgidRow);
            outpatient(shares, number);
            state.settlements.put(request, request.msgidDay, number, shares, RESIDENTS, 2026, -1, -1);
        }
        assertThat(state.settlements.find(BusinessTime.dayOf(first), 1)).isTrue();
        state.settlements.read(shares);
        assertThat(shares.hifpPayFen).isEqualTo(9_000);
    }

    private static void outpatient(final Shares shares, final int number) {
        shares.fulamtOwnpayFen = 1_000L + number % 100;
        shares.preselfpayFen = 500;
        shares.inscpScpFen = 20_000;
        shares.medfeeSumamtFen = 21_500L + number % 100;
        shares.actPayDedcFen = 5_000;
        shares.baseFen = 15_000;
        shares.hifpPayFen = 9_000;
        shares.fundPaySumamtFen = 9_000;
        shares.psnPartFen = shares.medfeeSumamtFen - 9_000;
        shares.ownAccountFen = 2_000;
        shares.acctPayFen = 2_000;
        shares.psnCashPayFen = shares.psnPartFen - 2_000;
        shares.deltas[Accumulators.deductible(Pool.OUTPATIENT)] = 5_000;
        shares.deltas[Accumulators.base(Pool.OUTPATIENT)] = 15_000;
        shares.deltas[Accumulators.paid(Pool.OUTPATIENT)] = 9_000;
        shares.deltas[Accumulators.base(Fund.HIFMI)] = 11_000;
        shares.writtenSlots = 1 << Accumulators.deductible(Pool.OUTPATIENT)
                | 1 << Accumulators.base(Pool.OUTPATIENT)
                | 1 << Accumulators.paid(Pool.OUTPATIENT)
                | 1 << Accumulators.base(Fund.HIFMI);
    }

    private void fill(final int count) {
        for (int number = 0; number < count; number++) {
            persons.add(number);
            useBenefits(number);
        }
        for (int number = 0; number < count; number += 997) {
            assertThat(persons.isFound(number)).as("person %d", number).isTrue();
        }
        assertThat(persons.isFound(count)).isFalse();
    }
}
