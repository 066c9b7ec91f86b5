package io.settlegate.gateway;

import io.settlegate.gateway.operations.ActSink;
import io.settlegate.gateway.operations.OperatorClient;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.DurabilityLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;

/** Where signed acts go: to a running gateway, or, if none runs, into the journal of this data directory. */
interface ActTarget extends ActSink, AutoCloseable {
    /** The audience of the acts. */
    String gatewayId();

    /** Waits until every act handed over is done and durable. @throws ActRefusedException if one was refused. */
    void commit();

    /** Rows that the commits of imports made visible: all but allocations that were credited before. */
    long appliedRowCount();

    /** The engine, where it is in this process: what it holds can be told then. */
    Optional<SettlementEngine> engine();

    /** The record of the newest act that is done. */
    long lastSequence();

    @Override
    void close() throws IOException;

    /**
     * The running gateway at {@code connect}, or, where that is null, the one that listens in the data directory; says so then.
     * Else the journal itself, whose lock is taken.
     *
     * @throws IOException if a gateway was named and cannot be reached.
     */
    static ActTarget open(final DataDirectory directory, final String connect, final PrintWriter notes)
            throws IOException {
        final String gatewayId;
        try (Store store = directory.existingStore()) {
            gatewayId = Journal.genesisOf(store).gatewayId();
        }
        final Optional<OperatorClient> running = connect == null
                ? OperatorLink.tryConnectIn(directory.root(), gatewayId)
                : Optional.of(new OperatorLink(directory.root(), connect).connect(gatewayId));
        if (running.isPresent()) {
            notes.println("the gateway is running: acts go through its operators' socket");
            return new RunningTarget(running.get());
        }
        return new StoppedTarget(OpenGateway.recover(directory, DurabilityLevel.BATCH), Clock.systemUTC());
    }
}
