package io.settlegate.protocol.crypto;

/**
 * Signatures to be verified together: what the ring offers at a time. The message and its signature lie in one array, the
 * 64 signature bytes right after the message, as in a frame.
 *
 * <p>One thread at a time. Keeps references to the arrays until {@link #clear()}; copies nothing.
 */
public final class SignatureBatch {
    private final Sm2PublicKey[] keys;
    private final byte[][] messages;
    private final int[] offsets;
    private final int[] lengths;
    private final boolean[] verdicts;
    private int count;

    public SignatureBatch(final int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is below 1");
        }
        keys = new Sm2PublicKey[capacity];
        messages = new byte[capacity][];
        offsets = new int[capacity];
        lengths = new int[capacity];
        verdicts = new boolean[capacity];
    }

    /**
     * Adds a signature.
     *
     * @param length of the message alone; the signature follows it.
     * @return index of the verdict.
     */
    public int add(final Sm2PublicKey key, final byte[] message, final int offset, final int length) {
        if (length < 0 || offset < 0 || offset > message.length - length - Sm2Signer.SIGNATURE_LENGTH) {
            throw new IllegalArgumentException("message and signature do not lie within the array");
        }
        final int index = count;
        keys[index] = key;
        messages[index] = message;
        offsets[index] = offset;
        lengths[index] = length;
        verdicts[index] = false;
        count = index + 1;
        return index;
    }

    public void clear() {
        for (int i = 0; i < count; i++) {
            keys[i] = null;
            messages[i] = null;
        }
        count = 0;
    }

    public int count() {
        return count;
    }

    public boolean isFull() {
        return count == keys.length;
    }

    public boolean verdict(final int index) {
        return verdicts[index];
    }

    /** For implementations of {@link SignatureVerifier}, as are the accessors below. */
    public void verdict(final int index, final boolean valid) {
        verdicts[index] = valid;
    }

    public Sm2PublicKey key(final int index) {
        return keys[index];
    }

    public byte[] message(final int index) {
        return messages[index];
    }

    public int offset(final int index) {
        return offsets[index];
    }

    public int length(final int index) {
        return lengths[index];
    }
}
