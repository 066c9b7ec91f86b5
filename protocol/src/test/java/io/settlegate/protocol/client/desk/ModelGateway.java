package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.MadeAnswers;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.QueryByMsgidDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.ReversalDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.SettlementQueryDecoder;
import io.settlegate.protocol.crypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** The gateway's promises in a page: one outcome for each msgid within the horizon, reversals before and after, questions, records. */
final class ModelGateway {
    /** What it holds of a msgid. */
    static final class Held {
        private final byte[] hash;
        private final ResultCode code;
        private RecordState state;
        private int doneCount;
        private int undoneCount;
        private boolean isAnothers;

        private Held(final byte[] hash, final ResultCode code, final RecordState state) {
            this.hash = hash;
            this.code = code;
            this.state = state;
        }

        /** Whether other bytes than the desk's have the msgid. */
        boolean isAnothers() {
            return isAnothers;
        }

        RecordState state() {
            return state;
        }

        /** How often it took effect, less how often that was undone. */
        int standingCount() {
            return doneCount - undoneCount;
        }

        int doneCount() {
            return doneCount;
        }
    }

    static final Duration HORIZON = Duration.ofDays(30);

    private static final DateTimeFormatter MSGID_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final int TIME_BEGIN = 12;
    private static final int TIME_END = 26;

    private final Clock clock;
    private final Map<String, Held> held = new HashMap<>();
    private final Map<String, Answer> reversals = new HashMap<>();
    private final Map<String, Answer> marks = new HashMap<>();

    ModelGateway(final Clock clock) {
        this.clock = clock;
    }

    Map<String, Held> held() {
        return held;
    }

    /** Somebody else has settled under this msgid, for another person. */
    void settleForAnother(final String msgid) {
        final Held made = new Held(new byte[] {1}, ResultCode.OK, RecordState.DONE);
        made.doneCount++;
        made.isAnothers = true;
        held.put(msgid, made);
    }

    Answer take(final SignedRequest request, final boolean isWithoutMoney) {
        final UnsafeBuffer buffer = new UnsafeBuffer(request.frame());
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        final boolean isStale = isStale(request.msgid());
        return switch (header.templateId()) {
            case SettlementQueryDecoder.TEMPLATE_ID ->
                isStale
                        ? stale(request.msgid())
                        : records(
                                request.msgid(),
                                new SettlementQueryDecoder()
                                        .wrapAndApplyHeader(buffer, 0, header)
                                        .omsgid());
            case QueryByMsgidDecoder.TEMPLATE_ID ->
                query(
                        request.msgid(),
                        new QueryByMsgidDecoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .omsgid());
            case ReversalDecoder.TEMPLATE_ID ->
                reverse(
                        request.msgid(),
                        new ReversalDecoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .omsgid());
            default -> isStale ? stale(request.msgid()) : settle(request, isWithoutMoney);
        };
    }

    private boolean isStale(final String msgid) {
        return LocalDateTime.parse(msgid.substring(TIME_BEGIN, TIME_END), MSGID_TIME)
                .toInstant(ZoneOffset.ofHours(8))
                .isBefore(clock.instant().minus(HORIZON));
    }

    private static Answer stale(final String msgid) {
        return MadeAnswers.refused(msgid, ResultCode.MSGID_STALE);
    }

    private Answer records(final String msgid, final String omsgid) {
        final Held found = held.get(omsgid);
        if (found == null) {
            return MadeAnswers.page(msgid, List.of());
        }
        final List<Answer> records = new ArrayList<>();
        if (found.state == RecordState.MARKED) {
            records.add(marks.get(omsgid));
        }
        if (found.hash != null) {
            records.add(answer(omsgid, found, ReplyKind.FIRST));
        }
        return MadeAnswers.page(msgid, records);
    }

    private Answer settle(final SignedRequest request, final boolean isWithoutMoney) {
        final String msgid = request.msgid();
        final byte[] hash = Sm3.hash(request.frame());
        final Held before = held.get(msgid);
        if (before != null && before.isAnothers) {
            return MadeAnswers.refused(msgid, ResultCode.REPEAT_DIFFERS);
        }
        if (before != null && before.hash != null) {
            return answer(msgid, before, ReplyKind.REPEAT);
        }
        final Held made;
        if (before != null) {
            made = new Held(hash, ResultCode.REVERSED_BEFORE_ARRIVAL, RecordState.MARKED);
        } else if (isWithoutMoney) {
            made = new Held(hash, ResultCode.UNKNOWN_PERSON, RecordState.REFUSED);
        } else {
            made = new Held(hash, ResultCode.OK, RecordState.DONE);
            made.doneCount++;
        }
        held.put(msgid, made);
        return answer(msgid, made, ReplyKind.FIRST);
    }

    private static Answer answer(final String msgid, final Held record, final ReplyKind kind) {
        return MadeAnswers.settled(msgid, kind, record.state, MadeAnswers.outcome(msgid, record.code), record.hash);
    }

    private Answer reverse(final String msgid, final String omsgid) {
        if (isStale(msgid) || isStale(omsgid)) {
            return stale(msgid);
        }
        return reversals.computeIfAbsent(msgid, first -> reverseFirst(first, omsgid));
    }

    private Answer reverseFirst(final String msgid, final String omsgid) {
        final Held original = held.computeIfAbsent(omsgid, seen -> new Held(null, null, RecordState.MARKED));
        if (original.isAnothers) {
            return MadeAnswers.refused(msgid, ResultCode.REVERSAL_MISMATCH);
        }
        final ReversalEffect effect =
                switch (original.state) {
                    case DONE -> ReversalEffect.REVERSED;
                    case REVERSED -> ReversalEffect.ALREADY_REVERSED;
                    case REFUSED -> ReversalEffect.NOTHING_TO_REVERSE;
                    default -> ReversalEffect.MARKED;
                };
        if (effect == ReversalEffect.REVERSED) {
            original.state = RecordState.REVERSED;
            original.undoneCount++;
        }
        final Answer answer =
                MadeAnswers.reversed(msgid, omsgid, effect, Sm3.hash(msgid.getBytes(StandardCharsets.US_ASCII)));
        if (effect == ReversalEffect.MARKED) {
            marks.putIfAbsent(omsgid, answer);
        }
        return answer;
    }

    private Answer query(final String msgid, final String omsgid) {
        if (isStale(msgid) || isStale(omsgid)) {
            return stale(msgid);
        }
        final Held found = held.get(omsgid);
        final boolean hasOutcome = found != null && found.hash != null;
        return MadeAnswers.queried(
                msgid,
                omsgid,
                found == null ? RecordState.NOT_SEEN : found.state,
                hasOutcome ? MadeAnswers.outcome(omsgid, found.code) : new byte[0],
                hasOutcome ? found.hash : new byte[0]);
    }
}
