package io.settlegate.protocol.client.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.client.MsgidLane;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.desk.KnownOutcome.End;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The law of the desk: whatever the network loses and however often the terminal dies, at the end the terminal believes of each
 * request what the gateway holds of it, and nothing was settled twice. Virtual time; each case prints its seed.
 */
@Timeout(120)
class SettlementDeskTest {
    private static final String INSTITUTION = "P32030200001";
    private static final int CASES = 80;
    private static final int REQUESTS = 4;
    private static final int MAX_LIVES = 4;
    private static final int LANE = 2_000;
    private static final int MAX_STEPS = 100_000;

    private final TerminalIdentity identity =
            new TerminalIdentity("SN-1", INSTITUTION, "320302", Sm2PrivateKey.generate(new SecureRandom()));

    @TempDir
    private Path directory;

    @Test
    void shouldBelieveAtTheEndWhatTheGatewayHolds() throws IOException {
        final long firstSeed = System.nanoTime();
        final Map<End, Integer> ends = new HashMap<>();
        // Seeds in a row would begin with nearly the same number each.
        final Random seeds = new Random(firstSeed);
        for (int i = 0; i < CASES; i++) {
            run(seeds.nextLong(), ends);
        }
        assertThat(ends.keySet())
                .as("first seed %d", firstSeed)
                .contains(End.SETTLED, End.REFUSED, End.REVERSED, End.NEVER_CAME);
    }

    private void run(final long seed, final Map<End, Integer> ends) throws IOException {
        final Random random = new Random(seed);
        final VirtualThread time = new VirtualThread();
        // Beyond the horizon nobody says any more whether other bytes mean the same, so that this would stay held.
        final boolean isMsgidTaken = random.nextInt(4) == 0;
        final MovedClock gatewayClock = new MovedClock(time);
        final MovedClock clock = new MovedClock(time);
        final ModelGateway gateway = new ModelGateway(gatewayClock);
        final RequestSigner signer = new RequestSigner(identity, "SG-TEST", clock, new SecureRandom());
        final MsgidLane lane = new MsgidLane(INSTITUTION, 0, LANE, clock);
        final ModelLine line = new ModelLine(time.share(), gateway, signer, lane, random, random.nextDouble() * 0.4);
        final Path path = directory.resolve("desk-" + seed);
        final Map<String, KnownOutcome> believed = new HashMap<>();
        final List<SignedRequest> requests = new ArrayList<>();

        SettlementDesk desk = new SettlementDesk(
                line, time.share(), DeskFile.open(path, INSTITUTION), known -> believe(known, believed, seed));
        for (int i = 0; i < REQUESTS; i++) {
            final SignedRequest request = signer.cancel(lane.next(), "320302", "32030000000000000001", "SETL" + i);
            requests.add(request);
            if (isMsgidTaken && i == 0) {
                gateway.settleForAnother(request.msgid());
            }
            desk.settleOrReverse(request, rule(random));
        }
        if (!isMsgidTaken && random.nextInt(5) == 0) {
            final Duration away = ModelGateway.HORIZON.plusDays(1);
            gatewayClock.move(away);
            clock.move(away);
        }
        for (int life = random.nextInt(MAX_LIVES); life > 0; life--) {
            runSome(time, random.nextInt(40));
            if (!isMsgidTaken) {
                passDaysAtRandom(random, gatewayClock, clock);
            }
            runSome(time, random.nextInt(40));
            desk.close();
            tearAtRandom(path, random);
            line.startAgain(new MsgidLane(INSTITUTION, life * LANE, LANE, clock));
            desk = new SettlementDesk(
                    line, time.share(), DeskFile.open(path, INSTITUTION), known -> believe(known, believed, seed));
            desk.resumeUnfinished();
        }
        runSome(time, 400);
        line.becomePolite();
        clock.move(Duration.between(clock.instant(), gatewayClock.instant()));
        line.startAgain(new MsgidLane(INSTITUTION, MAX_LIVES * LANE, LANE, clock));
        while (!DeskFileLook.isEmpty(path)) {
            assertThat(runSome(time, MAX_STEPS))
                    .as("it comes to an end, seed %d", seed)
                    .isLessThan(MAX_STEPS);
            // Somebody has acted: what was held is taken up.
            desk.resumeUnfinished();
        }
        runSome(time, MAX_STEPS);
        desk.close();

        for (final SignedRequest request : requests) {
            final KnownOutcome known = believed.get(request.msgid());
            assertThat(known).as("seed %d, %s", seed, request.msgid()).isNotNull();
            final ModelGateway.Held held = gateway.held().get(request.msgid());
            ends.merge(known.end(), 1, Integer::sum);
            assertThat(expectedEnd(held)).as("seed %d, %s", seed, known).isEqualTo(known.end());
            if (held == null) {
                continue;
            }
            assertThat(held.doneCount()).as("seed %d, %s", seed, known).isLessThanOrEqualTo(1);
            assertThat(held.standingCount())
                    .as("seed %d, %s", seed, known)
                    .isEqualTo(known.end() == End.SETTLED || held.isAnothers() ? 1 : 0);
        }
        assertThat(gateway.held().keySet())
                .as("nothing under another msgid, seed %d", seed)
                .allMatch(believed::containsKey);
    }

    /** Often beyond the horizon at once; sometimes the terminal's clock stays behind, or falls back further. */
    private static void passDaysAtRandom(final Random random, final MovedClock gatewayClock, final MovedClock clock) {
        if (random.nextInt(3) == 0) {
            final Duration away = Duration.ofDays(1 + random.nextInt(35));
            gatewayClock.move(away);
            if (random.nextInt(3) > 0) {
                clock.move(away);
            } else if (random.nextBoolean()) {
                clock.move(away.negated());
            }
        }
    }

    private static End expectedEnd(final ModelGateway.Held held) {
        if (held == null) {
            return End.NEVER_CAME;
        }
        if (held.isAnothers()) {
            return End.REFUSED;
        }
        return switch (held.state()) {
            case DONE -> End.SETTLED;
            case REFUSED -> End.REFUSED;
            default -> End.REVERSED;
        };
    }

    /** What is told twice is the same. */
    private static void believe(final KnownOutcome known, final Map<String, KnownOutcome> believed, final long seed) {
        final KnownOutcome told = believed.put(known.msgid(), known);
        assertThat(told == null ? known.end() : told.end())
                .as("seed %d, %s", seed, known)
                .isEqualTo(known.end());
    }

    private static UnknownRule rule(final Random random) {
        final UnknownRule.Move[] moves = UnknownRule.Move.values();
        return new UnknownRule(
                moves[random.nextInt(moves.length)],
                Duration.ofMillis(20 + random.nextInt(100)),
                random.nextInt(5),
                Duration.ofMillis(random.nextInt(3_000)));
    }

    private static int runSome(final VirtualThread time, final int maxSteps) {
        int steps = 0;
        while (steps < maxSteps && time.runNext()) {
            steps++;
        }
        return steps;
    }

    /** A power cut in the middle of an append. */
    private static void tearAtRandom(final Path path, final Random random) throws IOException {
        if (random.nextBoolean()) {
            final byte[] line =
                    FileLine.end(INSTITUTION + "202611281200000001", End.SETTLED, io.settlegate.protocol.ResultCode.OK);
            Files.write(
                    path,
                    java.util.Arrays.copyOf(line, 1 + random.nextInt(line.length - 3)),
                    StandardOpenOption.APPEND);
        }
    }
}
