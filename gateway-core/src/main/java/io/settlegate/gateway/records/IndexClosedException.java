package io.settlegate.gateway.records;

import java.io.IOException;

/** The index was closed under whoever looks something up: what was found so far may not be all. */
public final class IndexClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    IndexClosedException() {
        super("the index of records is closed");
    }
}
