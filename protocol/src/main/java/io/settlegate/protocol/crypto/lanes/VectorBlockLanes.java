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
 * {@link BlockLanes} on the Vector API: {@link Sm3Compression} with two vectors of eight lanes for each of its words, step for
 * step. Each round waits for the one before it, and one vector leaves most of the processor idle meanwhile: of two that do not
 * wait for each other the second costs a third more, not as much again. Variables of the first end in 0, of the second in 1.
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
    private static final int WIDTH = 8;

    /** Each constant as often as a vector has lanes: loading it costs less than spreading it. */
    private static final int[] T = spread(Sm3Compression.roundConstants());

    private final int[] variables = new int[STATES_WORDS];

    private static int[] spread(final int[] constants) {
        final int[] spread = new int[WIDTH * constants.length];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = constants[i / WIDTH];
        }
        return spread;
    }

    @Override
    public boolean isNative() {
        return IntVector.SPECIES_PREFERRED.length() >= WIDTH;
    }

    @Override
    public void compress(final int[] states, final int[] words, final int[] active) {
        for (int j = Sm3Compression.BLOCK_WORDS; j < Sm3Compression.EXPANDED_WORDS; j++) {
            expand(words, j * LANES);
            expand(words, j * LANES + WIDTH);
        }
        System.arraycopy(states, 0, variables, 0, STATES_WORDS);
        earlyRounds(variables, words);
        lateRounds(variables, words);
        mix(states, variables, active, 0);
        mix(states, variables, active, WIDTH);
    }

    /** Makes the words of eight lanes from {@code at} on out of earlier ones. */
    private static void expand(final int[] w, final int at) {
        final IntVector x = IntVector.fromArray(S, w, at - 16 * LANES)
                .lanewise(XOR, IntVector.fromArray(S, w, at - 9 * LANES))
                .lanewise(XOR, IntVector.fromArray(S, w, at - 3 * LANES).lanewise(ROL, 15));
        x.lanewise(XOR, x.lanewise(ROL, 15))
                .lanewise(XOR, x.lanewise(ROL, 23))
                .lanewise(XOR, IntVector.fromArray(S, w, at - 13 * LANES).lanewise(ROL, 7))
                .lanewise(XOR, IntVector.fromArray(S, w, at - 6 * LANES))
                .intoArray(w, at);
    }

    private static void earlyRounds(final int[] v, final int[] w) {
        IntVector a0 = IntVector.fromArray(S, v, 0);
        IntVector b0 = IntVector.fromArray(S, v, LANES);
        IntVector c0 = IntVector.fromArray(S, v, 2 * LANES);
        IntVector d0 = IntVector.fromArray(S, v, 3 * LANES);
        IntVector e0 = IntVector.fromArray(S, v, 4 * LANES);
        IntVector f0 = IntVector.fromArray(S, v, 5 * LANES);
        IntVector g0 = IntVector.fromArray(S, v, 6 * LANES);
        IntVector h0 = IntVector.fromArray(S, v, 7 * LANES);
        IntVector a1 = IntVector.fromArray(S, v, WIDTH);
        IntVector b1 = IntVector.fromArray(S, v, LANES + WIDTH);
        IntVector c1 = IntVector.fromArray(S, v, 2 * LANES + WIDTH);
        IntVector d1 = IntVector.fromArray(S, v, 3 * LANES + WIDTH);
        IntVector e1 = IntVector.fromArray(S, v, 4 * LANES + WIDTH);
        IntVector f1 = IntVector.fromArray(S, v, 5 * LANES + WIDTH);
        IntVector g1 = IntVector.fromArray(S, v, 6 * LANES + WIDTH);
        IntVector h1 = IntVector.fromArray(S, v, 7 * LANES + WIDTH);
        for (int j = 0; j < Sm3Compression.LATE_ROUNDS; j += 4) {
            IntVector r0 = a0.lanewise(ROL, 12);
            IntVector r1 = a1.lanewise(ROL, 12);
            IntVector s0 = r0.add(IntVector.fromArray(S, T, j * WIDTH)).add(e0).lanewise(ROL, 7);
            IntVector s1 = r1.add(IntVector.fromArray(S, T, j * WIDTH)).add(e1).lanewise(ROL, 7);
            IntVector x0 = IntVector.fromArray(S, w, j * LANES);
            IntVector x1 = IntVector.fromArray(S, w, j * LANES + WIDTH);
            IntVector y0 = IntVector.fromArray(S, w, (j + 4) * LANES);
            IntVector y1 = IntVector.fromArray(S, w, (j + 4) * LANES + WIDTH);
            d0 = d0.add(a0.lanewise(XOR, b0).lanewise(XOR, c0))
                    .add(x0.lanewise(XOR, y0))
                    .add(s0.lanewise(XOR, r0));
            d1 = d1.add(a1.lanewise(XOR, b1).lanewise(XOR, c1))
                    .add(x1.lanewise(XOR, y1))
                    .add(s1.lanewise(XOR, r1));
            h0 = h0.add(e0.lanewise(XOR, f0).lanewise(XOR, g0)).add(x0).add(s0);
            h1 = h1.add(e1.lanewise(XOR, f1).lanewise(XOR, g1)).add(x1).add(s1);
            h0 = h0.lanewise(XOR, h0.lanewise(ROL, 9)).lanewise(XOR, h0.lanewise(ROL, 17));
            h1 = h1.lanewise(XOR, h1.lanewise(ROL, 9)).lanewise(XOR, h1.lanewise(ROL, 17));
            b0 = b0.lanewise(ROL, 9);
            b1 = b1.lanewise(ROL, 9);
            f0 = f0.lanewise(ROL, 19);
            f1 = f1.lanewise(ROL, 19);

            r0 = d0.lanewise(ROL, 12);
            r1 = d1.lanewise(ROL, 12);
            s0 = r0.add(IntVector.fromArray(S, T, (j + 1) * WIDTH)).add(h0).lanewise(ROL, 7);
            s1 = r1.add(IntVector.fromArray(S, T, (j + 1) * WIDTH)).add(h1).lanewise(ROL, 7);
            x0 = IntVector.fromArray(S, w, (j + 1) * LANES);
            x1 = IntVector.fromArray(S, w, (j + 1) * LANES + WIDTH);
            y0 = IntVector.fromArray(S, w, (j + 5) * LANES);
            y1 = IntVector.fromArray(S, w, (j + 5) * LANES + WIDTH);
            c0 = c0.add(d0.lanewise(XOR, a0).lanewise(XOR, b0))
                    .add(x0.lanewise(XOR, y0))
                    .add(s0.lanewise(XOR, r0));
            c1 = c1.add(d1.lanewise(XOR, a1).lanewise(XOR, b1))
                    .add(x1.lanewise(XOR, y1))
                    .add(s1.lanewise(XOR, r1));
            g0 = g0.add(h0.lanewise(XOR, e0).lanewise(XOR, f0)).add(x0).add(s0);
            g1 = g1.add(h1.lanewise(XOR, e1).lanewise(XOR, f1)).add(x1).add(s1);
            g0 = g0.lanewise(XOR, g0.lanewise(ROL, 9)).lanewise(XOR, g0.lanewise(ROL, 17));
            g1 = g1.lanewise(XOR, g1.lanewise(ROL, 9)).lanewise(XOR, g1.lanewise(ROL, 17));
            a0 = a0.lanewise(ROL, 9);
            a1 = a1.lanewise(ROL, 9);
            e0 = e0.lanewise(ROL, 19);
            e1 = e1.lanewise(ROL, 19);

            r0 = c0.lanewise(ROL, 12);
            r1 = c1.lanewise(ROL, 12);
            s0 = r0.add(IntVector.fromArray(S, T, (j + 2) * WIDTH)).add(g0).lanewise(ROL, 7);
            s1 = r1.add(IntVector.fromArray(S, T, (j + 2) * WIDTH)).add(g1).lanewise(ROL, 7);
            x0 = IntVector.fromArray(S, w, (j + 2) * LANES);
            x1 = IntVector.fromArray(S, w, (j + 2) * LANES + WIDTH);
            y0 = IntVector.fromArray(S, w, (j + 6) * LANES);
            y1 = IntVector.fromArray(S, w, (j + 6) * LANES + WIDTH);
            b0 = b0.add(c0.lanewise(XOR, d0).lanewise(XOR, a0))
                    .add(x0.lanewise(XOR, y0))
                    .add(s0.lanewise(XOR, r0));
            b1 = b1.add(c1.lanewise(XOR, d1).lanewise(XOR, a1))
                    .add(x1.lanewise(XOR, y1))
                    .add(s1.lanewise(XOR, r1));
            f0 = f0.add(g0.lanewise(XOR, h0).lanewise(XOR, e0)).add(x0).add(s0);
            f1 = f1.add(g1.lanewise(XOR, h1).lanewise(XOR, e1)).add(x1).add(s1);
            f0 = f0.lanewise(XOR, f0.lanewise(ROL, 9)).lanewise(XOR, f0.lanewise(ROL, 17));
            f1 = f1.lanewise(XOR, f1.lanewise(ROL, 9)).lanewise(XOR, f1.lanewise(ROL, 17));
            d0 = d0.lanewise(ROL, 9);
            d1 = d1.lanewise(ROL, 9);
            h0 = h0.lanewise(ROL, 19);
            h1 = h1.lanewise(ROL, 19);

            r0 = b0.lanewise(ROL, 12);
            r1 = b1.lanewise(ROL, 12);
            s0 = r0.add(IntVector.fromArray(S, T, (j + 3) * WIDTH)).add(f0).lanewise(ROL, 7);
            s1 = r1.add(IntVector.fromArray(S, T, (j + 3) * WIDTH)).add(f1).lanewise(ROL, 7);
            x0 = IntVector.fromArray(S, w, (j + 3) * LANES);
            x1 = IntVector.fromArray(S, w, (j + 3) * LANES + WIDTH);
            y0 = IntVector.fromArray(S, w, (j + 7) * LANES);
            y1 = IntVector.fromArray(S, w, (j + 7) * LANES + WIDTH);
            a0 = a0.add(b0.lanewise(XOR, c0).lanewise(XOR, d0))
                    .add(x0.lanewise(XOR, y0))
                    .add(s0.lanewise(XOR, r0));
            a1 = a1.add(b1.lanewise(XOR, c1).lanewise(XOR, d1))
                    .add(x1.lanewise(XOR, y1))
                    .add(s1.lanewise(XOR, r1));
            e0 = e0.add(f0.lanewise(XOR, g0).lanewise(XOR, h0)).add(x0).add(s0);
            e1 = e1.add(f1.lanewise(XOR, g1).lanewise(XOR, h1)).add(x1).add(s1);
            e0 = e0.lanewise(XOR, e0.lanewise(ROL, 9)).lanewise(XOR, e0.lanewise(ROL, 17));
            e1 = e1.lanewise(XOR, e1.lanewise(ROL, 9)).lanewise(XOR, e1.lanewise(ROL, 17));
            c0 = c0.lanewise(ROL, 9);
            c1 = c1.lanewise(ROL, 9);
            g0 = g0.lanewise(ROL, 19);
            g1 = g1.lanewise(ROL, 19);
        }
        a0.intoArray(v, 0);
        b0.intoArray(v, LANES);
        c0.intoArray(v, 2 * LANES);
        d0.intoArray(v, 3 * LANES);
        e0.intoArray(v, 4 * LANES);
        f0.intoArray(v, 5 * LANES);
        g0.intoArray(v, 6 * LANES);
        h0.intoArray(v, 7 * LANES);
        a1.intoArray(v, WIDTH);
        b1.intoArray(v, LANES + WIDTH);
        c1.intoArray(v, 2 * LANES + WIDTH);
        d1.intoArray(v, 3 * LANES + WIDTH);
        e1.intoArray(v, 4 * LANES + WIDTH);
        f1.intoArray(v, 5 * LANES + WIDTH);
        g1.intoArray(v, 6 * LANES + WIDTH);
        h1.intoArray(v, 7 * LANES + WIDTH);
    }

    private static void lateRounds(final int[] v, final int[] w) {
        IntVector a0 = IntVector.fromArray(S, v, 0);
        IntVector b0 = IntVector.fromArray(S, v, LANES);
        IntVector c0 = IntVector.fromArray(S, v, 2 * LANES);
        IntVector d0 = IntVector.fromArray(S, v, 3 * LANES);
        IntVector e0 = IntVector.fromArray(S, v, 4 * LANES);
        IntVector f0 = IntVector.fromArray(S, v, 5 * LANES);
        IntVector g0 = IntVector.fromArray(S, v, 6 * LANES);
        IntVector h0 = IntVector.fromArray(S, v, 7 * LANES);
        IntVector a1 = IntVector.fromArray(S, v, WIDTH);
        IntVector b1 = IntVector.fromArray(S, v, LANES + WIDTH);
        IntVector c1 = IntVector.fromArray(S, v, 2 * LANES + WIDTH);
        IntVector d1 = IntVector.fromArray(S, v, 3 * LANES + WIDTH);
        IntVector e1 = IntVector.fromArray(S, v, 4 * LANES + WIDTH);
        IntVector f1 = IntVector.fromArray(S, v, 5 * LANES + WIDTH);
        IntVector g1 = IntVector.fromArray(S, v, 6 * LANES + WIDTH);
        IntVector h1 = IntVector.fromArray(S, v, 7 * LANES + WIDTH);
        for (int j = Sm3Compression.LATE_ROUNDS; j < Sm3Compression.ROUNDS; j += 4) {
            IntVector r0 = a0.lanewise(ROL, 12);
            IntVector r1 = a1.lanewise(ROL, 12);
            IntVector s0 = r0.add(IntVector.fromArray(S, T, j * WIDTH)).add(e0).lanewise(ROL, 7);
            IntVector s1 = r1.add(IntVector.fromArray(S, T, j * WIDTH)).add(e1).lanewise(ROL, 7);
            IntVector x0 = IntVector.fromArray(S, w, j * LANES);
            IntVector x1 = IntVector.fromArray(S, w, j * LANES + WIDTH);
            IntVector y0 = IntVector.fromArray(S, w, (j + 4) * LANES);
            IntVector y1 = IntVector.fromArray(S, w, (j + 4) * LANES + WIDTH);
            d0 = d0.add(b0.lanewise(OR, c0).lanewise(AND, a0).lanewise(OR, b0.lanewise(AND, c0)))
                    .add(x0.lanewise(XOR, y0))
                    .add(s0.lanewise(XOR, r0));
            d1 = d1.add(b1.lanewise(OR, c1).lanewise(AND, a1).lanewise(OR, b1.lanewise(AND, c1)))
                    .add(x1.lanewise(XOR, y1))
                    .add(s1.lanewise(XOR, r1));
            h0 = h0.add(f0.lanewise(XOR, g0).lanewise(AND, e0).lanewise(XOR, g0))
                    .add(x0)
                    .add(s0);
            h1 = h1.add(f1.lanewise(XOR, g1).lanewise(AND, e1).lanewise(XOR, g1))
                    .add(x1)
                    .add(s1);
            h0 = h0.lanewise(XOR, h0.lanewise(ROL, 9)).lanewise(XOR, h0.lanewise(ROL, 17));
            h1 = h1.lanewise(XOR, h1.lanewise(ROL, 9)).lanewise(XOR, h1.lanewise(ROL, 17));
            b0 = b0.lanewise(ROL, 9);
            b1 = b1.lanewise(ROL, 9);
            f0 = f0.lanewise(ROL, 19);
            f1 = f1.lanewise(ROL, 19);

            r0 = d0.lanewise(ROL, 12);
            r1 = d1.lanewise(ROL, 12);
            s0 = r0.add(IntVector.fromArray(S, T, (j + 1) * WIDTH)).add(h0).lanewise(ROL, 7);
            s1 = r1.add(IntVector.fromArray(S, T, (j + 1) * WIDTH)).add(h1).lanewise(ROL, 7);
            x0 = IntVector.fromArray(S, w, (j + 1) * LANES);
            x1 = IntVector.fromArray(S, w, (j + 1) * LANES + WIDTH);
            y0 = IntVector.fromArray(S, w, (j + 5) * LANES);
            y1 = IntVector.fromArray(S, w, (j + 5) * LANES + WIDTH);
            c0 = c0.add(a0.lanewise(OR, b0).lanewise(AND, d0).lanewise(OR, a0.lanewise(AND, b0)))
                    .add(x0.lanewise(XOR, y0))
                    .add(s0.lanewise(XOR, r0));
            c1 = c1.add(a1.lanewise(OR, b1).lanewise(AND, d1).lanewise(OR, a1.lanewise(AND, b1)))
                    .add(x1.lanewise(XOR, y1))
                    .add(s1.lanewise(XOR, r1));
            g0 = g0.add(e0.lanewise(XOR, f0).lanewise(AND, h0).lanewise(XOR, f0))
                    .add(x0)
                    .add(s0);
            g1 = g1.add(e1.lanewise(XOR, f1).lanewise(AND, h1).lanewise(XOR, f1))
                    .add(x1)
                    .add(s1);
            g0 = g0.lanewise(XOR, g0.lanewise(ROL, 9)).lanewise(XOR, g0.lanewise(ROL, 17));
            g1 = g1.lanewise(XOR, g1.lanewise(ROL, 9)).lanewise(XOR, g1.lanewise(ROL, 17));
            a0 = a0.lanewise(ROL, 9);
            a1 = a1.lanewise(ROL, 9);
            e0 = e0.lanewise(ROL, 19);
            e1 = e1.lanewise(ROL, 19);

            r0 = c0.lanewise(ROL, 12);
            r1 = c1.lanewise(ROL, 12);
            s0 = r0.add(IntVector.fromArray(S, T, (j + 2) * WIDTH)).add(g0).lanewise(ROL, 7);
            s1 = r1.add(IntVector.fromArray(S, T, (j + 2) * WIDTH)).add(g1).lanewise(ROL, 7);
            x0 = IntVector.fromArray(S, w, (j + 2) * LANES);
            x1 = IntVector.fromArray(S, w, (j + 2) * LANES + WIDTH);
            y0 = IntVector.fromArray(S, w, (j + 6) * LANES);
            y1 = IntVector.fromArray(S, w, (j + 6) * LANES + WIDTH);
            b0 = b0.add(d0.lanewise(OR, a0).lanewise(AND, c0).lanewise(OR, d0.lanewise(AND, a0)))
                    .add(x0.lanewise(XOR, y0))
                    .add(s0.lanewise(XOR, r0));
            b1 = b1.add(d1.lanewise(OR, a1).lanewise(AND, c1).lanewise(OR, d1.lanewise(AND, a1)))
                    .add(x1.lanewise(XOR, y1))
                    .add(s1.lanewise(XOR, r1));
            f0 = f0.add(h0.lanewise(XOR, e0).lanewise(AND, g0).lanewise(XOR, e0))
                    .add(x0)
                    .add(s0);
            f1 = f1.add(h1.lanewise(XOR, e1).lanewise(AND, g1).lanewise(XOR, e1))
                    .add(x1)
                    .add(s1);
            f0 = f0.lanewise(XOR, f0.lanewise(ROL, 9)).lanewise(XOR, f0.lanewise(ROL, 17));
            f1 = f1.lanewise(XOR, f1.lanewise(ROL, 9)).lanewise(XOR, f1.lanewise(ROL, 17));
            d0 = d0.lanewise(ROL, 9);
            d1 = d1.lanewise(ROL, 9);
            h0 = h0.lanewise(ROL, 19);
            h1 = h1.lanewise(ROL, 19);

            r0 = b0.lanewise(ROL, 12);
            r1 = b1.lanewise(ROL, 12);
            s0 = r0.add(IntVector.fromArray(S, T, (j + 3) * WIDTH)).add(f0).lanewise(ROL, 7);
            s1 = r1.add(IntVector.fromArray(S, T, (j + 3) * WIDTH)).add(f1).lanewise(ROL, 7);
            x0 = IntVector.fromArray(S, w, (j + 3) * LANES);
            x1 = IntVector.fromArray(S, w, (j + 3) * LANES + WIDTH);
            y0 = IntVector.fromArray(S, w, (j + 7) * LANES);
            y1 = IntVector.fromArray(S, w, (j + 7) * LANES + WIDTH);
            a0 = a0.add(c0.lanewise(OR, d0).lanewise(AND, b0).lanewise(OR, c0.lanewise(AND, d0)))
                    .add(x0.lanewise(XOR, y0))
                    .add(s0.lanewise(XOR, r0));
            a1 = a1.add(c1.lanewise(OR, d1).lanewise(AND, b1).lanewise(OR, c1.lanewise(AND, d1)))
                    .add(x1.lanewise(XOR, y1))
                    .add(s1.lanewise(XOR, r1));
            e0 = e0.add(g0.lanewise(XOR, h0).lanewise(AND, f0).lanewise(XOR, h0))
                    .add(x0)
                    .add(s0);
            e1 = e1.add(g1.lanewise(XOR, h1).lanewise(AND, f1).lanewise(XOR, h1))
                    .add(x1)
                    .add(s1);
            e0 = e0.lanewise(XOR, e0.lanewise(ROL, 9)).lanewise(XOR, e0.lanewise(ROL, 17));
            e1 = e1.lanewise(XOR, e1.lanewise(ROL, 9)).lanewise(XOR, e1.lanewise(ROL, 17));
            c0 = c0.lanewise(ROL, 9);
            c1 = c1.lanewise(ROL, 9);
            g0 = g0.lanewise(ROL, 19);
            g1 = g1.lanewise(ROL, 19);
        }
        a0.intoArray(v, 0);
        b0.intoArray(v, LANES);
        c0.intoArray(v, 2 * LANES);
        d0.intoArray(v, 3 * LANES);
        e0.intoArray(v, 4 * LANES);
        f0.intoArray(v, 5 * LANES);
        g0.intoArray(v, 6 * LANES);
        h0.intoArray(v, 7 * LANES);
        a1.intoArray(v, WIDTH);
        b1.intoArray(v, LANES + WIDTH);
        c1.intoArray(v, 2 * LANES + WIDTH);
        d1.intoArray(v, 3 * LANES + WIDTH);
        e1.intoArray(v, 4 * LANES + WIDTH);
        f1.intoArray(v, 5 * LANES + WIDTH);
        g1.intoArray(v, 6 * LANES + WIDTH);
        h1.intoArray(v, 7 * LANES + WIDTH);
    }

    /** Adds the new state to the old one, which in lanes that are not active adds nothing. */
    private static void mix(final int[] states, final int[] v, final int[] active, final int first) {
        final IntVector mask = IntVector.fromArray(S, active, first);
        for (int i = first; i < STATES_WORDS; i += LANES) {
            IntVector.fromArray(S, v, i)
                    .lanewise(AND, mask)
                    .lanewise(XOR, IntVector.fromArray(S, states, i))
                    .intoArray(states, i);
        }
    }
}
