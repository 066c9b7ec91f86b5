package io.settlegate.gateway.settlement;

/** Reads and changes a person's row. What the person has used of the benefits stands in {@link PersonYears}. */
final class Persons {
    private static final int ADMDVS_LENGTH = 6;

    private Persons() {}

    /** Whether the person is insured where the request says. */
    static boolean isOf(final FlatTable persons, final int row, final Request request) {
        return Fields.equal(
                request.buffer,
                request.insuplc(),
                persons.buffer(row),
                persons.offset(row) + Rows.PERSON_INSUPLC,
                ADMDVS_LENGTH);
    }

    /** Adds to the balance of the personal account; a negative amount takes from it. Cannot throw. */
    static void addBalance(final FlatTable persons, final int row, final long addedFen) {
        if (addedFen != 0) {
            persons.beginWrite(row);
            persons.putLong(row, Rows.PERSON_BALANCE, persons.getLong(row, Rows.PERSON_BALANCE) + addedFen);
            persons.endWrite(row);
        }
    }

    static boolean isFrozen(final FlatTable persons, final int row) {
        return persons.getByte(row, Rows.PERSON_FROZEN) != 0;
    }
}
