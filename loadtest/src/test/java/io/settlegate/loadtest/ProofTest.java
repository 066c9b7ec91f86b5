package io.settlegate.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.loadtest.books.Books;
import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.gateway.GatewayException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofTest {
    private static final ReceiptSample GOOD_RECEIPTS = new ReceiptSample(10, 10, 10, Optional.empty());
    private final ObjectNode replay = new ObjectMapper().createObjectNode();
    private final ObjectNode journal = new ObjectMapper().createObjectNode();

    ProofTest() {
        for (final String name : List.of(
                "settlements",
                "reversals",
                "fundPaySumamtFen",
                "acctPayFen",
                "psnCashPayFen",
                "ledgerSumFen",
                "mismatches")) {
            replay.put(name, 0);
        }
        replay.put("records", 7)
                .put("stateHash", "abc")
                .put("sealedStateHash", "abc")
                .put("stateHashRecomputed", true);
        journal.put("good", true);
    }

    @Test
    void shouldHoldWhereEverythingHolds() throws GatewayException {
        assertThat(new Proof(new Books(), replay, journal, GOOD_RECEIPTS).holds())
                .isTrue();
    }

    @Test
    void shouldFailOnEachThingThatDoesNotHold() throws GatewayException {
        assertFails("settlements", replay.deepCopy().put("settlements", 1), journal, GOOD_RECEIPTS);
        assertFails("fund_pay_sumamt, yuan net", replay.deepCopy().put("fundPaySumamtFen", 1), journal, GOOD_RECEIPTS);
        assertFails("ledger, sum over all accounts", replay.deepCopy().put("ledgerSumFen", -1), journal, GOOD_RECEIPTS);
        assertFails("replay: outcomes that differ", replay.deepCopy().put("mismatches", 1), journal, GOOD_RECEIPTS);
        assertFails(
                "replay: state hash is the last seal's",
                replay.deepCopy().put("stateHash", "x"),
                journal,
                GOOD_RECEIPTS);
        assertFails(
                "replay: state hash summed over all rows",
                replay.deepCopy().put("stateHashRecomputed", false),
                journal,
                GOOD_RECEIPTS);
        assertFails(
                "journal verify: checksums, chain, seals",
                replay,
                journal.deepCopy().put("good", false),
                GOOD_RECEIPTS);
        assertFails(
                "receipts valid, checked offline", replay, journal, new ReceiptSample(10, 10, 9, Optional.of("bad")));
        assertFails("receipts valid, checked offline", replay, journal, new ReceiptSample(0, 0, 0, Optional.empty()));
    }

    @Test
    void shouldNameAMissingNumber() {
        replay.remove("ledgerSumFen");

        assertThatThrownBy(() -> new Proof(new Books(), replay, journal, GOOD_RECEIPTS))
                .hasMessageContaining("ledgerSumFen");
    }

    private static void assertFails(
            final String what, final ObjectNode replay, final ObjectNode journal, final ReceiptSample receipts)
            throws GatewayException {
        final Proof proof = new Proof(new Books(), replay, journal, receipts);
        assertThat(proof.holds()).as(what).isFalse();
        assertThat(proof.checks())
                .filteredOn(check -> !check.holds())
                .extracting(Check::what)
                .contains(what);
        assertThat(String.join("\n", proof.lines())).contains("FAILS");
    }
}
