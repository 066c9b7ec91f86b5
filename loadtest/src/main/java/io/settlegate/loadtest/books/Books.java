package io.settlegate.loadtest.books;

import io.settlegate.loadtest.wire.Outcome;
import io.settlegate.protocol.codec.RecordState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The terminals' own books: for each msgid the first answer that a terminal got, and every way in which a later
 * answer, a query, or the gateway's totals contradict it.
 *
 * <p>For one thread. Findings are kept up to a bound, counted beyond it.
 */
public final class Books {
    private static final int MAX_FINDINGS = 1000;

    private final Map<String, Acknowledged> byMsgid = new LinkedHashMap<>();
    private final Map<Long, String> msgidBySequence = new HashMap<>();
    private final Set<String> confirmed = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private long findingCount;
    private long repeatCount;
    private long settlementCount;
    private long reversalCount;
    private long cancelCount;
    private long reversedCancelCount;
    private long fundPaySumamtFen;
    private long acctPayFen;
    private long psnCashPayFen;

    /** Books an answer: the first of its msgid, or one that must be equal to the first. */
    public void acknowledge(final Acknowledged answer) {
        final Acknowledged first = byMsgid.putIfAbsent(answer.msgid(), answer);
        if (first != null) {
            repeat(first, answer);
            return;
        }
        final Outcome outcome = Outcome.read(answer.outcome());
        final String other = msgidBySequence.putIfAbsent(outcome.sequence(), answer.msgid());
        if (other != null) {
            find(
                    Finding.Kind.DOUBLED,
                    answer.msgid(),
                    "place " + outcome.sequence() + " of the journal is also that of " + other);
        }
        if (!outcome.msgid().equals(answer.msgid())) {
            find(Finding.Kind.DIFFERING, answer.msgid(), "the outcome is of " + outcome.msgid());
        }
        add(outcome);
    }

    /**
     * Books a settlement whose answer never came and whose reversal says it had been made: what the reversal gave back
     * had been paid.
     */
    public void settledUnheard(final Outcome reversal) {
        settlementCount++;
        fundPaySumamtFen = Math.subtractExact(fundPaySumamtFen, reversal.fundPaySumamtFen());
        acctPayFen = Math.subtractExact(acctPayFen, reversal.acctPayFen());
        psnCashPayFen = Math.subtractExact(psnCashPayFen, reversal.psnCashPayFen());
    }

    /** Compares the answer to a query with what the terminal holds. */
    public void compare(final String msgid, final RecordState state, final byte[] answer) {
        final Acknowledged first = byMsgid.get(msgid);
        if (first == null) {
            throw new IllegalArgumentException("no answer is booked for " + msgid);
        }
        if (state == RecordState.NOT_SEEN || state == RecordState.MARKED) {
            find(Finding.Kind.LOST, msgid, "the gateway says " + state);
        } else if (!Arrays.equals(first.outcome(), answer)) {
            find(Finding.Kind.DIFFERING, msgid, "the answer of record is not the first answer");
        } else {
            confirmed.add(msgid);
        }
    }

    /** Names each booked msgid that no query has confirmed or contradicted. */
    public void requireAllCompared() {
        final Set<String> found = new HashSet<>();
        findings.forEach(finding -> found.add(finding.msgid()));
        for (final String msgid : byMsgid.keySet()) {
            if (!confirmed.contains(msgid) && !found.contains(msgid)) {
                find(Finding.Kind.LOST, msgid, "no answer to the query");
            }
        }
    }

    /** Compares the sums. More in the gateway than in the books is a doubled settlement, less a lost one. */
    public void compare(final Totals gateway) {
        final Totals own = totals();
        compareCount("settlements", own.settlementCount(), gateway.settlementCount());
        compareCount("reversals", own.reversalCount(), gateway.reversalCount());
        compareSum("fund_pay_sumamt", own.fundPaySumamtFen(), gateway.fundPaySumamtFen());
        compareSum("acct_pay", own.acctPayFen(), gateway.acctPayFen());
        compareSum("psn_cash_pay", own.psnCashPayFen(), gateway.psnCashPayFen());
    }

    public Totals totals() {
        return new Totals(settlementCount, reversalCount, fundPaySumamtFen, acctPayFen, psnCashPayFen);
    }

    /** Cancels (2103), those that were reversed included. */
    public long cancelCount() {
        return cancelCount;
    }

    /** Reversals that undid a cancel. */
    public long reversedCancelCount() {
        return reversedCancelCount;
    }

    /** The first answers, in the order in which they came. */
    public Collection<Acknowledged> acknowledged() {
        return Collections.unmodifiableCollection(byMsgid.values());
    }

    /** The first answer to {@code msgid}, or null. */
    public Acknowledged acknowledged(final String msgid) {
        return byMsgid.get(msgid);
    }

    /** Msgids whose answer of record was asked for and equals the first answer. */
    public int confirmedCount() {
        return confirmed.size();
    }

    /** Answers that came again and were equal. */
    public long repeatCount() {
        return repeatCount;
    }

    /** What was found, in the order of finding, at most a thousand. */
    public List<Finding> findings() {
        return Collections.unmodifiableList(findings);
    }

    public long findingCount() {
        return findingCount;
    }

    /** Findings of one kind among {@link #findings()}. */
    public long count(final Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    private void repeat(final Acknowledged first, final Acknowledged answer) {
        if (Arrays.equals(first.outcome(), answer.outcome()) && Arrays.equals(first.receipt(), answer.receipt())) {
            repeatCount++;
        } else if (Outcome.read(first.outcome()).sequence()
                != Outcome.read(answer.outcome()).sequence()) {
            find(Finding.Kind.DOUBLED, answer.msgid(), "a second outcome stands at another place of the journal");
        } else {
            find(
                    Finding.Kind.DIFFERING,
                    answer.msgid(),
                    "the repeat's outcome or receipt is not the first's, byte for byte");
        }
    }

    private void add(final Outcome outcome) {
        if (outcome.kind() == Outcome.Kind.OTHER) {
            return;
        }
        switch (outcome.kind()) {
            case SETTLED -> settlementCount++;
            case REVERSED -> reversalCount++;
            case CANCELLED -> cancelCount++;
            default -> reversedCancelCount++;
        }
        fundPaySumamtFen = Math.addExact(fundPaySumamtFen, outcome.fundPaySumamtFen());
        acctPayFen = Math.addExact(acctPayFen, outcome.acctPayFen());
        psnCashPayFen = Math.addExact(psnCashPayFen, outcome.psnCashPayFen());
    }

    private void compareCount(final String what, final long own, final long gateways) {
        if (own != gateways) {
            find(
                    gateways > own ? Finding.Kind.DOUBLED : Finding.Kind.LOST,
                    "-",
                    what + ": the terminals hold " + own + ", the gateway " + gateways);
        }
    }

    private void compareSum(final String what, final long ownFen, final long gatewaysFen) {
        if (ownFen != gatewaysFen) {
            find(
                    Finding.Kind.DIFFERING,
                    "-",
                    what + ": the terminals hold " + ownFen + " fen, the gateway " + gatewaysFen);
        }
    }

    private void find(final Finding.Kind kind, final String msgid, final String what) {
        findingCount++;
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new Finding(kind, msgid, what));
        }
    }
}
