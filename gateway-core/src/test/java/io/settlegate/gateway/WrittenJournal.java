package io.settlegate.gateway;

import io.settlegate.gateway.operations.OperatorActs;
import io.settlegate.gateway.operations.SignedAct;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The journal of a small city written record by record, on a clock of its own, by a writer that may be wrong: it can alter an
 * outcome after the engine gave it and before it is sealed, and name another key version.
 */
final class WrittenJournal implements AutoCloseable {
    private static final int TERMINAL_KEY_VERSION = 1;
    private static final int ACT_KEY_VERSION = 0;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.ofHours(8));

    private final SmallCity city;
    private final OpenGateway gateway;
    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[64 * 1024]);
    private final InternalPart internal = new InternalPart();
    private long nowMs = System.currentTimeMillis();
    private int requestCount;
    private String lastMsgid = "";

    WrittenJournal(final SmallCity city) throws IOException {
        this.city = city;
        final DataDirectory directory = new DataDirectory(city.data());
        gateway = OpenGateway.recover(directory.store(), directory.gatewayKey(), DurabilityLevel.BATCH);
        nowMs = Math.max(nowMs, gateway.journal().lastTimeMs()) + 1;
    }

    /** The clock of everything that is written. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.ofHours(8);
            }

            @Override
            public Clock withZone(final ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(nowMs);
            }
        };
    }

    long nowMs() {
        return nowMs;
    }

    void advanceTo(final long timeMs) {
        if (timeMs < nowMs) {
            throw new IllegalArgumentException("the clock does not go back");
        }
        nowMs = timeMs;
    }

    RequestSigner signer(final int terminal) {
        final TerminalIdentity identity = city.terminals().get(terminal);
        return new RequestSigner(identity, SmallCity.GATEWAY_ID, clock(), new SecureRandom());
    }

    OperatorActs acts() throws IOException {
        final DataDirectory directory = new DataDirectory(city.data());
        return new OperatorActs(
                new Sm2Signer(KeyFiles.readPrivate(directory.operatorKeyFile()), new SecureRandom()),
                SmallCity.GATEWAY_ID,
                clock());
    }

    String nextMsgid(final String institution) {
        requestCount++;
        lastMsgid = institution + SECOND.format(Instant.ofEpochMilli(nowMs)) + String.format("%04d", requestCount);
        return lastMsgid;
    }

    /** The one that {@link #nextMsgid} gave last. */
    String lastMsgid() {
        return lastMsgid;
    }

    /** A batch of one. @return the outcome as recorded. */
    byte[] append(final byte[] command) {
        final byte[] recorded = add(command);
        seal();
        return recorded;
    }

    /** A batch of one. */
    byte[] append(final SignedAct act) {
        final byte[] recorded = add(act.frame(), 0, ACT_KEY_VERSION, buffer -> {});
        seal();
        return recorded;
    }

    /** Into the open batch. */
    byte[] add(final byte[] command) {
        return add(command, 0, TERMINAL_KEY_VERSION, buffer -> {});
    }

    /** Into the open batch, with an outcome that the engine did not give. */
    byte[] add(final byte[] command, final Consumer<UnsafeBuffer> change) {
        return add(command, 0, TERMINAL_KEY_VERSION, change);
    }

    /**
     * Into the open batch, with the engine's outcome.
     *
     * @param addedHash what the record's state hash is wrong by.
     */
    byte[] add(final byte[] command, final long addedHash, final int keyVersion) {
        return add(command, addedHash, keyVersion, buffer -> {});
    }

    private byte[] add(
            final byte[] command, final long addedHash, final int keyVersion, final Consumer<UnsafeBuffer> change) {
        final UnsafeBuffer source = new UnsafeBuffer(command);
        final long sequence = gateway.journal().nextSequence();
        final int length = gateway.engine().apply(sequence, nowMs, source, 0, command.length, outcome, 0);
        change.accept(outcome);
        internal.wrap(
                keyVersion,
                gateway.engine().stateHashHigh() + addedHash,
                gateway.engine().stateHashLow());
        gateway.journal()
                .append(
                        sequence,
                        nowMs,
                        InternalPart.RULES_VERSION,
                        0,
                        source,
                        0,
                        command.length,
                        outcome,
                        0,
                        length,
                        internal.buffer(),
                        0,
                        InternalPart.LENGTH);
        final byte[] copy = new byte[length];
        outcome.getBytes(0, copy);
        return copy;
    }

    void seal() {
        seal(0);
    }

    /** @param addedHash what the sealed state hash is wrong by. */
    void seal(final long addedHash) {
        gateway.journal()
                .commit(
                        gateway.engine().stateHashHigh() + addedHash,
                        gateway.engine().stateHashLow());
    }

    long lastSequence() {
        return gateway.journal().nextSequence() - 1;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
