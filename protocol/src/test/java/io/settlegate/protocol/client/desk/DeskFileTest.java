package io.settlegate.protocol.client.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.desk.KnownOutcome.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a desk's file keeps, forgets, and refuses. */
@Timeout(60)
class DeskFileTest {
    private static final String INSTITUTION = "P32030200001";
    private static final UnknownRule RULE = UnknownRule.ask(Duration.ofSeconds(3), 2);

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void place() {
        path = directory.resolve("desk");
    }

    @Test
    void shouldKeepWhatIsOpenAndForgetWhatHasEnded() throws IOException {
        try (DeskFile file = DeskFile.open(path, INSTITUTION)) {
            file.open(request(1), RULE);
            file.open(request(2), RULE);
            file.reversal(request(2).msgid(), request(9));
            file.end(end(1));
            file.told(request(1).msgid());
        }
        try (DeskFile file = DeskFile.open(path, INSTITUTION)) {
            assertThat(file.openEntries()).singleElement().satisfies(entry -> {
                assertThat(entry.request().msgid()).isEqualTo(request(2).msgid());
                assertThat(entry.request().frame()).isEqualTo(request(2).frame());
                assertThat(entry.request().correlationId()).isEqualTo(2);
                assertThat(entry.rule()).isEqualTo(RULE);
                assertThat(entry.reversal().frame()).isEqualTo(request(9).frame());
            });
            file.end(end(2));
        }
        try (DeskFile file = DeskFile.open(path, INSTITUTION)) {
            assertThat(file.openEntries())
                    .as("an end of which nobody was told")
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.end()).isEqualTo(End.SETTLED));
            file.told(request(2).msgid());
            assertThat(DeskFileLook.isEmpty(path))
                    .as("emptied with its last end")
                    .isTrue();
        }
    }

    @Test
    void shouldPassOverATornTailAtEachByte() throws IOException {
        final byte[] whole = written();
        final int lastLine = new String(whole, StandardCharsets.US_ASCII).lastIndexOf('\n', whole.length - 2) + 1;
        for (int length = lastLine; length < whole.length - 1; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThat(openCount()).as("torn to %d bytes", length).isEqualTo(2);
            // The file system had made room for what it did not write.
            Files.write(path, Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
            assertThat(openCount()).as("zeros from byte %d", length).isEqualTo(2);
        }
        Files.write(path, Arrays.copyOf(whole, whole.length - 1));
        assertThat(openCount()).as("only the end of the line is missing").isEqualTo(3);
    }

    @Test
    void shouldRefuseEachChangedByteByItsPlace() throws IOException {
        final byte[] whole = written();
        for (int i = 0; i < whole.length; i++) {
            final byte[] changed = whole.clone();
            changed[i] ^= 4;
            Files.write(path, changed);
            assertThatThrownBy(this::openCount)
                    .as("byte %d", i)
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageContaining("at byte ")
                    .hasMessageContaining("Keep a copy");
            assertThat(Files.readAllBytes(path)).as("left as it was").isEqualTo(changed);
        }
    }

    @Test
    void shouldBelongToOneAtATimeAndToItsOwnerAlone() throws IOException {
        try (DeskFile file = DeskFile.open(path, INSTITUTION)) {
            file.open(request(1), RULE);
            assertThatThrownBy(() -> DeskFile.open(path, INSTITUTION)).hasMessageContaining("in use by another desk");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
        assertThatThrownBy(() -> DeskFile.open(path, "H32030200001"))
                .hasMessageContaining("institution " + INSTITUTION);
        assertThat(openCount()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeOneMsgidTwice() throws IOException {
        try (DeskFile file = DeskFile.open(path, INSTITUTION)) {
            file.open(request(1), RULE);
            assertThatThrownBy(() -> file.open(request(1), RULE)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private byte[] written() throws IOException {
        try (DeskFile file = DeskFile.open(path, INSTITUTION)) {
            file.open(request(1), RULE);
            file.open(request(2), RULE);
            file.open(request(3), RULE);
        }
        return Files.readAllBytes(path);
    }

    private int openCount() throws IOException {
        try (DeskFile file = DeskFile.open(path, INSTITUTION)) {
            return file.openEntries().size();
        }
    }

    private static SignedRequest request(final int number) {
        return new SignedRequest(INSTITUTION + "20261128120000000" + number, number, new byte[] {1, 2, (byte) number});
    }

    private static KnownOutcome end(final int number) {
        return new KnownOutcome(request(number), End.SETTLED, ResultCode.OK, new byte[0], new byte[0], null);
    }
}
