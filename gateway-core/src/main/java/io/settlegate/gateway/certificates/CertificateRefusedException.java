package io.settlegate.gateway.certificates;

/**
 * A certificate or a revocation list does not do. The message says which, why, and what to do; it names files and places in them,
 * never a subject, because a file that was taken by mistake may be a person's.
 */
public final class CertificateRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    CertificateRefusedException(final String where, final String fault, final String advice) {
        super(where + " " + fault + ": " + advice);
    }

    CertificateRefusedException(final String where, final String fault, final String advice, final Exception cause) {
        super(where + " " + fault + ": " + advice, cause);
    }
}
