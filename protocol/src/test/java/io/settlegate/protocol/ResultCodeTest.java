package io.settlegate.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultCodeTest {
    /** Within a band the order of declaration counts and not the number: a code that came later stands where it is reported. */
    @Test
    void shouldDeclareTheBandsInTheOrderOfPrecedence() {
        int previousBand = 0;
        for (final ResultCode code : ResultCode.values()) {
            final int band = code.code() / 100;
            assertThat(band).as(code.name()).isGreaterThanOrEqualTo(previousBand);
            previousBand = band;
        }
    }

    @Test
    void shouldGiveEachCodeANumberOfItsOwn() {
        final Set<Integer> numbers = new HashSet<>();
        for (final ResultCode code : ResultCode.values()) {
            assertThat(numbers.add(code.code())).as(code.name()).isTrue();
            assertThat(ResultCode.of(code.code())).isEqualTo(code);
        }
    }

    @Test
    void shouldKeepEachStageToItsBands() {
        for (final ResultCode code : ResultCode.values()) {
            final ResultCode.Stage expected = code == ResultCode.PAGE_LATER || code == ResultCode.PAGES_UNAVAILABLE
                    ? ResultCode.Stage.DESK
                    : switch (code.code() / 100) {
                        case 1, 2 -> ResultCode.Stage.ADMIT;
                        case 3 -> ResultCode.Stage.VERIFY;
                        default -> ResultCode.Stage.ENGINE;
                    };
            assertThat(code.stage()).as(code.name()).isEqualTo(expected);
        }
    }

    @Test
    void shouldBindOnlyInTheEngine() {
        for (final ResultCode code : ResultCode.values()) {
            if (code.stage() != ResultCode.Stage.ENGINE) {
                assertThat(code.binds()).as(code.name()).isFalse();
            }
        }
    }
}
