package io.settlegate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.books.Totals;
import io.settlegate.loadtest.gateway.GatewayException;
import java.util.ArrayList;
import java.util.List;

/** What must hold after a load: what the terminals were told stands in the journal, nothing more, and receipts prove it. */
final class LoadProof {
    private final List<Check> checks = new ArrayList<>();

    /** Receipts alone: of a gateway whose journal is not at hand. */
    static LoadProof of(final ReceiptSample receipts) {
        final LoadProof proof = new LoadProof();
        proof.addReceipts(receipts);
        return proof;
    }

    /**
     * The books against the journal as well.
     *
     * @param own what was acknowledged in all runs since the gateway was founded.
     * @param replay what {@code replay --json} wrote.
     */
    static LoadProof of(final Totals own, final long cancelCount, final JsonNode replay, final ReceiptSample receipts)
            throws GatewayException {
        final LoadProof proof = new LoadProof();
        final Totals gateway = Proof.totals(replay);
        proof.addCount("settlements acknowledged", own.settlementCount(), gateway.settlementCount());
        proof.addCount("reversals acknowledged", own.reversalCount(), gateway.reversalCount());
        if (replay.has("cancels")) {
            proof.addCount("cancels acknowledged", cancelCount, Proof.number(replay, "cancels"));
        }
        proof.addSum("fund_pay_sumamt, yuan net", own.fundPaySumamtFen(), gateway.fundPaySumamtFen());
        proof.addSum("acct_pay, yuan net", own.acctPayFen(), gateway.acctPayFen());
        proof.addSum("psn_cash_pay, yuan net", own.psnCashPayFen(), gateway.psnCashPayFen());
        final long mismatches = Proof.number(replay, "mismatches");
        proof.checks.add(Check.that(
                "replay: outcomes that differ",
                mismatches + " of " + Numbers.count(Proof.number(replay, "records")) + " records",
                mismatches == 0));
        proof.addReceipts(receipts);
        return proof;
    }

    private void addCount(final String what, final long own, final long gateway) {
        checks.add(Check.equal(what, Numbers.count(own), Numbers.count(gateway)));
    }

    private void addSum(final String what, final long ownFen, final long gatewayFen) {
        checks.add(Check.equal(what, Numbers.yuan(ownFen), Numbers.yuan(gatewayFen)));
    }

    private void addReceipts(final ReceiptSample receipts) {
        checks.add(Check.that(
                "receipts valid, checked offline",
                Numbers.count(receipts.validCount()) + " of " + Numbers.count(receipts.checkedCount())
                        + receipts.firstFault().map(fault -> ": " + fault).orElse(""),
                receipts.isGood()));
    }

    boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(Check.header());
        checks.forEach(check -> lines.add(check.line()));
        lines.add("");
        return lines;
    }
}
