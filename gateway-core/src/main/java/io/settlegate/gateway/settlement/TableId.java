package io.settlegate.gateway.settlement;

/** The tables of the state. The number is hashed with each row and never changes its meaning. */
enum TableId {
    GLOBALS(1),
    REGIONS(2),
    INSTITUTIONS(3),
    TERMINALS(4),
    PERSONS(5),
    ITEMS(6),
    LEDGER(8),
    BATCHES(9),
    MSGIDS(10),
    STAGED(11),
    VOUCHERS(12),
    ACTS(13),
    SETTLEMENTS(14),
    SETTLEMENT_VALUES(15),
    PERSON_YEARS(16),
    PERSON_DISEASES(17),
    CLAIMS(18),
    CANCELS(19),
    POLICY_VERSIONS(21),
    ITEM_TERMS(22),
    ENTITLEMENTS(23),
    VISITS(30),
    FEE_LINES(31),
    STAYS(32),
    DAY_TOTALS(40),
    CLEARINGS(41),
    UPLOADS(42),
    SCRATCH(99);

    final int number;

    TableId(final int number) {
        this.number = number;
    }
}
