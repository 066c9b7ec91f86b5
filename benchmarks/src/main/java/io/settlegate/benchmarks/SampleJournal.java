package io.settlegate.benchmarks;

import io.settlegate.journal.GatewayIdentity;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.Journal;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.Seal;
import java.security.SecureRandom;

/** Founds and opens a journal for a benchmark. */
final class SampleJournal {
    static final String GATEWAY_ID = "SG-BENCH";
    static final String REGION = "320300";

    private SampleJournal() {}

    static Journal open(final Store store, final DurabilityLevel level, final byte[] engineParameters) {
        final SecureRandom random = new SecureRandom();
        final Sm2PrivateKey key = Sm2PrivateKey.generate(random);
        final GatewayIdentity identity = new GatewayIdentity(GATEWAY_ID, 1, new Sm2Signer(key, random));
        final Genesis genesis = new Genesis(
                GATEWAY_ID,
                key.publicKey(),
                REGION,
                key.publicKey(),
                System.currentTimeMillis(),
                1,
                1,
                engineParameters);
        Journal.found(store, genesis, identity, 0, 0);
        return Journal.open(store, identity, level, new NoState());
    }

    private static final class NoState implements ReplayListener {
        @Override
        public void onRecord(final RecordView record) {
            // The founding alone: there is no state to rebuild.
        }

        @Override
        public void onSeal(final Seal seal) {
            // As above.
        }

        @Override
        public long stateHashHigh() {
            return 0;
        }

        @Override
        public long stateHashLow() {
            return 0;
        }
    }
}
