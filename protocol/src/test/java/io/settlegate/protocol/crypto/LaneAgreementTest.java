package io.settlegate.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.sm3.BlockLanes;
import io.settlegate.protocol.crypto.sm3.Sm3Compression;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lanes that are wrong in one way or another, and digests that are right all the same. */
class LaneAgreementTest {
    private static final int CAPACITY = 48;
    private static final int ROUNDS = 40;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** How lanes may be wrong. */
    enum Fault {
        /** One lane, one call, one bit. */
        ONE_BIT_ONCE,
        /** One lane, always. */
        ONE_LANE,
        /** One place in a vector of eight, always: two lanes, where sixteen are two vectors. */
        ONE_PLACE,
        /** All lanes in the same way, always: both computations agree. */
        ALL_ALIKE,
        /** A state that two lanes have swapped. */
        SWAPPED_LANES
    }

    @BeforeEach
    @AfterEach
    void acquit() {
        LaneAgreement.acquit();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveRightDigestsAndAskNoMoreWhenLanesAreWrong(final Fault fault) {
        final WrongLanes lanes = new WrongLanes(fault, random.nextInt(BlockLanes.LANES), 1 + random.nextInt(200));
        final Sm3Batch batch = Sm3Batch.inAgreeingLanes(CAPACITY, lanes, LaneAgreement.Standing.TRUSTED);
        int round = 0;
        while (!LaneAgreement.isRefuted()) {
            assertThat(round).as("seed %d: rounds without refutation", seed).isLessThan(ROUNDS);
            check(batch, "round " + round);
            round++;
        }
        final int calls = lanes.calls;
        check(batch, "after the refutation");
        assertThat(lanes.calls)
                .as("seed %d: lanes that were wrong are not asked again", seed)
                .isEqualTo(calls);
    }

    /** Whatever the mix of lengths: alone in its length, one of many, or many at all. */
    @ParameterizedTest
    @EnumSource(names = {"ONE_LANE", "ONE_PLACE"})
    void shouldNoticeAWrongLaneInTheFirstCall(final Fault fault) {
        int usedCount = 0;
        for (int lane = 0; lane < BlockLanes.LANES; lane++) {
            for (int round = 0; round < ROUNDS; round++) {
                LaneAgreement.acquit();
                final WrongLanes lanes = new WrongLanes(fault, lane, 1);
                final Sm3Batch batch = Sm3Batch.inAgreeingLanes(CAPACITY, lanes, LaneAgreement.Standing.TRUSTED);
                final int[] lengths = lengths(round % 5);
                final String what = String.format(
                        "seed %d, lane %d, round %d, lengths %s", seed, lane, round, Arrays.toString(lengths));
                check(batch, what, lengths);
                assertThat(LaneAgreement.isRefuted()).as(what).isEqualTo(lanes.isUsed);
                usedCount += lanes.isUsed ? 1 : 0;
            }
        }
        assertThat(usedCount).isGreaterThan(BlockLanes.LANES * ROUNDS / 2);
    }

    private int[] lengths(final int mix) {
        final int[] lengths = new int[3 + random.nextInt(CAPACITY - 2)];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = switch (mix) {
                case 0 -> 64 * (lengths.length - i);
                case 1 -> 64 * i;
                case 2 -> 150;
                case 3 -> i % 2 == 0 ? 400 : 64 * random.nextInt(20);
                default -> random.nextInt(900);
            };
        }
        return lengths;
    }

    @Test
    void shouldAskNoOtherBatchEither() {
        final WrongLanes wrong = new WrongLanes(Fault.ALL_ALIKE, 0, 1);
        check(Sm3Batch.inAgreeingLanes(CAPACITY, wrong, LaneAgreement.Standing.TRUSTED), "wrong");
        final WrongLanes other = new WrongLanes(Fault.ONE_BIT_ONCE, 0, Integer.MAX_VALUE);
        check(Sm3Batch.inAgreeingLanes(CAPACITY, other, LaneAgreement.Standing.TRUSTED), "other");
        assertThat(other.calls).isZero();
    }

    @Test
    void shouldFindWrongLanesOnTrial() {
        final LaneTrial trial = new LaneTrial(new WrongLanes(Fault.ONE_LANE, 3, 1));
        trial.run();
        assertThat(trial.isPassed()).isFalse();
        assertThat(LaneAgreement.isRefuted()).isTrue();
    }

    @Test
    void shouldTrustLanesThatAreRight() {
        final WrongLanes right = new WrongLanes(Fault.ONE_BIT_ONCE, 0, Integer.MAX_VALUE);
        final Sm3Batch batch = Sm3Batch.inAgreeingLanes(CAPACITY, right, LaneAgreement.Standing.TRUSTED);
        for (int round = 0; round < ROUNDS; round++) {
            check(batch, "round " + round);
        }
        assertThat(right.calls).isPositive();
        assertThat(LaneAgreement.isRefuted()).isFalse();
    }

    private void check(final Sm3Batch batch, final String what) {
        check(batch, what, random.ints(CAPACITY, 0, 900).toArray());
    }

    private void check(final Sm3Batch batch, final String what, final int[] lengths) {
        final byte[][] messages = new byte[lengths.length][];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = new byte[lengths[i]];
            random.nextBytes(messages[i]);
            batch.update(messages[i], 0, messages[i].length).end();
        }
        final byte[] digests = new byte[CAPACITY * Sm3.LENGTH];
        batch.digest(digests, 0);
        for (int i = 0; i < messages.length; i++) {
            assertThat(Arrays.copyOfRange(digests, i * Sm3.LENGTH, (i + 1) * Sm3.LENGTH))
                    .as("seed %d, %s, message %d", seed, what, i)
                    .isEqualTo(Sm3.hash(messages[i]));
        }
    }

    /** Scalar code in the shape of lanes, wrong from the given call on. */
    private static final class WrongLanes implements BlockLanes {
        private final Fault fault;
        private final int lane;
        private final int wrongCall;
        private final int[] state = new int[Sm3Compression.STATE_WORDS];
        private final int[] expanded = new int[Sm3Compression.EXPANDED_WORDS];
        private final byte[] block = new byte[Sm3Compression.BLOCK_LENGTH];
        private int calls;
        private boolean isUsed;

        private WrongLanes(final Fault fault, final int lane, final int wrongCall) {
            this.fault = fault;
            this.lane = lane;
            this.wrongCall = wrongCall;
        }

        @Override
        public boolean isNative() {
            return true;
        }

        @Override
        public void compress(final int[] states, final int[] words, final int[] active) {
            calls++;
            isUsed |= active[lane] != 0 || (fault == Fault.ONE_PLACE && active[(lane + LANES / 2) % LANES] != 0);
            for (int l = 0; l < LANES; l++) {
                if (active[l] != 0) {
                    compressLane(states, words, l);
                }
            }
            if (calls >= wrongCall) {
                spoil(states);
            }
        }

        private void compressLane(final int[] states, final int[] words, final int l) {
            for (int i = 0; i < state.length; i++) {
                state[i] = states[i * LANES + l];
            }
            for (int i = 0; i < Sm3Compression.BLOCK_WORDS; i++) {
                Sm3Compression.word(block, i * Integer.BYTES, words[i * LANES + l]);
            }
            Sm3Compression.compress(state, expanded, block, 0);
            for (int i = 0; i < state.length; i++) {
                states[i * LANES + l] = state[i];
            }
        }

        private void spoil(final int[] states) {
            switch (fault) {
                case ONE_BIT_ONCE -> states[lane] ^= calls == wrongCall ? 1 << lane : 0;
                case ONE_LANE -> states[lane] ^= 1;
                case ONE_PLACE -> {
                    states[lane] ^= 1;
                    states[(lane + LANES / 2) % LANES] ^= 1;
                }
                case ALL_ALIKE -> {
                    for (int l = 0; l < LANES; l++) {
                        states[l] ^= 1;
                    }
                }
                case SWAPPED_LANES -> {
                    final int neighbour = (lane + 1) % LANES;
                    final int held = states[lane];
                    states[lane] = states[neighbour];
                    states[neighbour] = held;
                }
            }
        }
    }
}
