package io.settlegate.gateway.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that was planted is found, and nothing else; the totals' law is checked by each comparison itself. */
class ReconciliationTest {
    private static final int ROWS = 400;

    @TempDir
    private Path directory;

    @Test
    void shouldFindWhatWasPlantedAndNothingElse() throws IOException {
        for (long seed = 1; seed <= 5; seed++) {
            for (final Refunds refunds : Refunds.values()) {
                for (int books = 2; books <= Book.COUNT; books++) {
                    for (final int partitions : new int[] {1, 3, 64}) {
                        final PlantedBooks planted = new PlantedBooks(seed, refunds, books, ROWS);
                        // With a limit so low nearly every partition is split, some of them several times.
                        assertThat(found(planted, refunds, books, partitions, 20))
                                .as(
                                        "seed %d, refunds %s, %d books, %d partitions, split",
                                        seed, refunds, books, partitions)
                                .isEqualTo(planted.expected);
                        assertThat(found(planted, refunds, books, partitions, 50_000))
                                .as("seed %d, refunds %s, %d books, %d partitions", seed, refunds, books, partitions)
                                .isEqualTo(planted.expected);
                    }
                }
            }
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).as("spill files").isEmpty();
        }
    }

    private List<String> found(
            final PlantedBooks planted,
            final Refunds refunds,
            final int books,
            final int partitions,
            final int loadedLimit)
            throws IOException {
        final List<String> found = new ArrayList<>();
        try (SpillDirectory spill = SpillDirectory.in(directory);
                Reconciliation reconciliation = new Reconciliation(
                        spill, SpillKey.random(), partitions, loadedLimit, refunds, books, finding -> {
                            assertThat(finding.act()).isNotNull();
                            found.add(finding.difference() + (books > 2 ? " " + finding.standing() : "") + " "
                                    + msgidOf(planted, finding));
                        })) {
            final List<Row> rows = new ArrayList<>(planted.hospital);
            if (books > 2) {
                rows.addAll(planted.bureau);
            }
            rows.addAll(planted.gateway);
            for (final Row row : rows) {
                reconciliation.add(row);
            }
            final Summary summary = reconciliation.compare();
            Collections.sort(found);
            assertThat(found).isEqualTo(planted.expected);
            assertThat(summary.found()).isEqualTo(planted.expected.size());
            assertThat(summary.total().hospital().rows()).isEqualTo(planted.hospital.size());
            assertThat(summary.total().gateway().rows())
                    .isEqualTo(planted.gateway.stream()
                            .filter(row -> refunds == Refunds.IN || (row.isFirst() && !row.isUndone()))
                            .count());
        }
        return found;
    }

    /** A doubled row may have lost its msgid in the file. */
    private static String msgidOf(final PlantedBooks planted, final Finding finding) {
        final Row row = finding.group().leading();
        if (!row.msgid().isEmpty()) {
            return row.msgid();
        }
        return Stream.of(planted.gateway, planted.hospital, planted.bureau)
                .flatMap(List::stream)
                .filter(other ->
                        other.setlId().equals(row.setlId()) && !other.msgid().isEmpty())
                .findFirst()
                .map(Row::msgid)
                .orElse("?");
    }

    @Test
    void shouldHideSpillFilesAndRemoveThem() throws IOException {
        final Path spilled;
        try (SpillDirectory spill = SpillDirectory.in(directory)) {
            spilled = spill.path();
            final Reconciliation reconciliation =
                    new Reconciliation(spill, SpillKey.random(), 4, Refunds.IN, 2, finding -> {});
            for (final Row row : new PlantedBooks(1, Refunds.IN, 2, 50).gateway) {
                reconciliation.add(row);
            }
            assertThat(modeOf(spilled)).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(spilled)) {
                assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(modeOf(file))
                        .isEqualTo("rw-------"));
            }
            // It is not closed, as after a failure.
        }
        assertThat(spilled).doesNotExist();
    }

    /** Strings of "Aa" and "BB" alone all have one hashCode. */
    private static String chosen(final int number) {
        final StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 15; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static Row row(final Book book, final String setlId, final String msgid, final long number) {
        return new Row(
                book,
                setlId,
                msgid,
                "P1",
                "",
                false,
                100,
                0,
                0,
                number,
                number,
                number * 1_000,
                "",
                "",
                "",
                "",
                "",
                false);
    }

    @Test
    void shouldSpreadNumbersThatWereChosenToFallTogether() throws IOException {
        final int rows = 1 << 14;
        assertThat(chosen(0).hashCode()).isEqualTo(chosen(rows - 1).hashCode());
        try (SpillDirectory spill = SpillDirectory.in(directory);
                Spill spread = new Spill(spill, "chosen", 64, SpillKey.random())) {
            for (int i = 0; i < rows; i++) {
                final Row row = row(Book.HOSPITAL, chosen(i), "", i);
                spread.add(row.setlId(), Group.of(row));
            }
            for (int partition = 0; partition < 64; partition++) {
                assertThat(spread.count(partition)).isBetween(128L, 512L);
            }
        }
    }

    private long differencesOf(final int loadedLimit, final List<Row> rows) throws IOException {
        try (SpillDirectory spill = SpillDirectory.in(directory);
                Reconciliation books =
                        new Reconciliation(spill, SpillKey.random(), 4, loadedLimit, Refunds.IN, 2, finding -> {})) {
            for (final Row row : rows) {
                books.add(row);
            }
            return books.compare().found();
        }
    }

    /** The limit itself is checked by the comparison, which refuses what it would have to hold beyond it. */
    @Test
    void shouldHoldNoMoreThanTheLimitWhateverWasChosen() throws IOException {
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 1 << 14; i++) {
            rows.add(row(Book.HOSPITAL, chosen(i), "", i));
        }
        assertThat(differencesOf(50, rows)).isEqualTo(rows.size());
    }

    @Test
    void shouldTellRowsOfOneNumberAtOnceAndHoldOne() throws IOException {
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(row(Book.HOSPITAL, chosen(1), "", i));
        }
        assertThat(differencesOf(50, rows)).isEqualTo(rows.size());
    }

    @Test
    void shouldRefuseWhatNoSplitTakesApart() {
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(row(Book.GATEWAY, "S" + i, "M" + i, i));
        }
        assertThatThrownBy(() -> differencesOf(50, rows))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 50 settlements of one person with the same total")
                .hasMessageContaining("compare a shorter period");
    }

    private static String modeOf(final Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
