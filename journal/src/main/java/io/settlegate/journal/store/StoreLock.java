package io.settlegate.journal.store;

/** The right to write, held until closed or until the process ends. */
@FunctionalInterface
public interface StoreLock extends AutoCloseable {
    @Override
    void close();
}
