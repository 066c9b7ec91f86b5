package io.settlegate.gateway.operations;

import java.util.List;

/** The files of an import and their columns, in the order in which they are read and made into acts. */
public enum ImportFile {
    REGIONS("regions.csv", "admdvs", "poolarea", "name"),
    INSTITUTIONS("institutions.csv", "fixmedins_code", "fixmedins_name", "admdvs", "hosp_lv", "status"),
    TERMINALS("terminals.csv", "sn", "model", "fixmedins_code", "public_key", "status"),
    PERSONS(
            "persons.csv",
            "psn_no",
            "psn_name",
            "psn_cert_type",
            "certno",
            "insutype",
            "psn_type",
            "insuplc_admdvs",
            "psn_insu_stas",
            "card_no"),
    CATALOGUE(
            "catalogue.csv",
            "med_list_codg",
            "item_name",
            "chrgitm_lv",
            "selfpay_prop",
            "pric_uplmt_amt",
            "bas_medn_flag",
            "rx_flag",
            "begndate",
            "enddate"),
    ALLOCATIONS("allocations.csv", "batch_id", "psn_no", "amount"),
    VOUCHERS("vouchers.csv", "ec_token", "psn_no", "expires"),
    ITEM_TERMS(
            "item_terms.csv",
            "med_list_codg",
            "admdvs",
            "begndate",
            "enddate",
            "chrgitm_lv",
            "selfpay_prop",
            "pric_uplmt_amt",
            "bas_medn_flag"),
    ENTITLEMENTS("entitlements.csv", "psn_no", "kind", "code", "begndate", "enddate");

    private static final int CATALOGUE_LEAST = 5;

    private final String fileName;

    private final List<String> columns;

    ImportFile(final String fileName, final String... columns) {
        this.fileName = fileName;
        this.columns = List.of(columns);
    }

    String fileName() {
        return fileName;
    }

    List<String> columns() {
        return columns;
    }

    /** The columns without the last ones, where a file may do without them; else all. */
    List<String> leastColumns() {
        return switch (this) {
            case PERSONS -> columns.subList(0, columns.size() - 1);
            case CATALOGUE -> columns.subList(0, CATALOGUE_LEAST);
            default -> columns;
        };
    }
}
