package io.settlegate.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.crypto.Sm3;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MountainRangeTest {
    @Test
    void shouldHaveTheHashOfNothingAsRootOfNothing() {
        assertThat(new MountainRange().root()).isEqualTo(Sm3.hash(new byte[0]));
    }

    @Test
    void shouldHaveTheTreeHeadOfTheRfcAfterEachAppend() {
        final long seed = 20261122L;
        final Random random = new Random(seed);
        final MountainRange range = new MountainRange();
        final List<byte[]> leaves = new ArrayList<>();
        for (int n = 1; n <= 130; n++) {
            final byte[] hash = new byte[Sm3.LENGTH];
            random.nextBytes(hash);
            range.append(hash, 0);
            final byte[] prefixed = new byte[Sm3.LENGTH + 1];
            System.arraycopy(hash, 0, prefixed, 1, Sm3.LENGTH);
            leaves.add(Sm3.hash(prefixed));
            assertThat(range.root()).as("root of %d, seed %d", n, seed).isEqualTo(ReferenceTree.head(leaves));
            assertThat(range.count()).isEqualTo(n);
        }
    }

    @Test
    void shouldGoOnFromItsPeaksAlone() {
        final long seed = 20261128L;
        final Random random = new Random(seed);
        final MountainRange range = new MountainRange();
        final MountainRange set = new MountainRange();
        for (int n = 0; n <= 130; n++) {
            final MountainRange copy = MountainRange.of(range.count(), range.peaks());
            set.set(range);
            assertThat(copy.root()).as("root of %d, seed %d", n, seed).isEqualTo(range.root());
            final byte[] hash = new byte[Sm3.LENGTH];
            random.nextBytes(hash);
            range.append(hash, 0);
            copy.append(hash, 0);
            set.append(hash, 0);
            assertThat(copy.root()).as("after %d, seed %d", n, seed).isEqualTo(range.root());
            assertThat(set.peaks()).as("after %d, seed %d", n, seed).isEqualTo(range.peaks());
        }
        assertThatThrownBy(() -> MountainRange.of(3, new byte[Sm3.LENGTH]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 hashes");
    }
}
