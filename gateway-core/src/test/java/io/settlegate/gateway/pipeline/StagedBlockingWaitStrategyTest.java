package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StagedBlockingWaitStrategyTest {
    private static final int EVENTS = 200_000;

    /** One event. */
    private static final class Cell {
        private long value;
        private long doubled;
    }

    @Test
    void shouldPassEveryEventThroughStagesThatWaitForEachOther() throws InterruptedException {
        final Disruptor<Cell> disruptor = disruptor();
        final CountDownLatch done = new CountDownLatch(1);
        final AtomicLong sum = new AtomicLong();
        disruptor
                .handleEventsWith(
                        (cell, sequence, end) -> {
                            if (sequence % 2 == 0) {
                                cell.doubled = cell.value * 2;
                            }
                        },
                        (cell, sequence, end) -> {
                            if (sequence % 2 == 1) {
                                cell.doubled = cell.value * 2;
                            }
                        })
                .then((cell, sequence, end) -> {
                    sum.addAndGet(cell.doubled);
                    if (sequence == EVENTS - 1) {
                        done.countDown();
                    }
                });
        final RingBuffer<Cell> ring = disruptor.start();
        for (int i = 0; i < EVENTS; i++) {
            final long sequence = ring.next();
            ring.get(sequence).value = i;
            ring.publish(sequence);
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).as("all events arrive").isTrue();
        assertThat(sum.get()).isEqualTo((long) EVENTS * (EVENTS - 1));
        disruptor.halt();
    }

    @Test
    void shouldWakeForSingleEventsAfterIdling() throws InterruptedException {
        final Disruptor<Cell> disruptor = disruptor();
        final AtomicLong seen = new AtomicLong(-1);
        disruptor.handleEventsWith((cell, sequence, end) -> {}).then((cell, sequence, end) -> seen.set(sequence));
        final RingBuffer<Cell> ring = disruptor.start();
        for (int i = 0; i < 50; i++) {
            final long sequence = ring.next();
            ring.publish(sequence);
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (seen.get() < sequence && System.nanoTime() < deadlineNs) {
                Thread.onSpinWait();
            }
            assertThat(seen.get()).as("event %d is seen", i).isEqualTo(sequence);
            TimeUnit.MILLISECONDS.sleep(i % 5);
        }
        disruptor.halt();
    }

    @Test
    void shouldEndWhenHaltedWhileIdle() throws InterruptedException {
        final CountDownLatch ended = new CountDownLatch(2);
        final Disruptor<Cell> disruptor = disruptor();
        disruptor.handleEventsWith(new Ending(ended)).then(new Ending(ended));
        disruptor.start();
        TimeUnit.MILLISECONDS.sleep(20);
        disruptor.halt();
        assertThat(ended.await(10, TimeUnit.SECONDS)).as("both stages end").isTrue();
    }

    private record Ending(CountDownLatch ended) implements com.lmax.disruptor.EventHandler<Cell> {
        @Override
        public void onEvent(final Cell cell, final long sequence, final boolean endOfBatch) {
            // Nothing is published in this test.
        }

        @Override
        public void onShutdown() {
            ended.countDown();
        }
    }

    private static Disruptor<Cell> disruptor() {
        return new Disruptor<>(
                Cell::new,
                256,
                task -> {
                    final Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                },
                ProducerType.SINGLE,
                new StagedBlockingWaitStrategy());
    }
}
