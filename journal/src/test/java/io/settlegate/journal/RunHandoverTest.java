package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How runs go from one thread to another. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RunHandoverTest {
    private final RunHandover handover = new RunHandover();

    @Test
    void shouldPassEveryRunInOrderAndThenTheEnd() throws InterruptedException {
        final int count = 1_000;
        final Thread reader = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                final CheckedRun run = handover.take();
                run.records().add(Fixture.text(String.valueOf(i)));
                run.records().keep();
                handover.put(run);
            }
            handover.end(null);
        });
        reader.start();
        for (int i = 0; i < count; i++) {
            final CheckedRun run = handover.next();
            assertThat(run.records().length()).isEqualTo(String.valueOf(i).length());
            handover.giveBack(run);
        }
        assertThat(handover.next()).isNull();
        assertThat(handover.failure()).isNull();
        reader.join();
    }

    @Test
    void shouldTellOfAFailureBehindTheLastRun() {
        final RuntimeException cause = new IllegalStateException("damage");
        handover.put(handover.take());
        handover.end(cause);
        assertThat(handover.next()).isNotNull();
        assertThat(handover.next()).isNull();
        assertThat(handover.failure()).isSameAs(cause);
    }

    @Test
    void shouldUnwindAReaderThatWaits() throws InterruptedException {
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread reader = new Thread(() -> {
            try {
                while (true) {
                    handover.put(handover.take());
                }
            } catch (final RuntimeException e) {
                thrown.set(e);
            }
        });
        reader.start();
        handover.cancel();
        reader.join();
        assertThat(thrown.get()).isInstanceOf(RunHandover.CancelledException.class);
    }

    @Test
    void shouldEndTheWaitOfAnInterruptedThread() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(handover::next).isInstanceOf(JournalException.class).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
