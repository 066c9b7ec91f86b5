package io.settlegate.gateway.benefits.policy;

/** The funds that follow the basic one, in the order in which they are asked. */
public enum Fund {
    /** 职工大额. */
    HIFOB,
    /** 居民大病. */
    HIFMI,
    /** 公务员补助; for civil servants only. */
    CVLSERV,
    /** 企业补充; for members of such a supplement only. */
    HIFES,
    /** 其他. */
    OTH,
    /** 医疗救助. */
    MAF
}
