package io.settlegate.gateway.pipeline;

/**
 * Answers queries whose answer is looked up in the journal, behind the line and on a thread of its own. The reply stage hands such a
 * query over once its record is durable.
 */
public interface Desk {
    /** Nobody sits there: each query is answered with its outcome alone. */
    Desk NONE = new Desk() {
        @Override
        public boolean answers(final int templateId) {
            return false;
        }

        @Override
        public boolean take(final DeskQuestion question) {
            return false;
        }
    };

    /** Whether requests of this template are answered here where they were done. Any thread. */
    boolean answers(int templateId);

    /**
     * Reply stage: hands a question over, which gets its answer through its session. Never blocks.
     *
     * @return false if there is no room, or nobody there any more.
     */
    boolean take(DeskQuestion question);
}
