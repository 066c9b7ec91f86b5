package io.settlegate.gateway;

import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.GatewayEndpoint;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.desk.KnownOutcome;
import io.settlegate.protocol.client.desk.SettlementDesk;
import io.settlegate.protocol.client.desk.UnknownRule;
import io.settlegate.protocol.crypto.KeyFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A pharmacy's terminal as a process that can be killed: takes up what is unfinished, sells to the patient of {@link NightShift}, and writes
 * down what it believes of each msgid.
 */
final class DeskTerminal {
    private static final ClientTiming TIMING = new ClientTiming(2_000, 20_000, 5_000, 20, 200);

    private DeskTerminal() {}

    /** Arguments: port, directory of key files and of the desk, serial number, how many to sell, seed. */
    public static void main(final String[] arguments) throws Exception {
        final int port = Integer.parseInt(arguments[0]);
        final Path directory = Path.of(arguments[1]);
        final int count = Integer.parseInt(arguments[3]);
        final Random random = new Random(Long.parseLong(arguments[4]));
        // The life before this one may have made msgids of this second.
        TimeUnit.MILLISECONDS.sleep(1_100);
        final GatewayEndpoint gateway = new GatewayEndpoint(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                SmallCity.GATEWAY_ID,
                KeyFiles.readPublic(directory.resolve("gateway.pub.pem")));
        final TerminalIdentity identity = new TerminalIdentity(
                arguments[2],
                SmallCity.PHARMACY,
                SmallCity.COUNTY,
                KeyFiles.readPrivate(directory.resolve("terminal.key.pem")));
        final Path beliefs = directory.resolve("beliefs");
        try (TerminalClient client = connect(gateway, identity);
                SettlementDesk desk = SettlementDesk.open(
                        client,
                        directory.resolve("desk"),
                        known -> write(beliefs, known.msgid() + ' ' + known.end()))) {
            final List<CompletableFuture<KnownOutcome>> open =
                    new ArrayList<>(desk.resumeUnfinished().values());
            for (int i = 0; i < count; i++) {
                open.add(desk.settleOrReverse(
                        client.requests().settle(client.nextMsgid(), NightShift.purchase()), rule(random)));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
            }
            CompletableFuture.allOf(open.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
        }
    }

    /** The network may be deaf at the moment. */
    private static TerminalClient connect(final GatewayEndpoint gateway, final TerminalIdentity identity)
            throws IOException {
        IOException last = null;
        for (int i = 0; i < 100; i++) {
            try {
                return TerminalClient.connect(gateway, identity, TIMING, Clock.systemUTC());
            } catch (final IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static UnknownRule rule(final Random random) {
        final UnknownRule.Move[] moves = UnknownRule.Move.values();
        return new UnknownRule(
                moves[random.nextInt(moves.length)],
                Duration.ofMillis(150 + random.nextInt(200)),
                random.nextInt(4),
                Duration.ofSeconds(5));
    }

    private static void write(final Path file, final String line) {
        try {
            Files.writeString(file, line + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
