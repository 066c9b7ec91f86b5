package io.settlegate.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.journal.store.Space;
import io.settlegate.protocol.codec.StatementPageEncoder.DifferencesEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comparisons may take of the disk, and how many an institution may have under way. */
@Timeout(60)
final class StatementResultsTest {
    private static final int DIFFERENCES = 10;
    private static final int LENGTH = DIFFERENCES * DifferencesEncoder.sbeBlockLength();
    private static final long FLOOR = 1_000;

    @TempDir
    private Path directory;

    @TempDir
    private Path indexDirectory;

    private FakeIndex indexing;

    private final CountDownLatch going = new CountDownLatch(1);
    private final List<Long> compared = new CopyOnWriteArrayList<>();
    private volatile Space space = new Space(FLOOR, FLOOR, FLOOR / 2);
    private StatementResults results;

    private void open(final boolean isHeldUp) throws IOException {
        indexing = FakeIndex.open(indexDirectory);
        results = StatementResults.open(
                directory,
                (detailsSequence, index, out) -> {
                    compared.add(detailsSequence);
                    try {
                        if (isHeldUp && !going.await(30, TimeUnit.SECONDS)) {
                            throw new IOException("nobody let it go");
                        }
                    } catch (final InterruptedException e) {
                        throw new IOException(e);
                    }
                    out.write(new byte[LENGTH]);
                    return DIFFERENCES;
                },
                () -> space,
                3L * LENGTH);
    }

    @AfterEach
    void end() throws IOException {
        going.countDown();
        results.end();
        indexing.close();
    }

    private StatementResults.Result ask(final long detailsSequence, final String institution) throws Exception {
        return results.of(detailsSequence, institution, indexing);
    }

    /** Asks until it is there. */
    private void await(final long detailsSequence, final String institution) throws Exception {
        while (true) {
            try {
                assertThat(ask(detailsSequence, institution).count()).isEqualTo(DIFFERENCES);
                return;
            } catch (final PageLaterException e) {
                Thread.onSpinWait();
            }
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldRemoveTheOldestBeyondTheLength() throws Exception {
        open(false);
        for (long sequence = 1; sequence <= 5; sequence++) {
            await(sequence, "H1");
        }
        assertThat(files()).containsExactly("3.found", "4.found", "5.found");
        await(3, "H1");
        await(1, "H1");
        assertThat(compared).as("what was removed is compared again").containsExactly(1L, 2L, 3L, 4L, 5L, 1L);
    }

    @Test
    void shouldCompareOneStatementOfAnInstitutionAtATime() throws Exception {
        open(true);
        assertThatThrownBy(() -> ask(1, "H1")).isInstanceOf(PageLaterException.class);
        assertThatThrownBy(() -> ask(2, "H1"))
                .isInstanceOf(PageLaterException.class)
                .hasMessageContaining("another statement of the institution");
        assertThatThrownBy(() -> ask(3, "H2"))
                .isInstanceOf(PageLaterException.class)
                .hasMessage("the statement is being compared");
        going.countDown();
        await(1, "H1");
        await(3, "H2");
        await(2, "H1");
        assertThat(compared).containsExactly(1L, 3L, 2L);
    }

    @Test
    void shouldCompareNothingWhereTheDiskIsTooFull() throws Exception {
        open(false);
        space = new Space(FLOOR - 1, FLOOR, FLOOR / 2);
        assertThatThrownBy(() -> ask(1, "H1")).isInstanceOf(PageLaterException.class);
        assertThat(compared).isEmpty();
        space = new Space(FLOOR, FLOOR, FLOOR / 2);
        await(1, "H1");
    }

    @Test
    void shouldGiveUpWhereTheDiskFillsMeanwhile() throws Exception {
        open(true);
        assertThatThrownBy(() -> ask(1, "H1")).isInstanceOf(PageLaterException.class);
        space = new Space(FLOOR - 1, FLOOR, FLOOR / 2);
        going.countDown();
        while (!files().isEmpty() || compared.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> ask(1, "H1"))
                .isInstanceOf(PageLaterException.class)
                .hasMessageContaining("too full");
    }
}
