package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.MadeAnswers;
import io.settlegate.protocol.client.MsgidLane;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a desk's two forces cost, on the disk of a directory: requests a second through one desk whose gateway answers at once. Run it by
 * hand; the first argument is the directory.
 */
final class DeskSpeed {
    private static final String INSTITUTION = "P32030200001";
    private static final int COUNT = 1_000;

    private DeskSpeed() {}

    public static void main(final String[] arguments) throws Exception {
        final TerminalIdentity identity =
                new TerminalIdentity("SN-1", INSTITUTION, "320302", Sm2PrivateKey.generate(new SecureRandom()));
        final RequestSigner signer = new RequestSigner(identity, "SG-TEST", Clock.systemUTC(), new SecureRandom());
        final MsgidLane lane = new MsgidLane(INSTITUTION, 0, 10_000, Clock.systemUTC());
        final Path path = Path.of(arguments[0]).resolve("desk");
        for (int round = 0; round < 3; round++) {
            final List<SignedRequest> requests = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                requests.add(signer.cancel(lane.next(), "320302", "32030000000000000001", "SETL" + i));
            }
            System.out.printf(
                    Locale.ROOT,
                    "one at a time %.0f a second, all at once %.0f a second%n",
                    perSecond(path, requests, true),
                    perSecond(path, requests, false));
        }
        Files.deleteIfExists(path);
    }

    private static double perSecond(final Path path, final List<SignedRequest> requests, final boolean isOneByOne)
            throws Exception {
        final UnknownRule rule = UnknownRule.ask(Duration.ofSeconds(10), 3);
        try (SettlementDesk desk = new SettlementDesk(
                new ReadyLine(), new DaemonDeskThread("desk-speed"), DeskFile.open(path, INSTITUTION), known -> {})) {
            final long beginNs = System.nanoTime();
            final List<CompletableFuture<KnownOutcome>> known = new ArrayList<>();
            for (final SignedRequest request : requests) {
                known.add(desk.settleOrReverse(request, rule));
                if (isOneByOne) {
                    known.get(known.size() - 1).join();
                }
            }
            known.forEach(CompletableFuture::join);
            return requests.size() * 1e9 / (System.nanoTime() - beginNs);
        }
    }

    /** Answers at once that it is settled. */
    private static final class ReadyLine implements GatewayLine {
        @Override
        public Optional<CompletableFuture<Answer>> trySend(final SignedRequest request) {
            final String msgid = request.msgid();
            return Optional.of(CompletableFuture.completedFuture(MadeAnswers.settled(
                    msgid, ReplyKind.FIRST, RecordState.DONE, MadeAnswers.outcome(msgid, ResultCode.OK), new byte[] {1
                    })));
        }

        @Override
        public void forget(final SignedRequest request) {
            // Nothing is under way.
        }

        @Override
        public SignedRequest ask(final String omsgid) {
            throw new IllegalStateException("it was answered at once");
        }

        @Override
        public SignedRequest askRecords(final String omsgid, final long afterSequence) {
            throw new IllegalStateException("it was answered at once");
        }

        @Override
        public SignedRequest reverse(final MoneyRequest original) {
            throw new IllegalStateException("it was answered at once");
        }

        @Override
        public boolean proves(final byte[] receipt, final MoneyRequest request) {
            return true;
        }
    }
}
