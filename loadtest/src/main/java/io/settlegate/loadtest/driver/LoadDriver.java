package io.settlegate.loadtest.driver;

import io.netty.channel.ChannelFuture;
import io.settlegate.loadtest.books.Acknowledged;
import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.gateway.ProcessorTime;
import io.settlegate.loadtest.population.Population;
import io.settlegate.protocol.ResultCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The closed-loop load: signs, connects, warms up, measures, waits for the last answers.
 *
 * <p>For one thread, which blocks; the connections live on one event loop.
 */
public final class LoadDriver implements AutoCloseable {
    private static final Duration SIGN_IN_DEADLINE = Duration.ofSeconds(60);
    private static final Duration LAST_ANSWERS_DEADLINE = Duration.ofSeconds(15);
    private static final long TICK_MS = 20;
    private static final long PROGRESS_INTERVAL_MS = 500;

    private final LoadPlan plan;
    private final Population population;
    private final String gatewayId;
    private final Consumer<String> progress;
    private final EventLoop loop = new EventLoop();
    private final LoadMeter meter = new LoadMeter();
    private final List<Acknowledged> samples = new ArrayList<>();
    private final List<LoadConnection> connections = new ArrayList<>();
    private List<SignedRequests> signed = List.of();

    /** @param progress takes a line to show in place of the one before. */
    public LoadDriver(
            final LoadPlan plan, final Population population, final String gatewayId, final Consumer<String> progress) {
        if (plan.connectionCount() > population.terminals().size()) {
            throw new IllegalArgumentException("connections: " + plan.connectionCount() + " is above the population's "
                    + population.terminals().size() + " terminals");
        }
        this.plan = plan;
        this.population = population;
        this.gatewayId = gatewayId;
        this.progress = progress;
    }

    /** Signs all requests on all processors. */
    public void sign() {
        final AtomicLong signedCount = new AtomicLong();
        final int each = plan.requestCount() / plan.connectionCount();
        final Thread teller = new Thread(() -> tellSigning(signedCount), "signing-progress");
        teller.setDaemon(true);
        teller.start();
        try {
            signed = IntStream.range(0, plan.connectionCount())
                    .parallel()
                    .mapToObj(i -> SignedRequests.sign(
                            population,
                            population.terminals().get(i),
                            gatewayId,
                            plan.lines(),
                            each,
                            plan.seed(),
                            signedCount))
                    .toList();
        } finally {
            teller.interrupt();
        }
    }

    /**
     * Runs the load against a gateway.
     *
     * @param gatewayPid whose processor time is to be told.
     */
    public LoadResult run(final InetSocketAddress address, final OptionalLong gatewayPid) throws GatewayException {
        connectAll(address);
        loop.call(() -> {
            connections.forEach(LoadConnection::start);
            return null;
        });
        pass(Duration.ofSeconds(plan.warmupSeconds()), "warming up");
        final Optional<Duration> ownBefore = ProcessorTime.own();
        final Optional<Duration> gatewayBefore = gatewayTime(gatewayPid);
        final long fromNs = loop.call(() -> {
            meter.start();
            return System.nanoTime();
        });
        final boolean exhausted = pass(Duration.ofSeconds(plan.seconds()), "measuring");
        final long toNs = loop.call(() -> {
            meter.stop();
            connections.forEach(LoadConnection::stop);
            return System.nanoTime();
        });
        final Optional<Duration> own = difference(ownBefore, ProcessorTime.own());
        final Optional<Duration> gateway = difference(gatewayBefore, gatewayTime(gatewayPid));
        awaitLastAnswers();
        return result(Duration.ofNanos(toNs - fromNs), own, gateway, exhausted);
    }

    /** Settlements made on all connections since they were opened. */
    public long settledCount() {
        return meter.settledCount();
    }

    @Override
    public void close() {
        loop.call(() -> {
            connections.forEach(LoadConnection::close);
            return null;
        });
        loop.close();
        signed.forEach(SignedRequests::release);
    }

    private void tellSigning(final AtomicLong signedCount) {
        final long startNs = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            final long count = signedCount.get();
            final double seconds = (System.nanoTime() - startNs) / 1e9;
            progress.accept(String.format(
                    "signing    %,9d of %,d requests, %,.0f/s", count, plan.requestCount(), count / seconds));
            try {
                Thread.sleep(PROGRESS_INTERVAL_MS);
            } catch (final InterruptedException done) {
                return;
            }
        }
    }

    private void connectAll(final InetSocketAddress address) throws GatewayException {
        for (final SignedRequests requests : signed) {
            final LoadConnection connection =
                    new LoadConnection(requests, gatewayId, plan.inFlightCount(), meter, samples);
            connections.add(connection);
            final ChannelFuture opened = loop.connect(address, connection).awaitUninterruptibly();
            if (!opened.isSuccess()) {
                throw new GatewayException("cannot connect to " + address, opened.cause());
            }
        }
        final long deadlineNs = System.nanoTime() + SIGN_IN_DEADLINE.toNanos();
        while (!loop.call(() -> connections.stream().allMatch(LoadConnection::isSignedIn))) {
            requireNoFault();
            if (System.nanoTime() > deadlineNs) {
                throw new GatewayException(
                        "not all terminals could sign in within " + SIGN_IN_DEADLINE.toSeconds() + " s");
            }
            sleep();
        }
    }

    /** Lets time pass; true if the requests ran out first. */
    private boolean pass(final Duration time, final String what) throws GatewayException {
        final long startNs = System.nanoTime();
        long toldAtNs = startNs;
        long toldCount = meter.settledCount();
        while (System.nanoTime() - startNs < time.toNanos()) {
            sleep();
            requireNoFault();
            if (loop.call(() -> connections.stream().anyMatch(LoadConnection::isExhausted))) {
                return true;
            }
            final long nowNs = System.nanoTime();
            if (nowNs - toldAtNs > PROGRESS_INTERVAL_MS * 1_000_000) {
                final long count = meter.settledCount();
                progress.accept(String.format(
                        "%-10s %3d of %d s, %,.0f settlements/s",
                        what,
                        (nowNs - startNs) / 1_000_000_000,
                        time.toSeconds(),
                        (count - toldCount) * 1e9 / (nowNs - toldAtNs)));
                toldAtNs = nowNs;
                toldCount = count;
            }
        }
        return false;
    }

    private void requireNoFault() throws GatewayException {
        final Optional<String> fault = loop.call(() -> connections.stream()
                .map(LoadConnection::fault)
                .filter(Objects::nonNull)
                .findFirst());
        if (fault.isPresent()) {
            throw new GatewayException(fault.get());
        }
    }

    private void awaitLastAnswers() throws GatewayException {
        final long deadlineNs = System.nanoTime() + LAST_ANSWERS_DEADLINE.toNanos();
        while (loop.call(() -> connections.stream()
                        .mapToInt(LoadConnection::inFlightCount)
                        .sum())
                > 0) {
            if (System.nanoTime() > deadlineNs) {
                throw new GatewayException(
                        "the last requests were not answered within " + LAST_ANSWERS_DEADLINE.toSeconds() + " s");
            }
            sleep();
        }
    }

    private LoadResult result(
            final Duration elapsed,
            final Optional<Duration> own,
            final Optional<Duration> gateway,
            final boolean exhausted) {
        return loop.call(() -> {
            final Map<Integer, Long> countByCode = new TreeMap<>();
            for (final ResultCode code : ResultCode.values()) {
                if (meter.countOf(code.code()) > 0) {
                    countByCode.put(code.code(), meter.countOf(code.code()));
                }
            }
            final int window = connections.stream()
                    .mapToInt(LoadConnection::windowCount)
                    .min()
                    .orElse(0);
            final String durability = connections.get(0).durability().name().toLowerCase(Locale.ROOT);
            return new LoadResult(
                    elapsed,
                    countByCode,
                    meter.busyCount(),
                    window,
                    durability,
                    meter.readBytes(),
                    meter.writtenBytes(),
                    meter.latencyNs().copy(),
                    own,
                    gateway,
                    exhausted,
                    List.copyOf(samples));
        });
    }

    private static Optional<Duration> gatewayTime(final OptionalLong pid) {
        return pid.isPresent() ? ProcessorTime.of(pid.getAsLong()) : Optional.empty();
    }

    private static Optional<Duration> difference(final Optional<Duration> before, final Optional<Duration> after) {
        return before.flatMap(from -> after.map(to -> to.minus(from)));
    }

    private static void sleep() throws GatewayException {
        try {
            Thread.sleep(TICK_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException("interrupted", e);
        }
    }
}
