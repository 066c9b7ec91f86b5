package io.settlegate.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.store.Space;
import io.settlegate.protocol.ResultCode;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long WRITE_FLOOR = 600;
    private static final long READ_FLOOR = 400;
    private final Admission admission = new Admission();

    @Test
    void shouldKeepAReserveForReadsAndRecoverByItself() {
        assertVerdicts(WRITE_FLOOR, ResultCode.OK, ResultCode.OK);
        assertVerdicts(WRITE_FLOOR - 1, ResultCode.JOURNAL_FULL, ResultCode.OK);
        assertVerdicts(READ_FLOOR, ResultCode.JOURNAL_FULL, ResultCode.OK);
        assertVerdicts(READ_FLOOR - 1, ResultCode.JOURNAL_FULL, ResultCode.JOURNAL_FULL);
        assertVerdicts(WRITE_FLOOR, ResultCode.OK, ResultCode.OK);
    }

    @Test
    void shouldSayThatItStopsWhateverTheRoom() {
        admission.stop();
        assertVerdicts(0, ResultCode.STOPPING, ResultCode.STOPPING);
        assertVerdicts(WRITE_FLOOR, ResultCode.STOPPING, ResultCode.STOPPING);
    }

    private void assertVerdicts(final long free, final ResultCode write, final ResultCode read) {
        admission.journalSpace(new Space(free, WRITE_FLOOR, READ_FLOOR));
        assertThat(admission.verdict()).as("a write with %d free", free).isEqualTo(write);
        assertThat(admission.verdictOnRead()).as("a read with %d free", free).isEqualTo(read);
    }
}
