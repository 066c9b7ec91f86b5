package io.settlegate.gateway.certificates;

/** Whether revocation lists were looked at. There is no third way: a list that is missing or stale is a refusal. */
public enum Revocation {
    /** The operator did without, and the act says so. */
    WAIVED(0),
    /** For each certificate of the chain a current list of its issuer, in which it does not stand. */
    LISTS_CHECKED(1);

    private final int wireValue;

    Revocation(final int wireValue) {
        this.wireValue = wireValue;
    }

    /** As in the act. */
    public int wireValue() {
        return wireValue;
    }
}
