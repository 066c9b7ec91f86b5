package io.settlegate.gateway.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.settlegate.gateway.benefits.file.PolicyFile;
import io.settlegate.gateway.benefits.policy.Money;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyBook;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The laws of docs/BENEFITS.md, each alone. */
@Timeout(60)
final class BenefitLawsTest {
    private static final Path POLICIES = Path.of("src", "main", "resources", "policies");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final BenefitComputation computation = new BenefitComputation(NoRecording.INSTANCE);
    private final Shares shares = new Shares();
    private final Accumulators used = new Accumulators();
    private SmallPolicy small;

    @BeforeEach
    void open() {
        small = new SmallPolicy();
    }

    private void compute(final Policy policy, final Claim claim) {
        assertThat(computation.compute(policy, claim, used, shares))
                .as("seed %d", seed)
                .isEqualTo(Verdict.OK);
    }

    @Test
    void shouldPayEverythingAfterTheDeductibleAtRatioOne() throws IOException {
        small.segments = SmallPolicy.segment("0", "none", "1");
        compute(small.compile(), SmallPolicy.claim(250_00));
        assertThat(shares.actPayDedcFen).isEqualTo(100_00);
        assertThat(shares.hifpPayFen).isEqualTo(150_00);
        assertThat(shares.psnPartFen).isEqualTo(100_00);
    }

    @Test
    void shouldTouchNothingAtRatioZero() throws IOException {
        small.segments = SmallPolicy.segment("0", "none", "0");
        compute(small.compile(), SmallPolicy.claim(250_00));
        assertThat(shares.writtenSlots).isZero();
        assertThat(shares.actPayDedcFen + shares.hifpPayFen + shares.poolPropSelfpayE4)
                .isZero();
        assertThat(shares.psnCashPayFen).isEqualTo(250_00);
    }

    @Test
    void shouldTouchNothingAtOutOfAreaFactorZero() throws IOException {
        final Claim claim = SmallPolicy.claim(250_00);
        claim.outOfArea = OutOfArea.UNFILED;
        compute(small.compile(), claim);
        assertThat(shares.writtenSlots).isZero();
        assertThat(shares.hifpPayFen).isZero();
    }

    @Test
    void shouldTurnAtTheDeductibleByAFen() throws IOException {
        small.segments = SmallPolicy.segment("0", "none", "1");
        final Policy policy = small.compile();
        final long[][] expected = {{99_99, 99_99, 0}, {100_00, 100_00, 0}, {100_01, 100_00, 1}};
        for (final long[] row : expected) {
            compute(policy, SmallPolicy.claim(row[0]));
            assertThat(new long[] {shares.actPayDedcFen, shares.hifpPayFen}).containsExactly(row[1], row[2]);
        }
        used.slots[0] = 99_99;
        compute(policy, SmallPolicy.claim(5));
        assertThat(new long[] {shares.actPayDedcFen, shares.hifpPayFen}).containsExactly(1, 4);
        used.slots[0] = 100_01;
        compute(policy, SmallPolicy.claim(5));
        assertThat(new long[] {shares.actPayDedcFen, shares.hifpPayFen})
                .as("more was used than a new policy asks for")
                .containsExactly(0, 5);
    }

    @Test
    void shouldTurnAtTheCapByAFen() throws IOException {
        small.deductible = "{kind: none}";
        small.annualCap = "70";
        final Policy policy = small.compile();
        final long[][] expected = {{99_99, 69_99}, {100_00, 70_00}, {100_01, 70_00}, {200_00, 70_00}};
        for (final long[] row : expected) {
            compute(policy, SmallPolicy.claim(row[0]));
            assertThat(shares.hifpPayFen).isEqualTo(row[1]);
        }
        used.slots[2] = 69_99;
        compute(policy, SmallPolicy.claim(100_00));
        assertThat(shares.hifpPayFen).isEqualTo(1);
        used.slots[2] = 70_01;
        compute(policy, SmallPolicy.claim(100_00));
        assertThat(shares.hifpPayFen).as("the cap fell in mid-year").isZero();
    }

    @Test
    void shouldRoundHalfUpAtTheFund() throws IOException {
        small.deductible = "{kind: none}";
        small.segments = SmallPolicy.segment("0", "none", "0.5");
        final Policy policy = small.compile();
        final long[][] expected = {{1, 1}, {2, 1}, {3, 2}, {0, 0}};
        for (final long[] row : expected) {
            final Claim claim = SmallPolicy.claim(row[0]);
            claim.ownpayFen = 1;
            claim.medfeeFen = row[0] + 1;
            compute(policy, claim);
            assertThat(shares.hifpPayFen).as("of %d fen", row[0]).isEqualTo(row[1]);
        }
    }

    @Test
    void shouldNotDependOnHowAYearIsCutIntoBills() throws IOException {
        for (int round = 0; round < 300; round++) {
            small.span = "year";
            small.segments = SmallPolicy.segment("0", "500", ratio())
                    + SmallPolicy.segment("500", "2000.50", ratio())
                    + SmallPolicy.segment("2000.50", "none", ratio());
            small.annualCap = round % 2 == 0 ? "900" : "none";
            final Policy policy = small.compile();
            final long totalFen = 1L + random.nextInt(5_000_00);
            final int[] bills = {1, 1 + random.nextInt(40)};
            final long[] fundFen = new long[2];
            final long[] dedcFen = new long[2];
            for (int way = 0; way < 2; way++) {
                used.clear();
                long restFen = totalFen;
                for (int bill = bills[way]; bill > 0 && restFen > 0; bill--) {
                    final long cutFen = bill == 1 ? restFen : 1 + (long) (random.nextDouble() * (restFen - 1));
                    compute(policy, SmallPolicy.claim(cutFen));
                    used.add(shares);
                    fundFen[way] += shares.hifpPayFen;
                    dedcFen[way] += shares.actPayDedcFen;
                    restFen -= cutFen;
                }
            }
            assertThat(dedcFen[0]).as("deductible, seed %d", seed).isEqualTo(dedcFen[1]);
            assertThat(2 * Math.abs(fundFen[0] - fundFen[1]))
                    .as("half a fen for each bill, seed %d, round %d", seed, round)
                    .isLessThanOrEqualTo(bills[0] + bills[1]);
        }
    }

    private String ratio() {
        return BigDecimal.valueOf(1L + random.nextInt(10_000), 4).toPlainString();
    }

    @Test
    void shouldPayAtMostAFenMoreForAFenMore() throws IOException {
        small.segments = SmallPolicy.segment("0", "3.33", "0.3333") + SmallPolicy.segment("3.33", "none", "0.8765");
        small.annualCap = "50";
        final Policy policy = small.compile();
        long beforeFen = 0;
        for (long inscpFen = 1; inscpFen < 200_00; inscpFen++) {
            compute(policy, SmallPolicy.claim(inscpFen));
            assertThat(shares.hifpPayFen - beforeFen).as("at %d fen", inscpFen).isBetween(0L, 1L);
            beforeFen = shares.hifpPayFen;
        }
    }

    @Test
    void shouldHoldTheSampleRows() throws IOException {
        // 12028.48 after the deductible, at 0.84.
        small.deductible = "{kind: none}";
        small.segments = SmallPolicy.segment("0", "none", "0.84");
        compute(small.compile(), SmallPolicy.claim(12_028_48));
        assertThat(shares.hifpPayFen).isEqualTo(10_103_92);
        assertThat(shares.poolPropSelfpayE4).isEqualTo(8_400);

        // 4.52 = first share 0.23 + in policy 4.29, all of it deductible, all from the account.
        small.deductible = "{kind: annual, level1: 700, level2: 700, level3: 700, ungraded: 700}";
        final Claim claim = SmallPolicy.claim(4_29);
        claim.preselfpayFen = 23;
        claim.medfeeFen = 4_52;
        claim.isAccountUsed = true;
        claim.balanceFen = 1_000_00;
        compute(small.compile(), claim);
        assertThat(new long[] {
                    shares.actPayDedcFen,
                    shares.fundPaySumamtFen,
                    shares.acctPayFen,
                    shares.psnCashPayFen,
                    shares.balcFen
                })
                .containsExactly(4_29, 0, 4_52, 0, 995_48);

        // The refund of -25.10 = first share -0.23 + in policy -24.87, account -25.10.
        claim.inscpFen = 24_87;
        claim.medfeeFen = 25_10;
        final Policy policy = small.compile();
        compute(policy, claim);
        final Shares refund = new Shares();
        refund.setNegativeOf(shares);
        assertThat(new long[] {
                    refund.medfeeSumamtFen,
                    refund.preselfpayFen,
                    refund.inscpScpFen,
                    refund.acctPayFen,
                    refund.psnCashPayFen,
                    refund.psnPartFen
                })
                .containsExactly(-25_10, -23, -24_87, -25_10, 0, -25_10);
        assertThat(RandomHistory.identityThatFails(refund, policy))
                .as("identity E")
                .isNull();
        used.add(shares);
        used.add(refund);
        assertThat(used.slots).containsOnly(0);

        // 23442.46 = funds 18785.39 + person 4152.06 + hospital 505.01.
        small.deductible = "{kind: none}";
        small.segments = SmallPolicy.segment("0", "none", "1");
        small.rest = "    hospital_bears_over_ceiling: 1\n";
        final Claim withHospital = SmallPolicy.claim(18_785_39);
        withHospital.overlmtFen = 505_01;
        withHospital.ownpayFen = 4_152_06;
        withHospital.medfeeFen = 23_442_46;
        compute(small.compile(), withHospital);
        assertThat(new long[] {shares.fundPaySumamtFen, shares.psnPartFen, shares.hospPartFen})
                .containsExactly(18_785_39, 4_152_06, 505_01);
    }

    @Test
    void shouldTakeTheVersionOfTheDayAndKeepTheYearsAccumulators() throws IOException {
        final PolicyBook book = new PolicyBook(List.of(
                Policy.compile(PolicyFile.read(POLICIES.resolve("synthetic-2.yaml"))),
                Policy.compile(PolicyFile.read(POLICIES.resolve("synthetic-1.yaml")))));
        final Claim claim = SmallPolicy.claim(1_000_00);
        final Policy before = book.on(LocalDate.of(2026, 6, 30).toEpochDay());
        final Policy after = book.on(LocalDate.of(2026, 7, 1).toEpochDay());
        assertThat(book.on(LocalDate.of(2025, 12, 31).toEpochDay())).isNull();
        assertThat(before.version()).isEqualTo(1);
        assertThat(book.version(2)).isSameAs(after);
        claim.level = io.settlegate.gateway.benefits.policy.HospitalLevel.LEVEL1;
        compute(before, claim);
        assertThat(new long[] {shares.policyVersion, shares.actPayDedcFen, shares.hifpPayFen})
                .containsExactly(1, 300_00, 525_00);
        used.add(shares);
        final Shares old = copyOfDeltas();
        compute(after, claim);
        assertThat(new long[] {shares.policyVersion, shares.actPayDedcFen, shares.hifpPayFen})
                .as("the deductible is used up, the ratio is the new one")
                .containsExactly(2, 0, 800_00);
        assertThat(shares.standsOn(old.writtenSlots)).isTrue();
        used.subtract(old);
        assertThat(used.slots).as("an old version's cancel").containsOnly(0);
    }

    private Shares copyOfDeltas() {
        final Shares copy = new Shares();
        System.arraycopy(shares.deltas, 0, copy.deltas, 0, Accumulators.COUNT);
        copy.writtenSlots = shares.writtenSlots;
        return copy;
    }

    @Test
    void shouldDependOnNoAccumulatorThatItDoesNotName() throws IOException {
        for (int round = 0; round < 200; round++) {
            final Policy policy = Policy.compile(
                    PolicyFile.read("seed " + seed, new RandomPolicies(random).next(1, "2026-01-01", "2027-01-01")));
            final Claim claim = SmallPolicy.claim(1L + random.nextInt(2_000_00));
            claim.psnType = random.nextBoolean() ? 1102 : 1201;
            claim.medType = random.nextBoolean() ? 11 : 21;
            claim.isQualified = true;
            claim.isCivilServant = true;
            claim.hasSupplement = true;
            claim.diseaseCode = "M01600";
            for (int slot = 0; slot < Accumulators.COUNT; slot++) {
                used.slots[slot] = random.nextInt(1_000_00);
            }
            compute(policy, claim);
            final Map<String, BigDecimal> fields = SharesFields.of(shares);
            final int read = shares.readSlots;
            for (int slot = 0; slot < Accumulators.COUNT; slot++) {
                if ((read & (1 << slot)) == 0) {
                    used.slots[slot] = random.nextInt(1_000_00);
                }
            }
            compute(policy, claim);
            assertThat(SharesFields.of(shares)).as("seed %d", seed).isEqualTo(fields);
        }
    }

    @Test
    void shouldRefuseWhatIsOutOfRange() throws IOException {
        final Policy policy = small.compile();
        final List<Consumer<Claim>> amounts = List.of(
                claim -> claim.medfeeFen = 0,
                claim -> claim.medfeeFen = -1,
                claim -> claim.inscpFen = -1,
                claim -> claim.ownpayFen = Long.MIN_VALUE,
                claim -> claim.overlmtFen = Money.MAX_BILL_FEN + 1,
                claim -> claim.preselfpayFen = Long.MAX_VALUE,
                claim -> claim.essentialInscpFen = -1,
                claim -> claim.balanceFen = -1,
                claim -> claim.balanceFen = Long.MAX_VALUE,
                claim -> claim.mutualAidFen = -1,
                claim -> claim.earlierBaseFen = -1,
                claim -> claim.earlierDeductibleFen = Money.MAX_ACCUMULATED_FEN + 1);
        amounts.forEach(change -> assertRefused(policy, change, Verdict.AMOUNT_OUT_OF_RANGE));
        assertRefused(policy, claim -> claim.medfeeFen++, Verdict.SUM_WRONG);
        assertRefused(policy, claim -> claim.essentialInscpFen = claim.inscpFen + 1, Verdict.SUM_WRONG);
        assertRefused(policy, claim -> claim.age = -1, Verdict.FACTS_OUT_OF_RANGE);
        assertRefused(policy, claim -> claim.age = 151, Verdict.FACTS_OUT_OF_RANGE);
        assertRefused(policy, claim -> claim.stayNumber = 0, Verdict.FACTS_OUT_OF_RANGE);
        assertRefused(policy, claim -> claim.insutype = 390, Verdict.NO_PLAN);
        assertRefused(policy, claim -> claim.psnType = 1201, Verdict.NO_PLAN);
        assertRefused(policy, claim -> claim.medType = 21, Verdict.NO_PLAN);
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            used.clear();
            used.slots[slot] = slot % 2 == 0 ? -1 : Money.MAX_ACCUMULATED_FEN + 1;
            assertRefused(policy, claim -> {}, Verdict.FACTS_OUT_OF_RANGE);
        }
        used.clear();
        small.rest = "    qualification: required\n";
        assertRefused(small.compile(), claim -> {}, Verdict.NOT_QUALIFIED);
    }

    private void assertRefused(final Policy policy, final Consumer<Claim> change, final Verdict expected) {
        final Claim claim = SmallPolicy.claim(100_00);
        change.accept(claim);
        shares.medfeeSumamtFen = 1;
        assertThat(computation.compute(policy, claim, used, shares)).isEqualTo(expected);
        assertThat(SharesFields.of(shares)).isEmpty();
        assertThat(shares.deltas).containsOnly(0);
    }

    @Test
    void shouldComputeTheLargestBillOnTheLargestAccumulators() throws IOException {
        small.span = "year";
        small.segments = SmallPolicy.segment("0", "10000000", "0.9999") + SmallPolicy.segment("10000000", "none", "1");
        small.schemes =
                """

                  - name: aid
                    fund: maf
                    base: with_preselfpay
                    terms:
                      - {categories: everyone, annual_cap: none, tiers: [{from: 0, to: none, ratio: 0.9999}]}""";
        small.rest = "    schemes: [aid]\n";
        final Claim claim = SmallPolicy.claim(Money.MAX_BILL_FEN);
        claim.balanceFen = Money.MAX_ACCUMULATED_FEN;
        claim.isAccountUsed = true;
        final Policy policy = small.compile();
        final ReferenceEngine reference = new ReferenceEngine(small.yaml());
        for (final long slotFen : new long[] {0, 1, Money.MAX_ACCUMULATED_FEN}) {
            java.util.Arrays.fill(used.slots, slotFen);
            compute(policy, claim);
            final Given given = new Given();
            given.age = 40;
            given.level = "ungraded";
            given.inscp = BigDecimal.valueOf(Money.MAX_BILL_FEN, 2);
            given.balance = BigDecimal.valueOf(Money.MAX_ACCUMULATED_FEN, 2);
            given.accountUsed = true;
            final Map<String, BigDecimal> before = new java.util.HashMap<>();
            for (int slot = 0; slot < Accumulators.COUNT; slot++) {
                before.put(Accumulators.name(slot), BigDecimal.valueOf(slotFen, 2));
            }
            assertThat(SharesFields.of(shares))
                    .containsExactlyInAnyOrderEntriesOf(SharesFields.normal(reference.compute(given, before).fields));
        }
    }

    @Test
    void shouldAllocateNothing() throws IOException {
        final Policy policy = Policy.compile(PolicyFile.read(POLICIES.resolve("synthetic-1.yaml")));
        final Claim claim = SmallPolicy.claim(80_000_00);
        claim.psnType = 1102;
        claim.medType = 21;
        claim.isCivilServant = true;
        claim.hasSupplement = true;
        claim.isAccountUsed = true;
        claim.balanceFen = 1_000_00;
        claim.diseaseCode = "K35.900";
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20 && least > 0; round++) {
            final long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1_000; i++) {
                computation.compute(policy, claim, used, shares);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(shares.cvlservPayFen).isPositive();
        assertThat(least).isZero();
    }
}
