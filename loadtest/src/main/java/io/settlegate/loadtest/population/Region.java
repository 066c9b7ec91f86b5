package io.settlegate.loadtest.population;

import java.util.List;

/** A county or the city itself; all pool in the city. */
public record Region(String admdvs, String name) {
    /** The pooling area, which is also the gateway's insuplc. */
    public static final String POOL_AREA = "320300";

    /** The city, then its ten counties. */
    public static final List<Region> ALL = List.of(
            new Region(POOL_AREA, "徐州市"),
            new Region("320302", "鼓楼区"),
            new Region("320303", "云龙区"),
            new Region("320305", "贾汪区"),
            new Region("320311", "泉山区"),
            new Region("320312", "铜山区"),
            new Region("320321", "丰县"),
            new Region("320322", "沛县"),
            new Region("320324", "睢宁县"),
            new Region("320381", "新沂市"),
            new Region("320382", "邳州市"));

    /** The counties alone. */
    public static final List<Region> COUNTIES = ALL.subList(1, ALL.size());
}
