package io.settlegate.gateway;

import io.settlegate.gateway.operations.ActAnswer;
import io.settlegate.gateway.operations.OperatorActs;
import io.settlegate.gateway.operations.OperatorClient;
import io.settlegate.gateway.operations.ReadScope;
import io.settlegate.gateway.operations.SignedAct;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.receipt.DurabilityLevel;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Leaves the record that a journal is about to be read unmasked: through the running gateway, or, if none runs, in its journal.
 *
 * <p>One thread; blocks on the socket, or, where none runs, for as long as a start takes. Answers only when the record is durable
 * and proven; everything else is an exception, and then nothing may be shown.
 */
final class ReadTrail {
    private final DataDirectory directory;
    private final String connect;
    private final Sm2PrivateKey key;

    /** @param connect as `--connect` was given, or null for the socket in the data directory. */
    ReadTrail(final DataDirectory directory, final String connect, final Sm2PrivateKey key) {
        this.directory = directory;
        this.connect = connect;
        this.key = key;
    }

    /** @return the sequence of the record. */
    long leave(final ReadScope scope, final String reason) throws IOException {
        final Genesis genesis;
        try (Store store = directory.existingStore()) {
            genesis = Journal.genesisOf(store);
        }
        final SignedAct act = new OperatorActs(
                        new Sm2Signer(key, new SecureRandom()), genesis.gatewayId(), Clock.systemUTC())
                .readUnmasked(scope, reason);
        final Optional<OperatorClient> running = connect == null
                ? OperatorLink.tryConnectIn(directory.root(), genesis.gatewayId())
                : Optional.of(new OperatorLink(directory.root(), connect).connect(genesis.gatewayId()));
        return running.isPresent() ? leave(act, running.get(), genesis) : leaveInJournal(act);
    }

    private static long leave(final SignedAct act, final OperatorClient running, final Genesis genesis)
            throws IOException {
        final ActAnswer answer;
        try (OperatorClient client = running) {
            answer = client.perform(act);
        } catch (final IOException e) {
            throw new IOException(
                    "the gateway gave no answer (" + e.getMessage()
                            + "): whether the reading is on record is not known, so nothing is shown. Run the command again",
                    e);
        }
        if (answer.kind() != ActAnswer.Kind.DONE) {
            throw new ActRefusedException(answer);
        }
        final ReceiptVerdict verdict = new ReceiptVerifier(genesis.gatewayKey(), new BouncyCastleVerifier())
                .verify(answer.receipt(), answer.outcome(), act.frame());
        if (!verdict.isValid()) {
            throw new IOException("the answer to act " + act.actId() + " is not proven (" + verdict.step() + ", "
                    + verdict.detail() + "): nothing is shown; find out who answers on that socket");
        }
        return answer.sequence();
    }

    private long leaveInJournal(final SignedAct act) throws IOException {
        try (OpenGateway gateway = OpenGateway.recover(directory, DurabilityLevel.BATCH)) {
            final ActRecorder recorder = new ActRecorder(gateway.engine(), gateway.journal(), Clock.systemUTC());
            recorder.accept(new UnsafeBuffer(act.frame()), 0, act.frame().length);
            final long sequence = gateway.journal().nextSequence() - 1;
            recorder.commit();
            return sequence;
        }
    }
}
