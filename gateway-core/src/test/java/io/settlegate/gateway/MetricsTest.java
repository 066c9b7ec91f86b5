package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.metrics.Metric;
import io.settlegate.gateway.metrics.MetricsServer;
import io.settlegate.gateway.pipeline.PipelineConfiguration;
import io.settlegate.gateway.transport.TransportConfiguration;
import io.settlegate.journal.store.Space;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running gateway tells of itself, and what it takes when its disk fills. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class MetricsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "METRICS.md");
    private static final Space PLENTY = new Space(1_000, 600, 400);
    private static final int SETTLEMENTS = 5;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(20_261_122);
    private volatile Space space = PLENTY;
    private SmallCity city;
    private MetricsServer server;
    private Gateway gateway;
    private TerminalIdentity terminal;
    private TerminalClient client;

    @BeforeAll
    void start(@TempDir final Path directory) throws Exception {
        city = SmallCity.found(directory);
        final InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = MetricsServer.listen(anyPort);
        assertThat(get("/health").statusCode()).as("alive while it recovers").isEqualTo(200);
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body()).isEqualTo("recovering\n");
        gateway = GatewayInProcess.start(
                city.data(),
                limited(new DataDirectory(city.data()).store()),
                TransportConfiguration.forCores(anyPort, 2),
                PipelineConfiguration.forCores(2));
        server.attach(gateway.metrics());
        terminal = city.terminals().get(0);
        client = TerminalClient.connect(
                city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC());
        for (int i = 0; i < SETTLEMENTS; i++) {
            assertThat(settle().code()).isEqualTo(ResultCode.OK);
        }
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        gateway.close();
        assertThat(get("/ready").body()).isEqualTo("draining\n");
        server.close();
    }

    @Test
    void shouldScrapeEachMetricOfTheCatalogueAndNoOther() throws Exception {
        final Set<String> scraped = get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.substring("# TYPE ".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        final Set<String> known = Arrays.stream(Metric.values())
                .map(metric -> metric.fullName()
                        + ' '
                        + (metric.type() == Metric.Type.INFO
                                ? "gauge"
                                : metric.type().word()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(scraped).isEqualTo(known);
    }

    @Test
    void shouldCountWhatHappened() throws Exception {
        final String text = get("/metrics").body();
        assertThat(value(text, "settlegate_answers_total{code=\"0\",name=\"OK\"}"))
                .isGreaterThan(SETTLEMENTS);
        assertThat(value(text, "settlegate_sessions")).isEqualTo(1);
        assertThat(value(text, "settlegate_requests_in_flight")).isZero();
        assertThat(value(text, "settlegate_journal_undurable_records")).isZero();
        assertThat(value(text, "settlegate_journal_unforced_records")).isZero();
        assertThat(value(text, "settlegate_request_seconds_count")).isGreaterThan(SETTLEMENTS);
        assertThat(value(text, "settlegate_journal_force_seconds_count")).isPositive();
        assertThat(value(text, "settlegate_stage_batch_seconds_count{stage=\"verify\"}"))
                .isPositive();
        assertThat(value(text, "settlegate_seal_records_sum"))
                .isEqualTo(value(text, "settlegate_request_seconds_count"));
        assertThat(text).contains("durability=\"batch\"");
    }

    @Test
    void shouldNotNameATerminalOrAPerson() throws Exception {
        assertThat(get("/metrics").body())
                .doesNotContain(terminal.sn())
                .doesNotContain(terminal.fixmedinsCode())
                .doesNotContain(SmallCity.psnNo(0))
                .doesNotContain(SmallCity.certno(0));
    }

    @Test
    void shouldAnswerOnlyWhatItKnows() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        final HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void shouldTakeReadsBelowTheFloorOfWritesThenNothingThenAllAgain() throws Exception {
        final String done = client.nextMsgid();
        space = new Space(500, 600, 400);
        await(() -> reason().equals("journal-full\n"));
        final long busy = gateway.counters().answers(ResultCode.JOURNAL_FULL);
        final var held = client.send(
                client.requests().settle(done, SmallCity.settlement(random, terminal, System.currentTimeMillis())));
        await(() -> gateway.counters().answers(ResultCode.JOURNAL_FULL) > busy);
        assertThat(client.send(client.requests().query(client.nextMsgid(), done))
                        .get(20, TimeUnit.SECONDS)
                        .code())
                .as("a read has its reserve")
                .isEqualTo(ResultCode.OK);
        assertThat(held.isDone()).isFalse();

        space = new Space(300, 600, 400);
        final long before = gateway.counters().answers(ResultCode.OK);
        await(() -> gateway.counters().answers(ResultCode.JOURNAL_FULL) > busy + 1);
        assertThat(gateway.counters().answers(ResultCode.OK)).isEqualTo(before);

        space = PLENTY;
        assertThat(held.get(30, TimeUnit.SECONDS).code())
                .as("the client sent it again, and there is room")
                .isEqualTo(ResultCode.OK);
        assertThat(reason()).isEqualTo("ready\n");
    }

    /** To write it anew: {@code mvn -pl gateway-core -am test -Dtest=MetricsTest -Dsettlegate.docs.write=true}. */
    @Test
    void shouldBeDocumented() throws IOException {
        final StringBuilder table =
                new StringBuilder("| metric | type | unit | labels | meaning |\n| --- | --- | --- | --- | --- |\n");
        for (final Metric metric : Metric.values()) {
            table.append("| `")
                    .append(metric.fullName())
                    .append("` | ")
                    .append(metric.type().word())
                    .append(" | ")
                    .append(metric.unit())
                    .append(" | ")
                    .append(metric.labels())
                    .append(" | ")
                    .append(metric.help())
                    .append(" |\n");
        }
        final String begin = "<!-- generated: metrics -->\n";
        final String end = "<!-- end: metrics -->";
        final String document = Files.readString(DOCUMENT);
        final int from = document.indexOf(begin) + begin.length();
        final int to = document.indexOf(end);
        if (Boolean.getBoolean("settlegate.docs.write")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + '\n' + table + '\n' + document.substring(to));
            return;
        }
        assertThat(document.substring(from, to).strip())
                .as("%s; to write it anew add -Dsettlegate.docs.write=true", DOCUMENT)
                .isEqualTo(table.toString().strip());
    }

    private Answer settle() throws Exception {
        return client.send(client.requests()
                        .settle(client.nextMsgid(), SmallCity.settlement(random, terminal, System.currentTimeMillis())))
                .get(20, TimeUnit.SECONDS);
    }

    /** The store, with what the test says of its disk. */
    private Store limited(final Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("space")) {
                        return space;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (final InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static double value(final String text, final String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + series + " in\n" + text));
    }

    private String reason() {
        try {
            return get("/ready").body();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(final String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(final String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private static void await(final BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            assertThat(i).as("tries").isLessThan(2_000);
            Thread.sleep(10);
        }
    }
}
