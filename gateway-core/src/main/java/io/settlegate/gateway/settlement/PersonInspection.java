package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.settlement.codec.EntitlementKind;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads all that the engine's tables hold of one person, between two commands; changes nothing that is hashed.
 *
 * <p>Owned by the engine's thread; allocates. Tables without an index by person are walked: some tenths of a second for millions of
 * rows, so not for an engine that serves.
 */
public final class PersonInspection {
    private static final int INSUTYPE_LENGTH = 6;
    private static final int MED_TYPE_LENGTH = 6;

    private final EngineState state;
    private final Accumulators used = new Accumulators();

    public PersonInspection(final SettlementEngine engine) {
        this.state = engine.state();
    }

    /** The person of this psn_no, with what holds at a moment; empty if none is registered. */
    public Optional<PersonStanding> byNumber(final String psnNo, final long atMs) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.PERSON_KEY]);
        return put(psnNo, key, 0, Rows.PERSON_KEY) ? standing(state.persons.find(key, 0), atMs) : Optional.empty();
    }

    /** The person of this certificate: psn_cert_type, such as 01, and certno. */
    public Optional<PersonStanding> byCertificate(final String type, final String certno, final long atMs) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.CERTIFICATE_LENGTH]);
        return put(type, key, 0, Rows.CERT_TYPE_LENGTH) && put(certno, key, Rows.CERT_TYPE_LENGTH, Rows.CERTNO_LENGTH)
                ? standing(state.certificates.find(key, 0), atMs)
                : Optional.empty();
    }

    /** False if the text is longer than any row's. */
    private static boolean put(final String text, final UnsafeBuffer key, final int offset, final int length) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > length) {
            return false;
        }
        key.putBytes(offset, bytes);
        return true;
    }

    private Optional<PersonStanding> standing(final int row, final long atMs) {
        if (row < 0) {
            return Optional.empty();
        }
        final FlatTable persons = state.persons;
        final int day = BusinessTime.dayOf(atMs);
        return Optional.of(new PersonStanding(
                text(persons, row, 0, Rows.PERSON_KEY),
                text(persons, row, Rows.PERSON_CERTIFICATE, Rows.CERT_TYPE_LENGTH),
                text(persons, row, Rows.PERSON_CERTNO, Rows.CERTNO_LENGTH),
                name(row),
                text(persons, row, Rows.PERSON_CARD, Rows.CARD_LENGTH),
                text(persons, row, Rows.PERSON_INSUTYPE, Rows.INSUTYPE_LENGTH),
                text(persons, row, Rows.PERSON_PSN_TYPE, Rows.PSN_TYPE_LENGTH),
                text(persons, row, Rows.PERSON_INSUPLC, Rows.REGION_KEY),
                text(persons, row, Rows.PERSON_INSU_STAS, Rows.INSU_STAS_LENGTH),
                Persons.isFrozen(persons, row),
                persons.getLong(row, Rows.PERSON_BALANCE),
                years(row),
                diseases(row),
                entitlements(row, day),
                visits(row, day)));
    }

    private String name(final int row) {
        final byte[] bytes = new byte[Rows.NAME_LENGTH];
        state.persons.buffer(row).getBytes(state.persons.offset(row) + Rows.PERSON_NAME, bytes);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private List<PersonStanding.UsedYear> years(final int person) {
        final PersonYears years = state.personYears;
        final List<PersonStanding.UsedYear> found = new ArrayList<>();
        for (int row = 0; row < years.rows.end(); row++) {
            if (!years.rows.isFree(row) && years.isFirstOf(row, person)) {
                final int year = years.yearOf(row);
                final int insutype = years.insutypeOf(row);
                years.load(person, year, insutype, used);
                found.add(new PersonStanding.UsedYear(year, insutype, named()));
            }
        }
        found.sort(Comparator.comparingInt((PersonStanding.UsedYear used) -> -used.year())
                .thenComparingInt(PersonStanding.UsedYear::insutype));
        return List.copyOf(found);
    }

    private Map<String, Long> named() {
        final Map<String, Long> named = new LinkedHashMap<>();
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            if (used.slots[slot] != 0) {
                named.put(Accumulators.name(slot), used.slots[slot]);
            }
        }
        return named;
    }

    private List<PersonStanding.UsedDisease> diseases(final int person) {
        final PersonYears years = state.personYears;
        final List<PersonStanding.UsedDisease> found = new ArrayList<>();
        for (int row = 0; row < years.diseases.end(); row++) {
            if (!years.diseases.isFree(row) && years.isDiseaseOf(row, person)) {
                found.add(new PersonStanding.UsedDisease(
                        years.diseaseYear(row),
                        years.diseaseInsutype(row),
                        years.diseaseCode(row),
                        years.diseasePaidFen(row)));
            }
        }
        return List.copyOf(found);
    }

    private List<PersonStanding.HeldEntitlement> entitlements(final int person, final int day) {
        final FlatTable table = state.entitlements;
        final List<PersonStanding.HeldEntitlement> found = new ArrayList<>();
        for (int row = EntitlementRows.first(state.persons, person); row >= 0; row = EntitlementRows.next(table, row)) {
            final int begnDay = table.getInt(row, Rows.ENTITLEMENT_BEGN_DAY);
            final int endDay = table.getInt(row, Rows.ENTITLEMENT_END_DAY);
            found.add(new PersonStanding.HeldEntitlement(
                    EntitlementKind.get(table.getByte(row, Rows.ENTITLEMENT_KIND))
                            .name(),
                    text(table, row, Rows.ENTITLEMENT_CODE, Rows.ENTITLEMENT_CODE_LENGTH),
                    LocalDate.ofEpochDay(begnDay),
                    endDay == Integer.MAX_VALUE ? null : LocalDate.ofEpochDay(endDay),
                    day >= begnDay && day < endDay));
        }
        return List.copyOf(found);
    }

    private List<PersonStanding.OpenVisit> visits(final int person, final int day) {
        final Visits visits = state.visits;
        final List<PersonStanding.OpenVisit> found = new ArrayList<>();
        for (int row = 0; row < visits.table.end(); row++) {
            if (!visits.table.isFree(row) && visits.personRow(row) == person && visits.expiryDay(row) >= day) {
                found.add(visit(row));
            }
        }
        found.sort(Comparator.comparing(PersonStanding.OpenVisit::mdtrtId));
        return List.copyOf(found);
    }

    private PersonStanding.OpenVisit visit(final int row) {
        final Visits visits = state.visits;
        final FlatTable institutions = state.institutions;
        final int institution = visits.institutionRow(row);
        int unsettledCount = 0;
        long unsettledFen = 0;
        for (int line = visits.lines.first(row); line >= 0; line = visits.lines.next(line)) {
            if (!visits.lines.isSettled(line)) {
                unsettledCount++;
                unsettledFen += visits.lines.amountFen(line);
            }
        }
        return new PersonStanding.OpenVisit(
                text(visits.table, row, 0, Rows.VISIT_KEY),
                visits.isOf(row, VisitKind.STAY) ? VisitKind.STAY.name() : VisitKind.OUTPATIENT.name(),
                visits.state(row) == Visits.DISCHARGED,
                text(institutions, institution, 0, Rows.INSTITUTION_KEY),
                EngineInspection.name(institutions, institution, EngineInspection.INSTITUTION_NAME),
                text(visits.table, row, Rows.VISIT_INSUTYPE, INSUTYPE_LENGTH),
                text(visits.table, row, Rows.VISIT_MED_TYPE, MED_TYPE_LENGTH),
                text(visits.table, row, Rows.VISIT_DISEASE, Rows.DISEASE_LENGTH),
                visits.begntimeMs(row),
                visits.endtimeMs(row),
                visits.lines.count(row),
                unsettledCount,
                unsettledFen,
                visits.settlements(row),
                visits.dedcUsedFen(row));
    }

    private static String text(final FlatTable table, final int row, final int field, final int length) {
        return Fields.text(table.buffer(row), table.offset(row) + field, length);
    }
}
