package io.settlegate.gateway.settlement;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The engine: a function of the journal. */
public final class SettlementEngine {
    private final EngineParameters parameters;
    private long lastTimeMs;

    public SettlementEngine(final EngineParameters parameters, final TerminalListener listener) {
        this.parameters = parameters;
    }

    public EngineParameters parameters() {
        return parameters;
    }

    public long engineTime(final long arrivalMs) {
        return Math.max(lastTimeMs, arrivalMs);
    }

    public int apply(final long sequence, final long timeMs, final DirectBuffer command, final int offset, final int length,
            final MutableDirectBuffer outcome, final int outcomeOffset) {
        lastTimeMs = timeMs;
        return 0;
    }

    public long stateHashHigh() {
        return 0;
    }

    public long stateHashLow() {
        return 0;
    }

    public long recomputeStateHashHigh() {
        return 0;
    }

    public long recomputeStateHashLow() {
        return 0;
    }

    public long ledgerSumFen() {
        return 0;
    }

    public int terminalKeyVersion(final DirectBuffer sn, final int offset) {
        return 0;
    }

    public long lastTimeMs() {
        return lastTimeMs;
    }
}
