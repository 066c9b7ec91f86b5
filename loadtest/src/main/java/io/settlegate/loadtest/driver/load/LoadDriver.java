package io.settlegate.loadtest.driver.load;

import io.netty.channel.ChannelFuture;
import io.settlegate.loadtest.books.Acknowledged;
import io.settlegate.loadtest.books.Totals;
import io.settlegate.loadtest.driver.EventLoop;
import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.gateway.ProcessorTime;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.Terminal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A load, phase after phase: sign, connect, warm up, measure, wait for the last answers; then sign the next phase. Connections
 * may be closed and opened in between, to the same gateway started anew.
 *
 * <p>For one thread, which blocks; the connections live on one event loop.
 */
public final class LoadDriver implements AutoCloseable {
    private static final Duration SIGN_IN_DEADLINE = Duration.ofSeconds(60);
    private static final Duration CATCH_UP_DEADLINE = Duration.ofSeconds(5);
    private static final Duration LAST_ANSWERS_DEADLINE = Duration.ofSeconds(15);
    private static final long HEAD_START_NS = 20_000_000;
    private static final long TICK_MS = 20;
    private static final long PROGRESS_INTERVAL_MS = 500;
    private static final long HEARTBEAT_INTERVAL_S = 5;

    private final LoadPlan plan;
    private final Consumer<String> progress;
    private final PhaseSigning signing;
    private final EventLoop loop = new EventLoop();
    private final FollowDesk desk = new FollowDesk();
    private final LoadBooks books = new LoadBooks();
    private final List<RequestMaker> makers = new ArrayList<>();
    private final String gatewayId;
    private List<LoadConnection> connections = List.of();
    private List<SignedRequests> signed = List.of();
    private Phase phase;
    private int phaseNumber;
    private volatile boolean isClosed;

    /** @param progress takes a line to show in place of the one before. */
    public LoadDriver(
            final LoadPlan plan, final Population population, final String gatewayId, final Consumer<String> progress) {
        if (plan.connectionCount() > population.terminals().size()) {
            throw new IllegalArgumentException("connections: " + plan.connectionCount() + " is above the population's "
                    + population.terminals().size() + " terminals");
        }
        this.plan = plan;
        this.gatewayId = gatewayId;
        this.progress = progress;
        this.signing = new PhaseSigning(plan.mix(), progress);
        final List<Terminal> terminals = population.terminals().subList(0, plan.connectionCount());
        final int widest = terminals.stream().mapToInt(Terminal::ordinal).max().orElse(0) + 1;
        for (final Terminal terminal : terminals) {
            makers.add(new RequestMaker(population, terminal, gatewayId, plan, SignIn.LANE_FIRST / widest));
        }
        loop.schedule(this::heartbeat, HEARTBEAT_INTERVAL_S, TimeUnit.SECONDS);
    }

    /** Signs all requests of the next phase on all processors. */
    public void sign(final Phase next) {
        releaseSigned();
        phase = next;
        phaseNumber++;
        signed = signing.sign(next, phaseNumber, makers);
    }

    /** Opens all connections and signs in. */
    public void connect(final InetSocketAddress address) throws GatewayException {
        final List<LoadConnection> opening = new ArrayList<>();
        connections = opening;
        for (final RequestMaker maker : makers) {
            final LoadConnection connection = new LoadConnection(maker, gatewayId, plan.inFlightCount(), desk, books);
            final ChannelFuture opened = loop.connect(address, connection).awaitUninterruptibly();
            if (!opened.isSuccess()) {
                throw new GatewayException("cannot connect to " + address, opened.cause());
            }
            opening.add(connection);
        }
        if (!passUntil(SIGN_IN_DEADLINE, () -> connections.stream().allMatch(LoadConnection::isSignedIn))) {
            throw new GatewayException("not all terminals could sign in within " + SIGN_IN_DEADLINE.toSeconds() + " s");
        }
    }

    /**
     * Runs the phase that was signed last.
     *
     * @param gatewayPid whose processor time is to be told.
     */
    public PhaseResult run(final OptionalLong gatewayPid) throws GatewayException {
        final long startNs = System.nanoTime() + HEAD_START_NS;
        final long measuredFromNs = startNs + TimeUnit.SECONDS.toNanos(phase.warmupSeconds());
        final LoadMeter meter = phase.isOpen() ? LoadMeter.ofOpenLoop(measuredFromNs) : LoadMeter.ofClosedLoop();
        final Pacer pacer = begin(startNs, meter);
        pass(measuredFromNs, "warming up", meter);
        final Optional<Duration> ownBefore = ProcessorTime.own();
        final Optional<Duration> gatewayBefore = gatewayTime(gatewayPid);
        final long fromNs = loop.call(() -> {
            meter.start();
            return System.nanoTime();
        });
        final boolean exhausted = pass(fromNs + TimeUnit.SECONDS.toNanos(phase.seconds()), "measuring", meter);
        final long toNs = loop.call(() -> {
            meter.stop();
            if (!phase.isOpen()) {
                connections.forEach(LoadConnection::endPhase);
            }
            return System.nanoTime();
        });
        final Optional<Duration> own = difference(ownBefore, ProcessorTime.own());
        final Optional<Duration> gateway = difference(gatewayBefore, gatewayTime(gatewayPid));
        end(pacer);
        return loop.call(() -> {
            final LoadConnection any = connections.get(0);
            return new PhaseResult(
                    phase,
                    Duration.ofNanos(toNs - fromNs),
                    meter.inTimeCount(),
                    meter.countByCode(),
                    meter.countByKind(),
                    meter.settledCount(),
                    meter.repeatCount(),
                    meter.busyCount(),
                    meter.unfinishedCount(),
                    any.windowCount(),
                    any.grant().durability().name().toLowerCase(Locale.ROOT),
                    meter.readBytes(),
                    meter.writtenBytes(),
                    meter.latencyNs(),
                    meter.serviceNs(),
                    meter.lagNs(),
                    own,
                    gateway,
                    exhausted);
        });
    }

    /** What was acknowledged in all phases. */
    public Totals totals() {
        return loop.call(books::totals);
    }

    /** Cancels acknowledged in all phases. */
    public long cancelCount() {
        return loop.call(books::cancelCount);
    }

    /** Some answers of all phases, to be checked. */
    public List<Acknowledged> samples() {
        return loop.call(books::samples);
    }

    /** Closes all connections. */
    public void disconnect() {
        loop.call(() -> {
            connections.forEach(LoadConnection::close);
            return null;
        });
        connections = List.of();
    }

    @Override
    public void close() {
        isClosed = true;
        disconnect();
        desk.close();
        loop.close();
        releaseSigned();
    }

    private void releaseSigned() {
        signed.forEach(SignedRequests::release);
        signed = List.of();
    }

    private void heartbeat() {
        if (!isClosed) {
            connections.forEach(LoadConnection::heartbeat);
            loop.schedule(this::heartbeat, HEARTBEAT_INTERVAL_S, TimeUnit.SECONDS);
        }
    }

    private Pacer begin(final long startNs, final LoadMeter meter) {
        final Schedule schedule = phase.isOpen()
                ? new Schedule(startNs, phase.ratePerSecond(), connections.size(), phase.requestCount())
                : null;
        return loop.call(() -> {
            for (int i = 0; i < connections.size(); i++) {
                connections.get(i).begin(signed.get(i), meter, schedule, i);
            }
            if (schedule == null) {
                return null;
            }
            final Pacer pacer = new Pacer(loop, schedule, connections, meter);
            pacer.tick();
            return pacer;
        });
    }

    /** Gives the gateway of an open loop some time to catch up, then waits for what is under way. */
    private void end(final Pacer pacer) throws GatewayException {
        if (pacer != null) {
            passUntil(
                    CATCH_UP_DEADLINE,
                    () -> pacer.isDone()
                            && connections.stream().allMatch(connection -> connection.waitingCount() == 0));
            loop.call(() -> {
                pacer.stop();
                connections.forEach(LoadConnection::endPhase);
                return null;
            });
        }
        if (!passUntil(LAST_ANSWERS_DEADLINE, () -> connections.stream()
                .allMatch(connection -> connection.inFlightCount() == 0))) {
            throw new GatewayException(
                    "the last requests were not answered within " + LAST_ANSWERS_DEADLINE.toSeconds() + " s");
        }
        desk.awaitQuiet();
    }

    /** Lets time pass; true if the requests of a closed loop ran out first. */
    private boolean pass(final long untilNs, final String what, final LoadMeter meter) throws GatewayException {
        final long startNs = System.nanoTime();
        long toldAtNs = startNs;
        long toldCount = meter.answeredCount();
        while (untilNs - System.nanoTime() > 0) {
            sleep(Math.min(TICK_MS, Math.max(1, (untilNs - System.nanoTime()) / 1_000_000)));
            requireNoFault();
            if (!phase.isOpen() && loop.call(() -> connections.stream().anyMatch(LoadConnection::isExhausted))) {
                return true;
            }
            final long nowNs = System.nanoTime();
            if (nowNs - toldAtNs > PROGRESS_INTERVAL_MS * 1_000_000) {
                final long count = meter.answeredCount();
                progress.accept(String.format(
                        Locale.ROOT,
                        "%-10s %3d of %d s, %,.0f answers/s",
                        what,
                        (nowNs - startNs) / 1_000_000_000,
                        (untilNs - startNs + 500_000_000) / 1_000_000_000,
                        (count - toldCount) * 1e9 / (nowNs - toldAtNs)));
                toldAtNs = nowNs;
                toldCount = count;
            }
        }
        return false;
    }

    /** Waits until something holds on the event loop; false if it does not in time. */
    private boolean passUntil(final Duration deadline, final BooleanSupplier condition) throws GatewayException {
        final long deadlineNs = System.nanoTime() + deadline.toNanos();
        while (!loop.call(condition::getAsBoolean)) {
            requireNoFault();
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            sleep(TICK_MS);
        }
        return true;
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

    private static Optional<Duration> gatewayTime(final OptionalLong pid) {
        return pid.isPresent() ? ProcessorTime.of(pid.getAsLong()) : Optional.empty();
    }

    private static Optional<Duration> difference(final Optional<Duration> before, final Optional<Duration> after) {
        return before.flatMap(from -> after.map(to -> to.minus(from)));
    }

    private static void sleep(final long timeMs) throws GatewayException {
        try {
            Thread.sleep(timeMs);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException("interrupted", e);
        }
    }
}
