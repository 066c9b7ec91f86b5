package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** One gateway's key and founding record, and the shortest way to append. */
final class Fixture {
    static final Sm2PrivateKey KEY = Sm2PrivateKey.generate(new SecureRandom());
    static final GatewayIdentity IDENTITY = new GatewayIdentity("GW-TEST", 1, new Sm2Signer(KEY, new SecureRandom()));
    static final Genesis GENESIS = new Genesis(
            "GW-TEST", KEY.publicKey(), "330100", KEY.publicKey(), 1_700_000_000_000L, 1, 1, new byte[] {1, 2, 3});
    static final long TIME_MS = 1_700_000_000_000L;

    private Fixture() {}

    static void found(final Store store) {
        Journal.found(store, GENESIS, IDENTITY, 1, Recorded.STATE_HASH_LOW);
    }

    static Journal open(final Store store, final ReplayListener listener) {
        return open(store, DurabilityLevel.BATCH, listener);
    }

    static Journal open(final Store store, final DurabilityLevel level, final ReplayListener listener) {
        return Journal.open(store, IDENTITY, level, listener);
    }

    /** Commits with the state hash that {@link Recorded} has then; the last record is a command. */
    static SealedBatch commit(final Journal journal) {
        return journal.commit(journal.nextSequence(), Recorded.STATE_HASH_LOW);
    }

    /** Appends a record whose parts are made of its sequence and a tag. */
    static void append(final Journal journal, final String tag, final int padding) {
        final long sequence = journal.nextSequence();
        final UnsafeBuffer command = text("command " + tag + " of " + sequence + " " + "x".repeat(padding));
        final UnsafeBuffer outcome = text("outcome " + tag);
        final UnsafeBuffer internal = text("internal");
        journal.append(
                sequence,
                TIME_MS + sequence,
                1,
                1,
                command,
                0,
                command.capacity(),
                outcome,
                0,
                outcome.capacity(),
                internal,
                0,
                internal.capacity());
    }

    static UnsafeBuffer text(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    static String command(final RecordView record) {
        return record.buffer().getStringWithoutLengthUtf8(record.commandOffset(), record.commandLength());
    }
}
