package io.settlegate.benchmarks;

import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.GatewayIdentity;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.Journal;
import io.settlegate.journal.SnapshotWriter;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal as a gateway leaves it: a city, more persons imported in parts, then settlements of three lines by persons in random
 * order, each with its outcome, its state hash, and 64 bytes where the signature stands, sealed in batches. Between the two a snapshot was
 * made. Signatures of
 * requests are not checked by what reads it here, and are not good; those of the seals are.
 *
 * <p>It is made once and kept in the directory that the property {@value #DIRECTORY} names, by default one below {@code
 * java.io.tmpdir}. A million persons and 300,000 settlements are 730 MB and take half a minute.
 *
 * <p>One thread; blocks on the disk.
 */
final class SettledJournal {
    static final String DIRECTORY = "settlegate.benchmarks.journals";

    private static final long START_MS = Instant.parse("2026-01-05T01:00:00Z").toEpochMilli();
    private static final int CITY_PERSONS = 1_000;
    private static final int ACTS_PER_SEAL = 64;
    private static final String KEY = "the key of a benchmark's journal, which protects nothing";

    private final SettlementEngine engine;
    private final Journal journal;
    private final InternalPart internal = new InternalPart();
    private final UnsafeBuffer outcome = new UnsafeBuffer(new byte[Limits.MAX_FRAME_LENGTH]);
    private int openCount;

    private SettledJournal(final SettlementEngine engine, final Journal journal) {
        this.engine = engine;
        this.journal = journal;
    }

    /** The journal's directory; makes it if it is not there. */
    static Path of(final int persons, final int settlements, final int batchSize) throws IOException {
        return of(persons, settlements, batchSize, 0);
    }

    /** As above; behind every so manieth settlement stands its cancel, unless that is 0. */
    static Path of(final int persons, final int settlements, final int batchSize, final int cancelEvery)
            throws IOException {
        final Path parent = Path.of(
                System.getProperty(DIRECTORY, System.getProperty("java.io.tmpdir") + "/settlegate-benchmark-journals"));
        final Path path = parent.resolve(
                "p" + persons + "-s" + settlements + "-b" + batchSize + (cancelEvery == 0 ? "" : "-c" + cancelEvery));
        if (!Files.exists(path)) {
            Files.createDirectories(parent);
            final Path beside = Files.createTempDirectory(parent, "unfinished-");
            make(beside.resolve("journal"), persons, settlements, batchSize, cancelEvery);
            Files.move(beside.resolve("journal"), path);
            Files.delete(beside);
        }
        return path;
    }

    /** Whose journal it is: always the same gateway, so that a journal which was kept can be opened. */
    static GatewayIdentity identity() {
        final Sm2PrivateKey key = Sm2PrivateKey.decode(Sm3.hash(KEY.getBytes(StandardCharsets.US_ASCII)));
        return new GatewayIdentity(SampleJournal.GATEWAY_ID, 1, new Sm2Signer(key, new SecureRandom()));
    }

    private static void make(
            final Path path, final int persons, final int settlements, final int batchSize, final int cancelEvery)
            throws IOException {
        final GatewayIdentity identity = identity();
        final SettlementEngine founding = new SettlementEngine(SampleCity.parameters(), TerminalListener.NONE);
        try (Store store = ChronicleStore.in(path)) {
            Journal.found(
                    store,
                    new Genesis(
                            identity.gatewayId(),
                            identity.signer().publicKey(),
                            SampleJournal.REGION,
                            identity.signer().publicKey(),
                            START_MS,
                            1,
                            InternalPart.RULES_VERSION,
                            SampleCity.parameters().encode()),
                    identity,
                    founding.stateHashHigh(),
                    founding.stateHashLow());
            final EngineReplay replay =
                    new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.REFUSED);
            try (Journal journal = Journal.open(store, identity, DurabilityLevel.PROCESS, replay)) {
                final SettledJournal settled = new SettledJournal(replay.engine(), journal);
                final SampleCity city = settled.importCity(persons);
                SnapshotWriter.write(
                        store,
                        new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.REFUSED),
                        1);
                settled.settle(city, persons, settlements, batchSize, cancelEvery);
            }
        }
    }

    private SampleCity importCity(final int persons) throws IOException {
        final SampleCity city = new SampleCity(CITY_PERSONS);
        city.importInto(this::act, START_MS);
        new SyntheticPersons(persons).importInto(this::act, START_MS);
        seal(1);
        return city;
    }

    private void settle(
            final SampleCity city,
            final int persons,
            final int settlements,
            final int batchSize,
            final int cancelEvery) {
        final CancelFrame cancel = new CancelFrame();
        final FreshSettlements fresh = new FreshSettlements(city, persons, START_MS);
        UnsafeBuffer[] frames = fresh.next();
        int next = 0;
        for (int i = 0; i < settlements; i++) {
            if (next == frames.length) {
                frames = fresh.next();
                next = 0;
            }
            final UnsafeBuffer frame = frames[next];
            next++;
            append(frame, 0, frame.capacity(), fresh.timeMs(), 1);
            seal(batchSize);
            if (cancelEvery > 0 && i % cancelEvery == 0) {
                final UnsafeBuffer cancelling = cancel.of(frame, outcome);
                append(cancelling, 0, cancelling.capacity(), fresh.timeMs(), 1);
                seal(batchSize);
            }
        }
        seal(1);
    }

    private void act(final DirectBuffer frame, final int offset, final int length) {
        append(frame, offset, length, START_MS, 0);
        SampleCity.checkAct(outcome);
        seal(ACTS_PER_SEAL);
    }

    private void append(
            final DirectBuffer frame, final int offset, final int length, final long arrivalMs, final int keyVersion) {
        final long sequence = journal.nextSequence();
        final long timeMs = engine.engineTime(arrivalMs);
        final int outcomeLength = engine.apply(sequence, timeMs, frame, offset, length, outcome, 0);
        internal.wrap(keyVersion, engine.stateHashHigh(), engine.stateHashLow());
        journal.append(
                sequence,
                timeMs,
                InternalPart.RULES_VERSION,
                keyVersion,
                frame,
                offset,
                length,
                outcome,
                0,
                outcomeLength,
                internal.buffer(),
                0,
                InternalPart.LENGTH);
        openCount++;
    }

    /** Seals if so many records are open. */
    private void seal(final int count) {
        if (openCount >= count) {
            journal.commit(engine.stateHashHigh(), engine.stateHashLow());
            openCount = 0;
        }
    }
}
