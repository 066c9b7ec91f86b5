package io.settlegate.gateway;

import io.settlegate.gateway.backup.BackupDirectory;
import io.settlegate.gateway.pipeline.TerminalKeys;
import io.settlegate.gateway.recovery.EngineReplay;
import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.EngineRules;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.journal.GatewayIdentity;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.security.SecureRandom;

/**
 * A gateway's journal and the engine that was recovered from it, open for writing; no terminal is served yet.
 *
 * <p>Belongs to the thread that opened it. {@link #close()} writes the head note and lets go of the lock.
 */
final class OpenGateway implements AutoCloseable {
    /** Version of the first gateway key; a later key will be vouched for by a record of its own. */
    static final int FIRST_KEY_VERSION = 1;

    private static final int ACTIVE = 1;

    private final Store store;
    private final Journal journal;
    private final EngineReplay replay;
    private final TerminalKeys terminalKeys;

    private OpenGateway(
            final Store store, final Journal journal, final EngineReplay replay, final TerminalKeys terminalKeys) {
        this.store = store;
        this.journal = journal;
        this.replay = replay;
        this.terminalKeys = terminalKeys;
    }

    /**
     * Recovers the journal of a data directory, whose store it then owns: from the newest good snapshot on, or from the first record.
     *
     * @throws IOException if a key is missing or cannot be read, or if the directory is a backup.
     * @throws io.settlegate.gateway.recovery.ReplayMismatchException if this build computes otherwise than the journal says.
     * @throws io.settlegate.journal.JournalException if the journal is damaged, locked, or another gateway's.
     */
    static OpenGateway recover(final DataDirectory data, final DurabilityLevel level) throws IOException {
        if (BackupDirectory.isBackup(data.root())) {
            throw new IOException(
                    data.root() + " is a backup, and this would write into its journal: it would go another way than"
                            + " the journal that it is a copy of. Make a data directory of it with `settlegate restore --from "
                            + data.root()
                            + " --data DIR`, and use that one");
        }
        return recover(data.store(), data.gatewayKey(), level);
    }

    /** As above, on any store. */
    static OpenGateway recover(final Store store, final Sm2PrivateKey key, final DurabilityLevel level) {
        final TerminalKeys terminalKeys = new TerminalKeys();
        final EngineReplay replay = new EngineReplay(
                (sn, publicKey, keyVersion, status, institution, laneFirst) ->
                        terminalKeys.publish(sn, publicKey, keyVersion, status == ACTIVE),
                new JournalTotals(),
                EngineReplay.Mismatches.REFUSED);
        try {
            final GatewayIdentity identity = new GatewayIdentity(
                    Journal.genesisOf(store).gatewayId(), FIRST_KEY_VERSION, new Sm2Signer(key, new SecureRandom()));
            final Journal journal = Journal.openFromSnapshot(store, identity, level, replay);
            // What is written from here on is computed under this build's rules, whichever the journal had before.
            replay.engine().rules(EngineRules.NEWEST);
            return new OpenGateway(store, journal, replay, terminalKeys);
        } catch (final RuntimeException e) {
            store.close();
            throw e;
        }
    }

    SettlementEngine engine() {
        return replay.engine();
    }

    Journal journal() {
        return journal;
    }

    /** For readers beside the line. */
    Store store() {
        return store;
    }

    EngineReplay replay() {
        return replay;
    }

    TerminalKeys terminalKeys() {
        return terminalKeys;
    }

    @Override
    public void close() {
        journal.close();
        store.close();
    }
}
