package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.journal.ClosedSegment;
import io.settlegate.journal.archive.JournalArchive;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.ReplyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A query that is repeated reads the record that it found, which is up to two horizons old by then. The horizon here is 3 days. */
@Timeout(180)
class ArchivedAnswersTest {
    private static final int SETTLEMENTS = 40;

    /** Just within a horizon of the settlements. */
    private static final Duration QUERY_AGE = Duration.ofHours(70);

    /** Within a horizon of the query, and more than a horizon and two days after the settlements. */
    private static final Duration REPEAT_AGE = Duration.ofHours(132);

    @TempDir
    private Path directory;

    @Test
    void shouldKeepWhatARepeatedQueryReadsAndRefuseByNameWhereItIsGone() throws Exception {
        final SmallCity city = SmallCity.found(directory);
        final TerminalIdentity terminal = city.terminals().get(0);
        final SignedRequest settled =
                AgeingCity.settle(city, new Random(31), SETTLEMENTS).get(0);
        final SignedRequest query;
        final Answer first;
        try (Gateway gateway = AgeingCity.startAfter(city, QUERY_AGE);
                TerminalClient client = connect(city, gateway, terminal, QUERY_AGE)) {
            query = client.requests().query(client.nextMsgid(), settled.msgid());
            first = client.send(query).get(20, TimeUnit.SECONDS);
            assertThat(first.recordOutcome()).isNotEmpty();
        }
        AgeingCity.startAfter(city, REPEAT_AGE).close();
        SmallCity.run("journal", "snapshot", city.data().toString());
        final JsonNode judged = new ObjectMapper()
                .readTree(SmallCity.run("journal", "archive", city.data().toString(), "--dry-run", "--json"));
        assertThat(judged.get("segments").findValuesAsText("verdict"))
                .contains("ANSWERABLE")
                .doesNotContain("MAY_LEAVE");

        removeAgainstTheRule(city);
        try (Gateway gateway = GatewayInProcess.startWithOperators(
                        city.data(), PipelineConfiguration.forCores(2), AgeingCity.after(REPEAT_AGE));
                TerminalClient client = connect(city, gateway, terminal, REPEAT_AGE)) {
            for (int i = 0; i < 2; i++) {
                // The same msgid and question, sent now: the old bytes would be refused as a read that is stale.
                final Answer again = client.send(client.requests().query(query.msgid(), settled.msgid()))
                        .get(20, TimeUnit.SECONDS);
                assertThat(again.code()).isEqualTo(ResultCode.MSGID_STALE);
                assertThat(again.hasReceipt()).isFalse();
                assertThat(again.kind()).as("a refusal").isNull();
            }
            // The gateway goes on.
            final Answer other = client.send(client.requests().query(client.nextMsgid(), query.msgid()))
                    .get(20, TimeUnit.SECONDS);
            assertThat(other.kind()).isEqualTo(ReplyKind.FIRST);
        }
    }

    private static TerminalClient connect(
            final SmallCity city, final Gateway gateway, final TerminalIdentity terminal, final Duration age)
            throws IOException {
        return TerminalClient.connect(
                city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, AgeingCity.after(age));
    }

    /** As a release did whose rule was too short. */
    private void removeAgainstTheRule(final SmallCity city) throws IOException {
        final DataDirectory data = new DataDirectory(city.data());
        try (Store store = data.store()) {
            final JournalArchive archive = new JournalArchive(data.journal(), store, directory.resolve("archive"));
            final long snapshot = store.snapshots().sequences().get(0);
            final List<ClosedSegment> segments = ClosedSegment.of(store).stream()
                    .filter(segment -> segment.lastSequence() <= snapshot)
                    .toList();
            // The query's own record stays.
            final List<ClosedSegment> old = segments.subList(0, 4);
            for (final ClosedSegment segment : old) {
                archive.archive(segment);
            }
            archive.remove(old, snapshot);
        }
    }
}
