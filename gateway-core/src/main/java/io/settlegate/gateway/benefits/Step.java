package io.settlegate.gateway.benefits;

/** The steps of the computation, in their order. */
public enum Step {
    /** Base: overlmt_selfpay; ratio: the hospital's share; amount: what it bears. */
    HOSPITAL_CEILING,
    /** Base: inscp_scp_amt; limit: the quota; amount: what the hospital bears. */
    HOSPITAL_QUOTA,
    /** Amount: what is free of the deductible. */
    ESSENTIAL_DRUGS,
    /** Base: what is subject to it; limit: what is left of it; amount: act_pay_dedc. */
    DEDUCTIBLE,
    /** Base: what lies in the segment; ratio: after age points and out-of-area factor. */
    BASIC_SEGMENT,
    /** Base: the amount after the deductible; amount: what the fund would pay without caps. */
    BASIC_ROUNDED,
    /** Base: that; limit: what is left of the annual cap; amount: what remains. */
    BASIC_CAP,
    /** Base: that; limit: what is left of the disease's cap; amount: what remains. */
    DISEASE_CAP,
    /** Base: the amount after the deductible; limit: what was left of the annual cap; amount: the part over the cap. */
    OVER_CAP,
    /** Base: what lies in the tier; ratio. */
    SCHEME_TIER,
    /** Base: what the scheme looks at; amount: what it would pay without cap. */
    SCHEME_ROUNDED,
    /** Base: that; limit: what is left of its cap; amount: what it pays. */
    SCHEME_CAP,
    /** Base: medfee_sumamt; amount: psn_part_amt. */
    PERSON_PART,
    /** Base: what the account may pay; limit: its balance; amount: what it gives. */
    ACCOUNT,
    /** Base: what is left of that; limit: what the family offers; amount: acct_mulaid_pay. */
    MUTUAL_AID,
    /** Amount: psn_cash_pay. */
    CASH
}
