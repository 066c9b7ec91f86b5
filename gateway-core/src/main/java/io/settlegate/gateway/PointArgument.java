package io.settlegate.gateway;

import io.settlegate.gateway.inspection.JournalPoint;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads the value of an option that names a place in a journal. No state. */
final class PointArgument {
    private PointArgument() {}

    /** @param text null where the option was not given, which is the end. @throws ParameterException for no such place. */
    static JournalPoint parse(final CommandSpec spec, final String option, final String text) {
        try {
            return text == null ? JournalPoint.END : JournalPoint.parse(text);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + " " + e.getMessage(), e);
        }
    }
}
