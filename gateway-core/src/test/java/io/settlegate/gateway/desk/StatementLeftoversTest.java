package io.settlegate.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.store.Space;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of comparisons: what an earlier run left goes, and nothing beyond it. */
@Timeout(60)
class StatementLeftoversTest {
    @TempDir
    private Path directory;

    @Test
    void shouldEmptyItsDirectoryAndNotWhatALinkInItLeadsTo() throws Exception {
        final Path kept = Files.writeString(
                Files.createDirectory(directory.resolve("elsewhere")).resolve("kept"), "kept");
        final Path statements = Files.createDirectory(directory.resolve("statements"));
        Files.writeString(Files.createDirectory(statements.resolve("spill")).resolve("by-person-1"), "rows");
        Files.createSymbolicLink(statements.resolve("link"), kept.getParent());
        final StatementResults results =
                StatementResults.open(statements, (detailsSequence, index, out) -> 0, () -> new Space(2, 2, 1), 1);
        assertThat(kept).exists();
        assertThat(statements).isEmptyDirectory();
        assertThat(results.end()).isTrue();
    }
}
