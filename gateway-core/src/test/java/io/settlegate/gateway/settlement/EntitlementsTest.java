package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.benefits.policy.OutOfArea;
import io.settlegate.gateway.settlement.codec.ActReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What persons are entitled to: against a list that is searched from end to end, and what imports of it refuse. */
@Timeout(60)
final class EntitlementsTest {
    private static final String HEAD = "psn_no,kind,code,begndate,enddate\n";
    private static final String REGIONS = "admdvs,poolarea,name\n320500,320500,苏州市\n320505,320500,虎丘区\n";
    private static final String PERSONS =
            "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas\n";
    private static final String[] KINDS = {
        "", "aid", "cvlserv", "supplement", "family_doctor", "chronic", "filed", "transfer", "waiting", "birth"
    };
    private static final String[] AIDS = {"extreme_poverty", "low_income", "low_margin", "monitored", "high_expense"};
    private static final String[] DISEASES = {"M01600", "M03900", "M039001234567890123456789012345"};
    private static final String[] PLACES = {"320500", "320505", "110000"};
    private static final int FIRST_DAY = (int) LocalDate.of(2026, 1, 1).toEpochDay();
    private static final int PERSONS_COUNT = 8;

    @TempDir
    private Path directory;

    private EngineFixture city;
    private CityImports imports;
    private Entitlements entitlements;

    /** An entitlement as the reference holds it. */
    private record Row(int person, int kind, String code, int begnDay, int endDay) {
        boolean isOn(final int ofPerson, final int ofKind, final int day) {
            return person == ofPerson && kind == ofKind && day >= begnDay && day < endDay;
        }

        boolean hasKeyOf(final Row other) {
            return person == other.person && kind == other.kind && code.equals(other.code) && begnDay == other.begnDay;
        }

        String row() {
            return EngineFixture.psnNo(person)
                    + ','
                    + KINDS[kind]
                    + ','
                    + code
                    + ','
                    + (begnDay == 0 ? "" : LocalDate.ofEpochDay(begnDay))
                    + ','
                    + (endDay == Integer.MAX_VALUE ? "" : LocalDate.ofEpochDay(endDay))
                    + '\n';
        }
    }

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(Files.createDirectory(directory.resolve("city")));
        city.twin = new SnapshotTwin(20261128, 3);
        imports = new CityImports(city, directory);
        assertThat(imports.load("regions.csv", REGIONS)).isNull();
        entitlements = new Entitlements(city.engine.state());
    }

    @Test
    void shouldHoldWhatASearchOfAllRowsFinds() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<Row> known = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            final StringBuilder rows = new StringBuilder(HEAD);
            final Set<String> keys = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                final Row any = known.isEmpty() || random.nextInt(4) > 0
                        ? anyRow(random)
                        : known.get(random.nextInt(known.size()));
                final Row row = new Row(any.person, any.kind, any.code, any.begnDay, endDay(random, any.begnDay));
                if (keys.add(row.person + "," + row.kind + row.code + row.begnDay)) {
                    known.removeIf(row::hasKeyOf);
                    known.add(row);
                    rows.append(row.row());
                }
            }
            assertThat(imports.load("entitlements.csv", rows.toString(), 1 + random.nextInt(40)))
                    .as("seed %d at %s", seed, imports.place)
                    .isNull();
            for (int i = 0; i < 1_000; i++) {
                compare(random, known, seed);
            }
        }
        imports.assertWhole();
    }

    private static Row anyRow(final Random random) {
        final int kind = 1 + random.nextInt(9);
        final String code =
                switch (kind) {
                    case 1 -> AIDS[random.nextInt(AIDS.length)];
                    case 5 -> DISEASES[random.nextInt(2)];
                    case 6, 7 -> PLACES[random.nextInt(PLACES.length)];
                    case 9 -> "19" + (10 + random.nextInt(90)) + "0" + (1 + random.nextInt(9)) + "15";
                    default -> "";
                };
        final int begnDay = kind == 9 && random.nextBoolean() ? 0 : FIRST_DAY + random.nextInt(60);
        return new Row(random.nextInt(PERSONS_COUNT), kind, code, begnDay, Integer.MAX_VALUE);
    }

    private static int endDay(final Random random, final int begnDay) {
        return random.nextInt(5) == 0
                ? Integer.MAX_VALUE
                : Math.max(begnDay, begnDay == 0 ? FIRST_DAY + 30 : begnDay + random.nextInt(20));
    }

    private void compare(final Random random, final List<Row> known, final long seed) {
        final int person = random.nextInt(PERSONS_COUNT);
        final int row = rowOf(EngineFixture.psnNo(person));
        final int day = FIRST_DAY - 3 + random.nextInt(90);
        final int kind = 1 + random.nextInt(9);
        final String where = "seed " + seed + ": person " + person + ", kind " + KINDS[kind] + ", day " + day;
        assertThat(entitlements.holds(row, kind, day))
                .as(where)
                .isEqualTo(known.stream().anyMatch(one -> one.isOn(person, kind, day)));
        final String code = kind == 5 ? DISEASES[random.nextInt(2)] : PLACES[random.nextInt(3)];
        assertThat(entitlements.holds(row, kind, CityImports.field(code, 30), 0, 30, day))
                .as("%s, code %s", where, code)
                .isEqualTo(known.stream().anyMatch(one -> one.isOn(person, kind, day) && one.code.equals(code)));
        AidCategory aid = AidCategory.NONE;
        for (int i = AIDS.length - 1; i >= 0; i--) {
            final String name = AIDS[i];
            if (known.stream().anyMatch(one -> one.isOn(person, 1, day) && one.code.equals(name))) {
                aid = AidCategory.valueOf(name.toUpperCase(Locale.ROOT));
            }
        }
        assertThat(entitlements.aid(row, day)).as(where).isEqualTo(aid);
        final String medType = List.of("21", "13", "24", "11").get(random.nextInt(4));
        final boolean inCounty = random.nextBoolean();
        assertThat(entitlements.outOfArea(
                        row, region(inCounty ? "320505" : "320500"), region("320302"), medType(medType), 0, day))
                .as("%s, med_type %s", where, medType)
                .isEqualTo(outOfArea(known, person, medType, inCounty, day));
    }

    private static OutOfArea outOfArea(
            final List<Row> known, final int person, final String medType, final boolean inCounty, final int day) {
        if (medType.equals("13") || medType.equals("24")) {
            return OutOfArea.EMERGENCY;
        }
        for (int kind = 7; kind >= 6; kind--) {
            for (final Row one : known) {
                if (one.isOn(person, kind, day)
                        && (one.code.equals("320500") || (inCounty && one.code.equals("320505")))) {
                    return kind == 7 ? OutOfArea.TRANSFER : OutOfArea.FILED;
                }
            }
        }
        return OutOfArea.UNFILED;
    }

    private int rowOf(final String psnNo) {
        return city.engine.state().persons.find(CityImports.field(psnNo, Rows.PERSON_KEY), 0);
    }

    private int region(final String admdvs) {
        return city.engine.state().regions.find(CityImports.field(admdvs, 6), 0);
    }

    private static UnsafeBuffer medType(final String value) {
        return CityImports.field(value, 6);
    }

    @Test
    void shouldCallTheOwnPoolingRegionLocalWhateverIsFiled() throws IOException {
        final String psnNo = EngineFixture.psnNo(1);
        assertThat(imports.load("entitlements.csv", HEAD + psnNo + ",transfer,320302,2026-01-01,\n"))
                .isNull();
        for (final String medType : List.of("11", "13", "24")) {
            assertThat(entitlements.outOfArea(
                            rowOf(psnNo), region("320302"), region("320300"), medType(medType), 0, FIRST_DAY))
                    .isEqualTo(OutOfArea.LOCAL);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1980-01-01, 0",
        "1980-12-31, 0",
        "1979-12-31, 0",
        "2025-12-31, 45",
        "2026-01-01, 46",
        "2026-12-31, 46",
        "2027-01-01, 47",
        "2199-06-01, 150"
    })
    void shouldCountTheYearsOfAnIdentityNumber(final String day, final int years) {
        // Every number of the city is of someone born on 1980-01-01.
        assertThat(entitlements.ageYears(
                        rowOf(EngineFixture.psnNo(3)), LocalDate.parse(day).toEpochDay()))
                .isEqualTo(years);
    }

    @Test
    void shouldCountTheYearsOfADateOfBirthThatNoCertificateTells() throws IOException {
        assertThat(imports.load("persons.csv", PERSONS + "P1,某,90,19560101,310,1101,320300,1\n"))
                .isNull();
        final int row = rowOf("P1");
        assertThat(entitlements.ageYears(row, FIRST_DAY)).isZero();
        assertThat(imports.load(
                        "entitlements.csv", HEAD + "P1,birth,20000229,,\nP1,birth,19900101,2026-05-01,2026-06-01\n"))
                .isNull();
        final Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            final LocalDate day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(30_000));
            final boolean corrected = day.getYear() == 2026 && day.getMonthValue() == 5;
            final LocalDate birth = corrected ? LocalDate.of(1990, 1, 1) : LocalDate.of(2000, 2, 29);
            assertThat(entitlements.ageYears(row, day.toEpochDay()))
                    .as("on %s", day)
                    .isEqualTo((int) ChronoUnit.YEARS.between(birth, day));
        }
    }

    @Test
    void shouldRefuseEntitlementsOfNobodyAndMoreThanAPersonMayHave() throws IOException {
        final String psnNo = EngineFixture.psnNo(2);
        final String good = psnNo + ",cvlserv,,2026-01-01,\n";
        assertThat(imports.load("entitlements.csv", HEAD + good + "NOBODY,cvlserv,,2026-01-01,\n"))
                .isEqualTo(ActReason.REFERENCE_UNKNOWN);
        assertThat(imports.place).isEqualTo("entitlements.csv:3");
        assertThat(entitlements.holds(rowOf(psnNo), Entitlements.CVLSERV, FIRST_DAY))
                .as("all or none")
                .isFalse();
        final StringBuilder rows = new StringBuilder(HEAD);
        for (int i = 0; i < StagedEntitlements.MOST_OF_PERSON; i++) {
            rows.append(psnNo).append(",chronic,M").append(i).append(",2026-01-01,\n");
        }
        assertThat(imports.load("entitlements.csv", rows + good)).isEqualTo(ActReason.LIMIT);
        assertThat(imports.place).isEqualTo("entitlements.csv:" + (StagedEntitlements.MOST_OF_PERSON + 2));
        assertThat(imports.load("entitlements.csv", rows.toString())).isNull();
        final long hash = city.businessHash();
        assertThat(imports.load("entitlements.csv", rows.toString()))
                .as("what is there may come again")
                .isNull();
        assertThat(city.businessHash()).isEqualTo(hash);
        assertThat(imports.load("entitlements.csv", HEAD + good)).isEqualTo(ActReason.LIMIT);
        imports.assertWhole();
    }

    @Test
    void shouldTakePersonsAndTheirEntitlementsInOneImportAndKeepThemWhenThePersonComesAgain() throws IOException {
        final Path files = Files.createDirectory(directory.resolve("both"));
        final String persons = PERSONS + "P1,某,90,C1,310,1101,320300,1\n";
        Files.writeString(files.resolve("persons.csv"), persons);
        Files.writeString(files.resolve("entitlements.csv"), HEAD + "P1,chronic,M01600,2026-01-01,2026-02-01\n");
        final var report = new io.settlegate.gateway.operations.ImportFiles(files)
                .load(new io.settlegate.gateway.operations.ImportActs(
                        imports::apply, EngineFixture.SIGNER, "GW1", "both", EngineFixture.clock(city.nowMs)));
        assertThat(report.isGood()).isTrue();
        assertThat(imports.refusal).isNull();
        assertThat(imports.load("persons.csv", persons.replace("某", "李"))).isNull();
        final UnsafeBuffer code = CityImports.field("M01600", 6);
        assertThat(entitlements.holds(rowOf("P1"), Entitlements.CHRONIC, code, 0, 6, FIRST_DAY + 30))
                .isTrue();
        assertThat(entitlements.holds(rowOf("P1"), Entitlements.CHRONIC, code, 0, 6, FIRST_DAY + 31))
                .isFalse();
        assertThat(entitlements.holds(rowOf("P1"), Entitlements.CHRONIC, code, 0, 5, FIRST_DAY + 30))
                .as("another disease, whose code is a beginning of this one")
                .isFalse();
        imports.assertWhole();
    }
}
