package io.settlegate.protocol.crypto.sm2;

/** Inverts elements of the field by Fermat's theorem. One thread; keeps its scratch memory; the same steps for every element. */
final class FieldInversion {
    private final long[] x1 = Sm2Field.element();
    private final long[] x2 = Sm2Field.element();
    private final long[] x4 = Sm2Field.element();
    private final long[] x8 = Sm2Field.element();
    private final long[] x16 = Sm2Field.element();
    private final long[] x30 = Sm2Field.element();
    private final long[] x31 = Sm2Field.element();
    private final long[] x32 = Sm2Field.element();
    private final long[] t = Sm2Field.element();
    private final long[] power = Sm2Field.element();

    /** out = 1 / a, and 0 for 0: a^(p - 2), a fixed number of steps. */
    void invert(final long[] out, final long[] a) {
        // p - 2 = (2^31 - 1) 2^225 + ... : runs of ones x_k = a^(2^k - 1) are put together by squarings.
        Sm2Field.copy(x1, a);
        join(x2, x1, 1, x1);
        join(x4, x2, 2, x2);
        join(x8, x4, 4, x4);
        join(x16, x8, 8, x8);
        join(t, x16, 8, x8);
        join(t, t, 4, x4);
        join(x30, t, 2, x2);
        join(x31, x30, 1, x1);
        join(x32, x31, 1, x1);
        // p - 2, 32 bits at a time: FFFFFFFE FFFFFFFF FFFFFFFF FFFFFFFF FFFFFFFF 00000000 FFFFFFFF FFFFFFFD
        join(t, x31, 33, x32);
        join(t, t, 32, x32);
        join(t, t, 32, x32);
        join(t, t, 32, x32);
        join(t, t, 64, x32);
        join(t, t, 30, x30);
        join(out, t, 2, x1);
    }

    /** out = a^(2^count) * b. */
    private void join(final long[] out, final long[] a, final int count, final long[] b) {
        Sm2Field.copy(power, a);
        for (int i = 0; i < count; i++) {
            Sm2Field.square(power, power);
        }
        Sm2Field.mul(out, power, b);
    }
}
