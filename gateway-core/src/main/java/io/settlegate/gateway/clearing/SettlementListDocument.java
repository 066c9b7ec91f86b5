package io.settlegate.gateway.clearing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.inspection.Yuan;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A settlement list under the field names of 4101. What the gateway does not know is an empty text; docs/CLEARING.md lists these. What is not
 * of 4101 stands under "settlegate". Immutable.
 */
final class SettlementListDocument {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(Period.BEIJING);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(Period.BEIJING);

    /** Fields of setlinfo that nothing in the journal or the engine tells. */
    static final List<String> UNKNOWN = List.of(
            "hi_setl_lv",
            "hi_no",
            "dcla_time",
            "gend",
            "brdy",
            "ntly",
            "nwb_age",
            "naty",
            "prfs",
            "curr_addr",
            "emp_name",
            "emp_addr",
            "emp_tel",
            "poscode",
            "coner_name",
            "patn_rlts",
            "coner_addr",
            "coner_tel",
            "sp_psn_type",
            "nwb_adm_type",
            "nwb_bir_wt",
            "nwb_adm_wt",
            "opsp_diag_caty",
            "opsp_mdtrt_date",
            "adm_way",
            "trt_type",
            "refldept_dept",
            "dscg_caty",
            "otp_wm_dise",
            "wm_dise_code",
            "otp_tcm_dise",
            "tcm_dise_code",
            "oprn_oprt_code_cnt",
            "vent_used_dura",
            "pwcry_bfadm_coma_dura",
            "pwcry_afadm_coma_dura",
            "bld_cat",
            "bld_amt",
            "bld_unt",
            "spga_nurscare_days",
            "lv1_nurscare_days",
            "scd_nurscare_days",
            "lv3_nursecare_days",
            "acp_medins_name",
            "acp_optins_code",
            "bill_code",
            "days_rinp_flag_31",
            "days_rinp_pup_31",
            "chfpdr_name",
            "hsorg_opter",
            "medins_fill_dept",
            "medins_fill_psn");

    private final SettlementList list;
    private final Masking masking;

    SettlementListDocument(final SettlementList list, final Masking masking) {
        this.list = list;
        this.masking = masking;
    }

    ObjectNode make() {
        final ObjectNode document = JsonNodeFactory.instance.objectNode();
        putSetlinfo(document.putObject("setlinfo"));
        putPayinfo(document.putArray("payinfo"));
        document.putArray("opspdiseinfo");
        putDiseinfo(document.putArray("diseinfo"));
        putIteminfo(document.putArray("iteminfo"));
        document.putArray("oprninfo");
        document.putArray("icuinfo");
        putOwn(document.putObject("settlegate"));
        return document;
    }

    private void putSetlinfo(final ObjectNode target) {
        final StayRecords.Admitted admission = list.admission();
        final StayRecords.Settled settled = list.settlement();
        target.put("mdtrt_id", list.mdtrtId())
                .put("setl_id", settled.setlId)
                .put("psn_no", shown("psnNo", admission.psnNo()))
                .put("fixmedins_name", list.institutionName())
                .put("fixmedins_code", admission.institution())
                .put("medcasno", shown("iptNo", admission.iptNo()))
                .put("psn_name", shown("psnName", list.person().psnName()))
                .put("patn_cert_type", list.person().psnCertType())
                .put("certno", shown("certno", list.person().certno()))
                .put("age", settled.age)
                .put("psn_type", settled.psnType)
                .put("hi_type", settled.money.insutype)
                .put("insuplc", admission.insuplcAdmdvs())
                .put("med_type", admission.medType())
                .put("ipt_med_type", "1")
                .put("adm_time", second(admission.begntimeMs()))
                .put("adm_caty", admission.admDeptCodg())
                .put("dscg_time", settled.discharge == null ? "" : second(settled.discharge.endtimeMs()))
                .put("dscg_way", settled.discharge == null ? "" : settled.discharge.dscgWay())
                .put("act_ipt_days", days(admission.begntimeMs(), list.endMs()))
                .put("diag_code_cnt", list.diagnoses().size())
                .put("bill_no", shown("invono", settled.invono))
                .put("biz_sn", settled.infRefmsgid)
                .put("chfpdr_code", shown("atddrNo", admission.atddrNo()))
                .put("setl_begn_date", DAY.format(Instant.ofEpochMilli(admission.begntimeMs())))
                .put("setl_end_date", DAY.format(Instant.ofEpochMilli(list.endMs())))
                .put("setl_time", second(settled.timeMs))
                .put("psn_setlway", settled.psnSetlway)
                .put("hi_paymtd", settled.psnSetlway.equals("01") ? "1" : "")
                .put("hsorg", settled.money.office);
        putAmounts(target);
        UNKNOWN.forEach(name -> target.put(name, ""));
    }

    private void putAmounts(final ObjectNode target) {
        final MoneyRow money = list.settlement().money;
        target.put("medfee_sumamt", Yuan.of(money.fen(Amount.MEDFEE)))
                .put("psn_selfpay", Yuan.of(list.psnSelfpayFen()))
                .put("psn_ownpay", Yuan.of(list.psnOwnpayFen()))
                .put("acct_pay", Yuan.of(money.fen(Amount.ACCT)))
                .put("psn_cashpay", Yuan.of(money.fen(Amount.CASH)));
    }

    private void putPayinfo(final ArrayNode target) {
        final MoneyRow money = list.settlement().money;
        for (final Amount fund : Amount.FUNDS) {
            if (money.fen(fund) != 0) {
                target.addObject()
                        .put("fund_pay_type", FundCodes.of(fund, money.insutype))
                        .put("fund_pay_type_name", fund.shown())
                        .put("fund_payamt", Yuan.of(money.fen(fund)));
            }
        }
    }

    private void putDiseinfo(final ArrayNode target) {
        for (final StayRecords.Diagnosis diagnosis : list.diagnoses()) {
            target.addObject()
                    .put("diag_type", diagnosis.diagType())
                    .put("diag_code", shown("diagCode", diagnosis.diagCode()))
                    .put("diag_name", "")
                    .put("adm_cond_type", "")
                    .put("maindiag_flag", diagnosis.number() == 1 ? "1" : "0");
        }
    }

    private void putIteminfo(final ArrayNode target) {
        for (final ChargeGroup group : list.groups()) {
            target.addObject()
                    .put("med_chrgitm", group.code())
                    .put("med_chrgitm_name", group.name())
                    .put("amt", Yuan.of(group.amountFen()))
                    .put("claa_sumfee", Yuan.of(group.ofClassFen(1)))
                    .put("clab_amt", Yuan.of(group.ofClassFen(2)))
                    .put("fulamt_ownpay_amt", Yuan.of(group.ofClassFen(3)))
                    .put("oth_amt", Yuan.of(0));
        }
    }

    /** What 4101 has no place for: the split, all amounts, the lines, and where the record stands. */
    private void putOwn(final ObjectNode target) {
        final StayRecords.Settled settled = list.settlement();
        target.put("sequence", settled.sequence)
                .put("sealNumber", settled.sealNumber)
                .put("time", ShownTime.of(settled.timeMs))
                .put("admissionSequence", list.admission().sequence())
                .put("midStay", settled.isMidStay);
        if (settled.discharge != null) {
            target.put("dischargeSequence", settled.discharge.sequence());
        }
        target.put("stands", settled.undoneSequence < 0);
        if (settled.undoneSequence >= 0) {
            target.put("undoneBySequence", settled.undoneSequence);
        }
        final ObjectNode amounts = target.putObject("amounts");
        for (final Amount amount : Amount.values()) {
            amounts.put(amount.field(), Yuan.of(settled.money.fen(amount)));
        }
        amounts.put("balc", Yuan.of(settled.balcFen));
        final ObjectNode checks = target.putObject("checks");
        for (final RowLaw law : RowLaw.values()) {
            checks.put("law" + law.name(), law.holds(settled.money));
        }
        checks.put("linesAddUp", list.linesAddUp());
        final ArrayNode lines = target.putArray("feedetail");
        for (final SettlementList.Line line : list.lines()) {
            lines.addObject()
                    .put("feedetl_sn", line.feedetlSn())
                    .put("med_list_codg", line.medListCodg())
                    .put("item_name", line.itemName())
                    .put("chrgitm_lv", "0" + line.itemClass())
                    .put("cnt", Yuan.e4(line.cntE4()))
                    .put("pric", Yuan.price(line.pricE6()))
                    .put("det_item_fee_sumamt", Yuan.of(line.amountFen()))
                    .put("fulamt_ownpay_amt", Yuan.of(line.ownpayFen()))
                    .put("overlmt_amt", Yuan.of(line.overlmtFen()))
                    .put("preselfpay_amt", Yuan.of(line.preselfpayFen()))
                    .put("inscp_scp_amt", Yuan.of(line.inscpFen()));
        }
    }

    private String shown(final String field, final String value) {
        return masking.shown(field, value);
    }

    static String second(final long timeMs) {
        return SECOND.format(Instant.ofEpochMilli(timeMs));
    }

    /** Nights, and one for a stay that ends on its day. */
    static long days(final long beginMs, final long endMs) {
        return Math.max(
                1,
                ChronoUnit.DAYS.between(
                        Instant.ofEpochMilli(beginMs).atOffset(Period.BEIJING).toLocalDate(),
                        Instant.ofEpochMilli(endMs).atOffset(Period.BEIJING).toLocalDate()));
    }
}
