package io.settlegate.gateway.documents;

import io.settlegate.protocol.crypto.Sm3;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * No random source at all: each call gives SM3 of a label and a counter, so that keys and signatures come out the same in each
 * run. For documents and vectors only; a signer with such a source gives its key away.
 *
 * <p>For one thread.
 */
public final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final String label;
    private long counter;
    private byte[] last = new byte[0];

    public FixedRandom(final String label) {
        this.label = label;
    }

    @Override
    public void nextBytes(final byte[] target) {
        final byte[] name = label.getBytes(StandardCharsets.UTF_8);
        for (int done = 0; done < target.length; done += Sm3.LENGTH) {
            final byte[] block = Sm3.hash(ByteBuffer.allocate(name.length + Long.BYTES)
                    .put(name)
                    .putLong(counter++)
                    .array());
            System.arraycopy(block, 0, target, done, Math.min(Sm3.LENGTH, target.length - done));
        }
        last = target.clone();
    }

    /** What was given last: the k of a signature just made. */
    public byte[] last() {
        return Arrays.copyOf(last, last.length);
    }
}
