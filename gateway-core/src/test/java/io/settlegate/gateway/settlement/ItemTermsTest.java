package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.codec.ActReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Terms of items by region and day: against a list that is searched from end to end, and what imports of them refuse. */
@Timeout(60)
final class ItemTermsTest {
    private static final String HEAD =
            "med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag\n";
    private static final String CATALOGUE =
            "med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate\n";
    private static final String[] REGIONS = {"320300", "320302", "320303", "320500", "000000"};
    private static final int FIRST_DAY = (int) LocalDate.of(2025, 12, 1).toEpochDay();
    private static final int DAYS = 60;
    private static final int ITEMS = 12;

    @TempDir
    private Path directory;

    private EngineFixture city;
    private CityImports imports;

    /** Terms as the reference holds them; those of the item itself have no region. */
    private record Terms(
            String item, String region, int begnDay, int endDay, String lv, int selfpayE4, long ceilingE6, int flag) {
        boolean overlaps(final Terms other) {
            return item.equals(other.item)
                    && region.equals(other.region)
                    && Math.max(begnDay, other.begnDay) < Math.min(endDay, other.endDay);
        }

        boolean hasKeyOf(final Terms other) {
            return item.equals(other.item) && region.equals(other.region) && begnDay == other.begnDay;
        }

        String row() {
            return item
                    + ','
                    + region
                    + ','
                    + LocalDate.ofEpochDay(begnDay)
                    + ','
                    + (endDay == Integer.MAX_VALUE ? "" : LocalDate.ofEpochDay(endDay))
                    + ','
                    + lv
                    + ','
                    + ratio(selfpayE4)
                    + ','
                    + price(ceilingE6)
                    + ','
                    + flag
                    + '\n';
        }
    }

    /** An item of the catalogue: its terms and whether it needs a prescription. */
    private record Item(Terms own, int rx) {
        String row() {
            return own.item + ",药," + own.lv + ',' + ratio(own.selfpayE4) + ',' + price(own.ceilingE6) + ','
                    + (own.flag == 0 ? "" : "1") + ',' + rx + ','
                    + (own.begnDay == 0 ? "" : LocalDate.ofEpochDay(own.begnDay)) + ','
                    + (own.endDay == Integer.MAX_VALUE ? "" : LocalDate.ofEpochDay(own.endDay)) + '\n';
        }
    }

    private static String ratio(final int ratioE4) {
        return ratioE4 == 10_000 ? "1" : String.format("0.%04d", ratioE4);
    }

    private static String price(final long priceE6) {
        return String.format("%d.%06d", priceE6 / 1_000_000, priceE6 % 1_000_000);
    }

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(Files.createDirectory(directory.resolve("city")));
        imports = new CityImports(city, directory);
    }

    @Test
    void shouldFindWhatASearchOfAllTermsFinds() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<Item> items = new ArrayList<>();
        final StringBuilder catalogue = new StringBuilder(CATALOGUE);
        for (int i = 0; i < ITEMS; i++) {
            final int begn = random.nextInt(3) == 0 ? FIRST_DAY + random.nextInt(20) : 0;
            final int end = random.nextInt(3) == 0 ? FIRST_DAY + 20 + random.nextInt(40) : Integer.MAX_VALUE;
            items.add(new Item(terms(random, i, "", begn, end), random.nextInt(2)));
            catalogue.append(items.get(i).row());
        }
        assertThat(imports.load("catalogue.csv", catalogue.toString())).isNull();
        final List<Terms> known = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            importSome(random, known, seed);
            compare(random, items, known, seed);
            tryOverlaps(random, known, seed);
        }
        imports.assertWhole();
        // The items once more: their terms stay.
        assertThat(imports.load("catalogue.csv", catalogue.toString())).isNull();
        compare(random, items, known, seed);
        imports.assertWhole();
    }

    private static Terms terms(
            final Random random, final int item, final String region, final int begnDay, final int endDay) {
        final int lv = 1 + random.nextInt(3);
        return new Terms(
                "T" + item,
                region,
                begnDay,
                endDay,
                "0" + lv,
                lv == 1 ? 0 : lv == 3 ? 10_000 : random.nextInt(10_001),
                random.nextInt(3) == 0 ? 0 : random.nextInt(100_000_000),
                random.nextInt(2));
    }

    private static Terms anyTerms(final Random random) {
        final int begn = FIRST_DAY + random.nextInt(DAYS);
        final int end = random.nextInt(8) == 0 ? Integer.MAX_VALUE : begn + random.nextInt(12);
        return terms(random, random.nextInt(ITEMS), REGIONS[random.nextInt(REGIONS.length)], begn, end);
    }

    /** Imports in small parts what overlaps nothing; every row is good where the rows before it are in force. */
    private void importSome(final Random random, final List<Terms> known, final long seed) throws IOException {
        final StringBuilder rows = new StringBuilder(HEAD);
        final Set<String> keys = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            Terms next = anyTerms(random);
            if (!known.isEmpty() && random.nextInt(3) == 0) {
                final Terms changed = known.get(random.nextInt(known.size()));
                next = terms(
                        random,
                        Integer.parseInt(changed.item.substring(1)),
                        changed.region,
                        changed.begnDay,
                        changed.begnDay + random.nextInt(8));
            }
            final Terms candidate = next;
            if (known.stream().noneMatch(other -> !other.hasKeyOf(candidate) && other.overlaps(candidate))
                    && keys.add(candidate.item + candidate.region + candidate.begnDay)) {
                known.removeIf(candidate::hasKeyOf);
                known.add(candidate);
                rows.append(candidate.row());
            }
        }
        assertThat(imports.load("item_terms.csv", rows.toString(), 1 + random.nextInt(50)))
                .as("seed %d, at %s", seed, imports.place)
                .isNull();
    }

    private void compare(final Random random, final List<Item> items, final List<Terms> known, final long seed) {
        final EngineState state = city.engine.state();
        final ItemTerms found = new ItemTerms(state.items, state.itemTerms);
        for (int i = 0; i < 2_000; i++) {
            final Item item = items.get(random.nextInt(ITEMS));
            final String region = REGIONS[random.nextInt(4)];
            final String poolarea = REGIONS[random.nextInt(4)];
            final int day = FIRST_DAY - 2 + random.nextInt(DAYS + 20);
            final Terms expected = search(item, known, region, poolarea, day);
            final int row = state.items.find(CityImports.field(item.own.item, Rows.ITEM_KEY), 0);
            final boolean inForce =
                    found.find(row, CityImports.field(region, 6), 0, CityImports.field(poolarea, 6), 0, day);
            final String where =
                    "seed " + seed + ": " + item.own.item + " in " + region + " of " + poolarea + " on " + day;
            assertThat(inForce).as(where).isEqualTo(expected != null);
            if (expected != null) {
                assertThat(List.of(found.lv, found.selfpayE4, found.ceilingE6))
                        .as(where)
                        .isEqualTo(List.of(Integer.parseInt(expected.lv), expected.selfpayE4, expected.ceilingE6));
                assertThat(found.isEssential).as(where).isEqualTo(expected.flag == 1);
                assertThat(found.needsPrescription).as(where).isEqualTo(item.rx == 1);
            }
        }
    }

    private static Terms search(
            final Item item, final List<Terms> known, final String region, final String poolarea, final int day) {
        if (day < item.own.begnDay || day >= item.own.endDay) {
            return null;
        }
        for (final String place : List.of(region, poolarea, "000000")) {
            for (final Terms terms : known) {
                if (terms.item.equals(item.own.item)
                        && terms.region.equals(place)
                        && day >= terms.begnDay
                        && day < terms.endDay) {
                    return terms;
                }
            }
        }
        return item.own;
    }

    /** What overlaps with terms of earlier imports is refused by file and line, and changes nothing. */
    private void tryOverlaps(final Random random, final List<Terms> known, final long seed) throws IOException {
        int tried = 0;
        while (tried < 3) {
            final Terms bad = anyTerms(random);
            if (known.stream().anyMatch(other -> !other.hasKeyOf(bad) && other.overlaps(bad))) {
                tried++;
                final long hash = city.businessHash();
                final String good = new Terms("T0", "999999", FIRST_DAY, FIRST_DAY, "01", 0, 0, 0).row();
                assertThat(imports.load("item_terms.csv", HEAD + good + bad.row()))
                        .as("seed %d: %s", seed, bad)
                        .isEqualTo(ActReason.OVERLAPS);
                assertThat(imports.place).isEqualTo("item_terms.csv:3");
                assertThat(city.businessHash()).isEqualTo(hash);
            }
        }
    }

    @Test
    void shouldEndAPeriodAndBeginTheNextInOneImportInWhateverOrder() throws IOException {
        assertThat(imports.load("item_terms.csv", HEAD + "XA01,320300,2026-01-01,,01,0,5,0\n"))
                .isNull();
        assertThat(imports.load(
                        "item_terms.csv",
                        HEAD + "XA01,320300,2026-07-01,,01,0,4,0\nXA01,320300,2026-01-01,2026-07-01,01,0,5,0\n"))
                .isNull();
        assertThat(ceilingE6("XA01", LocalDate.of(2026, 6, 30))).isEqualTo(5_000_000);
        assertThat(ceilingE6("XA01", LocalDate.of(2026, 7, 1))).isEqualTo(4_000_000);
        assertThat(ceilingE6("XA01", LocalDate.of(2025, 12, 31))).isZero();
        // Taken back: its end is its beginning.
        assertThat(imports.load("item_terms.csv", HEAD + "XA01,320300,2026-07-01,2026-07-01,01,0,4,0\n"))
                .isNull();
        assertThat(ceilingE6("XA01", LocalDate.of(2026, 7, 1))).isZero();
        imports.assertWhole();
    }

    private long ceilingE6(final String item, final LocalDate day) {
        final EngineState state = city.engine.state();
        final ItemTerms found = new ItemTerms(state.items, state.itemTerms);
        final UnsafeBuffer region = CityImports.field("320300", 6);
        final int row = state.items.find(CityImports.field(item, Rows.ITEM_KEY), 0);
        assertThat(found.find(row, region, 0, region, 0, day.toEpochDay())).isTrue();
        return found.ceilingE6;
    }

    @Test
    void shouldRefuseTermsOfAnItemThatIsNotThereAndMoreThanAnItemMayHave() throws IOException {
        assertThat(imports.load(
                        "item_terms.csv", HEAD + "XA01,320300,2026-01-01,,01,0,5,0\nXZ,320300,2026-01-01,,01,0,5,0\n"))
                .isEqualTo(ActReason.REFERENCE_UNKNOWN);
        assertThat(imports.place).isEqualTo("item_terms.csv:3");
        final StringBuilder rows = new StringBuilder(HEAD);
        for (int i = 0; i < StagedTerms.MOST_OF_ITEM; i++) {
            rows.append(String.format("XA01,%06d,2026-01-01,,01,0,5,0%n", i).replace("\r", ""));
        }
        assertThat(imports.load("item_terms.csv", rows + "XA01,555555,2026-01-01,,01,0,5,0\n"))
                .isEqualTo(ActReason.LIMIT);
        assertThat(imports.place).isEqualTo("item_terms.csv:" + (StagedTerms.MOST_OF_ITEM + 2));
        assertThat(imports.load("item_terms.csv", rows.toString())).isNull();
        assertThat(imports.load("item_terms.csv", rows.toString()))
                .as("what is there may come again")
                .isNull();
        assertThat(imports.load("item_terms.csv", HEAD + "XA01,555555,2026-01-01,,01,0,5,0\n"))
                .isEqualTo(ActReason.LIMIT);
        imports.assertWhole();
    }
}
