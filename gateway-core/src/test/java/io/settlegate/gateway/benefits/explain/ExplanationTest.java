package io.settlegate.gateway.benefits.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.BenefitComputation;
import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.Verdict;
import io.settlegate.gateway.benefits.file.PolicyFile;
import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import io.settlegate.gateway.benefits.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The steps of a computation in words and as records. */
final class ExplanationTest {
    private static final Path POLICY = Path.of("src", "main", "resources", "policies", "synthetic-1.yaml");

    private final Explanation explanation = new Explanation();
    private final BenefitComputation computation = new BenefitComputation(explanation);
    private final Shares shares = new Shares();

    private void compute(final Claim claim, final Accumulators used) throws IOException {
        final Policy policy = Policy.compile(PolicyFile.read(POLICY));
        assertThat(computation.compute(policy, claim, used, shares)).isEqualTo(Verdict.OK);
    }

    /** The example 7.3 of docs/BENEFITS.md. */
    private void computeOverTheCap() throws IOException {
        final Claim claim = new Claim();
        claim.insutype = 310;
        claim.psnType = 1201;
        claim.medType = 21;
        claim.age = 76;
        claim.level = HospitalLevel.LEVEL3;
        claim.outOfArea = OutOfArea.TRANSFER;
        claim.isAccountUsed = true;
        claim.balanceFen = 50_00;
        claim.overlmtFen = 50_00;
        claim.inscpFen = 5_950_00;
        claim.medfeeFen = 6_000_00;
        final Accumulators used = new Accumulators();
        used.slots[7] = 49_000_00;
        used.slots[8] = 98_000_00;
        compute(claim, used);
    }

    @Test
    void shouldSayEveryStepInWords() throws IOException {
        computeOverTheCap();
        assertThat(explanation.lines())
                .containsExactly(
                        "Policy of region 990100, version 1, plan \"worker inpatient\".",
                        "The hospital bears 0.5 of the 50.00 above price ceilings: 25.00.",
                        "Deductible (stay): 800.00 is left of it, 5950.00 is subject to it; taken: 800.00.",
                        "Basic fund, segment from 10000.00 to 50000.00: 1000.00 x 0.783 = 783.00.",
                        "Basic fund, segment from 50000.00 on: 4150.00 x 0.801 = 3324.15.",
                        "Basic fund before caps, of 5150.00: 4107.15.",
                        "Annual cap: 2000.00 is left; of 4107.15 the fund pays 2000.00.",
                        "Over the annual cap, of which 2000.00 was left: 2630.64 of 5150.00 (covered part up to the fen [R7]).",
                        "Scheme \"large\" (hifob), tier from 0.00 on: 2630.64 x 0.9 = 2367.576.",
                        "Scheme \"large\" (hifob): looks at 2630.64, would pay 2367.576, half up 2367.58 [R6].",
                        "Scheme \"large\" (hifob), annual cap: 200000.00 is left; of 2367.58 it pays 2367.58.",
                        "Scheme \"city supplement\" (oth): looks at 1582.42, would pay 0.00.",
                        "Scheme \"city supplement\" (oth), annual cap: 100000.00 is left; of 0.00 it pays 0.00.",
                        "Of the bill of 6000.00 the person bears 1607.42.",
                        "The account may pay 1582.42 (catalogue) and holds 50.00: it pays 50.00.",
                        "Cash: 1557.42 of the person's 1607.42.",
                        "Accumulator inpatient.base: 49000.00 before, 54150.00 after.",
                        "Accumulator inpatient.paid: 98000.00 before, 100000.00 after.",
                        "Accumulator hifob.base: 0.00 before, 2630.64 after.",
                        "Accumulator hifob.paid: 0.00 before, 2367.58 after.",
                        "Accumulator oth.base: 0.00 before, 1582.42 after.");
    }

    @Test
    void shouldGiveRecordsForPrograms() throws IOException {
        computeOverTheCap();
        final JsonNode steps = new ObjectMapper().valueToTree(explanation.steps());
        final JsonNode segment = steps.get(2);
        assertThat(segment.get("step").asText()).isEqualTo("basic_segment");
        assertThat(segment.get("rule").asText()).isEqualTo("4.4");
        assertThat(segment.get("baseFen").asLong()).isEqualTo(1_000_00);
        assertThat(segment.get("ratio").asText()).isEqualTo("0.783");
        assertThat(segment.get("product").asText()).isEqualTo("783.00");
        assertThat(steps.findValuesAsText("rounding")).contains("R4", "R5", "R6", "R7");
        assertThat(explanation.accumulators().get(0))
                .isEqualTo(new AccumulatorChange("inpatient.base", 49_000_00, 54_150_00));
    }

    @Test
    void shouldForgetTheClaimBefore() throws IOException {
        computeOverTheCap();
        final Claim claim = new Claim();
        claim.insutype = 390;
        claim.psnType = 1501;
        claim.medType = 11;
        claim.age = 40;
        claim.aid = AidCategory.EXTREME_POVERTY;
        claim.level = HospitalLevel.LEVEL3;
        claim.inscpFen = 80_00;
        claim.medfeeFen = 80_00;
        compute(claim, new Accumulators());
        assertThat(explanation.lines())
                .startsWith("Policy of region 990100, version 1, plan \"resident outpatient\".")
                .contains("Scheme \"medical aid\" (maf), tier from 0.00 on: 80.00 x 1 = 80.00.")
                .noneMatch(line -> line.contains("Deductible") || line.contains("hifob"));
    }
}
