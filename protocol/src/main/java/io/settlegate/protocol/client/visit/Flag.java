package io.settlegate.protocol.client.visit;

/** A field of the national interface that is 1 or 0. */
public enum Flag {
    NO,
    YES;

    /** As it stands in a message. */
    public short value() {
        return (short) ordinal();
    }
}
