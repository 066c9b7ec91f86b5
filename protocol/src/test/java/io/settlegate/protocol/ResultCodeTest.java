package io.settlegate.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultCodeTest {
    @Test
    void shouldDeclareCodesInTheOrderOfPrecedence() {
        int previous = -1;
        for (final ResultCode code : ResultCode.values()) {
            assertThat(code.code()).as(code.name()).isGreaterThan(previous);
            previous = code.code();
            assertThat(ResultCode.of(code.code())).isEqualTo(code);
        }
    }

    @Test
    void shouldKeepEachStageToItsBands() {
        for (final ResultCode code : ResultCode.values()) {
            final ResultCode.Stage expected =
                    switch (code.code() / 100) {
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
