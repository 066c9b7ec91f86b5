package io.settlegate.gateway.clearing;

import java.util.List;

/** The amounts of a settlement that a statement adds up, under their national names, in the order of its columns. */
public enum Amount {
    MEDFEE("medfee_sumamt", "医疗费总额"),
    FULAMT_OWNPAY("fulamt_ownpay_amt", "全自费金额"),
    OVERLMT_SELFPAY("overlmt_selfpay", "超限价自费"),
    PRESELFPAY("preselfpay_amt", "先行自付金额"),
    INSCP_SCP("inscp_scp_amt", "符合政策范围"),
    ACT_PAY_DEDC("act_pay_dedc", "实际支付起付线"),
    HIFP("hifp_pay", "统筹基金"),
    CVLSERV("cvlserv_pay", "公务员补助"),
    HIFES("hifes_pay", "企业补充"),
    HIFMI("hifmi_pay", "居民大病"),
    HIFOB("hifob_pay", "职工大额"),
    MAF("maf_pay", "医疗救助"),
    OTH("oth_pay", "其他基金"),
    FUND_SUM("fund_pay_sumamt", "基金支付总额"),
    HOSP_PART("hosp_part_amt", "医院负担"),
    PSN_PART("psn_part_amt", "个人负担总额"),
    ACCT("acct_pay", "个人账户"),
    ACCT_MULAID("acct_mulaid_pay", "共济账户"),
    CASH("psn_cash_pay", "现金支付");

    static final int COUNT = values().length;
    static final List<Amount> FUNDS = List.of(HIFP, CVLSERV, HIFES, HIFMI, HIFOB, MAF, OTH);
    static final List<Amount> SPLIT = List.of(FULAMT_OWNPAY, OVERLMT_SELFPAY, PRESELFPAY, INSCP_SCP);

    private final String field;
    private final String shown;

    Amount(final String field, final String shown) {
        this.field = field;
        this.shown = shown;
    }

    /** Name in the national interface. */
    public String field() {
        return field;
    }

    /** Name on paper. */
    public String shown() {
        return shown;
    }
}
