package io.settlegate.gateway.pipeline;

/** What to do when a stage fails in a way that must stop the process. Called on the failing thread; it does not return. */
@FunctionalInterface
public interface FatalExit {
    void exit(String stage, Throwable cause);
}
