package io.settlegate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.books.Totals;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadProofTest {
    private static final Totals OWN = new Totals(5, 4, 300, 20, 10);
    private static final ReceiptSample GOOD = new ReceiptSample(10, 10, 10, Optional.empty());

    private final ObjectNode replay = new ObjectMapper()
            .createObjectNode()
            .put("settlements", 5)
            .put("reversals", 4)
            .put("cancels", 3)
            .put("fundPaySumamtFen", 300)
            .put("acctPayFen", 20)
            .put("psnCashPayFen", 10)
            .put("mismatches", 0)
            .put("records", 99);

    @Test
    void shouldHoldWhereTheJournalSaysWhatTheTerminalsWereTold() throws Exception {
        assertThat(LoadProof.of(OWN, 3, replay, GOOD).holds()).isTrue();
    }

    @Test
    void shouldFailOnEachDifference() throws Exception {
        for (final String name : List.of(
                "settlements", "reversals", "cancels", "fundPaySumamtFen", "acctPayFen", "psnCashPayFen", "mismatches")) {
            final ObjectNode other = replay.deepCopy();
            other.put(name, other.get(name).longValue() + 1);
            final LoadProof proof = LoadProof.of(OWN, 3, other, GOOD);
            assertThat(proof.holds()).as(name).isFalse();
            assertThat(proof.checks()).as(name).filteredOn(check -> !check.holds()).hasSize(1);
        }
    }

    @Test
    void shouldFailOnAReceiptThatProvesNothing() throws Exception {
        final ReceiptSample bad = new ReceiptSample(10, 10, 9, Optional.of("a leaf that is none"));
        assertThat(LoadProof.of(OWN, 3, replay, bad).holds()).isFalse();
        assertThat(LoadProof.of(bad).holds()).isFalse();
    }
}
