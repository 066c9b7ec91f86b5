package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fields taken by words against the same read byte by byte, on the heap and off it. */
@Timeout(60)
final class FieldsTest {
    private static final int ROUNDS = 200_000;
    private static final int LONGEST = 60;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final UnsafeBuffer heap = new UnsafeBuffer(new byte[100]);
    private final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(100));

    @Test
    void shouldSayOfFieldsWhatTheirBytesSay() {
        for (int round = 0; round < ROUNDS; round++) {
            final String which = "seed " + seed + ", round " + round;
            final byte[] field = field();
            final int at = random.nextInt(heap.capacity() - field.length + 1);
            final UnsafeBuffer buffer = random.nextBoolean() ? heap : direct;
            fill(buffer);
            buffer.putBytes(at, field);
            assertThat(Fields.isCode(buffer, at, field.length)).as(which).isEqualTo(isCode(field));
            assertThat(Fields.isDigits(buffer, at, field.length)).as(which).isEqualTo(isDigits(field));
            assertThat(Fields.isZero(buffer, at, field.length))
                    .as(which)
                    .isEqualTo(Arrays.equals(field, new byte[field.length]));
        }
    }

    @Test
    void shouldCompareCopyAndClearTheFieldAlone() {
        for (int round = 0; round < ROUNDS; round++) {
            final String which = "seed " + seed + ", round " + round;
            final byte[] field = field();
            final int from = random.nextInt(heap.capacity() - field.length + 1);
            final int to = random.nextInt(direct.capacity() - field.length + 1);
            fill(heap);
            fill(direct);
            heap.putBytes(from, field);
            final byte[] expected = bytes(direct);
            System.arraycopy(field, 0, expected, to, field.length);
            Fields.copy(heap, from, direct, to, field.length);
            assertThat(bytes(direct)).as(which).isEqualTo(expected);
            assertThat(Fields.equal(heap, from, direct, to, field.length))
                    .as(which)
                    .isTrue();
            final int at = random.nextInt(field.length);
            direct.putByte(to + at, (byte) (field[at] ^ (1 << random.nextInt(Byte.SIZE))));
            assertThat(Fields.equal(heap, from, direct, to, field.length))
                    .as(which)
                    .isFalse();
            Arrays.fill(expected, to, to + field.length, (byte) 0);
            Fields.clear(direct, to, field.length);
            assertThat(bytes(direct)).as(which).isEqualTo(expected);
        }
    }

    @Test
    void shouldWriteTheLastDigitsAndNothingElse() {
        for (int round = 0; round < ROUNDS; round++) {
            final String which = "seed " + seed + ", round " + round;
            final int length = 1 + random.nextInt(19);
            final long value = (random.nextLong() & Long.MAX_VALUE) >>> random.nextInt(Long.SIZE);
            final int at = random.nextInt(20);
            fill(heap);
            final byte[] expected = bytes(heap);
            final String digits = String.format("%019d", value);
            for (int i = 0; i < length; i++) {
                expected[at + i] = (byte) digits.charAt(digits.length() - length + i);
            }
            Fields.putDigits(heap, at, value, length);
            assertThat(bytes(heap)).as(which).isEqualTo(expected);
        }
    }

    @Test
    void shouldNotReachBeyondABuffer() {
        for (int length = 1; length <= LONGEST; length++) {
            final int taken = length;
            final int at = heap.capacity() - length + 1;
            assertThatThrownBy(() -> Fields.isCode(heap, at, taken)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> Fields.isDigits(heap, at, taken)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> Fields.isZero(direct, at, taken)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> Fields.equal(heap, 0, direct, at, taken))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> Fields.copy(heap, -1, direct, 0, taken))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> Fields.clear(direct, at, taken)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> Fields.putDigits(heap, at, 1, taken))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    /** Mostly a good code or digits, with a wrong byte now and then, so that both answers come up. */
    private byte[] field() {
        final byte[] field = new byte[1 + random.nextInt(LONGEST)];
        final int visible = random.nextInt(field.length + 1);
        final boolean digits = random.nextBoolean();
        for (int i = 0; i < visible; i++) {
            field[i] = (byte) (digits ? '0' + random.nextInt(10) : '!' + random.nextInt('~' - '!' + 1));
        }
        if (random.nextInt(3) == 0) {
            final byte[] wrong = {0, ' ', '/', ':', 0x7f, -1, (byte) 0x80, (byte) 0xb0, '0', 1};
            field[random.nextInt(field.length)] = wrong[random.nextInt(wrong.length)];
        }
        return field;
    }

    private void fill(final UnsafeBuffer buffer) {
        buffer.setMemory(0, buffer.capacity(), (byte) random.nextInt());
    }

    private static byte[] bytes(final UnsafeBuffer buffer) {
        final byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private static boolean isCode(final byte[] field) {
        int end = 0;
        while (end < field.length && field[end] > ' ' && field[end] < 0x7f) {
            end++;
        }
        boolean good = end > 0;
        for (int i = end; i < field.length; i++) {
            good = good && field[i] == 0;
        }
        return good;
    }

    private static boolean isDigits(final byte[] field) {
        for (final byte value : field) {
            if (value < '0' || value > '9') {
                return false;
            }
        }
        return true;
    }
}
