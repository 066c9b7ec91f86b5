package io.settlegate.protocol.crypto.sm2;

/** Turns X / ZZ into a plain number. One thread; the same steps whatever the values are, but for the result itself. */
final class AffineX {
    private final FieldInversion inversion = new FieldInversion();
    private final long[] inverse = Sm2Field.element();

    /** words = X / ZZ, four words below p; 0 where ZZ is. */
    void get(final long[] words, final XyzzPoint point) {
        inversion.invert(inverse, point.zz);
        Sm2Field.mul(inverse, inverse, point.x);
        Sm2Field.fromMontgomery(inverse, inverse);
        Sm2Field.toWords(words, inverse);
    }
}
