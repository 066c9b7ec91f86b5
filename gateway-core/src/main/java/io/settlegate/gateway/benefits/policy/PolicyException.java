package io.settlegate.gateway.benefits.policy;

import java.util.List;

/** A policy, or a set of versions, that cannot be used; the message names each fault. */
public final class PolicyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public PolicyException(final List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
    }
}
