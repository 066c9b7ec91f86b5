package io.settlegate.gateway.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntryNumberTest {
    @Test
    void shouldReadTheSequenceInASetlId() {
        assertThat(EntryNumber.sequenceIn("320302202611280000000000012345")).isEqualTo(12_345);
        assertThat(EntryNumber.sequenceIn("320302202611289999999999999999")).isEqualTo(9_999_999_999_999_999L);
        assertThat(EntryNumber.sequenceIn("")).isZero();
        assertThat(EntryNumber.sequenceIn("3.20302E+29")).isZero();
        assertThat(EntryNumber.sequenceIn("32030220261128000000000001234")).isZero();
        assertThat(EntryNumber.sequenceIn("32030220261128000000000001234-")).isZero();
    }

    @Test
    void shouldReadTheTimeInAMsgid() {
        assertThat(EntryNumber.timeMsIn("H32030200001202611282359590001"))
                .isEqualTo(Instant.parse("2026-11-28T15:59:59Z").toEpochMilli());
        assertThat(EntryNumber.timeMsIn("")).isNegative();
        assertThat(EntryNumber.timeMsIn("H32030200001202602302359590001"))
                .as("30 February")
                .isNegative();
        assertThat(EntryNumber.timeMsIn("H3203020000120261128235959000A")).isNegative();
        assertThat(EntryNumber.timeMsIn("H3203020000120261128235959001")).isNegative();
    }
}
