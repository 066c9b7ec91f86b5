package io.settlegate.gateway.pipeline;

import com.lmax.disruptor.ExceptionHandler;

/**
 * Stops the process. A Disruptor handler whose exception is swallowed goes on with the next event, which on this line would
 * mean a reply without a record.
 */
final class FatalExceptionHandler implements ExceptionHandler<RequestSlot> {
    private final FatalExit exit;

    FatalExceptionHandler(final FatalExit exit) {
        this.exit = exit;
    }

    @Override
    public void handleEventException(final Throwable cause, final long ringSequence, final RequestSlot slot) {
        stop(cause);
    }

    @Override
    public void handleOnStartException(final Throwable cause) {
        stop(cause);
    }

    @Override
    public void handleOnShutdownException(final Throwable cause) {
        stop(cause);
    }

    private void stop(final Throwable cause) {
        exit.exit(Thread.currentThread().getName(), cause);
        // Only a test's exit returns. The stage must not go on all the same.
        throw new IllegalStateException("the line has stopped", cause);
    }
}
