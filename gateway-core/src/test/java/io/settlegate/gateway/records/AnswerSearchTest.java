package io.settlegate.gateway.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.journal.Genesis;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands, where the records that say so are many, or name a visit instead of a msgid. */
class AnswerSearchTest {
    private static final String INSTITUTION = "H32030200001";
    private static final String PERSON = "32030000000000000001";
    private static final String MDTRT_ID = "320300202601010000000000000001";
    private static final long NOW_MS = 1_700_000_000_000L;
    /** More than are looked up at once. */
    private static final int MANY = 300;

    private final List<MadeRecord> journal = new ArrayList<>();

    @TempDir
    private Path directory;

    private record Found(long sequence, RecordState state, long undoneBy) {}

    private static String msgid(final long sequence) {
        return String.format("%s20260101%010d", INSTITUTION, sequence);
    }

    private List<Found> search(final long sequence) throws Exception {
        final Sm2PublicKey key = Sm2PrivateKey.generate(new SecureRandom()).publicKey();
        final List<Found> found = new ArrayList<>();
        try (RecordIndex index = RecordIndex.open(
                directory,
                new Genesis("SG-TEST", key, "320300", key, NOW_MS, 1, 1, new byte[] {1}),
                (last, hash) -> true,
                RecordIndex.Access.WRITE)) {
            index.begin(0);
            index.add(journal::get, journal.size(), 0, journal.size() - 1, new byte[32]);
            new AnswerSearch(index, at -> journal.get((int) at))
                    .search(AnswerQuery.byMsgid(INSTITUTION, msgid(sequence), -1), (record, state, undoneBy) -> {
                        found.add(new Found(record.sequence(), state, undoneBy));
                        return true;
                    });
        }
        return found;
    }

    @Test
    void shouldSeeACancelBehindManyReversalsThatDidNothing() throws Exception {
        journal.add(MadeRecord.settlement(0, NOW_MS, msgid(0), PERSON));
        for (int i = 1; i <= MANY; i++) {
            journal.add(MadeRecord.reversal(i, NOW_MS, msgid(i), PERSON, msgid(0), ReversalEffect.NOTHING_TO_REVERSE));
        }
        final long cancel = MANY + 1L;
        journal.add(MadeRecord.cancel(cancel, NOW_MS, msgid(cancel), PERSON, msgid(0)));
        assertThat(search(0))
                .containsExactly(new Found(0, RecordState.CANCELLED, cancel), new Found(cancel, RecordState.DONE, 0));
    }

    @Test
    void shouldSeeThatAnAdmissionWasTakenBackByTheNumberOfItsStay() throws Exception {
        journal.add(MadeRecord.admission(0, NOW_MS, msgid(0), MDTRT_ID));
        journal.add(MadeRecord.admission(1, NOW_MS, msgid(1), MDTRT_ID.replace('1', '2')));
        journal.add(MadeRecord.admissionCancel(2, NOW_MS, msgid(2), MDTRT_ID));
        assertThat(search(0))
                .containsExactly(new Found(0, RecordState.CANCELLED, 2), new Found(2, RecordState.DONE, 0));
        assertThat(search(1)).containsExactly(new Found(1, RecordState.DONE, 0));
    }

    @Test
    void shouldSeeThatAnAdmissionWasReversed() throws Exception {
        journal.add(MadeRecord.admission(0, NOW_MS, msgid(0), MDTRT_ID));
        journal.add(MadeRecord.reversal(1, NOW_MS, msgid(1), PERSON, msgid(0), ReversalEffect.REVERSED));
        assertThat(search(0)).containsExactly(new Found(0, RecordState.REVERSED, 1), new Found(1, RecordState.DONE, 0));
    }
}
