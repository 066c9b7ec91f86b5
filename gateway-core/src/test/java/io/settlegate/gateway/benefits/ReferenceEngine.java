package io.settlegate.gateway.benefits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who pays what, written from docs/BENEFITS.md alone: slow, obvious, in yuan, over the policy file's own tree, with nothing of the
 * engine's arithmetic or structures. The section of each part stands beside it.
 */
public final class ReferenceEngine {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final List<String> FUNDS = List.of("hifob", "hifmi", "cvlserv", "hifes", "oth", "maf");
    private static final BigDecimal FEN = new BigDecimal("0.01");

    private final JsonNode policy;

    /** A line in four. */
    record Split(BigDecimal ownpay, BigDecimal overlmt, BigDecimal preselfpay, BigDecimal inscp) {}

    /** The fields by their national names, and what each accumulator gains. */
    public static final class Bill {
        final Map<String, BigDecimal> fields = new LinkedHashMap<>();
        public final Map<String, BigDecimal> gains = new LinkedHashMap<>();
        public BigDecimal ownAccount = BigDecimal.ZERO;
        public BigDecimal payable = BigDecimal.ZERO;

        public BigDecimal get(final String field) {
            return fields.getOrDefault(field, BigDecimal.ZERO);
        }

        void gain(final String accumulator, final BigDecimal amount) {
            gains.merge(accumulator, amount, BigDecimal::add);
        }
    }

    public ReferenceEngine(final String yaml) throws JsonProcessingException {
        policy = YAML.readTree(yaml);
    }

    /** Section 2; a ceiling or share of null is none. */
    static Split split(
            final BigDecimal pric,
            final BigDecimal cnt,
            final String itemClass,
            final BigDecimal share,
            final BigDecimal ceiling) {
        final BigDecimal zero = BigDecimal.ZERO;
        final BigDecimal amount = halfUp(pric.multiply(cnt));
        if (itemClass.equals("C")) {
            return new Split(amount, zero, zero, zero);
        }
        final BigDecimal overlmt =
                ceiling != null && pric.compareTo(ceiling) > 0 ? amount.subtract(halfUp(ceiling.multiply(cnt))) : zero;
        final BigDecimal preselfpay =
                itemClass.equals("B") ? halfUp(amount.subtract(overlmt).multiply(share)) : zero;
        return new Split(zero, overlmt, preselfpay, amount.subtract(overlmt).subtract(preselfpay));
    }

    /** Sections 3 to 4; null where there is no plan, or no qualification. Accumulators that are missing are 0. */
    public Bill compute(final Given given, final Map<String, BigDecimal> used) {
        final JsonNode plan = plan(given);
        if (plan == null || (plan.path("qualification").asText("").equals("required") && !given.qualified)) {
            return null;
        }
        final Bill bill = new Bill();
        bill.fields.put("medfee_sumamt", given.medfee());
        bill.fields.put("fulamt_ownpay_amt", given.ownpay);
        bill.fields.put("overlmt_selfpay", given.overlmt);
        bill.fields.put("preselfpay_amt", given.preselfpay);
        bill.fields.put("inscp_scp_amt", given.inscp);
        // 4.1
        final JsonNode disease = disease(plan, given.disease);
        final BigDecimal ofCeilings =
                halfUp(given.overlmt.multiply(decimal(plan, "hospital_bears_over_ceiling", BigDecimal.ZERO)));
        BigDecimal aboveQuota = BigDecimal.ZERO;
        if (disease != null && given.byQuota && amount(disease, "quota") != null) {
            aboveQuota = notBelowZero(given.inscp.subtract(amount(disease, "quota")));
        }
        bill.fields.put("hosp_part_amt", ofCeilings.add(aboveQuota));
        final BigDecimal base = given.inscp.subtract(aboveQuota);
        final BigDecimal overCap = basic(given, used, plan, disease, base, bill);
        final BigDecimal[] left = {base.subtract(bill.get("hifp_pay")), given.preselfpay};
        for (final String fund : FUNDS) {
            scheme(given, used, plan, fund, left, overCap, bill);
        }
        person(given, plan, left, bill);
        return bill;
    }

    /** Whether there is a plan, which may ask for a qualification. */
    public boolean hasPlan(final Given given) {
        return plan(given) != null;
    }

    /** Section 6: the accumulators on which the outcome of what has a plan depends. */
    public Set<String> dependsOn(final Given given) {
        final JsonNode plan = plan(given);
        final String pool = plan.get("pool").asText();
        final Set<String> slots = new TreeSet<>();
        if (takesPart(given, plan)) {
            if (plan.get("deductible").get("kind").asText().equals("annual")) {
                slots.add(pool + ".deductible");
            }
            if (plan.get("segments_by").asText().equals("year")
                    && plan.get("segments").size() > 1) {
                slots.add(pool + ".base");
            }
            if (cap(plan, given) != null) {
                slots.add(pool + ".paid");
            }
            final JsonNode disease = disease(plan, given.disease);
            if (disease != null && cap(disease, given) != null) {
                slots.add("disease.paid");
            }
        }
        for (final String fund : FUNDS) {
            final JsonNode terms = terms(given, plan, fund);
            if (terms != null) {
                final JsonNode tiers = terms.get("tiers");
                if (tiers.size() > 1 || tiers.get(0).get("from").decimalValue().signum() > 0) {
                    slots.add(fund + ".base");
                }
                if (amount(terms, "annual_cap") != null) {
                    slots.add(fund + ".paid");
                }
            }
        }
        return slots;
    }

    /** Section 3. */
    private JsonNode plan(final Given given) {
        JsonNode found = null;
        int best = -1;
        for (final JsonNode plan : policy.get("plans")) {
            if (!plan.get("insutype").asText().equals(given.insutype)) {
                continue;
            }
            for (final JsonNode medType : plan.get("med_types")) {
                for (final JsonNode psnType : plan.get("psn_types")) {
                    final int rank =
                            medType.asText().length() * 10 + psnType.asText().length();
                    if (given.medType.startsWith(medType.asText())
                            && given.psnType.startsWith(psnType.asText())
                            && rank > best) {
                        found = plan;
                        best = rank;
                    }
                }
            }
        }
        return found;
    }

    private static JsonNode disease(final JsonNode plan, final String code) {
        for (final JsonNode disease : plan.path("diseases")) {
            if (disease.get("code").asText().equals(code)) {
                return disease;
            }
        }
        return null;
    }

    private BigDecimal factor(final Given given) {
        return given.outOfArea.equals("local")
                ? BigDecimal.ONE
                : policy.get("out_of_area").get(given.outOfArea).decimalValue();
    }

    /** Section 4.2. */
    private boolean takesPart(final Given given, final JsonNode plan) {
        boolean isAnyAboveZero = false;
        for (final JsonNode segment : plan.get("segments")) {
            isAnyAboveZero |= segment.get(given.level).decimalValue().signum() > 0;
        }
        return isAnyAboveZero && factor(given).signum() != 0;
    }

    /** Sections 4.3 to 4.6; gives the over-cap amount. */
    private BigDecimal basic(
            final Given given,
            final Map<String, BigDecimal> used,
            final JsonNode plan,
            final JsonNode disease,
            final BigDecimal base,
            final Bill bill) {
        final String pool = plan.get("pool").asText();
        final BigDecimal factor = factor(given);
        if (!takesPart(given, plan)) {
            return BigDecimal.ZERO;
        }
        // 4.3
        final BigDecimal dedc = deductible(given, used, plan, pool, base);
        bill.fields.put("act_pay_dedc", dedc);
        if (plan.get("deductible").get("kind").asText().equals("annual")) {
            bill.gain(pool + ".deductible", dedc);
        }
        final BigDecimal payable = base.subtract(dedc);
        bill.payable = payable;
        // 4.4
        final BigDecimal position =
                plan.get("segments_by").asText().equals("year") ? used(used, pool + ".base") : given.earlierBase;
        final BigDecimal end = position.add(payable);
        BigDecimal product = BigDecimal.ZERO;
        BigDecimal ratioAtPosition = BigDecimal.ZERO;
        for (final JsonNode segment : plan.get("segments")) {
            final BigDecimal ratio = ratio(plan, segment, given).multiply(factor);
            product = product.add(overlap(segment, position, end).multiply(ratio));
            if (position.compareTo(segment.get("from").decimalValue()) >= 0) {
                ratioAtPosition = ratio;
            }
        }
        bill.fields.put(
                "pool_prop_selfpay",
                payable.signum() == 0
                        ? ratioAtPosition.setScale(4, RoundingMode.HALF_UP)
                        : product.divide(payable, 4, RoundingMode.HALF_UP));
        final BigDecimal uncapped = halfUp(product);
        // 4.5
        BigDecimal paid = uncapped;
        final BigDecimal cap = cap(plan, given);
        final BigDecimal capLeft = cap == null ? null : notBelowZero(cap.subtract(used(used, pool + ".paid")));
        if (capLeft != null) {
            paid = paid.min(capLeft);
        }
        if (disease != null && cap(disease, given) != null) {
            paid = paid.min(notBelowZero(cap(disease, given).subtract(used(used, "disease.paid"))));
        }
        bill.fields.put("hifp_pay", paid);
        bill.gain(pool + ".base", payable);
        bill.gain(pool + ".paid", paid);
        if (disease != null) {
            bill.gain("disease.paid", paid);
        }
        // 4.6
        if (capLeft == null || uncapped.compareTo(capLeft) <= 0 || !hasOverCap(plan)) {
            return BigDecimal.ZERO;
        }
        BigDecimal rest = capLeft;
        BigDecimal covered = BigDecimal.ZERO;
        for (final JsonNode segment : plan.get("segments")) {
            final BigDecimal lies = overlap(segment, position, end);
            final BigDecimal ratio = ratio(plan, segment, given).multiply(factor);
            if (lies.multiply(ratio).compareTo(rest) > 0) {
                covered = covered.add(rest.divide(ratio, 2, RoundingMode.UP));
                break;
            }
            rest = rest.subtract(lies.multiply(ratio));
            covered = covered.add(lies);
        }
        return payable.subtract(covered);
    }

    private static BigDecimal deductible(
            final Given given,
            final Map<String, BigDecimal> used,
            final JsonNode plan,
            final String pool,
            final BigDecimal base) {
        final JsonNode deductible = plan.get("deductible");
        final String kind = deductible.get("kind").asText();
        if (kind.equals("none")) {
            return BigDecimal.ZERO;
        }
        final boolean exempts = deductible.path("essential_drugs").asText("").equals("exempt");
        final BigDecimal exempt = exempts ? given.essential.min(base) : BigDecimal.ZERO;
        final JsonNode ofLevel = deductible.get(given.level);
        final BigDecimal whole = ofLevel.isArray()
                ? ofLevel.get(Math.min(given.stay, ofLevel.size()) - 1).decimalValue()
                : ofLevel.decimalValue();
        final BigDecimal gone = kind.equals("annual") ? used(used, pool + ".deductible") : given.earlierDeductible;
        return base.subtract(exempt).min(notBelowZero(whole.subtract(gone)));
    }

    private static BigDecimal ratio(final JsonNode plan, final JsonNode segment, final Given given) {
        final BigDecimal ratio = segment.get(given.level).decimalValue();
        BigDecimal points = BigDecimal.ZERO;
        for (final JsonNode entry : plan.path("age_points")) {
            if (given.age >= entry.get("from_age").asInt()) {
                points = entry.get("add").decimalValue();
            }
        }
        return ratio.signum() == 0 ? ratio : ratio.add(points);
    }

    /** How much of the amount from a position to an end lies in a segment or tier. */
    private static BigDecimal overlap(final JsonNode segment, final BigDecimal position, final BigDecimal end) {
        final BigDecimal from = segment.get("from").decimalValue().max(position);
        final BigDecimal to =
                amount(segment, "to") == null ? end : amount(segment, "to").min(end);
        return notBelowZero(to.subtract(from));
    }

    private boolean hasOverCap(final JsonNode plan) {
        for (final JsonNode name : plan.path("schemes")) {
            if (scheme(name.asText()).get("base").asText().equals("over_cap")) {
                return true;
            }
        }
        return false;
    }

    private JsonNode scheme(final String name) {
        for (final JsonNode scheme : policy.get("schemes")) {
            if (scheme.get("name").asText().equals(name)) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("no scheme " + name);
    }

    /** Section 4.7, for one fund. */
    private void scheme(
            final Given given,
            final Map<String, BigDecimal> used,
            final JsonNode plan,
            final String fund,
            final BigDecimal[] left,
            final BigDecimal overCap,
            final Bill bill) {
        final JsonNode terms = terms(given, plan, fund);
        if (terms == null) {
            return;
        }
        final BigDecimal seen =
                switch (schemeOf(plan, fund).get("base").asText()) {
                    case "in_policy" -> left[0];
                    case "with_preselfpay" -> left[0].add(left[1]);
                    default -> overCap;
                };
        final BigDecimal position = used(used, fund + ".base");
        BigDecimal product = BigDecimal.ZERO;
        for (final JsonNode tier : terms.get("tiers")) {
            product = product.add(overlap(tier, position, position.add(seen))
                    .multiply(tier.get("ratio").decimalValue()));
        }
        BigDecimal pays = halfUp(product);
        final BigDecimal cap = amount(terms, "annual_cap");
        if (cap != null) {
            pays = pays.min(notBelowZero(cap.subtract(used(used, fund + ".paid"))));
        }
        bill.fields.put(fund + "_pay", pays);
        bill.gain(fund + ".base", seen);
        bill.gain(fund + ".paid", pays);
        final BigDecimal fromLeft = pays.min(left[0]);
        left[0] = left[0].subtract(fromLeft);
        left[1] = left[1].subtract(pays.subtract(fromLeft));
    }

    private JsonNode schemeOf(final JsonNode plan, final String fund) {
        for (final JsonNode name : plan.path("schemes")) {
            if (scheme(name.asText()).get("fund").asText().equals(fund)) {
                return scheme(name.asText());
            }
        }
        return null;
    }

    private JsonNode terms(final Given given, final JsonNode plan, final String fund) {
        final JsonNode scheme = schemeOf(plan, fund);
        if (scheme == null
                || (fund.equals("cvlserv") && !given.civilServant)
                || (fund.equals("hifes") && !given.supplement)) {
            return null;
        }
        for (final JsonNode terms : scheme.get("terms")) {
            final JsonNode categories = terms.get("categories");
            if (categories.asText().equals("everyone")) {
                return terms;
            }
            for (final JsonNode category : categories) {
                if (category.asText().equals(given.aid)) {
                    return terms;
                }
            }
        }
        return null;
    }

    /** Section 4.8. */
    private void person(final Given given, final JsonNode plan, final BigDecimal[] left, final Bill bill) {
        BigDecimal funds = bill.get("hifp_pay");
        for (final String fund : FUNDS) {
            funds = funds.add(bill.get(fund + "_pay"));
        }
        final BigDecimal part = given.medfee().subtract(funds).subtract(bill.get("hosp_part_amt"));
        bill.fields.put("psn_part_amt", part);
        final BigDecimal mayPay =
                switch (plan.get("account").asText()) {
                    case "none" -> BigDecimal.ZERO;
                    case "in_policy" -> left[0];
                    case "catalogue" -> left[0].add(left[1]);
                    default -> part;
                };
        final BigDecimal own = given.accountUsed ? given.balance.min(mayPay) : BigDecimal.ZERO;
        final BigDecimal family = given.accountUsed ? given.mutualAid.min(mayPay.subtract(own)) : BigDecimal.ZERO;
        final JsonNode switches = policy.get("switches");
        final BigDecimal acctPay = switches.get("mutual_aid").asText().equals("in_account") ? own.add(family) : own;
        bill.ownAccount = own;
        bill.fields.put("acct_pay", acctPay);
        bill.fields.put("acct_mulaid_pay", family);
        bill.fields.put("psn_cash_pay", part.subtract(own).subtract(family));
        bill.fields.put(
                "fund_pay_sumamt",
                switches.get("fund_sum").asText().equals("with_account") ? funds.add(acctPay) : funds);
        bill.fields.put("balc", given.balance.subtract(own));
    }

    /** The cap for this person; null if there is none. */
    private static BigDecimal cap(final JsonNode node, final Given given) {
        final String key = "annual_cap_with_family_doctor";
        return amount(node, given.familyDoctor && node.has(key) ? key : "annual_cap");
    }

    private static BigDecimal amount(final JsonNode node, final String key) {
        return node.get(key).asText().equals("none") ? null : node.get(key).decimalValue();
    }

    private static BigDecimal decimal(final JsonNode node, final String key, final BigDecimal otherwise) {
        return node.has(key) ? node.get(key).decimalValue() : otherwise;
    }

    private static BigDecimal used(final Map<String, BigDecimal> used, final String name) {
        return used.getOrDefault(name, BigDecimal.ZERO);
    }

    private static BigDecimal notBelowZero(final BigDecimal amount) {
        return amount.max(BigDecimal.ZERO);
    }

    private static BigDecimal halfUp(final BigDecimal amount) {
        return amount.divide(FEN, 0, RoundingMode.HALF_UP).multiply(FEN);
    }
}
