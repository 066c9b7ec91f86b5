package io.settlegate.gateway.desk;

/** The page is being made, and can be asked for a little later. */
public final class PageLaterException extends Exception {
    private static final long serialVersionUID = 1L;

    PageLaterException(final String what) {
        super(what);
    }
}
