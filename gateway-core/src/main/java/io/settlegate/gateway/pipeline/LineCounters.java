package io.settlegate.gateway.pipeline;

import io.settlegate.protocol.ResultCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the line and the transport count. Written by any stage, read by the housekeeping thread. One counter for each result
 * code, and a few for what has none.
 */
public final class LineCounters {
    private final Map<ResultCode, LongAdder> byCode = new EnumMap<>(ResultCode.class);
    private final LongAdder repeats = new LongAdder();
    private final LongAdder brokenFrames = new LongAdder();
    private final LongAdder slowConsumers = new LongAdder();
    private final LongAdder idleConnections = new LongAdder();

    public LineCounters() {
        for (final ResultCode code : ResultCode.values()) {
            byCode.put(code, new LongAdder());
        }
    }

    public void answered(final ResultCode code) {
        byCode.get(code).increment();
    }

    void repeated() {
        repeats.increment();
    }

    /** Bytes that were no frame; the connection was closed. */
    public void brokenFrame() {
        brokenFrames.increment();
    }

    /** A peer that did not read; the connection was closed. */
    public void slowConsumer() {
        slowConsumers.increment();
    }

    /** A peer that said nothing for too long; the connection was closed. */
    public void idleConnection() {
        idleConnections.increment();
    }

    public long answers(final ResultCode code) {
        return byCode.get(code).sum();
    }

    public long repeats() {
        return repeats.sum();
    }

    public long brokenFrames() {
        return brokenFrames.sum();
    }

    public long slowConsumers() {
        return slowConsumers.sum();
    }

    public long idleConnections() {
        return idleConnections.sum();
    }
}
