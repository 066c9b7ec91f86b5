package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A settlement list in clear, which leaves a record, and one of a settlement that was undone. */
@Timeout(120)
class ClearingListUndoneTest {
    @TempDir
    private Path directory;

    @Test
    void shouldShowPersonsOnlyAfterARecordOfItAndSayWhatWasUndone() throws IOException {
        final Path data;
        final String setlId;
        final String mdtrtId;
        try (ClearingTown town = new ClearingTown(directory, 12, ClearingTown.Start.NOW)) {
            town.stay(4);
            setlId = town.staySetlId;
            mdtrtId = town.stayMdtrtId;
            town.reverseStay(4);
            data = town.city.data();
        }
        final Path out = directory.resolve("clear");
        SmallCity.run(
                "clearing",
                "list",
                "--data",
                data.toString(),
                setlId,
                "--unmask",
                "--reason",
                "list for the hospital",
                "--operator-key",
                data.resolve("keys").resolve("operator.pem").toString(),
                "--out",
                out.toString());
        final JsonNode list = new ObjectMapper().readTree(Files.readString(directory.resolve("clear.json")));
        assertThat(list.at("/setlinfo/psn_no").asText()).isEqualTo(SmallCity.psnNo(4));
        assertThat(list.at("/setlinfo/psn_name").asText()).isEqualTo("Person4");
        assertThat(list.at("/diseinfo/0/diag_code").asText()).isEqualTo("I10.x00");
        assertThat(list.at("/settlegate/stands").asBoolean()).isFalse();
        assertThat(Files.readString(directory.resolve("clear.html"))).contains("已撤销");
        assertThat(SmallCity.run("journal", "tail", data.toString(), "-n", "3")).contains("ReadUnmasked");
        assertThat(BusyCity.run("clearing", "list", "--data", data.toString(), "--mdtrt-id", mdtrtId)
                        .err())
                .contains("no settlement of this stay stands");
    }
}
