package io.settlegate.gateway.settlement;

/** The engine failed while it wrote its state, which may now be half written: the process must stop and replay. */
public final class EngineCommitException extends RuntimeException {
    public EngineCommitException(final long sequence, final Throwable cause) {
        super("the engine failed while committing record " + sequence + "; stop and replay the journal", cause);
    }
}
