package io.settlegate.gateway.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers GET on three paths:
 *
 * <pre>
 * /metrics   the metrics, in Prometheus' text format
 * /health    200 while the process lives and no stage has failed
 * /ready     200 while requests are taken; else 503 and the reason in a word
 * </pre>
 *
 * <p>Two threads of its own. A peer that is slow costs one of them for some seconds, and the line nothing. Opened before the
 * recovery, so that a long one can be told from a dead process.
 */
public final class MetricsServer implements AutoCloseable {
    private static final int BACKLOG_COUNT = 16;
    private static final int THREAD_COUNT = 2;
    private static final String SLOWEST_REQUEST_S = "5";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final int UNAVAILABLE = 503;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder()
            .setIncludeCreatedTimestamps(false)
            .build();
    private volatile GatewayMetrics gateway;

    private MetricsServer(final HttpServer server, final ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Binds and answers. @throws IOException if the address cannot be bound. */
    public static MetricsServer listen(final InetSocketAddress address) throws IOException {
        // The JDK's server reads these once, when its first one is made; without them a peer may hold a thread for
        // ever.
        System.setProperty("sun.net.httpserver.maxReqTime", SLOWEST_REQUEST_S);
        System.setProperty("sun.net.httpserver.maxRspTime", SLOWEST_REQUEST_S);
        final HttpServer server;
        try {
            server = HttpServer.create(address, BACKLOG_COUNT);
        } catch (final IOException e) {
            throw new IOException("cannot answer for metrics on " + address + ": " + e.getMessage(), e);
        }
        final ExecutorService threads = Executors.newFixedThreadPool(THREAD_COUNT, task -> {
            final Thread thread = new Thread(task, "metrics");
            thread.setDaemon(true);
            return thread;
        });
        final MetricsServer metrics = new MetricsServer(server, threads);
        server.setExecutor(threads);
        server.createContext("/", metrics::answer);
        server.start();
        return metrics;
    }

    /** Where it listens; a port of 0 was chosen by the system. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** The gateway has recovered; from now on this is about it. */
    public void attach(final GatewayMetrics recovered) {
        gateway = recovered;
    }

    private void answer(final HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, WRONG_METHOD, TEXT, "GET only\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> sendMetrics(exchange);
                case "/health" -> sendHealth(exchange);
                case "/ready" -> sendReadiness(exchange);
                default -> send(exchange, NOT_FOUND, TEXT, "there are /metrics, /health, and /ready\n");
            }
        }
    }

    private void sendMetrics(final HttpExchange exchange) throws IOException {
        final Snapshots snapshots = new Snapshots();
        final GatewayMetrics running = gateway;
        if (running != null) {
            running.collect(snapshots);
        }
        MachineMetrics.collect(snapshots);
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        writer.write(text, snapshots.build());
        send(exchange, OK, writer.getContentType(), text.toString(StandardCharsets.UTF_8));
    }

    private void sendHealth(final HttpExchange exchange) throws IOException {
        final GatewayMetrics running = gateway;
        final boolean healthy = running == null || running.status().isHealthy();
        send(exchange, healthy ? OK : UNAVAILABLE, TEXT, healthy ? "healthy\n" : "failed\n");
    }

    private void sendReadiness(final HttpExchange exchange) throws IOException {
        final GatewayMetrics running = gateway;
        final String reason = running == null ? "recovering" : running.status().reason();
        send(exchange, reason.equals(GatewayStatus.READY) ? OK : UNAVAILABLE, TEXT, reason + "\n");
    }

    private static void send(final HttpExchange exchange, final int status, final String type, final String body)
            throws IOException {
        final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
