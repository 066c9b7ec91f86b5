package io.settlegate.gateway.benefits.policy;

/** Whether fund_pay_sumamt counts acct_pay; regions differ. */
public enum FundSum {
    WITHOUT_ACCOUNT,
    WITH_ACCOUNT
}
