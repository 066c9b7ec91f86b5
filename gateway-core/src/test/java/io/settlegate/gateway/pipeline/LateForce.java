package io.settlegate.gateway.pipeline;

import io.settlegate.journal.store.SegmentWriter;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.agrona.DirectBuffer;

/** The mutation: a force that returns first and is left to the page cache, so that replies leave before their records are durable. */
final class LateForce {
    private LateForce() {}

    static Store of(final Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    try {
                        final Object result = method.invoke(store, arguments);
                        return method.getName().equals("createSegment") ? late((SegmentWriter) result) : result;
                    } catch (final InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static SegmentWriter late(final SegmentWriter writer) {
        return new SegmentWriter() {
            @Override
            public long append(final DirectBuffer buffer, final int offset, final int length) {
                return writer.append(buffer, offset, length);
            }

            @Override
            public void force() throws IOException {
                // Not now: what was appended since stays in the page cache.
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }
}
