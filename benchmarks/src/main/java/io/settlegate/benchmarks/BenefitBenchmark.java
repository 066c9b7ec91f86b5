package io.settlegate.benchmarks;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.BenefitComputation;
import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.EssentialDrug;
import io.settlegate.gateway.benefits.ItemClass;
import io.settlegate.gateway.benefits.LineSplit;
import io.settlegate.gateway.benefits.NoRecording;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.gateway.benefits.Verdict;
import io.settlegate.gateway.benefits.file.PolicyFile;
import io.settlegate.gateway.benefits.policy.HospitalLevel;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import io.settlegate.gateway.benefits.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What who-pays-what costs alone, without tables: three lines are split, the claim is computed, the accumulators are moved on. Persons
 * and lines change from one to the next. {@code pharmacy} pays from the account only, {@code outpatient} has a deductible and a cap,
 * {@code inpatient} has segments, a cap that is reached, and five schemes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BenefitBenchmark {
    private static final int PERSONS = 1 << 10;
    private static final int LINES = 3;
    private static final int SETTLEMENTS_OF_A_YEAR = 100;
    private static final long CNT_ONE_E4 = 10_000L;
    private static final long PRIC_PER_FEN_E6 = 10_000L;

    @Param({"pharmacy", "outpatient", "inpatient"})
    String visit;

    private final BenefitComputation computation = new BenefitComputation(NoRecording.INSTANCE);
    private final LineSplit split = new LineSplit();
    private final Shares shares = new Shares();
    private final Claim[] claims = new Claim[PERSONS];
    private final Accumulators[] accumulators = new Accumulators[PERSONS];
    private final long[] pricesFen = new long[PERSONS + LINES];
    private Policy policy;
    private int next;
    private long rounds;

    @Setup
    public void fill() throws IOException {
        final String name = visit.equals("inpatient") ? "/policies/synthetic-1.yaml" : "/policies/xuzhou.yaml";
        try (InputStream file = BenefitComputation.class.getResourceAsStream(name)) {
            policy = Policy.compile(PolicyFile.read(name, new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        }
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < PERSONS; i++) {
            claims[i] = claim(random);
            accumulators[i] = new Accumulators();
        }
        for (int i = 0; i < pricesFen.length; i++) {
            pricesFen[i] = random.nextLong(100, visit.equals("inpatient") ? 500_000 : 20_000);
        }
    }

    private Claim claim(final SplittableRandom random) {
        final Claim claim = new Claim();
        claim.insutype = 310;
        claim.psnType = random.nextBoolean() ? 1101 : 1201;
        claim.medType = switch (visit) {
            case "pharmacy" -> 41;
            case "outpatient" -> 11;
            default -> 21;
        };
        claim.age = random.nextInt(18, 95);
        claim.isCivilServant = random.nextInt(4) == 0;
        claim.hasSupplement = random.nextInt(4) == 0;
        claim.level = HospitalLevel.values()[random.nextInt(4)];
        claim.outOfArea = OutOfArea.values()[random.nextInt(5)];
        claim.isAccountUsed = true;
        claim.balanceFen = random.nextLong(1_000_00);
        return claim;
    }

    private void beginYear() {
        for (final Accumulators used : accumulators) {
            used.clear();
        }
    }

    @Benchmark
    public long settle() {
        next = (next + 1) & (PERSONS - 1);
        final Claim claim = claims[next];
        claim.clearLines();
        for (int line = 0; line < LINES; line++) {
            final long amountFen = pricesFen[next + line];
            final ItemClass itemClass = line == 1 ? ItemClass.B : ItemClass.A;
            split.split(amountFen, amountFen * PRIC_PER_FEN_E6, CNT_ONE_E4, itemClass, 1_000, 0);
            claim.addLine(split, EssentialDrug.NO);
        }
        final Accumulators used = accumulators[next];
        if (computation.compute(policy, claim, used, shares) != Verdict.OK) {
            throw new IllegalStateException("a claim of the benchmark was refused");
        }
        used.add(shares);
        if (next == 0 && ++rounds % SETTLEMENTS_OF_A_YEAR == 0) {
            beginYear();
        }
        return shares.psnCashPayFen;
    }
}
