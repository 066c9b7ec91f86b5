package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.RecordAnswer;
import io.settlegate.protocol.client.RecordPage;
import io.settlegate.protocol.client.RecordsQuery;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.RecordState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 5203 over TCP: whatever was answered is found again, byte for byte, by its own institution and by nobody else. */
@Timeout(180)
class AnswersOfRecordTest {
    private static final int ANSWER_TIMEOUT_S = 60;
    private static final int HOSPITAL = SmallCity.TERMINALS_PER_INSTITUTION;
    private static final long FAR_MS = Duration.ofDays(400).toMillis();

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    private SmallCity city;

    private record Settled(SignedRequest request, Settlement settlement, Answer answer) {}

    private Gateway start(final Clock clock) throws IOException {
        return GatewayInProcess.startWithOperators(city.data(), PipelineConfiguration.forCores(2), clock);
    }

    private TerminalClient connect(final Gateway gateway, final int terminal, final Clock clock) throws IOException {
        return TerminalClient.connect(
                city.endpoint(gateway.address()), city.terminals().get(terminal), ClientTiming.DEFAULT, clock);
    }

    private static Answer get(final CompletableFuture<Answer> answer) throws Exception {
        return answer.get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
    }

    private static RecordPage page(final TerminalClient client, final RecordsQuery query) throws Exception {
        final Answer answer = get(client.query(query));
        assertThat(answer.code()).as("%s", query).isEqualTo(ResultCode.OK);
        return answer.page();
    }

    private static List<RecordAnswer> all(final TerminalClient client, final RecordsQuery query) throws Exception {
        final List<RecordAnswer> found = new ArrayList<>();
        RecordsQuery next = query;
        while (next != null) {
            final RecordPage page = page(client, next);
            assertThat(page.records().size()).isLessThanOrEqualTo(query.pageLimit());
            found.addAll(page.records());
            next = page.hasNext() ? query.after(page.nextAfterSequence()) : null;
        }
        return found;
    }

    private Settled settle(final TerminalClient client, final TerminalIdentity terminal, final long nowMs)
            throws Exception {
        final Settlement settlement = SmallCity.settlement(random, terminal, nowMs);
        final SignedRequest request = client.requests().settle(client.nextMsgid(), settlement);
        final Answer answer = get(client.send(request));
        assertThat(answer.code()).as("seed %d", seed).isEqualTo(ResultCode.OK);
        return new Settled(request, settlement, answer);
    }

    private void assertIs(final RecordAnswer found, final Settled settled) {
        assertThat(found.answer().outcome())
                .as("seed %d", seed)
                .isEqualTo(settled.answer().outcome());
        assertThat(found.answer().receipt())
                .as("seed %d", seed)
                .isEqualTo(settled.answer().receipt());
        assertThat(found.answer().msgid()).isEqualTo(settled.request().msgid());
    }

    @Test
    void shouldFindAtOnceWhatWasAnsweredAndWhatBecameOfIt() throws Exception {
        city = SmallCity.found(directory);
        final TerminalIdentity terminal = city.terminals().get(0);
        try (Gateway gateway = start(Clock.systemUTC());
                TerminalClient client = connect(gateway, 0, Clock.systemUTC());
                TerminalClient stranger = connect(gateway, HOSPITAL, Clock.systemUTC())) {
            for (int i = 0; i < 20; i++) {
                final Settled settled = settle(client, terminal, System.currentTimeMillis());
                final RecordPage byMsgid =
                        page(client, RecordsQuery.byMsgid(settled.request().msgid()));
                assertThat(byMsgid.records()).hasSize(1);
                assertIs(byMsgid.records().get(0), settled);
                assertThat(byMsgid.records().get(0).state()).isEqualTo(RecordState.DONE);
                assertThat(byMsgid.hasNext()).isFalse();
                final String setlId = settled.answer().settlement().setlId();
                assertIs(page(client, RecordsQuery.bySetlId(setlId)).records().get(0), settled);
                assertThat(page(stranger, RecordsQuery.bySetlId(setlId)).records())
                        .isEmpty();
                assertThat(page(
                                        stranger,
                                        RecordsQuery.byPerson(
                                                settled.settlement().psnNo(), 0, Long.MAX_VALUE))
                                .records())
                        .isEmpty();
            }
            final Settled cancelled = settle(client, terminal, System.currentTimeMillis());
            final Answer cancel = get(client.send(client.requests()
                    .cancel(
                            client.nextMsgid(),
                            SmallCity.COUNTY,
                            cancelled.settlement().psnNo(),
                            cancelled.answer().settlement().setlId())));
            assertThat(cancel.code()).isEqualTo(ResultCode.OK);
            final List<RecordAnswer> chain = all(
                    client, RecordsQuery.byMsgid(cancelled.request().msgid()).withPageLimit(1));
            assertThat(chain).hasSize(2);
            assertIs(chain.get(0), cancelled);
            assertThat(chain.get(0).state()).isEqualTo(RecordState.CANCELLED);
            assertThat(chain.get(0).undoneBySequence()).isEqualTo(chain.get(1).sequence());
            assertThat(chain.get(1).answer().outcome()).isEqualTo(cancel.outcome());
            assertThat(chain.get(1).state()).isEqualTo(RecordState.DONE);

            final Settled reversed = settle(client, terminal, System.currentTimeMillis());
            final Answer reversal = get(client.send(client.requests()
                    .reverse(
                            client.nextMsgid(),
                            SmallCity.COUNTY,
                            reversed.settlement().psnNo(),
                            reversed.request().msgid(),
                            "2102")));
            final List<RecordAnswer> undone = all(
                    client, RecordsQuery.bySetlId(reversed.answer().settlement().setlId()));
            assertThat(undone).hasSize(2);
            assertThat(undone.get(0).state()).isEqualTo(RecordState.REVERSED);
            assertThat(undone.get(1).answer().receipt()).isEqualTo(reversal.receipt());

            final String unseen = client.nextMsgid();
            assertThat(page(client, RecordsQuery.byMsgid(unseen)).records()).isEmpty();
        }
    }

    @Test
    void shouldAnswerAQuestionThatIsSentAgain() throws Exception {
        city = SmallCity.found(directory);
        final TerminalIdentity terminal = city.terminals().get(0);
        try (Gateway gateway = start(Clock.systemUTC());
                TerminalClient client = connect(gateway, 0, Clock.systemUTC())) {
            final RecordsQuery query = RecordsQuery.byTime(0, Long.MAX_VALUE);
            settle(client, terminal, System.currentTimeMillis());
            final SignedRequest question = client.requests().records(client.nextMsgid(), query);
            final Answer first = get(client.send(question));
            settle(client, terminal, System.currentTimeMillis());
            final Answer again = get(client.send(question));
            assertThat(again.outcome()).isEqualTo(first.outcome());
            assertThat(again.receipt()).isEqualTo(first.receipt());
            assertThat(first.page().records()).hasSize(1);
            assertThat(again.page().records()).as("the page is made anew").hasSize(2);
        }
    }

    @Test
    void shouldPageThroughEachRecordOnceUnderLoad() throws Exception {
        city = SmallCity.found(directory);
        final Map<String, Answer> done = new LinkedHashMap<>();
        try (Gateway gateway = start(Clock.systemUTC());
                TerminalClient pharmacy = connect(gateway, 0, Clock.systemUTC());
                TerminalClient hospital = connect(gateway, HOSPITAL, Clock.systemUTC());
                TerminalClient asking = connect(gateway, 1, Clock.systemUTC())) {
            final Map<String, CompletableFuture<Answer>> sent = new LinkedHashMap<>();
            for (int i = 0; i < 600; i++) {
                final boolean isHospital = i % 3 == 0;
                final TerminalClient client = isHospital ? hospital : pharmacy;
                final SignedRequest request = client.requests()
                        .settle(
                                client.nextMsgid(),
                                SmallCity.settlement(
                                        random,
                                        city.terminals().get(isHospital ? HOSPITAL : 0),
                                        System.currentTimeMillis()));
                final CompletableFuture<Answer> answer = client.send(request);
                if (!isHospital) {
                    sent.put(request.msgid(), answer);
                }
                if (i % 50 == 0) {
                    assertThat(all(asking, RecordsQuery.byTime(0, Long.MAX_VALUE)))
                            .extracting(record -> record.answer().msgid())
                            .as("seed %d", seed)
                            .doesNotHaveDuplicates()
                            .allMatch(msgid -> msgid.startsWith(SmallCity.PHARMACY));
                }
            }
            for (final Map.Entry<String, CompletableFuture<Answer>> entry : sent.entrySet()) {
                final Answer answer = get(entry.getValue());
                if (answer.code() == ResultCode.OK) {
                    done.put(entry.getKey(), answer);
                }
            }
            final List<RecordAnswer> found =
                    all(asking, RecordsQuery.byTime(0, Long.MAX_VALUE).withPageLimit(7));
            assertThat(found).extracting(record -> record.answer().msgid()).hasSameElementsAs(done.keySet());
            assertThat(found).hasSameSizeAs(done.keySet());
            for (final RecordAnswer record : found) {
                assertThat(record.answer().outcome())
                        .isEqualTo(done.get(record.answer().msgid()).outcome());
            }
        }
    }

    @Test
    void shouldAnswerBeyondTheHorizonAndRefuseWhatIsArchived() throws Exception {
        city = SmallCity.found(directory);
        final List<Settled> old = new ArrayList<>();
        final TerminalIdentity terminal = city.terminals().get(0);
        try (Gateway gateway = GatewayInProcess.startRolling(city.data(), new DataDirectory(city.data()).store());
                TerminalClient client = connect(gateway, 0, Clock.systemUTC())) {
            for (int i = 0; i < 60; i++) {
                old.add(settle(client, terminal, System.currentTimeMillis()));
            }
        }
        final Duration age = Duration.ofDays(40);
        final Clock later = AgeingCity.after(age);
        try (Gateway gateway = AgeingCity.startAfter(city, age);
                TerminalClient client = connect(gateway, 1, later)) {
            for (final Settled settled : old) {
                assertIs(
                        page(client, RecordsQuery.byMsgid(settled.request().msgid()))
                                .records()
                                .get(0),
                        settled);
            }
        }
        SmallCity.run("journal", "snapshot", city.data().toString());
        SmallCity.run("journal", "archive", city.data().toString());
        SmallCity.run("journal", "remove-archived", city.data().toString(), "--all");
        try (Gateway gateway = start(later);
                TerminalClient client = connect(gateway, 2, later)) {
            final Answer archived =
                    get(client.query(RecordsQuery.byMsgid(old.get(0).request().msgid())));
            assertThat(archived.code()).isEqualTo(ResultCode.MSGID_STALE);
            assertThat(archived.hasReceipt()).isFalse();
            assertThat(get(client.query(RecordsQuery.byTime(0, FAR_MS + later.millis())))
                            .code())
                    .isEqualTo(ResultCode.MSGID_STALE);
            assertThat(page(client, RecordsQuery.byMsgid(client.nextMsgid())).records())
                    .as("never seen, for certain: the index knows what was archived")
                    .isEmpty();
        }
        // Without the index nobody knows what stood in the archived part.
        deleteIndex();
        try (Gateway gateway = start(later);
                TerminalClient client = connect(gateway, 3, later)) {
            assertThat(get(client.query(
                                    RecordsQuery.byMsgid(old.get(0).request().msgid())))
                            .code())
                    .isEqualTo(ResultCode.MSGID_STALE);
        }
    }

    @Test
    void shouldFindOfflineBesideTheGatewayAndWithout() throws Exception {
        city = SmallCity.found(directory);
        final TerminalIdentity terminal = city.terminals().get(0);
        final String data = city.data().toString();
        final Settled settled;
        try (Gateway gateway = start(Clock.systemUTC());
                TerminalClient client = connect(gateway, 0, Clock.systemUTC())) {
            settled = settle(client, terminal, System.currentTimeMillis());
            final String found = SmallCity.run(
                    "journal", "find", data, "--msgid", settled.request().msgid(), "--json");
            assertThat(found.lines()).hasSize(1);
            assertThat(found)
                    .contains("\"state\":\"DONE\"")
                    .doesNotContain(settled.settlement().psnNo());
            assertThat(BusyCity.run("journal", "index", data).err()).contains("is in use");
        }
        assertThat(SmallCity.run("journal", "index", data, "--check")).contains("are indexed");
        final String setlId = settled.answer().settlement().setlId();
        for (int i = 0; i < 2; i++) {
            assertThat(SmallCity.run("journal", "find", data, "--setl-id", setlId)
                            .lines())
                    .hasSize(1);
            assertThat(SmallCity.run("journal", "find", data, "--institution", SmallCity.PHARMACY)
                            .lines())
                    .hasSize(1);
            assertThat(SmallCity.run(
                                    "journal",
                                    "find",
                                    data,
                                    "--person",
                                    settled.settlement().psnNo(),
                                    "--from",
                                    "2026-01-01")
                            .lines())
                    .hasSize(1);
            // Once through its files, once through the journal alone.
            deleteIndex();
        }
        assertThat(SmallCity.run("journal", "index", data, "--rebuild")).contains("are indexed");
        assertThat(BusyCity.run("journal", "find", data, "--institution", SmallCity.HOSPITAL)
                        .exitCode())
                .isEqualTo(Settlegate.FOUND);
        final BusyCity.Result badDay =
                BusyCity.run("journal", "find", data, "--institution", SmallCity.PHARMACY, "--day", "yesterday");
        assertThat(badDay.exitCode()).isEqualTo(2);
        assertThat(badDay.err()).contains("--day: ");
        final BusyCity.Result backwards = BusyCity.run(
                "journal",
                "find",
                data,
                "--institution",
                SmallCity.PHARMACY,
                "--from",
                "2026-02-01",
                "--to",
                "2026-01-01");
        assertThat(backwards.exitCode()).isEqualTo(2);
        assertThat(backwards.err()).contains("is before --from");
        assertThat(BusyCity.run("journal", "find", data, "--institution", SmallCity.HOSPITAL)
                        .err())
                .contains("nothing was found");
    }

    @Test
    void shouldMakeADamagedIndexAnew() throws Exception {
        city = SmallCity.found(directory);
        final List<Settled> settled = new ArrayList<>();
        final TerminalIdentity terminal = city.terminals().get(0);
        for (int round = 0; round < 3; round++) {
            try (Gateway gateway = start(Clock.systemUTC());
                    TerminalClient client = connect(gateway, round, Clock.systemUTC())) {
                for (int i = 0; i < 20; i++) {
                    settled.add(settle(client, terminal, System.currentTimeMillis()));
                }
            }
        }
        final String data = city.data().toString();
        final Path oneRun;
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(city.data().resolve("index"), "*.run")) {
            oneRun = runs.iterator().next();
        }
        final byte[] header = Files.readAllBytes(oneRun);
        header[10] ^= 0x10;
        Files.write(oneRun, header, StandardOpenOption.TRUNCATE_EXISTING);
        final BusyCity.Result check = BusyCity.run("journal", "index", data, "--check");
        assertThat(check.exitCode()).as(check.out()).isEqualTo(Settlegate.FOUND);
        assertThat(check.out()).contains("1 damaged file(s) set aside");
        assertThat(BusyCity.run("journal", "index", data, "--check").exitCode()).isZero();

        int damaged = 0;
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(city.data().resolve("index"), "*.run")) {
            for (final Path run : runs) {
                final byte[] bytes = Files.readAllBytes(run);
                // One in its header, the others in an entry.
                bytes[damaged == 0 ? 10 : 4096 + random.nextInt(4096)] ^= 0x10;
                Files.write(run, bytes, StandardOpenOption.TRUNCATE_EXISTING);
                damaged++;
            }
        }
        assertThat(damaged).isGreaterThan(1);
        try (Gateway gateway = start(Clock.systemUTC());
                TerminalClient client = connect(gateway, 3, Clock.systemUTC())) {
            for (final Settled each : settled) {
                final List<RecordAnswer> found = page(
                                client, RecordsQuery.byMsgid(each.request().msgid()))
                        .records();
                assertThat(found).as("seed %d", seed).hasSize(1);
                assertIs(found.get(0), each);
            }
        }
    }

    private void deleteIndex() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(city.data().resolve("index"))) {
            for (final Path file : files) {
                Files.delete(file);
            }
        }
    }
}
