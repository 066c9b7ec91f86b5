package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class EngineParametersTest {
    @Test
    void shouldReadWhatItWrote() {
        final EngineParameters parameters = new EngineParameters(
                "SG-0123456789ABC",
                "320300",
                31,
                1,
                2,
                3,
                4,
                -5,
                new TableLimits(6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1L << 40, 16, 17));
        assertThat(EngineParameters.decode(parameters.encode())).isEqualTo(parameters);
        final EngineParameters standard = EngineParameters.standard("G", "320300", Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(EngineParameters.decode(standard.encode())).isEqualTo(standard);
        assertThat(standard.withHorizonDays(5).horizonDays()).isEqualTo(5);
    }

    @Test
    void shouldRefuseOtherBytesAndOtherTerms() {
        final byte[] bytes = EngineParameters.standard("G", "320300", 1, 2).encode();
        final byte[] otherFormat = bytes.clone();
        otherFormat[0]++;
        refuses(() -> EngineParameters.decode(otherFormat));
        refuses(() -> EngineParameters.decode(Arrays.copyOf(bytes, bytes.length - 1)));
        refuses(() -> EngineParameters.standard("", "320300", 1, 2));
        refuses(() -> EngineParameters.standard("SG-0123456789ABCD", "320300", 1, 2));
        refuses(() -> EngineParameters.standard("G", "32030", 1, 2));
        refuses(() -> EngineParameters.standard("G", "320300", 1, 2).withHorizonDays(0));
        refuses(() -> new TableLimits(1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1));
        refuses(() -> new TableLimits(1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1));
        refuses(() -> new TableLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1));
        refuses(() -> new TableLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1));
    }

    private static void refuses(final Runnable making) {
        assertThatThrownBy(making::run).isInstanceOf(IllegalArgumentException.class);
    }
}
