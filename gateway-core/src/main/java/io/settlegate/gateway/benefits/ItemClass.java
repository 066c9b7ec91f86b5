package io.settlegate.gateway.benefits;

/** chrgitm_lv of the catalogue: 01 甲, 02 乙, 03 丙. */
public enum ItemClass {
    A,
    B,
    C;

    private static final ItemClass[] VALUES = values();

    /** The class of the number 1 to 3; null for another. */
    public static ItemClass of(final int number) {
        return number >= 1 && number <= VALUES.length ? VALUES[number - 1] : null;
    }
}
