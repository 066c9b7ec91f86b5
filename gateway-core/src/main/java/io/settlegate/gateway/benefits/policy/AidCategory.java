package io.settlegate.gateway.benefits.policy;

/** The medical-aid category of a person; schemes may have terms of their own for each. */
public enum AidCategory {
    /** No category. */
    NONE,
    /** 特困. */
    EXTREME_POVERTY,
    /** 低保. */
    LOW_INCOME,
    /** 低保边缘. */
    LOW_MARGIN,
    /** 防止返贫监测对象. */
    MONITORED,
    /** 因病致贫重病患者. */
    HIGH_EXPENSE
}
