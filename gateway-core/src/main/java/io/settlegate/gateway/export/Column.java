package io.settlegate.gateway.export;

/**
 * A column of an export. Its name and type stay as they are within a version of the schema.
 *
 * @param name of it.
 * @param type of its values.
 * @param meaning in a few words.
 */
record Column(String name, Type type, String meaning) {
    /** What a value looks like. */
    enum Type {
        /** A whole number, 64 bits, signed. */
        INTEGER("integer"),
        /** ISO 8601 to the millisecond, UTC+08:00. */
        TIME("time"),
        /** Text. */
        STRING("string");

        private final String shown;

        Type(final String shown) {
            this.shown = shown;
        }

        /** As in the manifest. */
        String shown() {
            return shown;
        }
    }

    static Column integer(final String name, final String meaning) {
        return new Column(name, Type.INTEGER, meaning);
    }

    static Column time(final String name, final String meaning) {
        return new Column(name, Type.TIME, meaning);
    }

    static Column string(final String name, final String meaning) {
        return new Column(name, Type.STRING, meaning);
    }
}
