package io.settlegate.journal;

/**
 * The disk refused a force. Fatal: the kernel may have dropped the pages, so nothing since the last durable seal can be
 * believed, and a second force that succeeds would prove nothing. The process must end without another reply.
 */
public final class ForceFailedException extends JournalException {
    public ForceFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
