package io.settlegate.gateway.pipeline;

import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.operations.ImportFiles;
import io.settlegate.gateway.operations.ImportReport;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.EngineParameters;
import io.settlegate.gateway.settlement.EngineRules;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.GatewayIdentity;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A small city founded once on a store in memory; each {@link #copy} is a journal of its own that begins there. */
final class FoundedCity {
    static final long FOUNDED_MS = LocalDateTime.of(2026, 11, 20, 10, 0)
            .toInstant(ZoneOffset.ofHours(8))
            .toEpochMilli();
    private static final int KEY_VERSION = 1;

    private final Sm2PrivateKey key;
    private final Function<String, SecureRandom> randoms;
    private final List<TerminalIdentity> terminals = new ArrayList<>();
    private final MemoryStore store;
    private final int rulesVersion;

    FoundedCity(final Path directory, final MemoryFaults faults) throws IOException {
        this(directory, faults, purpose -> new SecureRandom());
    }

    /** @param rulesVersion under which it is founded and filled. */
    FoundedCity(final Path directory, final MemoryFaults faults, final int rulesVersion) throws IOException {
        this(directory, faults, purpose -> new SecureRandom(), rulesVersion);
    }

    /** @param randoms a source for each purpose: "gateway key", "terminal key", "seal", "act". */
    FoundedCity(final Path directory, final MemoryFaults faults, final Function<String, SecureRandom> randoms)
            throws IOException {
        this(directory, faults, randoms, EngineRules.NEWEST);
    }

    private FoundedCity(
            final Path directory,
            final MemoryFaults faults,
            final Function<String, SecureRandom> randoms,
            final int rulesVersion)
            throws IOException {
        this.randoms = randoms;
        this.rulesVersion = rulesVersion;
        key = Sm2PrivateKey.generate(randoms.apply("gateway key"));
        store = new MemoryStore(faults);
        final Sm2PrivateKey terminalKey = Sm2PrivateKey.generate(randoms.apply("terminal key"));
        for (final String institution : List.of(SmallCity.PHARMACY, SmallCity.HOSPITAL)) {
            terminals.add(
                    new TerminalIdentity("SN-" + institution.charAt(0), institution, SmallCity.COUNTY, terminalKey));
        }
        SmallCity.write(directory, terminals);
        Files.copy(Path.of("src/main/resources/demo/policy.yaml"), directory.resolve("policy.yaml"));
        found();
        fill(directory);
    }

    private void found() {
        final EngineParameters parameters = EngineParameters.standard(SmallCity.GATEWAY_ID, SmallCity.REGION, 11, 22);
        final SettlementEngine engine = new SettlementEngine(parameters, TerminalListener.NONE);
        final Genesis genesis = new Genesis(
                SmallCity.GATEWAY_ID,
                key.publicKey(),
                SmallCity.REGION,
                key.publicKey(),
                FOUNDED_MS,
                MessageHeaderEncoder.SCHEMA_VERSION,
                rulesVersion,
                parameters.encode());
        Journal.found(store, genesis, identity(), engine.stateHashHigh(), engine.stateHashLow());
    }

    private void fill(final Path directory) throws IOException {
        final EngineReplay replay =
                new EngineReplay(TerminalListener.NONE, new JournalTotals(), EngineReplay.Mismatches.REFUSED);
        try (Journal journal = Journal.open(store, identity(), DurabilityLevel.BATCH, replay)) {
            final SettlementEngine engine = replay.engine();
            final ImportReport report = new ImportFiles(directory)
                    .load(new ImportActs(
                            (frame, offset, length) -> append(journal, engine, FOUNDED_MS, frame, offset, length),
                            Sm2Signer.withNoncesFrom(key, randoms.apply("act")),
                            SmallCity.GATEWAY_ID,
                            "first",
                            Clock.fixed(Instant.ofEpochMilli(FOUNDED_MS), ZoneOffset.UTC)));
            if (!report.isGood() || replay.engine().counts().terminals() != terminals.size()) {
                throw new AssertionError("the city was not imported: " + report);
            }
            journal.commit(engine.stateHashHigh(), engine.stateHashLow());
        }
    }

    /** Applies a command under the engine's rules and appends it to the open batch. */
    static void append(
            final Journal journal,
            final SettlementEngine engine,
            final long timeMs,
            final DirectBuffer act,
            final int offset,
            final int length) {
        append(journal, engine, timeMs, act, offset, length, engine.rules());
    }

    /** The same, with a version of the rules that the record names and the engine need not know. */
    static void append(
            final Journal journal,
            final SettlementEngine engine,
            final long timeMs,
            final DirectBuffer act,
            final int offset,
            final int length,
            final int rulesVersion) {
        final UnsafeBuffer outcome = new UnsafeBuffer(new byte[RequestSlot.MAX_OUTCOME_LENGTH]);
        final InternalPart internal = new InternalPart();
        final long sequence = journal.nextSequence();
        final int outcomeLength = engine.apply(sequence, timeMs, act, offset, length, outcome, 0);
        internal.wrap(0, engine.stateHashHigh(), engine.stateHashLow());
        journal.append(
                sequence,
                timeMs,
                rulesVersion,
                0,
                act,
                offset,
                length,
                outcome,
                0,
                outcomeLength,
                internal.buffer(),
                0,
                InternalPart.LENGTH);
    }

    Sm2PublicKey gatewayKey() {
        return key.publicKey();
    }

    GatewayIdentity identity() {
        return new GatewayIdentity(
                SmallCity.GATEWAY_ID, KEY_VERSION, Sm2Signer.withNoncesFrom(key, randoms.apply("seal")));
    }

    List<TerminalIdentity> terminals() {
        return terminals;
    }

    /** All of it was forced, so a power cut leaves a whole copy. */
    MemoryStore copy() {
        return store.afterPowerCut();
    }
}
