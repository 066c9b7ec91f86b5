package io.settlegate.gateway.pipeline;

import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/** Counts what the writer appended, records and seals, and what of it was forced. */
final class ForceLog {
    private final AtomicLong appendedCount = new AtomicLong();
    private final AtomicLong forcedCount = new AtomicLong();
    private final AtomicLong writerForceCount = new AtomicLong();

    Store around(final Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    try {
                        final long before = appendedCount.get();
                        final Object result = method.invoke(store, arguments);
                        if (method.getName().equals("forceSegment")) {
                            forcedCount.set(before);
                        }
                        return method.getName().equals("createSegment") ? logged((SegmentWriter) result) : result;
                    } catch (final InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private SegmentWriter logged(final SegmentWriter writer) {
        return new SegmentWriter() {
            @Override
            public long append(final DirectBuffer buffer, final int offset, final int length) {
                final long position = writer.append(buffer, offset, length);
                appendedCount.incrementAndGet();
                return position;
            }

            @Override
            public void force() throws IOException {
                writer.force();
                forcedCount.set(appendedCount.get());
                writerForceCount.incrementAndGet();
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }

    /** Records and seals that the store has. */
    long appendedCount() {
        return appendedCount.get();
    }

    /** Of those, how many were forced. */
    long forcedCount() {
        return forcedCount.get();
    }

    /** Forces that the writer waited for. */
    long writerForceCount() {
        return writerForceCount.get();
    }
}
