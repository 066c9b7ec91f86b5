package io.settlegate.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.settlegate.loadtest.books.Books;
import io.settlegate.loadtest.books.Finding;
import io.settlegate.loadtest.books.ReceiptSample;
import io.settlegate.loadtest.books.Totals;
import io.settlegate.loadtest.gateway.GatewayException;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that must hold after a kill, each as one check: the terminals' books against the queries, against the
 * totals of a replay, the replay against itself and against the last seal, the receipts, the journal.
 */
final class Proof {
    private static final int MAX_FINDINGS_SHOWN = 10;
    private static final int HASH_DIGITS_SHOWN = 16;

    private final List<Check> checks = new ArrayList<>();
    private final List<Finding> findings;

    /**
     * @param books compared by query already.
     * @param replay what {@code replay --json} wrote.
     * @param journal what {@code journal verify --json} wrote.
     */
    Proof(final Books books, final JsonNode replay, final JsonNode journal, final ReceiptSample receipts)
            throws GatewayException {
        final Totals own = books.totals();
        final Totals gateway = totals(replay);
        books.compare(gateway);
        findings = List.copyOf(books.findings());
        checks.add(Check.equal(
                "answers of record, asked for by msgid",
                Numbers.count(books.acknowledged().size()),
                Numbers.count(books.confirmedCount())));
        checks.add(Check.that(
                "lost / doubled / differing",
                books.count(Finding.Kind.LOST) + " / " + books.count(Finding.Kind.DOUBLED) + " / "
                        + books.count(Finding.Kind.DIFFERING),
                books.findingCount() == 0));
        checks.add(Check.equal(
                "settlements", Numbers.count(own.settlementCount()), Numbers.count(gateway.settlementCount())));
        checks.add(
                Check.equal("reversals", Numbers.count(own.reversalCount()), Numbers.count(gateway.reversalCount())));
        checks.add(Check.equal(
                "fund_pay_sumamt, yuan net",
                Numbers.yuan(own.fundPaySumamtFen()),
                Numbers.yuan(gateway.fundPaySumamtFen())));
        checks.add(
                Check.equal("acct_pay, yuan net", Numbers.yuan(own.acctPayFen()), Numbers.yuan(gateway.acctPayFen())));
        checks.add(Check.equal(
                "psn_cash_pay, yuan net", Numbers.yuan(own.psnCashPayFen()), Numbers.yuan(gateway.psnCashPayFen())));
        final long ledgerFen = number(replay, "ledgerSumFen");
        checks.add(Check.that("ledger, sum over all accounts", Numbers.yuan(ledgerFen), ledgerFen == 0));
        addReplay(replay);
        checks.add(Check.that(
                "receipts valid, checked offline",
                Numbers.count(receipts.validCount()) + " of " + Numbers.count(receipts.checkedCount())
                        + receipts.firstFault().map(fault -> ": " + fault).orElse(""),
                receipts.isGood()));
        addJournal(journal);
    }

    static Totals totals(final JsonNode replay) throws GatewayException {
        return new Totals(
                number(replay, "settlements"),
                number(replay, "reversals"),
                number(replay, "fundPaySumamtFen"),
                number(replay, "acctPayFen"),
                number(replay, "psnCashPayFen"));
    }

    boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(Check.header());
        checks.forEach(check -> lines.add(check.line()));
        findings.stream().limit(MAX_FINDINGS_SHOWN).forEach(finding -> lines.add("    " + finding));
        if (findings.size() > MAX_FINDINGS_SHOWN) {
            lines.add("    and " + (findings.size() - MAX_FINDINGS_SHOWN) + " more");
        }
        return lines;
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    private void addReplay(final JsonNode replay) throws GatewayException {
        final long mismatches = number(replay, "mismatches");
        checks.add(Check.that(
                "replay: outcomes that differ",
                mismatches + " of " + Numbers.count(number(replay, "records")) + " records",
                mismatches == 0));
        final String replayed = text(replay, "stateHash");
        final String sealed = text(replay, "sealedStateHash");
        checks.add(Check.that(
                "replay: state hash is the last seal's",
                replayed.equals(sealed) ? shortened(replayed) : shortened(replayed) + " is not " + shortened(sealed),
                replayed.equals(sealed)));
        final boolean recomputed = replay.path("stateHashRecomputed").asBoolean();
        checks.add(
                Check.that("replay: state hash summed over all rows", recomputed ? "the same" : "another", recomputed));
    }

    private void addJournal(final JsonNode journal) throws GatewayException {
        final JsonNode clean = journal.get("good");
        if (clean == null) {
            throw new GatewayException("`journal verify --json` does not say whether the journal is good: " + journal);
        }
        checks.add(Check.that(
                "journal verify: checksums, chain, seals", clean.asBoolean() ? "clean" : "damaged", clean.asBoolean()));
    }

    private static String shortened(final String hash) {
        return hash.substring(0, Math.min(hash.length(), HASH_DIGITS_SHOWN)) + "..";
    }

    static long number(final JsonNode json, final String name) throws GatewayException {
        final JsonNode value = json.get(name);
        if (value == null || !value.canConvertToLong()) {
            throw new GatewayException("the gateway's JSON has no number `" + name + "`: " + json);
        }
        return value.longValue();
    }

    private static String text(final JsonNode json, final String name) throws GatewayException {
        final JsonNode value = json.get(name);
        if (value == null || !value.isTextual()) {
            throw new GatewayException("the gateway's JSON has no text `" + name + "`: " + json);
        }
        return value.textValue();
    }
}
