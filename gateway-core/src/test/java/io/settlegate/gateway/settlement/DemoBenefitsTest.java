package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.EssentialDrug;
import io.settlegate.gateway.benefits.ItemClass;
import io.settlegate.gateway.benefits.LineSplit;
import io.settlegate.gateway.benefits.NoRecording;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.Verdict;
import io.settlegate.gateway.benefits.file.PolicyFile;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo's policy says of outpatients and pharmacies what the demo's rows say, to the fen, through a person's year. */
@Timeout(60)
final class DemoBenefitsTest {
    private static final Path DEMO = Path.of("src", "main", "resources", "demo", "benefits.yaml");
    private static final String[] PERSONS = {"3101101", "3101201", "3901401", "3901501", "3901601"};
    private static final int HISTORIES = 3_000;
    private static final int VISITS = 12;

    @TempDir
    private Path directory;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final BenefitComputation byRow = new BenefitComputation();
    private final io.settlegate.gateway.benefits.BenefitComputation byPlan =
            new io.settlegate.gateway.benefits.BenefitComputation(NoRecording.INSTANCE);
    private final LineSplit split = new LineSplit();
    private final Claim claim = new Claim();
    private final Shares shares = new Shares();

    @Test
    void shouldComputeWhatTheRowsCompute() throws IOException {
        final Policy policy = Policy.compile(PolicyFile.read(DEMO));
        final FlatTable rows = new EngineFixture(directory).engine.state().policies;
        final PolicyLookup lookup = new PolicyLookup(rows);
        int capped = 0;
        for (int history = 0; history < HISTORIES; history++) {
            final String person = PERSONS[random.nextInt(PERSONS.length)];
            final Accumulators used = new Accumulators();
            long usedDedcFen = 0;
            long usedHifpFen = 0;
            long balanceFen = random.nextInt(200_000);
            for (int visit = 0; visit < VISITS; visit++) {
                final String medType = random.nextInt(4) == 0 ? "41" : "11";
                final int level = random.nextInt(4);
                final int row = find(lookup, person, medType);
                final int ratioE4 = lookup.ratioE4(row, level);
                fill(person, medType, level, balanceFen);
                lines();
                final long capLeftFen = Math.max(0, rows.getLong(row, Rows.POLICY_CAP) - usedHifpFen);
                byRow.finish(
                        Math.max(0, rows.getLong(row, Rows.POLICY_DEDUCTIBLE) - usedDedcFen),
                        ratioE4,
                        capLeftFen,
                        claim.isAccountUsed ? balanceFen : 0);
                assertThat(byPlan.compute(policy, claim, used, shares))
                        .as("seed %d", seed)
                        .isEqualTo(Verdict.OK);
                assertSame(person, medType, level, ratioE4, balanceFen);
                capped += ratioE4 > 0 && byRow.hifpFen == capLeftFen ? 1 : 0;
                used.add(shares);
                usedDedcFen += byRow.dedcFen;
                usedHifpFen += byRow.hifpFen;
                balanceFen -= byRow.acctFen;
            }
        }
        assertThat(capped).as("visits that reached a cap").isPositive();
    }

    private void assertSame(
            final String person, final String medType, final int level, final int ratioE4, final long balanceFen) {
        assertThat(new long[] {
                    shares.medfeeSumamtFen,
                    shares.fulamtOwnpayFen,
                    shares.overlmtSelfpayFen,
                    shares.preselfpayFen,
                    shares.inscpScpFen,
                    shares.actPayDedcFen,
                    shares.poolPropSelfpayE4,
                    shares.hifpPayFen,
                    shares.fundPaySumamtFen,
                    shares.hospPartFen,
                    shares.psnPartFen,
                    shares.acctPayFen,
                    shares.acctMulaidPayFen,
                    shares.psnCashPayFen,
                    shares.balcFen
                })
                .as("seed %d: %s, %s, level %d", seed, person, medType, level)
                .containsExactly(
                        byRow.medfeeFen,
                        byRow.ownpayFen,
                        byRow.overlmtFen,
                        byRow.preselfpayFen,
                        byRow.inscpFen,
                        byRow.dedcFen,
                        ratioE4,
                        byRow.hifpFen,
                        byRow.hifpFen,
                        0,
                        byRow.psnPartFen,
                        byRow.acctFen,
                        0,
                        byRow.cashFen,
                        balanceFen - byRow.acctFen);
    }

    private static int find(final PolicyLookup lookup, final String person, final String medType) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[Rows.PERSON_LENGTH + 16]);
        bytes.putStringWithoutLengthAscii(Rows.PERSON_INSUTYPE, person);
        bytes.putStringWithoutLengthAscii(Rows.PERSON_LENGTH, "320300");
        final UnsafeBuffer kind = new UnsafeBuffer(new byte[6]);
        kind.putStringWithoutLengthAscii(0, medType);
        final int row = lookup.find(bytes, Rows.PERSON_LENGTH, bytes, 0, kind, 0, EngineFixture.NOW_MS);
        assertThat(row).as("%s %s", person, medType).isNotNegative();
        return row;
    }

    private void fill(final String person, final String medType, final int level, final long balanceFen) {
        claim.clearLines();
        claim.insutype = Integer.parseInt(person.substring(0, 3));
        claim.psnType = Integer.parseInt(person.substring(3));
        claim.medType = Integer.parseInt(medType);
        claim.age = random.nextInt(100);
        claim.hasFamilyDoctor = random.nextBoolean();
        claim.level = HospitalLevel.values()[level];
        claim.isAccountUsed = random.nextBoolean();
        claim.balanceFen = balanceFen;
    }

    /** The same lines for both, small ones more often than such as reach a cap. */
    private void lines() {
        byRow.begin();
        final int lineCount = 1 + random.nextInt(4);
        for (int line = 0; line < lineCount; line++) {
            final long pricE6 = 1 + (long) (Math.pow(random.nextDouble(), 3) * 8_000_000_000L);
            final long cntE4 = 1_000L + random.nextInt(30_000);
            final long amountFen = Rounding.lineAmountHalfUp(pricE6, cntE4);
            if (amountFen == 0) {
                continue;
            }
            final ItemClass itemClass = ItemClass.values()[random.nextInt(ItemClass.values().length)];
            final int selfpayE4 = random.nextInt(10_001);
            final long ceilingE6 = random.nextInt(3) == 0 ? 1L + random.nextInt(1_000_000_000) : 0;
            byRow.addLine(amountFen, pricE6, cntE4, itemClass.ordinal() + 1, selfpayE4, ceilingE6);
            assertThat(split.split(amountFen, pricE6, cntE4, itemClass, selfpayE4, ceilingE6))
                    .isEqualTo(Verdict.OK);
            claim.addLine(split, EssentialDrug.NO);
        }
        if (claim.medfeeFen == 0) {
            byRow.addLine(1, 10_000, 10_000, BenefitComputation.CLASS_A, 0, 0);
            split.split(1, 10_000, 10_000, ItemClass.A, 0, 0);
            claim.addLine(split, EssentialDrug.NO);
        }
    }
}
