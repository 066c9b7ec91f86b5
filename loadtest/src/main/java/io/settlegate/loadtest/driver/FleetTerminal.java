package io.settlegate.loadtest.driver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.settlegate.loadtest.wire.GatewayMessage;
import io.settlegate.loadtest.wire.Outcome;
import io.settlegate.loadtest.wire.SignInGrant;
import io.settlegate.protocol.ResultCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One terminal over all its connections. It sends a request, waits for the answer, waits its time, sends the next;
 * what a lost connection left unanswered it clears up first of all after the next sign-in.
 *
 * <p>Owned by the event loop. What the gateway does against the protocol becomes the fleet's fault.
 */
final class FleetTerminal implements FrameListener {
    private static final int MAX_IN_FLIGHT = 8;
    private static final int MAX_REVERSIBLE = 4;
    private static final int PERCENT = 100;

    private final TerminalFleet fleet;
    private final FleetRequests requests;
    private final Map<Long, Pending> inFlight = new LinkedHashMap<>();
    private final Deque<Pending> unanswered = new ArrayDeque<>();
    private final Deque<String> audits = new ArrayDeque<>();
    private final Deque<Pending> reversible = new ArrayDeque<>();
    private ChannelHandlerContext context;
    private int windowCount;
    private boolean isSignedIn;
    private boolean isNextScheduled;
    private long nextAtNs;
    private long signedInAtNs;

    FleetTerminal(final TerminalFleet fleet, final FleetRequests requests) {
        this.fleet = fleet;
        this.requests = requests;
    }

    @Override
    public void onOpen(final ChannelHandlerContext opened) {
        context = opened;
    }

    @Override
    public void onFrame(final ByteBuf buffer, final int index, final int length) {
        final GatewayMessage message = fleet.decoder().decode(ByteBufUtil.getBytes(buffer, index, length));
        if (message instanceof GatewayMessage.Challenge challenge) {
            send(requests.signIn(challenge.nonce()));
        } else if (message instanceof GatewayMessage.Reply reply) {
            onReply(reply);
        } else if (message instanceof GatewayMessage.Busy busy) {
            onBusy(busy);
        } else if (message instanceof GatewayMessage.Refusal refusal) {
            onRefusal(refusal);
        }
    }

    @Override
    public void onReadComplete() {
        if (context != null) {
            context.flush();
        }
    }

    @Override
    public void onClose() {
        isSignedIn = false;
        context = null;
        for (final Pending pending : inFlight.values()) {
            if (pending.changesState()) {
                unanswered.add(pending);
            } else if (pending.kind() == Pending.Kind.QUERY) {
                unanswered.add(pending.about());
            } else if (pending.kind() == Pending.Kind.AUDIT) {
                audits.add(pending.omsgid());
            }
        }
        fleet.meter().unanswered((int)
                inFlight.values().stream().filter(Pending::changesState).count());
        inFlight.clear();
        fleet.closed(this);
    }

    boolean isConnected() {
        return context != null;
    }

    boolean isSignedIn() {
        return isSignedIn;
    }

    /** True if nothing waits for an answer and nothing is left to be cleared up or asked. */
    boolean isQuiet() {
        return inFlight.isEmpty() && unanswered.isEmpty() && audits.isEmpty();
    }

    int inFlightCount() {
        return inFlight.size();
    }

    void audit(final String msgid) {
        audits.add(msgid);
    }

    void close() {
        if (context != null) {
            context.close();
        }
    }

    /** Sends what there is to send, and otherwise waits for the terminal's turn. */
    void advance() {
        if (!isSignedIn) {
            return;
        }
        while (inFlight.size() < windowCount && !unanswered.isEmpty()) {
            clearUp(unanswered.poll());
        }
        while (inFlight.size() < Math.min(windowCount, fleet.auditWindowCount()) && !audits.isEmpty()) {
            send(requests.query(Pending.Kind.AUDIT, audits.poll(), null));
        }
        if (fleet.isLoading() && inFlight.isEmpty() && !isNextScheduled) {
            isNextScheduled = true;
            final long delayNs = Math.max(0, nextAtNs - System.nanoTime());
            context.executor().schedule(this::takeTurn, delayNs, TimeUnit.NANOSECONDS);
        }
    }

    private void takeTurn() {
        isNextScheduled = false;
        if (!isSignedIn || !fleet.isLoading() || !inFlight.isEmpty()) {
            return;
        }
        nextAtNs = Math.max(nextAtNs, System.nanoTime() - fleet.meanPauseNs()) + fleet.pauseNs(requests.random());
        final int draw = requests.random().nextInt(PERCENT);
        if (draw < fleet.plan().personInfoPercent()) {
            send(requests.personInfo());
        } else if (draw < fleet.plan().personInfoPercent() + fleet.plan().reversalPercent() && !reversible.isEmpty()) {
            final Pending settled = reversible.poll();
            send(requests.reverse(settled.person(), settled.msgid(), null));
        } else {
            send(requests.settle());
        }
        context.flush();
    }

    private void clearUp(final Pending lost) {
        final TerminalFleet.Remedy remedy =
                lost.kind() == Pending.Kind.SETTLE ? fleet.nextRemedy() : TerminalFleet.Remedy.RESEND;
        switch (remedy) {
            case RESEND -> {
                fleet.meter().resent();
                send(lost);
            }
            case QUERY -> {
                fleet.meter().queried();
                send(requests.query(Pending.Kind.QUERY, lost.msgid(), lost));
            }
            default -> {
                fleet.meter().reversedUnheard();
                send(requests.reverse(lost.person(), lost.msgid(), lost));
            }
        }
    }

    private void send(final Pending pending) {
        inFlight.put(pending.correlationId(), pending);
        // Written now, flushed when the bytes at hand are read.
        context.write(Unpooled.wrappedBuffer(pending.frame()), context.voidPromise());
    }

    private void onReply(final GatewayMessage.Reply reply) {
        final Pending pending = inFlight.remove(reply.correlationId());
        if (pending == null) {
            fleet.fault("an answer to correlation id " + reply.correlationId() + ", which is not in flight");
            return;
        }
        switch (pending.kind()) {
            case SIGN_IN -> onSignedIn(reply);
            case SETTLE -> onSettled(pending, reply.outcome(), reply.receipt(), reply.isRepeat());
            case REVERSE -> onReversed(pending, reply);
            case PERSON_INFO -> onPersonInfo(reply);
            case QUERY -> onQueried(pending, reply);
            case AUDIT -> fleet.audited(pending.omsgid(), reply);
            default -> throw new IllegalStateException("no such kind: " + pending.kind());
        }
        advance();
    }

    private void onSignedIn(final GatewayMessage.Reply reply) {
        final SignInGrant grant = Outcome.readGrant(reply.outcome());
        if (grant == null) {
            fleet.fault("sign-in was refused with code "
                    + Outcome.read(reply.outcome()).code());
            return;
        }
        windowCount = Math.min(MAX_IN_FLIGHT, grant.windowCount());
        requests.granted(grant);
        signedInAtNs = System.nanoTime();
        isSignedIn = true;
        fleet.signedIn(this);
    }

    private void onSettled(
            final Pending pending, final byte[] outcomeBytes, final byte[] receipt, final boolean isRepeat) {
        final Outcome outcome = Outcome.read(outcomeBytes);
        fleet.book(pending, outcome, outcomeBytes, receipt);
        if (isRepeat) {
            fleet.meter().madeBefore();
        }
        if (outcome.code() != 0) {
            fleet.meter().refused(outcome.code());
            return;
        }
        if (isRepeat || pending.madeAtNs() < signedInAtNs) {
            // What waited for a gateway to come back says nothing about its speed.
            fleet.meter().settledLate();
        } else {
            fleet.meter().settled(System.nanoTime() - pending.madeAtNs());
        }
        if (reversible.size() < MAX_REVERSIBLE) {
            reversible.add(pending);
        }
    }

    private void onReversed(final Pending pending, final GatewayMessage.Reply reply) {
        final Outcome outcome = Outcome.read(reply.outcome());
        fleet.book(pending, outcome, reply.outcome(), reply.receipt());
        if (outcome.code() != 0) {
            fleet.meter().refused(outcome.code());
            return;
        }
        if (outcome.kind() != Outcome.Kind.REVERSED) {
            // A mark, or nothing to reverse: no settlement was undone.
            return;
        }
        fleet.meter().reversed();
        if (pending.about() != null) {
            fleet.meter().madeBefore();
            fleet.meter().settledLate();
            fleet.books().settledUnheard(outcome);
        }
    }

    private void onPersonInfo(final GatewayMessage.Reply reply) {
        final int code = Outcome.read(reply.outcome()).code();
        if (code == 0) {
            fleet.meter().personInfo();
        } else {
            fleet.meter().refused(code);
        }
    }

    private void onQueried(final Pending pending, final GatewayMessage.Reply reply) {
        if (reply.answer().length == 0) {
            // Never arrived: the same frame again.
            fleet.meter().resent();
            send(pending.about());
        } else {
            onSettled(pending.about(), reply.answer(), reply.answerReceipt(), true);
        }
    }

    private void onBusy(final GatewayMessage.Busy busy) {
        final Pending pending = inFlight.get(busy.correlationId());
        fleet.meter().busy();
        if (pending != null && busy.code() != ResultCode.STOPPING.code()) {
            context.executor().schedule(() -> resend(pending), Math.max(1, busy.retryAfterMs()), TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same entry, not an equal one
    private void resend(final Pending pending) {
        if (context != null && inFlight.get(pending.correlationId()) == pending) {
            context.writeAndFlush(Unpooled.wrappedBuffer(pending.frame()), context.voidPromise());
        }
    }

    private void onRefusal(final GatewayMessage.Refusal refusal) {
        final ResultCode code = ResultCode.of(refusal.code());
        fleet.meter().refused(refusal.code());
        if (code.next() == ResultCode.Next.SIGN_IN) {
            close();
        } else {
            fleet.fault("a request was refused before the engine: " + code);
        }
    }
}
