package io.settlegate.protocol.client.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.MadeAnswers;
import io.settlegate.protocol.client.MsgidLane;
import io.settlegate.protocol.client.RecordsQuery;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.desk.KnownOutcome.End;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.QueryByMsgidDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReversalDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The request never arrives, the customer has left, and the gateway refuses to reverse: nothing may be settled now. */
class RefusedReversalTest {
    private static final String INSTITUTION = "P32030200001";
    private static final int MAX_STEPS = 10_000;

    private final TerminalIdentity identity =
            new TerminalIdentity("SN-1", INSTITUTION, "320302", Sm2PrivateKey.generate(new SecureRandom()));
    private final Clock clock = Clock.systemUTC();
    private final RequestSigner signer = new RequestSigner(identity, "SG-TEST", clock, new SecureRandom());
    private final MsgidLane lane = new MsgidLane(INSTITUTION, 0, 2_000, clock);
    private final VirtualThread time = new VirtualThread();

    @TempDir
    private Path directory;

    @Test
    void shouldHoldWhatWasNeverSeenAndIsNeverReversed() throws Exception {
        final Line line = new Line(Integer.MAX_VALUE);
        final CompletableFuture<KnownOutcome> end = play(line);
        assertThatThrownBy(end::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(StillUnknownException.class, held -> assertThat(held.code())
                        .isEqualTo(ResultCode.INSTITUTION_DISABLED));
        assertThat(line.settledCount).as("sent once, at the counter").isEqualTo(1);
        assertThat(line.reversedCount).isGreaterThan(1);
    }

    @Test
    void shouldReverseOnceTheGatewayTakesIt() throws Exception {
        final Line line = new Line(2);
        assertThat(play(line).get().end()).isEqualTo(End.REVERSED);
        assertThat(line.settledCount).as("sent once, at the counter").isEqualTo(1);
    }

    private CompletableFuture<KnownOutcome> play(final Line line) throws IOException {
        try (SettlementDesk desk = new SettlementDesk(
                line, time.share(), DeskFile.open(directory.resolve("desk"), INSTITUTION), known -> {})) {
            final SignedRequest request = signer.cancel(lane.next(), "320302", "32030000000000000001", "SETL");
            final CompletableFuture<KnownOutcome> end =
                    desk.settleOrReverse(request, UnknownRule.reverse(Duration.ofMillis(50)));
            for (int i = 0; i < MAX_STEPS && !end.isDone() && time.runNext(); i++) {
                assertThat(line.settledCount).isLessThanOrEqualTo(1);
            }
            assertThat(end).isDone();
            return end;
        }
    }

    /** Loses every request itself; refuses the first reversals, and has seen nothing. */
    private final class Line implements GatewayLine {
        private final int refusals;
        private int settledCount;
        private int reversedCount;

        private Line(final int refusals) {
            this.refusals = refusals;
        }

        @Override
        public Optional<CompletableFuture<Answer>> trySend(final SignedRequest request) {
            final int templateId = new MessageHeaderDecoder()
                    .wrap(new UnsafeBuffer(request.frame()), 0)
                    .templateId();
            return Optional.of(
                    switch (templateId) {
                        case ReversalDecoder.TEMPLATE_ID -> CompletableFuture.completedFuture(reverse(request));
                        case QueryByMsgidDecoder.TEMPLATE_ID ->
                            CompletableFuture.completedFuture(MadeAnswers.queried(
                                    request.msgid(), "", RecordState.NOT_SEEN, new byte[0], new byte[0]));
                        default -> {
                            settledCount++;
                            yield new CompletableFuture<>();
                        }
                    });
        }

        private Answer reverse(final SignedRequest request) {
            reversedCount++;
            return reversedCount <= refusals
                    ? MadeAnswers.refused(request.msgid(), ResultCode.INSTITUTION_DISABLED)
                    : MadeAnswers.reversed(request.msgid(), "", ReversalEffect.MARKED, new byte[] {1});
        }

        @Override
        public void forget(final SignedRequest request) {
            // Nothing answers late here.
        }

        @Override
        public SignedRequest ask(final String omsgid) {
            return signer.query(lane.next(), omsgid);
        }

        @Override
        public SignedRequest askRecords(final String omsgid, final long afterSequence) {
            return signer.records(lane.next(), RecordsQuery.byMsgid(omsgid).after(afterSequence));
        }

        @Override
        public SignedRequest reverse(final MoneyRequest original) {
            return signer.reverse(
                    lane.next(), original.insuplcAdmdvs(), original.psnNo(), original.msgid(), original.infno());
        }

        @Override
        public boolean proves(final byte[] receipt, final MoneyRequest request) {
            return request.isProvedBy(receipt);
        }
    }
}
