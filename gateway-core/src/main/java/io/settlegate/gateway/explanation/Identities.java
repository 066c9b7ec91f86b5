package io.settlegate.gateway.explanation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.settlegate.gateway.benefits.policy.FundSum;
import io.settlegate.gateway.benefits.policy.MutualAid;
import io.settlegate.gateway.benefits.policy.Switches;
import io.settlegate.gateway.inspection.Yuan;
import java.util.ArrayList;
import java.util.List;

/** The identities A to D of docs/BENEFITS.md, checked on the amounts of an outcome. No state. */
final class Identities {
    private static final String BILL = "medfee_sumamt";
    private static final String FUND_SUM = "fund_pay_sumamt";
    private static final String PERSON_PART = "psn_part_amt";
    private static final String ACCOUNT = "acct_pay";

    private Identities() {}

    /** Adds an object for each, which says whether it holds. */
    static void check(final JsonNode shares, final Switches switches, final ArrayNode into) {
        final List<String> funds = new ArrayList<>(
                List.of("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay"));
        final List<String> bill = new ArrayList<>(List.of(FUND_SUM, PERSON_PART, "hosp_part_amt"));
        if (switches.fundSum() == FundSum.WITH_ACCOUNT) {
            funds.add(ACCOUNT);
            bill.add("-" + ACCOUNT);
        }
        final List<String> person = switches.mutualAid() == MutualAid.IN_ACCOUNT
                ? List.of(ACCOUNT, "psn_cash_pay")
                : List.of(ACCOUNT, "acct_mulaid_pay", "psn_cash_pay");
        add(
                into,
                shares,
                "A",
                BILL,
                List.of("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"));
        add(into, shares, "B", FUND_SUM, funds);
        add(into, shares, "C", BILL, bill);
        add(into, shares, "D", PERSON_PART, person);
    }

    private static void add(
            final ArrayNode into,
            final JsonNode shares,
            final String name,
            final String sum,
            final List<String> parts) {
        final long leftFen = amountFen(shares, sum);
        long rightFen = 0;
        final StringBuilder names = new StringBuilder();
        final StringBuilder amounts = new StringBuilder();
        for (final String part : parts) {
            final boolean isTaken = part.startsWith("-");
            final String field = isTaken ? part.substring(1) : part;
            final long fen = amountFen(shares, field);
            final String sign = names.isEmpty() ? "" : isTaken ? " - " : " + ";
            rightFen += isTaken ? -fen : fen;
            names.append(sign).append(field);
            amounts.append(sign).append(fen < 0 ? "(" + Yuan.of(fen) + ")" : Yuan.of(fen));
        }
        final boolean holds = leftFen == rightFen;
        into.addObject()
                .put("identity", name)
                .put("holds", holds)
                .put("leftFen", leftFen)
                .put("rightFen", rightFen)
                .put("fields", sum + " = " + names)
                .put("words", Yuan.of(leftFen) + (holds ? " = " : " IS NOT ") + amounts);
    }

    private static long amountFen(final JsonNode shares, final String nationalName) {
        return shares.path(NationalName.toJson(nationalName) + "Fen").asLong();
    }
}
