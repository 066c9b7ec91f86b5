package io.settlegate.gateway.clearing;

import java.util.Map;

/** What codes of the national tables are called on paper. A code that is not here stands alone. No state. */
final class Codes {
    private static final Map<String, String> INSUTYPES = Map.ofEntries(
            Map.entry("310", "职工基本医疗保险"),
            Map.entry("320", "公务员医疗补助"),
            Map.entry("330", "大额医疗费用补助"),
            Map.entry("340", "离休人员医疗保障"),
            Map.entry("350", "一至六级残疾军人医疗补助"),
            Map.entry("360", "老红军医疗保障"),
            Map.entry("370", "企业补充医疗保险"),
            Map.entry("380", "新型农村合作医疗"),
            Map.entry("390", "城乡居民基本医疗保险"),
            Map.entry("391", "城镇居民基本医疗保险"),
            Map.entry("392", "城乡居民大病医疗保险"),
            Map.entry("399", "其他特殊人员医疗保障"),
            Map.entry("410", "长期照护保险"),
            Map.entry("510", "生育保险"));
    private static final Map<String, String> CLR_TYPES = Map.of("11", "门诊", "21", "住院", "41", "药店");
    private static final Map<String, String> MED_TYPES = Map.ofEntries(
            Map.entry("11", "普通门诊"),
            Map.entry("12", "门诊挂号"),
            Map.entry("13", "急诊"),
            Map.entry("14", "门诊慢特病"),
            Map.entry("21", "普通住院"),
            Map.entry("22", "外伤住院"),
            Map.entry("23", "转外诊治住院"),
            Map.entry("24", "急诊转住院"),
            Map.entry("25", "异地住院"),
            Map.entry("26", "单病种住院"),
            Map.entry("28", "日间手术"),
            Map.entry("41", "定点药店购药"),
            Map.entry("52", "生育住院"));
    private static final Map<String, String> LEVELS = Map.of("01", "甲类", "02", "乙类", "03", "自费（丙类）");
    private static final Map<String, String> DIAGNOSIS_TYPES = Map.of("1", "西医诊断", "2", "中医主病诊断", "3", "中医主证诊断");
    private static final Map<String, String> DISCHARGE_WAYS =
            Map.of("1", "医嘱离院", "2", "医嘱转院", "3", "转社区卫生服务机构", "4", "非医嘱离院", "5", "死亡", "9", "其他");

    private Codes() {}

    static String insutype(final String code) {
        return shown(INSUTYPES, code);
    }

    static String clrType(final String code) {
        return shown(CLR_TYPES, code);
    }

    static String medType(final String code) {
        return shown(MED_TYPES, code);
    }

    static String level(final String code) {
        return shown(LEVELS, code);
    }

    static String dischargeWay(final String code) {
        return shown(DISCHARGE_WAYS, code);
    }

    static String diagnosisType(final String code) {
        return shown(DIAGNOSIS_TYPES, code);
    }

    private static String shown(final Map<String, String> names, final String code) {
        final String name = names.get(code);
        return name == null ? code : code + " " + name;
    }
}
