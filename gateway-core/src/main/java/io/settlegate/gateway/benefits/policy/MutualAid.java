package io.settlegate.gateway.benefits.policy;

/** Where acct_mulaid_pay stands in the identity of the person's part. */
public enum MutualAid {
    /** psn_part_amt = acct_pay + acct_mulaid_pay + psn_cash_pay. */
    APART,
    /** acct_pay holds it: psn_part_amt = acct_pay + psn_cash_pay. */
    IN_ACCOUNT
}
