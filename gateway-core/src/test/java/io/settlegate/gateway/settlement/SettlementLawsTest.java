package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SettlementLawsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldAgreeWithTheSlowReferenceOnEveryField() throws IOException {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final EngineFixture city = new EngineFixture(directory);
        final Map<Integer, long[]> accumulators = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            final String which = "seed " + seed + ", round " + round;
            final int person = random.nextInt(97);
            final boolean pharmacy = random.nextInt(4) == 0;
            final int account = random.nextInt(2);
            final List<Line> lines = new ArrayList<>();
            final int count = 1 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                lines.add(Line.of(
                        i,
                        EngineFixture.ITEMS[random.nextInt(5)],
                        10_000L + random.nextInt(50_000),
                        100_000L + random.nextInt(20_000_000)));
            }
            final long balance = city.balanceFen(person);
            final String msgid = city.nextMsgid(pharmacy ? EngineFixture.PHARMACY : EngineFixture.HOSPITAL);
            final int code = city.settle(msgid, person, pharmacy ? "41" : "11", account, lines, encoder -> {});
            assertThat(code).as(which).isZero();
            final long[] used = accumulators.computeIfAbsent(person, key -> new long[2]);
            final ReferenceBill bill =
                    new ReferenceBill(lines, person, pharmacy, account == 1 ? balance : 0, used[0], used[1]);
            bill.assertIs(city.settled(), which);
            assertThat(city.settled().balcFen()).as(which).isEqualTo(city.balanceFen(person));
            if (random.nextInt(2) == 0) {
                final int reversed = city.reverse(city.nextMsgid(msgid.substring(0, 12)), person, msgid, "2102");
                assertThat(reversed).as(which).isZero();
                assertThat(city.balanceFen(person)).as(which).isEqualTo(balance);
            } else {
                used[0] += bill.dedcFen;
                used[1] += bill.fundFen;
            }
        }
        assertThat(city.engine.ledgerSumFen()).as("seed " + seed).isZero();
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).isEqualTo(city.engine.stateHashLow());
    }

    @Test
    void shouldGiveTheSameStateTwiceAndRestoreItByReversal() throws IOException {
        final EngineFixture one = new EngineFixture(directory);
        final EngineFixture two = new EngineFixture(directory);
        assertThat(one.hash()).isEqualTo(two.hash());
        // The first settlement opens the accounts, which stay at zero after its reversal.
        settleAndReverse(one, one.nextMsgid(EngineFixture.HOSPITAL), one.nextMsgid(EngineFixture.HOSPITAL));
        final long rows = one.businessHash();
        settleAndReverse(one, one.nextMsgid(EngineFixture.HOSPITAL), one.nextMsgid(EngineFixture.HOSPITAL));
        assertThat(one.businessHash()).isEqualTo(rows);
        for (int i = 0; i < 2; i++) {
            settleAndReverse(two, two.nextMsgid(EngineFixture.HOSPITAL), two.nextMsgid(EngineFixture.HOSPITAL));
        }
        assertThat(one.hash()).isEqualTo(two.hash());
        assertThat(one.engine.ledgerSumFen()).isZero();
    }

    private static void settleAndReverse(final EngineFixture city, final String msgid, final String reversal) {
        final List<Line> lines = List.of(Line.of(1, "XA01", 10_000, 1_000_000_000));
        assertThat(city.settle(msgid, 3, "11", 1, lines, encoder -> {})).isZero();
        assertThat(city.settled().hifpPayFen()).isEqualTo(19_500);
        assertThat(city.reverse(reversal, 3, msgid, "2102")).isZero();
    }

    @Test
    void shouldCommuteForUnrelatedPersons() throws IOException {
        final EngineFixture one = new EngineFixture(directory);
        final EngineFixture two = new EngineFixture(directory);
        final List<Line> lines = List.of(Line.of(1, "XB02", 10_000, 900_000_000));
        for (final int person : new int[] {3, 4}) {
            assertThat(one.settle(one.nextMsgid(EngineFixture.HOSPITAL), person, "11", 1, lines, encoder -> {}))
                    .isZero();
        }
        for (final int person : new int[] {4, 3}) {
            assertThat(two.settle(two.nextMsgid(EngineFixture.HOSPITAL), person, "11", 1, lines, encoder -> {}))
                    .isZero();
        }
        assertThat(one.businessHash()).isEqualTo(two.businessHash());
    }

    @Test
    void shouldComputeTheWorkedExampleOfTheBenefitsPage() throws IOException {
        final EngineFixture city = new EngineFixture(directory);
        final List<Line> lines = List.of(
                Line.of(1, "XA01", 10_000, 800_000_000), Line.of(2, "XB02", 20_000, 50_000_000),
                Line.of(3, "XC03", 10_000, 30_000_000), Line.of(4, "XD01C", 10_000, 12_000_000));
        assertThat(city.settle(city.nextMsgid(EngineFixture.HOSPITAL), 3, "11", 1, lines, encoder -> {}))
                .isZero();
        final PharmacySettleOutcomeDecoder bill = city.settled();
        assertThat(new long[] {
                    bill.medfeeSumamtFen(),
                    bill.fulamtOwnpayAmtFen(),
                    bill.overlmtSelfpayFen(),
                    bill.preselfpayAmtFen(),
                    bill.inscpScpAmtFen(),
                    bill.actPayDedcFen(),
                    bill.hifpPayFen(),
                    bill.psnPartAmtFen(),
                    bill.acctPayFen(),
                    bill.psnCashPayFen()
                })
                .containsExactly(94_200, 3_000, 150, 500, 90_550, 70_000, 13_358, 80_842, 11_125, 69_717);
    }

    @Test
    void shouldReproduceTheSampleRowOfTheInterface() throws IOException {
        // 4.52 = preselfpay 0.23 + in scope 4.29, deductible 4.29, fund 0, account 4.52, cash 0; and its refund.
        final EngineFixture city = new EngineFixture(directory);
        final String msgid = city.nextMsgid(EngineFixture.HOSPITAL);
        assertThat(city.settle(msgid, 3, "11", 1, List.of(Line.of(1, "XB02", 10_000, 4_520_000)), encoder -> {}))
                .isZero();
        final PharmacySettleOutcomeDecoder bill = city.settled();
        assertThat(new long[] {
                    bill.medfeeSumamtFen(),
                    bill.preselfpayAmtFen(),
                    bill.inscpScpAmtFen(),
                    bill.actPayDedcFen(),
                    bill.fundPaySumamtFen(),
                    bill.acctPayFen(),
                    bill.psnCashPayFen()
                })
                .containsExactly(452, 23, 429, 429, 0, 452, 0);
    }
}
