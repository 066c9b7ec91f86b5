package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ReceiptRefusedException;
import io.settlegate.protocol.client.RecordAnswer;
import io.settlegate.protocol.client.RecordPage;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.desk.KnownOutcome.End;
import io.settlegate.protocol.codec.RecordState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One request on its way to a known end. Lives on its desk's thread. Each step sends one frame and waits for its answer or its
 * time-out; an answer that comes when the next step has begun is passed over, which is safe because every step asks the gateway for
 * what stands then.
 */
final class SettlementCase {
    private static final byte[] NONE = new byte[0];
    private static final long ROOM_WAIT_MS = 10;
    private static final int MAX_NEW_REVERSALS = 3;

    private final GatewayLine line;
    private final DeskThread thread;
    private final DeskFile file;
    private final MoneyRequest money;
    private final UnknownRule rule;
    private final Consumer<KnownOutcome> listener;
    private final CompletableFuture<KnownOutcome> known = new CompletableFuture<>();
    private SignedRequest reversal;
    private SignedRequest underWay;
    private long deadlineNs;
    private int tryCount;
    private int newReversalCount;
    private int step;
    /** The gateway does not take these bytes from this terminal, so only asking can tell what an earlier try did. */
    private boolean isRefusedAsSent;
    /** A reversal was refused for good: what stands is found by the request's own answer. */
    private boolean isIrreversible;
    /** Why the gateway would not reverse, once it has said so. */
    private ResultCode refusedReversal;

    SettlementCase(
            final GatewayLine line,
            final DeskThread thread,
            final DeskFile file,
            final MoneyRequest money,
            final OpenEntry entry,
            final Consumer<KnownOutcome> listener) {
        this.line = line;
        this.thread = thread;
        this.file = file;
        this.money = money;
        this.rule = entry.rule();
        this.listener = listener;
        this.reversal = entry.reversal();
    }

    /** Of a request whose end an earlier process knew, and may not have told. */
    void tellAgain(final End end, final ResultCode code) {
        tell(new KnownOutcome(money.request(), end, code, NONE, NONE, reversal));
    }

    CompletableFuture<KnownOutcome> known() {
        return known;
    }

    String msgid() {
        return money.msgid();
    }

    /** Of a request that was never sent. */
    void start() {
        beginTime();
        settle();
    }

    /** Of a request that an earlier process may have sent. */
    void resume() {
        beginTime();
        if (reversal != null) {
            sendReversal();
        } else {
            moveOn();
        }
    }

    private void beginTime() {
        deadlineNs = thread.nowNs() + rule.giveUpAfter().toNanos();
    }

    // ---- steps ----

    private void settle() {
        send(money.request(), this::onSettled, this::moveOn);
    }

    private void ask() {
        send(line.ask(money.msgid()), this::onAsked, this::moveOn);
    }

    /** Beyond the horizon nothing but the records tells. A read must be fresh, so each try is a new question. */
    private void askRecords(final Answer stale, final long afterSequence) {
        final Runnable again = () -> askRecords(stale, afterSequence);
        send(line.askRecords(money.msgid(), afterSequence), answer -> onRecords(answer, stale, again), again);
    }

    private void reverse() {
        try {
            final SignedRequest made = line.reverse(money);
            file.reversal(money.msgid(), made);
            reversal = made;
        } catch (final IOException e) {
            hold(new StillUnknownException(money.msgid(), e));
            return;
        }
        sendReversal();
    }

    private void sendReversal() {
        send(reversal, this::onReversed, this::sendReversal);
    }

    /** The outcome is unknown: the next step by the caller's rule. */
    private void moveOn() {
        if (isIrreversible) {
            ask();
        } else if (reversal != null) {
            sendReversal();
        } else if (rule.move() == UnknownRule.Move.REVERSE
                || tryCount >= rule.tries()
                || thread.nowNs() - deadlineNs >= 0) {
            reverse();
        } else {
            tryCount++;
            if (rule.move() == UnknownRule.Move.ASK || isRefusedAsSent) {
                ask();
            } else {
                settle();
            }
        }
    }

    private void send(final SignedRequest request, final Consumer<Answer> onAnswer, final Runnable onTimeout) {
        step++;
        final int mine = step;
        if (underWay != null) {
            line.forget(underWay);
        }
        underWay = request;
        transmit(mine, request, onAnswer);
        thread.after(rule.answerTimeout().toMillis(), () -> during(mine, onTimeout));
    }

    private void transmit(final int mine, final SignedRequest request, final Consumer<Answer> onAnswer) {
        final Optional<CompletableFuture<Answer>> sent;
        try {
            sent = line.trySend(request);
        } catch (final IllegalStateException ended) {
            hold(new StillUnknownException(money.msgid(), ended));
            return;
        }
        if (sent.isPresent()) {
            sent.get()
                    .whenComplete((answer, failure) ->
                            thread.execute(() -> during(mine, () -> answered(answer, failure, onAnswer))));
        } else {
            thread.after(ROOM_WAIT_MS, () -> during(mine, () -> transmit(mine, request, onAnswer)));
        }
    }

    private void during(final int mine, final Runnable task) {
        if (mine == step && !known.isDone()) {
            task.run();
        }
    }

    private void answered(final Answer answer, final Throwable failure, final Consumer<Answer> onAnswer) {
        if (failure == null) {
            underWay = null;
            onAnswer.accept(answer);
        } else if (failure instanceof ReceiptRefusedException) {
            // It must not be believed. What stands is still unknown, and is asked for at a pace.
            later(this::moveOn);
        } else {
            hold(new StillUnknownException(money.msgid(), failure));
        }
    }

    private void later(final Runnable next) {
        step++;
        final int mine = step;
        thread.after(rule.answerTimeout().toMillis(), () -> during(mine, next));
    }

    // ---- answers ----

    private void onSettled(final Answer answer) {
        final ResultCode code = answer.code();
        if (answer.hasReceipt() && (code == ResultCode.OK || code.binds())) {
            endByState(answer.state(), code, answer.outcome(), answer.receipt());
        } else if (provesNothingDone(code)) {
            end(End.REFUSED, code, answer.outcome(), answer.receipt());
        } else {
            switch (code.next()) {
                case RETRY, SIGN_IN -> later(this::settleInTime);
                case MEND -> {
                    isRefusedAsSent = true;
                    settledNotTaken();
                }
                default -> {
                    if (isBeyondHorizon(answer, money.msgid())) {
                        askRecords(answer, 0);
                    } else {
                        call(code, this::settle);
                    }
                }
            }
        }
    }

    private void settleInTime() {
        if (thread.nowNs() - deadlineNs >= 0) {
            moveOn();
        } else {
            settle();
        }
    }

    /** An earlier try with these bytes may have been taken; who is refused now can still ask. */
    private void settledNotTaken() {
        if (isIrreversible || reversal == null) {
            ask();
        } else {
            sendReversal();
        }
    }

    /** Codes of the engine's that speak of the msgid itself: under it nothing of these bytes was ever done. */
    private static boolean provesNothingDone(final ResultCode code) {
        return switch (code) {
            case MSGID_MALFORMED, MSGID_FOREIGN, MSGID_AHEAD, REPEAT_DIFFERS -> true;
            default -> false;
        };
    }

    private void onAsked(final Answer answer) {
        final ResultCode code = answer.code();
        if (code == ResultCode.OK) {
            found(answer);
        } else if (isBeyondHorizon(answer, answer.msgid())) {
            askRecords(answer, 0);
        } else if (code == ResultCode.MSGID_STALE) {
            hold(new StillUnknownException(money.msgid(), code));
        } else if (code.next() == ResultCode.Next.MEND && !isRefusedAsSent && !isIrreversible) {
            // For example a clock that is off: a read must be fresh, the request itself need not be.
            later(this::settleAsTry);
        } else {
            later(this::moveOn);
        }
    }

    private void settleAsTry() {
        if (tryCount >= rule.tries()) {
            moveOn();
        } else {
            tryCount++;
            settle();
        }
    }

    private void found(final Answer answer) {
        final RecordState state = answer.query().state();
        switch (state) {
            case NOT_SEEN -> {
                if (isIrreversible) {
                    // Nothing stands yet, and nothing shall: another reversal marks the msgid, if it is taken.
                    isIrreversible = false;
                    reverseAnew(refusedReversal);
                } else if (isRefusedAsSent) {
                    reverse();
                } else {
                    settle();
                }
            }
            case UNKNOWN, NULL_VAL -> later(this::moveOn);
            default -> {
                if (answer.recordReceipt().length == 0 || line.proves(answer.recordReceipt(), money)) {
                    endByState(state, codeOfRecord(answer), answer.recordOutcome(), answer.recordReceipt());
                } else if (isRefusedAsSent) {
                    hold(new StillUnknownException(money.msgid(), ResultCode.REPEAT_DIFFERS));
                } else {
                    // Somebody else's bytes have this msgid; the gateway says whether they mean the same.
                    settle();
                }
            }
        }
    }

    private static ResultCode codeOfRecord(final Answer answer) {
        return answer.recordOutcome().length == 0 ? answer.code() : Answer.codeOf(answer.recordOutcome());
    }

    private void onReversed(final Answer answer) {
        final ResultCode code = answer.code();
        if (code == ResultCode.OK && answer.hasReceipt()) {
            final End end =
                    switch (answer.reversal().effect()) {
                        case ALREADY_CANCELLED -> End.CANCELLED;
                        case NOTHING_TO_REVERSE -> End.REFUSED;
                        default -> End.REVERSED;
                    };
            end(end, code, answer.outcome(), answer.receipt());
        } else if (answer.hasReceipt() && code.binds()) {
            // What stands cannot be undone, so learn what it is; but never let it be made now.
            isIrreversible = true;
            refusedReversal = code;
            ask();
        } else {
            switch (code.next()) {
                case RETRY, SIGN_IN -> later(this::sendReversal);
                case MEND -> reverseAnew(code);
                default -> {
                    if (isBeyondHorizon(answer, reversal.msgid())) {
                        askRecords(answer, 0);
                    } else if (code == ResultCode.MSGID_STALE && answer.hasReceipt()) {
                        reverseAnew(code);
                    } else {
                        call(code, this::sendReversal);
                    }
                }
            }
        }
    }

    /** The terminal has another key or another clock than when these bytes were signed. */
    private void reverseAnew(final ResultCode code) {
        newReversalCount++;
        if (newReversalCount > MAX_NEW_REVERSALS) {
            hold(new StillUnknownException(money.msgid(), code));
        } else {
            later(this::reverse);
        }
    }

    /**
     * Whether the engine's refusal of a request with this msgid proves that the gateway takes our own no more, now or ever: its time does
     * not go back. A refusal without a receipt speaks of a record that is archived.
     */
    private boolean isBeyondHorizon(final Answer answer, final String refusedMsgid) {
        return answer.code() == ResultCode.MSGID_STALE && answer.hasReceipt() && money.isStaleWith(refusedMsgid);
    }

    private void onRecords(final Answer answer, final Answer stale, final Runnable again) {
        final ResultCode code = answer.code();
        if (answer.hasPage()) {
            foundRecords(answer.page(), stale);
        } else if (code == ResultCode.READ_STALE
                || code.next() == ResultCode.Next.RETRY
                || code.next() == ResultCode.Next.SIGN_IN) {
            later(again);
        } else {
            call(code, again);
        }
    }

    /** Our own record is the first of all pages, but for reversals that came before it. */
    private void foundRecords(final RecordPage page, final Answer stale) {
        RecordAnswer barredBy = null;
        for (final RecordAnswer record : page.records()) {
            if (record.answer().msgid().equals(money.msgid())) {
                foundRecord(record);
                return;
            }
            barredBy = record;
        }
        if (page.hasNext()) {
            askRecords(stale, page.nextAfterSequence());
        } else if (barredBy == null) {
            end(End.NEVER_CAME, stale.code(), stale.outcome(), stale.receipt());
        } else {
            endByState(
                    RecordState.MARKED,
                    barredBy.answer().code(),
                    barredBy.answer().outcome(),
                    barredBy.answer().receipt());
        }
    }

    private void foundRecord(final RecordAnswer record) {
        final Answer first = record.answer();
        if (line.proves(first.receipt(), money)) {
            endByState(record.state(), first.code(), first.outcome(), first.receipt());
        } else {
            // Somebody else's bytes have this msgid, and the gateway does not compare them any more.
            hold(new StillUnknownException(money.msgid(), ResultCode.REPEAT_DIFFERS));
        }
    }

    /** An operator can bring the gateway's clock or room in order while this goes on; the horizon nobody brings back. */
    private void call(final ResultCode code, final Runnable again) {
        if (code == ResultCode.CLOCK_HELD || code == ResultCode.CAPACITY) {
            later(again);
        } else {
            hold(new StillUnknownException(money.msgid(), code));
        }
    }

    // ---- ends ----

    private void endByState(
            final RecordState state, final ResultCode code, final byte[] outcome, final byte[] receipt) {
        switch (state) {
            case DONE -> end(code == ResultCode.OK ? End.SETTLED : End.REFUSED, code, outcome, receipt);
            case REVERSED -> end(End.REVERSED, code, outcome, receipt);
            case MARKED -> end(End.REVERSED, code, outcome, receipt);
            case CANCELLED -> end(End.CANCELLED, code, outcome, receipt);
            case REFUSED -> end(End.REFUSED, code, outcome, receipt);
            default -> later(this::ask);
        }
    }

    private void end(final End end, final ResultCode code, final byte[] outcome, final byte[] receipt) {
        final KnownOutcome outcomeKnown = new KnownOutcome(
                money.request(),
                end,
                code,
                outcome == null ? NONE : outcome,
                receipt == null ? NONE : receipt,
                reversal);
        try {
            file.end(outcomeKnown);
        } catch (final IOException e) {
            hold(new StillUnknownException(money.msgid(), e));
            return;
        }
        tell(outcomeKnown);
    }

    private void tell(final KnownOutcome outcome) {
        step++;
        listener.accept(outcome);
        known.complete(outcome);
        try {
            file.told(money.msgid());
        } catch (final IOException e) {
            // It is told again at the next start, which does no harm.
        }
    }

    private void hold(final StillUnknownException because) {
        step++;
        if (underWay != null) {
            line.forget(underWay);
        }
        known.completeExceptionally(because);
    }
}
