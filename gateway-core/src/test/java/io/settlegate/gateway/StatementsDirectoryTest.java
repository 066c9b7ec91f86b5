package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails at the directory of statements leaves nothing open. */
@Timeout(120)
class StatementsDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void shouldLetGoOfTheJournalWhereTheDirectoryCannotBeMade() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final Path statements = city.data().resolve("statements");
        Files.writeString(statements, "a file");
        assertThatThrownBy(() -> GatewayInProcess.start(city.data())).isInstanceOf(IOException.class);
        Files.delete(statements);
        try (Gateway gateway = GatewayInProcess.start(city.data())) {
            assertThat(gateway.connectionCount()).isZero();
        }
    }
}
