package io.settlegate.gateway.clearing;

import java.util.List;

/**
 * Lines of one kind of charge. The catalogue that the gateway holds has no med_chrgitm_type, so that the kind is told by the national
 * code's first letter where it tells it, and is empty for services, whose kinds it does not tell.
 */
final class ChargeGroup {
    private final String code;
    private final String name;
    private final long[] byClassFen = new long[3];
    private long ownpayFen;
    private long overlmtFen;
    private long preselfpayFen;
    private long inscpFen;
    private int lineCount;

    /** By first letter of the national item code, with med_chrgitm_type. */
    private static final List<ChargeKind> KINDS = List.of(
            new ChargeKind("X", "09", "西药费"),
            new ChargeKind("Z", "11", "中成药费"),
            new ChargeKind("T", "10", "中药饮片费（配方颗粒）"),
            new ChargeKind("C", "08", "卫生材料费"));

    private record ChargeKind(String letter, String code, String name) {}

    private ChargeGroup(final String code, final String name) {
        this.code = code;
        this.name = name;
    }

    /** The group of an item, without lines. */
    static ChargeGroup of(final String medListCodg) {
        for (final ChargeKind kind : KINDS) {
            if (medListCodg.startsWith(kind.letter())) {
                return new ChargeGroup(kind.code(), kind.name());
            }
        }
        return new ChargeGroup("", "医疗服务及其他（未分类）");
    }

    void add(final SettlementList.Line line) {
        byClassFen[line.itemClass() - 1] = Math.addExact(byClassFen[line.itemClass() - 1], line.amountFen());
        ownpayFen += line.ownpayFen();
        overlmtFen += line.overlmtFen();
        preselfpayFen += line.preselfpayFen();
        inscpFen += line.inscpFen();
        lineCount++;
    }

    /** med_chrgitm_type; empty where it is not known. */
    String code() {
        return code;
    }

    String name() {
        return name;
    }

    /** @param itemClass 1, 2, 3. */
    long ofClassFen(final int itemClass) {
        return byClassFen[itemClass - 1];
    }

    long amountFen() {
        return byClassFen[0] + byClassFen[1] + byClassFen[2];
    }

    long ownpayFen() {
        return ownpayFen;
    }

    long overlmtFen() {
        return overlmtFen;
    }

    long preselfpayFen() {
        return preselfpayFen;
    }

    long inscpFen() {
        return inscpFen;
    }

    int lineCount() {
        return lineCount;
    }
}
