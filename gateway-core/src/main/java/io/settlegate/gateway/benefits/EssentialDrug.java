package io.settlegate.gateway.benefits;

/** Whether a line is of a national essential drug (bas_medn_flag). */
public enum EssentialDrug {
    NO,
    YES
}
