package io.settlegate.gateway.replay;

import io.settlegate.gateway.recovery.JournalTotals;
import io.settlegate.gateway.settlement.LedgerAccounts;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Two sums that must be equal, each made in its own way.
 *
 * @param name for programs, such as {@code institutions.fundPaySumamtFen}.
 * @param words what is compared, for people.
 * @param left of the sums, in fen or records.
 * @param right the other one.
 * @param differingCount single accounts that differ, also where their differences cancel out.
 */
record SummaryCheck(String name, String words, long left, long right, int differingCount) {
    boolean holds() {
        return left == right && differingCount == 0;
    }

    /**
     * All of them: the tables among each other, with the totals that {@link JournalTotals} made, and with the ledger of the engine.
     *
     * @param recordCount commands that were replayed, as the replay counted them.
     */
    static List<SummaryCheck> of(final ReplaySummary summary, final JournalTotals totals, final long recordCount) {
        final List<SummaryCheck> checks = new ArrayList<>();
        checks.add(new SummaryCheck(
                "records", "records of all kinds", summary.total.recordCount + summary.ownRecordCount, recordCount, 0));
        addTotals(summary.total, totals, checks);
        final Tally transactions = new Tally();
        summary.transactions.values().forEach(transactions::add);
        addTally("transactions", "by transaction", transactions, summary.total, checks);
        final Tally institutions = new Tally();
        institutions.add(summary.withoutInstitution);
        for (int row = 0; row < summary.parties().institutionCount(); row++) {
            if (summary.institution(row) != null) {
                institutions.add(summary.institution(row));
            }
        }
        addTally("institutions", "by institution", institutions, summary.total, checks);
        long fundsFen = summary.beyondFundsFen;
        for (final FundTally insurance : summary.funds.values()) {
            for (int fund = 0; fund < FundTally.FUND_COUNT; fund++) {
                fundsFen = Math.addExact(fundsFen, insurance.amountsFen[fund]);
            }
        }
        checks.add(new SummaryCheck(
                "funds.fundPaySumamtFen", "by fund: paid by funds", fundsFen, summary.total.fundPaySumamtFen, 0));
        addLedger(summary, checks);
        return checks;
    }

    private static void addTotals(final Tally total, final JournalTotals totals, final List<SummaryCheck> checks) {
        final String words = "added up twice: ";
        checks.add(new SummaryCheck(
                "totals.fundPaySumamtFen",
                words + "paid by funds",
                total.fundPaySumamtFen,
                totals.fundPaySumamtFen(),
                0));
        checks.add(new SummaryCheck(
                "totals.acctPayFen", words + "paid by accounts", total.acctPayFen, totals.acctPayFen(), 0));
        checks.add(new SummaryCheck(
                "totals.psnCashPayFen", words + "paid in cash", total.psnCashPayFen, totals.psnCashPayFen(), 0));
        checks.add(new SummaryCheck("totals.repeats", words + "repeats", total.repeatCount, totals.repeatCount(), 0));
    }

    private static void addTally(
            final String name,
            final String words,
            final Tally rows,
            final Tally total,
            final List<SummaryCheck> checks) {
        checks.add(new SummaryCheck(name + ".records", words + ": records", rows.recordCount, total.recordCount, 0));
        checks.add(new SummaryCheck(
                name + ".medfeeSumamtFen", words + ": bills", rows.medfeeSumamtFen, total.medfeeSumamtFen, 0));
        checks.add(new SummaryCheck(
                name + ".fundPaySumamtFen",
                words + ": paid by funds",
                rows.fundPaySumamtFen,
                total.fundPaySumamtFen,
                0));
        checks.add(new SummaryCheck(
                name + ".acctPayFen", words + ": paid by accounts", rows.acctPayFen, total.acctPayFen, 0));
        checks.add(new SummaryCheck(
                name + ".psnCashPayFen", words + ": paid in cash", rows.psnCashPayFen, total.psnCashPayFen, 0));
    }

    private static void addLedger(final ReplaySummary summary, final List<SummaryCheck> checks) {
        final LedgerBaseline.Posted posted = summary.baseline().posted();
        addFunds(summary, posted.paidFen(), checks);
        long billedFen = 0;
        long postedFen = 0;
        int differing = 0;
        for (int row = 0; row < summary.parties().institutionCount(); row++) {
            final Tally tally = summary.institution(row);
            final long ownFen = tally == null ? 0 : tally.medfeeSumamtFen - tally.hospPartAmtFen;
            final long ledgerFen = posted.amountFen(LedgerAccounts.Kind.INSTITUTION, row);
            billedFen = Math.addExact(billedFen, ownFen);
            postedFen = Math.addExact(postedFen, ledgerFen);
            differing += ownFen == ledgerFen ? 0 : 1;
        }
        checks.add(new SummaryCheck(
                "ledger.institutions",
                "ledger: what institutions are owed, bills less the hospital's part",
                billedFen,
                postedFen,
                differing));
        checks.add(new SummaryCheck(
                "ledger.cash",
                "ledger: cash",
                summary.total.psnCashPayFen,
                -posted.amountFen(LedgerAccounts.Kind.CASH, 0),
                0));
    }

    private static void addFunds(
            final ReplaySummary summary, final Int2ObjectHashMap<long[]> paid, final List<SummaryCheck> checks) {
        final long[] nothing = new long[FundTally.COUNT];
        long recordedFen = 0;
        long postedFen = 0;
        int differing = 0;
        for (final FundTally tally : summary.funds.values()) {
            for (final long amountFen : tally.amountsFen) {
                recordedFen = Math.addExact(recordedFen, amountFen);
            }
        }
        final Int2ObjectHashMap<FundTally>.KeySet insurances = summary.funds.keySet();
        for (final Int2ObjectHashMap<FundTally>.KeyIterator keys = insurances.iterator(); keys.hasNext(); ) {
            final int insutype = keys.nextInt();
            differing += differences(summary.funds.get(insutype).amountsFen, paid.getOrDefault(insutype, nothing));
        }
        for (final Int2ObjectHashMap<long[]>.KeyIterator keys = paid.keySet().iterator(); keys.hasNext(); ) {
            final int insutype = keys.nextInt();
            for (final long amountFen : paid.get(insutype)) {
                postedFen = Math.addExact(postedFen, amountFen);
            }
            differing += summary.funds.containsKey(insutype) ? 0 : differences(nothing, paid.get(insutype));
        }
        checks.add(new SummaryCheck(
                "ledger.funds",
                "ledger: each fund of each insurance, and accounts of family members",
                recordedFen,
                postedFen,
                differing));
    }

    private static int differences(final long[] left, final long[] right) {
        int count = 0;
        for (int i = 0; i < left.length; i++) {
            count += left[i] == right[i] ? 0 : 1;
        }
        return count;
    }
}
