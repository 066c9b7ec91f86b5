package io.settlegate.protocol.client.desk;

/** The one thread that a desk's cases live on, and its time. */
interface DeskThread {
    /** Monotonic, in ns. */
    long nowNs();

    void execute(Runnable task);

    void after(long delayMs, Runnable task);

    /** Nothing runs any more once this has returned. */
    void close();
}
