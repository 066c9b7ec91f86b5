package io.settlegate.loadtest.driver;

import io.settlegate.loadtest.books.Acknowledged;
import io.settlegate.loadtest.books.Books;
import io.settlegate.loadtest.gateway.GatewayException;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.GatewayMessage;
import io.settlegate.loadtest.wire.GatewayMessageDecoder;
import io.settlegate.loadtest.wire.Outcome;
import io.settlegate.loadtest.wire.QueryAnswer;
import io.settlegate.protocol.ResultCode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All terminals of a population, each with a connection of its own, on one event loop. They survive the gateway: told
 * of its new address they connect, sign in, and clear up what was left unanswered.
 *
 * <p>Public methods are for one thread, which blocks until the loop has done them. {@link #books()} is the loop's
 * while the fleet is open: read it after {@link #awaitQuiet}.
 */
public final class TerminalFleet implements AutoCloseable {
    private static final int MAX_CONNECTING = 32;
    private static final long RECONNECT_MS = 100;
    private static final long TICK_MS = 10;
    private static final int REMEDY_CYCLE = 10;
    private static final int INSTITUTION_CODE_LENGTH = 12;

    /** Queries of an audit in flight, of all terminals together: well below what a gateway takes before it is busy. */
    private static final int AUDIT_IN_FLIGHT = 512;

    /** What a terminal does about a request whose answer it never got. */
    enum Remedy {
        /** The same frame again. */
        RESEND,
        /** Ask by msgid first. */
        QUERY,
        /** Cancel it, whether it was made or not. */
        REVERSE
    }

    private final FleetPlan plan;
    private final Books books = new Books();
    private final FleetMeter meter = new FleetMeter();
    private final GatewayMessageDecoder decoder = new GatewayMessageDecoder();
    private final EventLoop loop = new EventLoop();
    private final List<FleetTerminal> terminals = new ArrayList<>();
    private final Map<String, List<FleetTerminal>> terminalsByInstitution = new HashMap<>();
    private final Deque<FleetTerminal> toConnect = new ArrayDeque<>();
    private final Set<FleetTerminal> connecting = new HashSet<>();
    private final long meanPauseNs;
    private InetSocketAddress address;
    private int remedyCount;
    private boolean isLoading;
    private String fault;

    public TerminalFleet(final Population population, final FleetPlan plan) {
        this.plan = plan;
        this.meanPauseNs = TimeUnit.SECONDS.toNanos(1) * population.terminals().size() / plan.ratePerSecond();
        for (final Terminal terminal : population.terminals()) {
            final FleetTerminal member = new FleetTerminal(this, new FleetRequests(population, terminal, plan));
            terminals.add(member);
            terminalsByInstitution
                    .computeIfAbsent(terminal.institution().fixmedinsCode(), code -> new ArrayList<>())
                    .add(member);
        }
    }

    /** The gateway accepts here: every terminal without a connection makes one. */
    public void gatewayAt(final InetSocketAddress newAddress) {
        run(() -> {
            address = newAddress;
            terminals.stream().filter(terminal -> !terminal.isConnected()).forEach(this::enqueue);
        });
    }

    /** There is no gateway for now: lost connections are not made again. */
    public void gatewayGone() {
        run(() -> {
            address = null;
            toConnect.clear();
        });
    }

    public void startLoad() {
        run(() -> {
            isLoading = true;
            terminals.forEach(FleetTerminal::advance);
        });
    }

    /** No new requests; what is in flight goes on. */
    public void stopLoad() {
        run(() -> isLoading = false);
    }

    public int size() {
        return terminals.size();
    }

    public int signedInCount() {
        return get(
                () -> (int) terminals.stream().filter(FleetTerminal::isSignedIn).count());
    }

    /** Blocks until all terminals are signed in. */
    public void awaitSignedIn(final Duration deadline) throws GatewayException {
        await(
                deadline,
                () -> signedInCount() == terminals.size(),
                () -> signedInCount() + " of " + terminals.size() + " terminals are signed in");
    }

    /** Blocks until no connection is left, as after a kill. */
    public void awaitDisconnected(final Duration deadline) throws GatewayException {
        await(
                deadline,
                () -> get(() -> terminals.stream().noneMatch(FleetTerminal::isConnected)),
                () -> "connections are left");
    }

    /** Blocks until every request is answered, those that a lost connection left behind too. */
    public void awaitQuiet(final Duration deadline) throws GatewayException {
        await(deadline, () -> get(() -> terminals.stream().allMatch(FleetTerminal::isQuiet)), () -> get(this::waiting));
    }

    /**
     * Asks for every msgid in the books, through any terminal of its institution, and compares; blocks until all is
     * answered.
     */
    public void audit(final Duration deadline) throws GatewayException {
        run(() -> {
            int turn = 0;
            for (final Acknowledged answer : books.acknowledged()) {
                final List<FleetTerminal> askers =
                        terminalsByInstitution.get(answer.msgid().substring(0, INSTITUTION_CODE_LENGTH));
                askers.get(turn++ % askers.size()).audit(answer.msgid());
            }
            terminals.forEach(terminal -> {
                terminal.advance();
                terminal.onReadComplete();
            });
        });
        awaitQuiet(deadline);
        run(books::requireAllCompared);
    }

    public FleetCounts counts() {
        return get(meter::counts);
    }

    public Books books() {
        return books;
    }

    @Override
    public void close() {
        run(() -> {
            isLoading = false;
            address = null;
            toConnect.clear();
            terminals.forEach(FleetTerminal::close);
        });
        loop.close();
    }

    FleetPlan plan() {
        return plan;
    }

    FleetMeter meter() {
        return meter;
    }

    GatewayMessageDecoder decoder() {
        return decoder;
    }

    boolean isLoading() {
        return isLoading;
    }

    long meanPauseNs() {
        return meanPauseNs;
    }

    /** Queries of an audit that one terminal has in flight. */
    int auditWindowCount() {
        return Math.max(1, AUDIT_IN_FLIGHT / terminals.size());
    }

    /** Between half and one and a half of the mean. */
    long pauseNs(final SplittableRandom random) {
        return meanPauseNs / 2 + random.nextLong(meanPauseNs + 1);
    }

    /** Seven in ten resend, two ask, one reverses. */
    Remedy nextRemedy() {
        final int turn = remedyCount++ % REMEDY_CYCLE;
        return turn == 3 || turn == 7 ? Remedy.QUERY : turn == 5 ? Remedy.REVERSE : Remedy.RESEND;
    }

    void signedIn(final FleetTerminal terminal) {
        meter.signedIn();
        connecting.remove(terminal);
        connectNext();
    }

    void closed(final FleetTerminal terminal) {
        connecting.remove(terminal);
        if (address != null) {
            loop.schedule(() -> enqueue(terminal), RECONNECT_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Books an answer, unless it left the msgid free. */
    void book(final Pending pending, final Outcome outcome, final byte[] outcomeBytes, final byte[] receipt) {
        if (outcome.code() == 0 || ResultCode.of(outcome.code()).binds()) {
            books.acknowledge(new Acknowledged(pending.msgid(), pending.command(), outcomeBytes, receipt));
        }
    }

    void audited(final String msgid, final GatewayMessage.Reply reply) {
        final QueryAnswer answer = QueryAnswer.read(reply.outcome());
        if (answer.code() != 0) {
            fault("the query for an acknowledged msgid was refused: " + ResultCode.of(answer.code()));
            return;
        }
        books.compare(msgid, answer.state(), reply.answer());
    }

    void fault(final String what) {
        if (fault == null) {
            fault = what;
        }
    }

    private String waiting() {
        return terminals.stream().filter(terminal -> !terminal.isQuiet()).count() + " terminals wait for "
                + terminals.stream().mapToInt(FleetTerminal::inFlightCount).sum() + " answers; "
                + terminals.stream().filter(FleetTerminal::isSignedIn).count() + " of " + terminals.size()
                + " are signed in; busy was answered " + meter.counts().busyCount() + " times";
    }

    private void enqueue(final FleetTerminal terminal) {
        if (address != null
                && !terminal.isConnected()
                && !connecting.contains(terminal)
                && !toConnect.contains(terminal)) {
            toConnect.add(terminal);
            connectNext();
        }
    }

    private void connectNext() {
        while (connecting.size() < MAX_CONNECTING && !toConnect.isEmpty() && address != null) {
            final FleetTerminal terminal = toConnect.poll();
            connecting.add(terminal);
            loop.connect(address, terminal).addListener(done -> {
                if (!done.isSuccess()) {
                    closed(terminal);
                }
            });
        }
    }

    private void await(final Duration deadline, final Supplier<Boolean> condition, final Supplier<String> state)
            throws GatewayException {
        final long deadlineNs = System.nanoTime() + deadline.toNanos();
        while (!condition.get()) {
            requireNoFault();
            if (System.nanoTime() > deadlineNs) {
                throw new GatewayException("after " + deadline.toSeconds() + " s " + state.get());
            }
            try {
                Thread.sleep(TICK_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new GatewayException("interrupted", e);
            }
        }
        requireNoFault();
    }

    /** Throws if the gateway has broken the protocol. */
    public void requireNoFault() throws GatewayException {
        final String found = get(() -> fault);
        if (found != null) {
            throw new GatewayException(found);
        }
    }

    private void run(final Runnable task) {
        loop.call(() -> {
            task.run();
            return null;
        });
    }

    private <T> T get(final Callable<T> task) {
        return loop.call(task);
    }
}
