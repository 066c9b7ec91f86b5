package io.settlegate.protocol.crypto.sm2;

/** A public key's coordinates in Montgomery form. One thread. */
final class AffineKey {
    final long[] x = Sm2Field.element();
    final long[] y = Sm2Field.element();
    private final long[] words = new long[Sm2Order.WORDS];

    /** Takes 64 bytes x, y, big-endian, of a point that is known to be on the curve. */
    void set(final byte[] encoded, final int offset) {
        get(x, encoded, offset);
        get(y, encoded, offset + Sm2Order.BYTES);
    }

    private void get(final long[] out, final byte[] encoded, final int offset) {
        Sm2Order.get(words, encoded, offset);
        Sm2Field.fromWords(out, words);
        Sm2Field.toMontgomery(out, out);
    }
}
