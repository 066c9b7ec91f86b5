package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Rounding;
import io.settlegate.gateway.settlement.VisitRequests.FeeLine;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.ReversalEffect;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What visits, stays, and staged lines must come to, kept in plain collections that forget nothing. */
final class ReferenceVisits {
    static final int EXPIRE_DAYS = 30;
    private static final Set<String> OUTPATIENT_TYPES =
            Set.of("11", "12", "13", "14", "140104", "15", "19", "51", "53");

    /** A staged line and its four parts: ownpay, overlmt, preselfpay, inscp. */
    static final class Staged {
        final String batch;
        final FeeLine line;
        final long[] parts;
        long settledBy;
        long cancelledBy;

        Staged(final String batch, final FeeLine line) {
            this.batch = batch;
            this.line = line;
            this.parts = split(line);
        }
    }

    static final class Visit {
        final String id;
        final VisitKind kind;
        final int person;
        final String institution;
        final long begntimeMs;
        String medType = "";
        String disease = "";
        String diagnosis = "";
        long endtimeMs;
        boolean isDischarged;
        boolean isCancelled;
        /** Of an admission: when it came, under which msgid, and whether it was reversed and not cancelled by 2404. */
        long admittedMs;

        String msgid;
        boolean isReversed;
        /** The settlement that was undone last and may stand again, how many lines it had, and the discharge before it; null if none. */
        Long undone;

        int undoneLines;
        long undoneDischarge;
        int number;
        /** The last day on which it is found; null for an open stay. */
        LocalDate lastDay;

        final Map<String, Staged> lines = new LinkedHashMap<>();
        /** Sequences of the settlements that stand, and of those the ones made after the discharge. */
        final Set<Long> settlements = new TreeSet<>();

        final Set<Long> settledAfter = new TreeSet<>();

        Visit(
                final String id,
                final VisitKind kind,
                final int person,
                final String institution,
                final long begntimeMs) {
            this.id = id;
            this.kind = kind;
            this.person = person;
            this.institution = institution;
            this.begntimeMs = begntimeMs;
        }

        boolean isFound(final LocalDate today) {
            return !isCancelled && (lastDay == null || !today.isAfter(lastDay));
        }

        List<Staged> unsettled(final String batch) {
            final List<Staged> found = new ArrayList<>();
            for (final Staged staged : lines.values()) {
                if (staged.settledBy == 0 && (batch.equals("0000") || batch.equals(staged.batch))) {
                    found.add(staged);
                }
            }
            return found;
        }

        private void keep(final LocalDate day) {
            if (lastDay != null && day.isAfter(lastDay)) {
                lastDay = day;
            }
        }
    }

    final Map<String, Visit> visits = new HashMap<>();
    private final int horizonDays;

    ReferenceVisits(final int horizonDays) {
        this.horizonDays = horizonDays;
    }

    static LocalDate dayOf(final long timeMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(timeMs), ZoneOffset.ofHours(8));
    }

    /** Splits by the catalogue of the fixture's city. */
    static long[] split(final FeeLine line) {
        final BigDecimal amount = BigDecimal.valueOf(line.amountFen());
        if (line.item().equals("XC03")) {
            return new long[] {line.amountFen(), 0, 0, 0};
        }
        final BigDecimal ceiling =
                switch (line.item()) {
                    case "XD01C" -> new BigDecimal("10.5");
                    case "XE02C" -> new BigDecimal("3.333333");
                    default -> null;
                };
        final BigDecimal price = BigDecimal.valueOf(line.pricE6(), 6);
        BigDecimal over = BigDecimal.ZERO;
        if (ceiling != null && price.compareTo(ceiling) > 0) {
            over = amount.subtract(ceiling.multiply(BigDecimal.valueOf(line.cntE4(), 4))
                    .movePointRight(2)
                    .setScale(0, RoundingMode.HALF_UP));
        }
        final BigDecimal share =
                switch (line.item()) {
                    case "XB02" -> new BigDecimal("0.05");
                    case "XE02C" -> new BigDecimal("0.1234");
                    default -> BigDecimal.ZERO;
                };
        final BigDecimal first = amount.subtract(over).multiply(share).setScale(0, RoundingMode.HALF_UP);
        return new long[] {
            0,
            over.longValueExact(),
            first.longValueExact(),
            amount.subtract(over).subtract(first).longValueExact()
        };
    }

    /** The open stay of a person, or null. */
    Visit openStay(final int person) {
        for (final Visit visit : visits.values()) {
            if (visit.kind == VisitKind.STAY && visit.person == person && !visit.isCancelled && !visit.isDischarged) {
                return visit;
            }
        }
        return null;
    }

    ResultCode register(final String institution) {
        return institution.startsWith("P") ? ResultCode.MED_TYPE_NOT_ALLOWED : ResultCode.OK;
    }

    void registered(final Visit visit, final long nowMs) {
        visit.lastDay = dayOf(nowMs).plusDays(EXPIRE_DAYS);
        visits.put(visit.id, visit);
    }

    ResultCode admit(final String institution, final int person) {
        if (institution.startsWith("P")) {
            return ResultCode.MED_TYPE_NOT_ALLOWED;
        }
        return openStay(person) == null ? ResultCode.OK : ResultCode.STAY_OPEN;
    }

    void admitted(final Visit visit) {
        visit.number = 1;
        for (final Visit other : visits.values()) {
            if (other.kind == VisitKind.STAY
                    && other.person == visit.person
                    && !other.isCancelled
                    && dayOf(other.begntimeMs).getYear()
                            == dayOf(visit.begntimeMs).getYear()) {
                visit.number++;
            }
        }
        visits.put(visit.id, visit);
    }

    ResultCode check(
            final String id, final VisitKind kind, final String institution, final int person, final long nowMs) {
        final Visit visit = visits.get(id);
        if (visit == null || !visit.isFound(dayOf(nowMs))) {
            return ResultCode.VISIT_UNKNOWN;
        }
        return visit.kind == kind && visit.institution.equals(institution) && visit.person == person
                ? ResultCode.OK
                : ResultCode.VISIT_MISMATCH;
    }

    /** What a visit that was found right says to 2203. */
    ResultCode visit(
            final ResultCode found,
            final String id,
            final String medType,
            final String disease,
            final String diagnosis) {
        if (!OUTPATIENT_TYPES.contains(medType)) {
            return ResultCode.MED_TYPE_NOT_ALLOWED;
        }
        if (found != ResultCode.OK) {
            return found;
        }
        final Visit visit = visits.get(id);
        final boolean isUnchanged =
                visit.medType.equals(medType) && visit.disease.equals(disease) && visit.diagnosis.equals(diagnosis);
        if (!visit.settlements.isEmpty() && !isUnchanged) {
            return ResultCode.VISIT_STATE;
        }
        visit.medType = medType;
        visit.disease = disease;
        visit.diagnosis = diagnosis;
        return ResultCode.OK;
    }

    /** A fault that stands before all that the visit says, or null. */
    private static ResultCode repeated(final Visit visit, final List<FeeLine> lines) {
        final Set<String> known = new TreeSet<>(visit == null ? Set.of() : visit.lines.keySet());
        for (final FeeLine line : lines) {
            if (!known.add(line.sn())) {
                return ResultCode.LINE_REPEATED;
            }
        }
        return null;
    }

    ResultCode lines(
            final ResultCode found, final String id, final String batch, final List<FeeLine> lines, final long nowMs) {
        final Visit visit = found == ResultCode.OK ? visits.get(id) : null;
        final ResultCode repeated = repeated(visit, lines);
        if (repeated != null || found != ResultCode.OK) {
            return repeated == null ? found : repeated;
        }
        for (final FeeLine line : lines) {
            if (dayOf(line.ocurMs()).isBefore(dayOf(visit.begntimeMs))) {
                return ResultCode.VISIT_MISMATCH;
            }
        }
        if (visit.isDischarged) {
            return ResultCode.VISIT_STATE;
        }
        for (final FeeLine line : lines) {
            if (line.item().equals("NONE")) {
                return ResultCode.ITEM_UNKNOWN;
            }
        }
        for (final FeeLine line : lines) {
            if (line.amountFen() != Rounding.lineAmountHalfUp(line.pricE6(), line.cntE4())) {
                return ResultCode.LINE_AMOUNT_WRONG;
            }
        }
        for (final FeeLine line : lines) {
            visit.lines.put(line.sn(), new Staged(batch, line));
        }
        visit.keep(dayOf(nowMs).plusDays(EXPIRE_DAYS));
        return ResultCode.OK;
    }

    ResultCode linesCancel(final ResultCode found, final String id, final String batch) {
        if (found != ResultCode.OK) {
            return found;
        }
        final Visit visit = visits.get(id);
        if (visit.isDischarged) {
            return ResultCode.VISIT_STATE;
        }
        final List<Staged> unsettled = visit.unsettled(batch);
        visit.lines.values().removeAll(unsettled);
        return unsettled.isEmpty() ? ResultCode.NO_UNSETTLED_LINES : ResultCode.OK;
    }

    ResultCode cancel(final ResultCode found, final String id) {
        if (found != ResultCode.OK) {
            return found;
        }
        final Visit visit = visits.get(id);
        if (visit.isDischarged || !visit.settlements.isEmpty()) {
            return ResultCode.VISIT_STATE;
        }
        visit.isCancelled = true;
        return ResultCode.OK;
    }

    /** 2601 of an admission that is within the horizon; it is done where the effect is REVERSED. Null where it is refused with VISIT_STATE. */
    ReversalEffect reverseAdmission(final Visit visit) {
        if (visit.isReversed) {
            return ReversalEffect.ALREADY_REVERSED;
        }
        if (visit.isCancelled) {
            return ReversalEffect.ALREADY_CANCELLED;
        }
        if (visit.isDischarged || !visit.settlements.isEmpty()) {
            return null;
        }
        visit.isReversed = true;
        visit.isCancelled = true;
        return ReversalEffect.REVERSED;
    }

    ResultCode discharge(
            final ResultCode found, final String id, final long endtimeMs, final String diagnosis, final long nowMs) {
        if (found != ResultCode.OK) {
            return found;
        }
        final Visit visit = visits.get(id);
        long last = visit.begntimeMs;
        for (final Staged staged : visit.lines.values()) {
            last = Math.max(last, staged.line.ocurMs());
        }
        if (endtimeMs < last) {
            return ResultCode.VISIT_MISMATCH;
        }
        if (visit.isDischarged) {
            return ResultCode.VISIT_STATE;
        }
        visit.isDischarged = true;
        visit.endtimeMs = endtimeMs;
        visit.diagnosis = diagnosis.isEmpty() ? visit.diagnosis : diagnosis;
        visit.lastDay = dayOf(nowMs)
                .plusDays(visit.settlements.isEmpty() ? EXPIRE_DAYS : Math.max(EXPIRE_DAYS, horizonDays + 1));
        return ResultCode.OK;
    }

    ResultCode dischargeCancel(final ResultCode found, final String id) {
        if (found != ResultCode.OK) {
            return found;
        }
        final Visit visit = visits.get(id);
        if (!visit.isDischarged || !visit.settledAfter.isEmpty()) {
            return ResultCode.VISIT_STATE;
        }
        if (openStay(visit.person) != null) {
            return ResultCode.STAY_OPEN;
        }
        visit.isDischarged = false;
        visit.endtimeMs = 0;
        visit.lastDay = null;
        return ResultCode.OK;
    }

    void settled(final Visit visit, final long sequence, final List<Staged> lines, final long nowMs) {
        lines.forEach(staged -> staged.settledBy = sequence);
        visit.settlements.add(sequence);
        if (visit.isDischarged) {
            visit.settledAfter.add(sequence);
        }
        visit.keep(dayOf(nowMs).plusDays(horizonDays + 1));
    }

    /** A settlement whose lines were unsettled for now stands again; false where somebody has gone on from its lines. */
    boolean settledAgain(final Visit visit, final long nowMs) {
        final long sequence = visit.undone;
        final List<Staged> lines = visit.lines.values().stream()
                .filter(staged -> staged.settledBy == 0 && staged.cancelledBy == sequence)
                .toList();
        if (lines.size() != visit.undoneLines) {
            return false;
        }
        settled(visit, sequence, lines, nowMs);
        if (visit.undoneDischarge == 0) {
            visit.settledAfter.remove(sequence);
        }
        return true;
    }

    int unsettled(final Visit visit, final long sequence) {
        visit.settlements.remove(sequence);
        visit.settledAfter.remove(sequence);
        int count = 0;
        for (final Staged staged : visit.lines.values()) {
            if (staged.settledBy == sequence) {
                staged.settledBy = 0;
                staged.cancelledBy = sequence;
                count++;
            }
        }
        return count;
    }
}
