package io.settlegate.protocol.crypto.lanes;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.settlegate.protocol.crypto.sm3.BlockLanes;
import io.settlegate.protocol.crypto.sm3.Sm3Compression;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BlockLanes} on the Vector API: {@link Sm3Compression} with a vector of eight lanes for each of its words, step for step.
 *
 * <p>The rounds with parity, those with majority and choice, and the expansion are methods of their own, each short enough for the
 * compilers; between them the variables of the rounds lie in {@code variables}. No method takes or returns a vector, and the
 * small functions are written out where they are used: a vector that crosses a call which is not inlined is boxed, and the
 * compiler inlines little of its own accord in methods of so many vector operations.
 *
 * <p>One thread. Allocates nothing once compiled. For digests that are compared with others, see {@link
 * io.settlegate.protocol.crypto.Sm3Batch#inLanes}.
 */
public final class VectorBlockLanes implements BlockLanes {
    private static final VectorSpecies<Integer> S = IntVector.SPECIES_256;
    private static final int[] T = Sm3Compression.roundConstants();

    private final int[] variables = new int[STATES_WORDS];

    @Override
    public boolean isNative() {
        return IntVector.SPECIES_PREFERRED.length() >= LANES;
    }

    @Override
    public void compress(final int[] states, final int[] words, final int[] active) {
        expand(words);
        System.arraycopy(states, 0, variables, 0, STATES_WORDS);
        earlyRounds(variables, words);
        lateRounds(variables, words);
        mix(states, variables, active);
    }

    /** Written out for the reason that {@link Sm3Compression} gives. */
    private static void expand(final int[] w) {
        expandFour(w, 16);
        expandFour(w, 20);
        expandFour(w, 24);
        expandFour(w, 28);
        expandFour(w, 32);
        expandFour(w, 36);
        expandFour(w, 40);
        expandFour(w, 44);
        expandFour(w, 48);
        expandFour(w, 52);
        expandFour(w, 56);
        expandFour(w, 60);
        expandFour(w, 64);
    }

    private static void expandFour(final int[] w, final int j) {
        IntVector x = IntVector.fromArray(S, w, (j - 16) * LANES)
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 9) * LANES))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 3) * LANES).lanewise(ROL, 15));
        x.lanewise(XOR, x.lanewise(ROL, 15))
                .lanewise(XOR, x.lanewise(ROL, 23))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 13) * LANES).lanewise(ROL, 7))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 6) * LANES))
                .intoArray(w, j * LANES);
        x = IntVector.fromArray(S, w, (j - 15) * LANES)
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 8) * LANES))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 2) * LANES).lanewise(ROL, 15));
        x.lanewise(XOR, x.lanewise(ROL, 15))
                .lanewise(XOR, x.lanewise(ROL, 23))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 12) * LANES).lanewise(ROL, 7))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 5) * LANES))
                .intoArray(w, (j + 1) * LANES);
        x = IntVector.fromArray(S, w, (j - 14) * LANES)
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 7) * LANES))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 1) * LANES).lanewise(ROL, 15));
        x.lanewise(XOR, x.lanewise(ROL, 15))
                .lanewise(XOR, x.lanewise(ROL, 23))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 11) * LANES).lanewise(ROL, 7))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 4) * LANES))
                .intoArray(w, (j + 2) * LANES);
        x = IntVector.fromArray(S, w, (j - 13) * LANES)
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 6) * LANES))
                .lanewise(XOR, IntVector.fromArray(S, w, j * LANES).lanewise(ROL, 15));
        x.lanewise(XOR, x.lanewise(ROL, 15))
                .lanewise(XOR, x.lanewise(ROL, 23))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 10) * LANES).lanewise(ROL, 7))
                .lanewise(XOR, IntVector.fromArray(S, w, (j - 3) * LANES))
                .intoArray(w, (j + 3) * LANES);
    }

    private static void earlyRounds(final int[] v, final int[] w) {
        IntVector a = IntVector.fromArray(S, v, 0);
        IntVector b = IntVector.fromArray(S, v, LANES);
        IntVector c = IntVector.fromArray(S, v, 2 * LANES);
        IntVector d = IntVector.fromArray(S, v, 3 * LANES);
        IntVector e = IntVector.fromArray(S, v, 4 * LANES);
        IntVector f = IntVector.fromArray(S, v, 5 * LANES);
        IntVector g = IntVector.fromArray(S, v, 6 * LANES);
        IntVector h = IntVector.fromArray(S, v, 7 * LANES);
        for (int j = 0; j < Sm3Compression.LATE_ROUNDS; j += 4) {
            IntVector r = a.lanewise(ROL, 12);
            IntVector ss1 = r.add(T[j]).add(e).lanewise(ROL, 7);
            IntVector wj = IntVector.fromArray(S, w, j * LANES);
            IntVector w4 = IntVector.fromArray(S, w, (j + 4) * LANES);
            d = d.add(a.lanewise(XOR, b).lanewise(XOR, c))
                    .add(wj.lanewise(XOR, w4))
                    .add(ss1.lanewise(XOR, r));
            h = h.add(e.lanewise(XOR, f).lanewise(XOR, g)).add(wj).add(ss1);
            h = h.lanewise(XOR, h.lanewise(ROL, 9)).lanewise(XOR, h.lanewise(ROL, 17));
            b = b.lanewise(ROL, 9);
            f = f.lanewise(ROL, 19);

            r = d.lanewise(ROL, 12);
            ss1 = r.add(T[j + 1]).add(h).lanewise(ROL, 7);
            wj = IntVector.fromArray(S, w, (j + 1) * LANES);
            w4 = IntVector.fromArray(S, w, (j + 5) * LANES);
            c = c.add(d.lanewise(XOR, a).lanewise(XOR, b))
                    .add(wj.lanewise(XOR, w4))
                    .add(ss1.lanewise(XOR, r));
            g = g.add(h.lanewise(XOR, e).lanewise(XOR, f)).add(wj).add(ss1);
            g = g.lanewise(XOR, g.lanewise(ROL, 9)).lanewise(XOR, g.lanewise(ROL, 17));
            a = a.lanewise(ROL, 9);
            e = e.lanewise(ROL, 19);

            r = c.lanewise(ROL, 12);
            ss1 = r.add(T[j + 2]).add(g).lanewise(ROL, 7);
            wj = IntVector.fromArray(S, w, (j + 2) * LANES);
            w4 = IntVector.fromArray(S, w, (j + 6) * LANES);
            b = b.add(c.lanewise(XOR, d).lanewise(XOR, a))
                    .add(wj.lanewise(XOR, w4))
                    .add(ss1.lanewise(XOR, r));
            f = f.add(g.lanewise(XOR, h).lanewise(XOR, e)).add(wj).add(ss1);
            f = f.lanewise(XOR, f.lanewise(ROL, 9)).lanewise(XOR, f.lanewise(ROL, 17));
            d = d.lanewise(ROL, 9);
            h = h.lanewise(ROL, 19);

            r = b.lanewise(ROL, 12);
            ss1 = r.add(T[j + 3]).add(f).lanewise(ROL, 7);
            wj = IntVector.fromArray(S, w, (j + 3) * LANES);
            w4 = IntVector.fromArray(S, w, (j + 7) * LANES);
            a = a.add(b.lanewise(XOR, c).lanewise(XOR, d))
                    .add(wj.lanewise(XOR, w4))
                    .add(ss1.lanewise(XOR, r));
            e = e.add(f.lanewise(XOR, g).lanewise(XOR, h)).add(wj).add(ss1);
            e = e.lanewise(XOR, e.lanewise(ROL, 9)).lanewise(XOR, e.lanewise(ROL, 17));
            c = c.lanewise(ROL, 9);
            g = g.lanewise(ROL, 19);
        }
        a.intoArray(v, 0);
        b.intoArray(v, LANES);
        c.intoArray(v, 2 * LANES);
        d.intoArray(v, 3 * LANES);
        e.intoArray(v, 4 * LANES);
        f.intoArray(v, 5 * LANES);
        g.intoArray(v, 6 * LANES);
        h.intoArray(v, 7 * LANES);
    }

    private static void lateRounds(final int[] v, final int[] w) {
        IntVector a = IntVector.fromArray(S, v, 0);
        IntVector b = IntVector.fromArray(S, v, LANES);
        IntVector c = IntVector.fromArray(S, v, 2 * LANES);
        IntVector d = IntVector.fromArray(S, v, 3 * LANES);
        IntVector e = IntVector.fromArray(S, v, 4 * LANES);
        IntVector f = IntVector.fromArray(S, v, 5 * LANES);
        IntVector g = IntVector.fromArray(S, v, 6 * LANES);
        IntVector h = IntVector.fromArray(S, v, 7 * LANES);
        for (int j = Sm3Compression.LATE_ROUNDS; j < Sm3Compression.ROUNDS; j += 4) {
            IntVector r = a.lanewise(ROL, 12);
            IntVector ss1 = r.add(T[j]).add(e).lanewise(ROL, 7);
            IntVector wj = IntVector.fromArray(S, w, j * LANES);
            IntVector w4 = IntVector.fromArray(S, w, (j + 4) * LANES);
            d = d.add(b.lanewise(OR, c).lanewise(AND, a).lanewise(OR, b.lanewise(AND, c)))
                    .add(wj.lanewise(XOR, w4))
                    .add(ss1.lanewise(XOR, r));
            h = h.add(f.lanewise(XOR, g).lanewise(AND, e).lanewise(XOR, g))
                    .add(wj)
                    .add(ss1);
            h = h.lanewise(XOR, h.lanewise(ROL, 9)).lanewise(XOR, h.lanewise(ROL, 17));
            b = b.lanewise(ROL, 9);
            f = f.lanewise(ROL, 19);

            r = d.lanewise(ROL, 12);
            ss1 = r.add(T[j + 1]).add(h).lanewise(ROL, 7);
            wj = IntVector.fromArray(S, w, (j + 1) * LANES);
            w4 = IntVector.fromArray(S, w, (j + 5) * LANES);
            c = c.add(a.lanewise(OR, b).lanewise(AND, d).lanewise(OR, a.lanewise(AND, b)))
                    .add(wj.lanewise(XOR, w4))
                    .add(ss1.lanewise(XOR, r));
            g = g.add(e.lanewise(XOR, f).lanewise(AND, h).lanewise(XOR, f))
                    .add(wj)
                    .add(ss1);
            g = g.lanewise(XOR, g.lanewise(ROL, 9)).lanewise(XOR, g.lanewise(ROL, 17));
            a = a.lanewise(ROL, 9);
            e = e.lanewise(ROL, 19);

            r = c.lanewise(ROL, 12);
            ss1 = r.add(T[j + 2]).add(g).lanewise(ROL, 7);
            wj = IntVector.fromArray(S, w, (j + 2) * LANES);
            w4 = IntVector.fromArray(S, w, (j + 6) * LANES);
            b = b.add(d.lanewise(OR, a).lanewise(AND, c).lanewise(OR, d.lanewise(AND, a)))
                    .add(wj.lanewise(XOR, w4))
                    .add(ss1.lanewise(XOR, r));
            f = f.add(h.lanewise(XOR, e).lanewise(AND, g).lanewise(XOR, e))
                    .add(wj)
                    .add(ss1);
            f = f.lanewise(XOR, f.lanewise(ROL, 9)).lanewise(XOR, f.lanewise(ROL, 17));
            d = d.lanewise(ROL, 9);
            h = h.lanewise(ROL, 19);

            r = b.lanewise(ROL, 12);
            ss1 = r.add(T[j + 3]).add(f).lanewise(ROL, 7);
            wj = IntVector.fromArray(S, w, (j + 3) * LANES);
            w4 = IntVector.fromArray(S, w, (j + 7) * LANES);
            a = a.add(c.lanewise(OR, d).lanewise(AND, b).lanewise(OR, c.lanewise(AND, d)))
                    .add(wj.lanewise(XOR, w4))
                    .add(ss1.lanewise(XOR, r));
            e = e.add(g.lanewise(XOR, h).lanewise(AND, f).lanewise(XOR, h))
                    .add(wj)
                    .add(ss1);
            e = e.lanewise(XOR, e.lanewise(ROL, 9)).lanewise(XOR, e.lanewise(ROL, 17));
            c = c.lanewise(ROL, 9);
            g = g.lanewise(ROL, 19);
        }
        a.intoArray(v, 0);
        b.intoArray(v, LANES);
        c.intoArray(v, 2 * LANES);
        d.intoArray(v, 3 * LANES);
        e.intoArray(v, 4 * LANES);
        f.intoArray(v, 5 * LANES);
        g.intoArray(v, 6 * LANES);
        h.intoArray(v, 7 * LANES);
    }

    /** Adds the new state to the old one, which in lanes that are not active adds nothing. */
    private static void mix(final int[] states, final int[] v, final int[] active) {
        final IntVector mask = IntVector.fromArray(S, active, 0);
        for (int i = 0; i < STATES_WORDS; i += LANES) {
            IntVector.fromArray(S, v, i)
                    .lanewise(AND, mask)
                    .lanewise(XOR, IntVector.fromArray(S, states, i))
                    .intoArray(states, i);
        }
    }
}
