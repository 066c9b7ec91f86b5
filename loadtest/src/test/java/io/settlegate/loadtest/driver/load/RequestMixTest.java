package io.settlegate.loadtest.driver.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestMixTest {
    @Test
    void shouldChooseByWeight() {
        final RequestMix mix = RequestMix.parse("2102=70, 2101=15,1101=10,2103=3,2601=2");
        final Map<RequestKind, Integer> counts = new EnumMap<>(RequestKind.class);
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            counts.merge(mix.next(random), 1, Integer::sum);
        }
        assertThat(counts.get(RequestKind.SETTLE)).isBetween(69_000, 71_000);
        assertThat(counts.get(RequestKind.PRESETTLE)).isBetween(14_000, 16_000);
        assertThat(counts.get(RequestKind.PERSON_INFO)).isBetween(9_500, 10_500);
        assertThat(counts.get(RequestKind.CANCEL)).isBetween(2_700, 3_300);
        assertThat(counts.get(RequestKind.REVERSE)).isBetween(1_700, 2_300);
        assertThat(mix.hasReads()).isTrue();
    }

    @Test
    void shouldSettleAloneByDefault() {
        assertThat(RequestMix.SETTLEMENTS).hasToString("2102=1");
        assertThat(RequestMix.SETTLEMENTS.hasReads()).isFalse();
    }

    @Test
    void shouldKnowACountysDay() {
        final RequestMix mix = RequestMix.parse("county");
        assertThat(mix.toString().split(",")).hasSize(RequestMix.COUNTY.split(",").length);
        assertThat(mix.hasReads()).isTrue();
    }

    @Test
    void shouldLeadFromTheFirstStepOfAStayToItsSettlement() {
        RequestKind kind = RequestKind.ADMIT;
        while (kind.after() != null) {
            kind = kind.after();
        }
        assertThat(kind).isEqualTo(RequestKind.STAY_SETTLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2102",
                "2102=",
                "2102=x",
                "2102=0",
                "2102=-1",
                "9001=1",
                "2102=1,2102=1",
                "1101=9,2103=1",
                "1101=9,101=1",
                "2102=1,9101=1",
                "2102=1,2204=1",
                "2401=1,2301=1,2304=1"
            })
    void shouldRefuseWhatMakesNoMix(final String text) {
        assertThatThrownBy(() -> RequestMix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mix: ");
    }
}
