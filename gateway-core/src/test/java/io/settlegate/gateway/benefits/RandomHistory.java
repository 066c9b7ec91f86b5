package io.settlegate.gateway.benefits;

import io.settlegate.gateway.benefits.ReferenceEngine.Bill;
import io.settlegate.gateway.benefits.policy.FundSum;
import io.settlegate.gateway.benefits.policy.MutualAid;
import io.settlegate.gateway.benefits.policy.Policy;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * One person's years, from a seed: visits, stays settled in parts, cancels of the newest, a change of policy in mid-year, changes of the year.
 * Engine and reference each keep their own books; every field and accumulator is compared after every step.
 */
final class RandomHistory {
    private static final String[] LEVELS = {"level1", "level2", "level3", "ungraded"};
    private static final String[] AREAS = {"local", "local", "local", "filed", "transfer", "emergency", "unfiled"};
    private static final String[] AIDS = {
        "none", "none", "extreme_poverty", "low_income", "low_margin", "monitored", "high_expense"
    };

    /** A policy as both read it. */
    record Version(Policy policy, ReferenceEngine reference) {}

    /** A settlement that can be cancelled: what stood before it. */
    private record Settled(Shares shares, long[] slotsBefore, String disease, long balanceBeforeFen) {}

    private final Random random;
    private final Version[] versions;
    private final BenefitComputation computation;
    private final Given person = new Given();
    private final Accumulators used = new Accumulators();
    private final Map<String, Long> diseasePaidFen = new HashMap<>();
    private final Map<String, BigDecimal> referenceUsed = new HashMap<>();
    private final Map<String, BigDecimal> referenceDiseases = new HashMap<>();
    private final Deque<Settled> settled = new ArrayDeque<>();
    private int month;
    private int stays;
    private long balanceFen;

    int settlements;
    int refusals;
    int cancels;

    RandomHistory(final Random random, final Version[] versions, final BenefitComputation computation) {
        this.random = random;
        this.versions = versions;
        this.computation = computation;
        person.insutype = random.nextBoolean() ? "310" : "390";
        person.psnType = person.insutype.equals("390") ? oneOf("1501", "1560") : oneOf("1101", "1102", "1201");
        person.age = random.nextInt(100);
        person.aid = oneOf(AIDS);
        person.civilServant = random.nextInt(3) == 0;
        person.supplement = random.nextInt(3) == 0;
        person.familyDoctor = random.nextBoolean();
        balanceFen = random.nextInt(3) == 0 ? 0 : random.nextInt(2_000_00);
    }

    /** Null if all agreed, else what did not. */
    String run(final int steps) {
        for (int i = 0; i < steps; i++) {
            final String fault = random.nextInt(6) == 0 ? cancel() : visit();
            if (fault != null) {
                return "step " + i + ", month " + month + ": " + fault;
            }
            passTime();
        }
        return null;
    }

    private void passTime() {
        final int before = month / 12;
        month += random.nextInt(3);
        if (month / 12 != before) {
            used.clear();
            diseasePaidFen.clear();
            referenceUsed.clear();
            referenceDiseases.clear();
            settled.clear();
            stays = 0;
        }
    }

    private String visit() {
        person.medType = oneOf("11", "1101", "14", "140201", "21", "2101", "41");
        person.level = oneOf(LEVELS);
        person.outOfArea = oneOf(AREAS);
        person.disease = random.nextBoolean() ? "" : oneOf(RandomPolicies.DISEASES);
        person.qualified = random.nextInt(4) > 0;
        person.byQuota = random.nextInt(4) == 0;
        person.stay = person.medType.startsWith("21") ? ++stays : 1;
        person.accountUsed = random.nextInt(3) > 0;
        person.mutualAid = random.nextInt(3) == 0 ? BigDecimal.valueOf(random.nextInt(500_00), 2) : BigDecimal.ZERO;
        person.earlierBase = BigDecimal.ZERO;
        person.earlierDeductible = BigDecimal.ZERO;
        for (int part = random.nextInt(5) == 0 ? 2 : 1; part > 0; part--) {
            final String fault = settle();
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private String settle() {
        fillLines();
        person.balance = BigDecimal.valueOf(balanceFen, 2);
        final Version version = versions[month % 12 / 6];
        used.slots[Accumulators.DISEASE_PAID] = diseasePaidFen.getOrDefault(person.disease, 0L);
        referenceUsed.put("disease.paid", referenceDiseases.getOrDefault(person.disease, BigDecimal.ZERO));
        final long[] before = used.slots.clone();
        final Shares shares = new Shares();
        final Verdict verdict = computation.compute(version.policy(), person.toClaim(), used, shares);
        final Bill bill = version.reference().compute(person, referenceUsed);
        if (verdict != Verdict.OK || bill == null) {
            refusals++;
            return (bill == null) == (verdict == Verdict.NO_PLAN || verdict == Verdict.NOT_QUALIFIED)
                    ? null
                    : "verdict " + verdict + " of " + person;
        }
        final String fault = compare(shares, bill, version.policy());
        if (fault != null) {
            return fault + " of " + person + " under version "
                    + version.policy().version() + " with " + referenceUsed;
        }
        settled.push(new Settled(shares, before, person.disease, balanceFen));
        used.add(shares);
        diseasePaidFen.merge(person.disease, shares.deltas[Accumulators.DISEASE_PAID], Long::sum);
        bill.gains.forEach((name, gain) -> referenceUsed.merge(name, gain, BigDecimal::add));
        referenceDiseases.merge(
                person.disease, bill.gains.getOrDefault("disease.paid", BigDecimal.ZERO), BigDecimal::add);
        balanceFen = shares.balcFen;
        person.earlierDeductible = person.earlierDeductible.add(bill.get("act_pay_dedc"));
        person.earlierBase = person.earlierBase.add(bill.payable);
        settlements++;
        return null;
    }

    private void fillLines() {
        person.ownpay = random.nextInt(3) == 0 ? amount() : BigDecimal.ZERO;
        person.overlmt = random.nextInt(3) == 0 ? amount() : BigDecimal.ZERO;
        person.preselfpay = random.nextInt(2) == 0 ? amount() : BigDecimal.ZERO;
        person.inscp = random.nextInt(20) == 0 ? BigDecimal.ZERO : amount();
        if (person.medfee().signum() == 0) {
            person.inscp = new BigDecimal("0.01");
        }
        person.essential = random.nextInt(3) > 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf((long) (random.nextDouble() * Given.fen(person.inscp)), 2);
    }

    private BigDecimal amount() {
        final int most =
                switch (random.nextInt(6)) {
                    case 0 -> 5;
                    case 1, 2 -> 100_00;
                    case 3, 4 -> 1_000_00;
                    default -> 20_000_00;
                };
        return BigDecimal.valueOf(1L + random.nextInt(most), 2);
    }

    private static String compare(final Shares shares, final Bill bill, final Policy policy) {
        final Map<String, BigDecimal> expected = SharesFields.normal(bill.fields);
        final Map<String, BigDecimal> found = SharesFields.of(shares);
        if (!found.equals(expected)) {
            return "fields " + found + " but the reference says " + expected;
        }
        final Map<String, BigDecimal> gains = SharesFields.normal(bill.gains);
        if (!SharesFields.gainsOf(shares).equals(gains)) {
            return "accumulators " + SharesFields.gainsOf(shares) + " but the reference says " + gains;
        }
        if (shares.baseFen != Given.fen(bill.payable) || shares.ownAccountFen != Given.fen(bill.ownAccount)) {
            return "payable amount or own account";
        }
        return identityThatFails(shares, policy);
    }

    /** A to D of docs/BENEFITS.md; null if all hold. */
    static String identityThatFails(final Shares s, final Policy policy) {
        final long counted = policy.switches().fundSum() == FundSum.WITH_ACCOUNT ? s.acctPayFen : 0;
        final long apart = policy.switches().mutualAid() == MutualAid.APART ? s.acctMulaidPayFen : 0;
        final long funds = s.hifpPayFen
                + s.cvlservPayFen
                + s.hifesPayFen
                + s.hifmiPayFen
                + s.hifobPayFen
                + s.mafPayFen
                + s.othPayFen;
        if (s.medfeeSumamtFen != s.fulamtOwnpayFen + s.overlmtSelfpayFen + s.preselfpayFen + s.inscpScpFen) {
            return "identity A";
        }
        if (s.fundPaySumamtFen != funds + counted) {
            return "identity B";
        }
        if (s.medfeeSumamtFen != s.fundPaySumamtFen - counted + s.psnPartFen + s.hospPartFen) {
            return "identity C";
        }
        return s.psnPartFen == s.acctPayFen + apart + s.psnCashPayFen ? null : "identity D";
    }

    /** Cancels the newest: everything is as it was before it. */
    private String cancel() {
        if (settled.isEmpty()) {
            return null;
        }
        final Settled newest = settled.pop();
        used.slots[Accumulators.DISEASE_PAID] = diseasePaidFen.getOrDefault(newest.disease(), 0L);
        used.subtract(newest.shares());
        diseasePaidFen.put(newest.disease(), used.slots[Accumulators.DISEASE_PAID]);
        SharesFields.gainsOf(newest.shares())
                .forEach((name, gain) -> referenceUsed.merge(name, gain.negate(), BigDecimal::add));
        referenceDiseases.merge(
                newest.disease(),
                BigDecimal.valueOf(newest.shares().deltas[Accumulators.DISEASE_PAID], 2)
                        .negate(),
                BigDecimal::add);
        balanceFen += newest.shares().ownAccountFen;
        cancels++;
        return java.util.Arrays.equals(used.slots, newest.slotsBefore()) && balanceFen == newest.balanceBeforeFen()
                ? null
                : "the cancel did not restore the accumulators";
    }

    private String oneOf(final String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
