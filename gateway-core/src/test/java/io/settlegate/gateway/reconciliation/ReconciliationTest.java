package io.settlegate.gateway.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

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
                        assertThat(found(planted, refunds, books, partitions))
                                .as("seed %d, refunds %s, %d books, %d partitions", seed, refunds, books, partitions)
                                .isEqualTo(planted.expected);
                    }
                }
            }
        }
        assertThat(Files.list(directory)).as("spill files").isEmpty();
    }

    private List<String> found(final PlantedBooks planted, final Refunds refunds, final int books, final int partitions)
            throws IOException {
        final List<String> found = new ArrayList<>();
        try (SpillDirectory spill = SpillDirectory.in(directory);
                Reconciliation reconciliation = new Reconciliation(spill, partitions, refunds, books, finding -> {
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
                            .filter(row -> refunds == Refunds.IN || row.isFirst() && !row.isUndone())
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
            final Reconciliation reconciliation = new Reconciliation(spill, 4, Refunds.IN, 2, finding -> {});
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

    private static String modeOf(final Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
