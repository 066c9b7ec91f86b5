package io.settlegate.gateway.reconciliation;

/** Whose books. */
enum Book {
    GATEWAY('G'),
    HOSPITAL('H'),
    BUREAU('B');

    static final int COUNT = values().length;

    private final char letter;

    Book(final char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }
}
