package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Given;
import io.settlegate.gateway.benefits.ReferenceEngine;
import io.settlegate.gateway.benefits.ReferenceEngine.Bill;
import io.settlegate.gateway.settlement.VisitRequests.FeeLine;
import io.settlegate.protocol.ResultCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What settlements, cancels, and reversals of some persons must come to: who pays what by the reference engine, accumulators by person
 * and year in plain maps, and every settlement that stands, searched from end to end.
 */
final class BenefitBooks {
    /** A version of a region's policy and the first day after it. */
    record Version(ReferenceEngine engine, LocalDate end) {}

    record Entitlement(String kind, String code, LocalDate begin) {}

    static final class Person {
        final int number;
        final String region;
        final String insutype;
        final String psnType;
        final List<Entitlement> entitlements = new ArrayList<>();
        long balanceFen;
        int stays;
        int stayYear;
        Visit openStay;

        Person(final int number, final String region, final String insutype, final String psnType) {
            this.number = number;
            this.region = region;
            this.insutype = insutype;
            this.psnType = psnType;
            this.balanceFen = number * 3_700L + 25;
        }

        boolean has(final String kind, final String code, final LocalDate day) {
            return entitlements.stream()
                    .anyMatch(one -> one.kind.equals(kind)
                            && (code == null || one.code.equals(code))
                            && !day.isBefore(one.begin));
        }
    }

    /** A registration or stay; its lines by the settlement that stands for them, null where there is none. */
    static final class Visit {
        final String id;
        final VisitKind kind;
        final Person person;
        final String institution;
        final String medType;
        final String disease;
        final int stayNumber;
        final long begntimeMs;
        final Map<FeeLine, Settled> lines = new HashMap<>();
        /** Of an unsettled line the settlement whose cancel unsettled it last. */
        final Map<FeeLine, Settled> cancelled = new HashMap<>();

        long endtimeMs;
        LocalDate touched;

        Visit(
                final String id,
                final VisitKind kind,
                final Person person,
                final String institution,
                final String medType,
                final String disease,
                final int stayNumber,
                final long begntimeMs) {
            this.id = id;
            this.kind = kind;
            this.person = person;
            this.institution = institution;
            this.medType = medType;
            this.disease = disease;
            this.stayNumber = stayNumber;
            this.begntimeMs = begntimeMs;
            this.touched = day(begntimeMs);
        }

        List<FeeLine> unsettled() {
            return lines.keySet().stream()
                    .filter(line -> lines.get(line) == null)
                    .toList();
        }
    }

    /** A settlement that was done. */
    static final class Settled {
        final String msgid;
        final String setlId;
        final String infno;
        final Visit visit;
        final Person person;
        final String institution;
        final int year;
        final LocalDate settledOn;
        final Bill bill;
        final Set<String> dependsOn;
        final Set<String> changed = new TreeSet<>();
        final String disease;
        List<FeeLine> lines = List.of();
        boolean isUndone;

        Settled(
                final String msgid,
                final String setlId,
                final String infno,
                final Visit visit,
                final Person person,
                final String institution,
                final int year,
                final LocalDate settledOn,
                final Given given,
                final Bill bill,
                final Set<String> dependsOn) {
            this.msgid = msgid;
            this.setlId = setlId;
            this.infno = infno;
            this.visit = visit;
            this.person = person;
            this.institution = institution;
            this.year = year;
            this.settledOn = settledOn;
            this.disease = given.disease;
            this.bill = bill;
            this.dependsOn = new TreeSet<>();
            dependsOn.forEach(slot -> this.dependsOn.add(slotOf(slot, disease)));
            bill.gains.forEach((slot, gain) -> {
                if (gain.signum() != 0) {
                    changed.add(slotOf(slot, disease));
                }
            });
        }

        String key() {
            return person.number + "/" + year;
        }
    }

    /** A cancel that was done. */
    static final class Cancel {
        final String msgid;
        final String infno;
        final Settled settled;
        final LocalDate cancelledOn;
        boolean isReversed;

        Cancel(final String msgid, final String infno, final Settled settled, final LocalDate cancelledOn) {
            this.msgid = msgid;
            this.infno = infno;
            this.settled = settled;
            this.cancelledOn = cancelledOn;
        }
    }

    final List<Settled> settlements = new ArrayList<>();
    final List<Cancel> cancels = new ArrayList<>();
    private final Map<String, List<Version>> policies;
    private final Map<String, Map<String, BigDecimal>> used = new HashMap<>();

    BenefitBooks(final Map<String, List<Version>> policies) {
        this.policies = policies;
    }

    static LocalDate day(final long timeMs) {
        return ReferenceVisits.dayOf(timeMs);
    }

    /** What was paid for a disease is an accumulator of its own. */
    static String slotOf(final String slot, final String disease) {
        return slot.equals("disease.paid") ? slot + ":" + disease : slot;
    }

    Map<String, BigDecimal> used(final Person person, final int year) {
        return used.computeIfAbsent(person.number + "/" + year, key -> new HashMap<>());
    }

    ReferenceEngine engine(final Person person, final LocalDate day) {
        for (final Version version : policies.get(person.region)) {
            if (day.isBefore(version.end)) {
                return version.engine;
            }
        }
        throw new IllegalArgumentException("no version on " + day);
    }

    /** The person and the place on a day, without the lines. */
    static Given given(
            final Person person,
            final String institution,
            final String medType,
            final String disease,
            final LocalDate day) {
        final Given given = new Given();
        given.insutype = person.insutype;
        given.psnType = person.psnType;
        given.medType = medType;
        given.disease = disease;
        given.age = day.getYear() - 1980 - (day.getDayOfYear() < 1 ? 1 : 0);
        for (final String aid : List.of("extreme_poverty", "low_income", "low_margin", "monitored", "high_expense")) {
            if (given.aid.equals("none") && person.has("aid", aid, day)) {
                given.aid = aid;
            }
        }
        given.civilServant = person.has("cvlserv", null, day);
        given.supplement = person.has("supplement", null, day);
        given.familyDoctor = person.has("family_doctor", null, day);
        given.qualified = !disease.isEmpty() && person.has("chronic", disease, day);
        final boolean isAtHome = institution.equals(EngineFixture.HOSPITAL);
        given.level = isAtHome ? "level2" : institution.equals(EngineFixture.PHARMACY) ? "ungraded" : "level1";
        given.outOfArea = outOfArea(person, isAtHome, day);
        return given;
    }

    /** The hospital stands in 990101 of 990100, all else in 320302 of 320300. */
    private static String outOfArea(final Person person, final boolean isAtHome, final LocalDate day) {
        if (isAtHome && person.region.equals(SyntheticCity.REGION)) {
            return "local";
        }
        final List<String> places = isAtHome ? List.of("990101", "990100") : List.of("320302", "320300");
        for (final String kind : List.of("transfer", "filed")) {
            if (places.stream().anyMatch(place -> person.has(kind, place, day))) {
                return kind;
            }
        }
        return "unfiled";
    }

    /** The bill by the reference; null where it is refused. */
    Bill compute(final Given given, final Person person, final LocalDate day) {
        final Map<String, BigDecimal> slots = new HashMap<>(used(person, day.getYear()));
        slots.put("disease.paid", slots.getOrDefault("disease.paid:" + given.disease, BigDecimal.ZERO));
        return engine(person, day).compute(given, slots);
    }

    void settle(final Settled settled) {
        book(settled);
        settlements.add(settled);
    }

    private void book(final Settled settled) {
        settled.bill.gains.forEach((slot, gain) ->
                used(settled.person, settled.year).merge(slotOf(slot, settled.disease), gain, BigDecimal::add));
        settled.person.balanceFen -= fen(settled.bill.ownAccount);
    }

    /** The code of a reversal of a cancel that stands; the settlement stands again where it is OK. */
    ResultCode redo(final Cancel cancel, final LocalDate today, final int horizonDays, final boolean isVisitThere) {
        final Settled settled = cancel.settled;
        if (settled.settledOn.isBefore(today.minusDays(horizonDays))) {
            return ResultCode.SETL_UNKNOWN;
        }
        final boolean isAsItWas = settled.visit == null
                || (isVisitThere
                        && settled.lines.stream()
                                .allMatch(line -> settled.visit.lines.get(line) == null
                                        && settled.visit.cancelled.get(line) == settled));
        if (!isAsItWas || settled.person.balanceFen < fen(settled.bill.ownAccount) || isStoodOn(settled)) {
            return ResultCode.BUILT_UPON;
        }
        cancel.isReversed = true;
        settled.isUndone = false;
        settled.lines.forEach(line -> settled.visit.lines.put(line, settled));
        book(settled);
        return ResultCode.OK;
    }

    /** @param isByCancel whether it may stand again. */
    void undo(final Settled settled, final boolean isByCancel) {
        settled.isUndone = true;
        settled.bill.gains.forEach((slot, gain) -> used(settled.person, settled.year)
                .merge(slotOf(slot, settled.disease), gain.negate(), BigDecimal::add));
        settled.person.balanceFen += fen(settled.bill.ownAccount);
        if (settled.visit != null) {
            settled.visit.lines.replaceAll((line, by) -> by == settled ? null : by);
            settled.lines.forEach(line -> settled.visit.cancelled.put(line, isByCancel ? settled : null));
        }
    }

    /** The code of a cancel that names the settlement rightly. */
    ResultCode cancel(final Settled settled, final LocalDate today, final int horizonDays) {
        if (settled.settledOn.isBefore(today.minusDays(horizonDays))) {
            return ResultCode.SETL_UNKNOWN;
        }
        if (settled.isUndone) {
            return ResultCode.ALREADY_UNDONE;
        }
        return isStoodOn(settled) ? ResultCode.LATER_SETTLEMENTS : ResultCode.OK;
    }

    private boolean isStoodOn(final Settled settled) {
        for (int i = settlements.size() - 1; settlements.get(i) != settled; i--) {
            final Settled later = settlements.get(i);
            if (later.isUndone) {
                continue;
            }
            if (later.visit != null && later.visit == settled.visit) {
                return true;
            }
            if (later.key().equals(settled.key())
                    && !later.changed.isEmpty()
                    && later.dependsOn.stream().anyMatch(settled.changed::contains)) {
                return true;
            }
        }
        return false;
    }

    /** What the settlements of the visit that stand used of its deductible, and had behind it. */
    void fillEarlier(final Visit visit, final Given given) {
        for (final Settled settled : settlements) {
            if (settled.visit == visit && !settled.isUndone) {
                given.earlierDeductible = given.earlierDeductible.add(settled.bill.get("act_pay_dedc"));
                given.earlierBase = given.earlierBase.add(settled.bill.payable);
            }
        }
    }

    static long fen(final BigDecimal yuan) {
        return yuan.movePointRight(2).longValueExact();
    }
}
