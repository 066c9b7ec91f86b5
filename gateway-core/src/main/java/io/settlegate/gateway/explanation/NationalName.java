package io.settlegate.gateway.explanation;

import java.util.Locale;

/** The names of the national interface, as the interface writes them and as the schema does. No state. */
final class NationalName {
    private NationalName() {}

    /** {@code fund_pay_sumamt} of {@code fundPaySumamt}. */
    static String of(final String jsonName) {
        return jsonName.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** {@code fundPaySumamt} of {@code fund_pay_sumamt}. */
    static String toJson(final String nationalName) {
        final StringBuilder name = new StringBuilder();
        for (final String part : nationalName.split("_", -1)) {
            name.append(name.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return name.toString();
    }
}
