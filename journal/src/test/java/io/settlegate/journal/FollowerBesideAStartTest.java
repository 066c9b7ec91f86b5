package io.settlegate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.store.MemoryFaults;
import io.settlegate.journal.store.MemoryStore;
import io.settlegate.journal.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader meets a writer that begins a segment at the worst moment: between two looks at which segments there are. */
@Timeout(20)
final class FollowerBesideAStartTest {
    private final MemoryStore store = new MemoryStore(new MemoryFaults(1));
    private boolean hidesNewestOnce;

    @Test
    void shouldGoOnWhereASegmentAppearsBetweenTwoLooks() {
        Fixture.found(store);
        final Journal journal = Fixture.open(store, new Recorded());
        Fixture.append(journal, "first", 10);
        journal.commit(1, 2);
        journal.close();
        try (JournalFollower follower = JournalFollower.open(hesitant())) {
            assertThat(follow(follower)).containsExactly(0L, 1L, 2L);
            try (Journal next = Fixture.open(store, new Recorded())) {
                Fixture.append(next, "second", 10);
                next.commit(1, 2);
                hidesNewestOnce = true;
                final List<Long> seen = follow(follower);
                seen.addAll(follow(follower));
                assertThat(seen).containsExactly(3L, 4L);
            }
        }
    }

    private static List<Long> follow(final JournalFollower follower) {
        final List<Long> seen = new ArrayList<>();
        while (follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                seen.add(follower.get(i).sequence());
            }
        }
        return seen;
    }

    /** The store, whose newest segment is not there yet at one look. */
    private Store hesitant() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("segments") && hidesNewestOnce) {
                            hidesNewestOnce = false;
                            final List<Integer> all = store.segments();
                            return all.subList(0, all.size() - 1);
                        }
                        return method.invoke(store, arguments);
                    } catch (final InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
