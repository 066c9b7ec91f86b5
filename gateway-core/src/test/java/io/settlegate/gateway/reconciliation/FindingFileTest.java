package io.settlegate.gateway.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingFileTest {
    @Test
    void shouldGuardWhatASpreadsheetTakesForAFormula() {
        assertThat(FindingFile.guarded("=1+1")).isEqualTo("'=1+1");
        assertThat(FindingFile.guarded("+A1")).isEqualTo("'+A1");
        assertThat(FindingFile.guarded("-2+A1")).isEqualTo("'-2+A1");
        assertThat(FindingFile.guarded("@SUM(A1)")).isEqualTo("'@SUM(A1)");
        assertThat(FindingFile.guarded("-12.50")).isEqualTo("-12.50");
        assertThat(FindingFile.guarded("32030000000000000001")).isEqualTo("32030000000000000001");
        assertThat(FindingFile.guarded("")).isEmpty();
    }
}
