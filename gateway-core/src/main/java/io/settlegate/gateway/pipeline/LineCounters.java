package io.settlegate.gateway.pipeline;

import io.settlegate.protocol.ResultCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was answered: one counter for each result code, and one for repeats. Written by any stage and event loop, read by any
 * thread.
 */
public final class LineCounters {
    private final Map<ResultCode, LongAdder> byCode = new EnumMap<>(ResultCode.class);
    private final LongAdder repeats = new LongAdder();

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

    public long answers(final ResultCode code) {
        return byCode.get(code).sum();
    }

    public long repeats() {
        return repeats.sum();
    }
}
