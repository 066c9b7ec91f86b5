package io.settlegate.gateway.pipeline;

/**
 * An operator's connection. An act may change who may speak, so its session is told twice: when the engine has applied it, and
 * when it is durable. Neither call blocks.
 */
public interface ActSession extends Session {
    /**
     * Settle stage: the engine has applied an act of this session, and nothing else since it was handed one. State runs ahead
     * of the journal here, so nothing of it may be seen outside yet.
     *
     * @param sequence of the act's record.
     */
    void applied(long sequence);

    /** Reply stage: the act of this record is durable. Its reply follows. */
    void durable(long sequence);
}
