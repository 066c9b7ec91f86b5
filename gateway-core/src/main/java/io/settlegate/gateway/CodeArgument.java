package io.settlegate.gateway;

import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Codes of offices, institutions, and clearing types as options name them; null where an option is not given. No state. */
final class CodeArgument {
    private static final Set<String> CLR_TYPES = Set.of("11", "21", "41");

    private CodeArgument() {}

    static void checkOffice(final CommandSpec spec, final String office) {
        if (office != null && !office.matches("[0-9]{6}")) {
            throw new ParameterException(
                    spec.commandLine(), "--office is an admdvs of six digits, such as 320100, not " + office);
        }
    }

    static void checkInstitution(final CommandSpec spec, final String institution) {
        if (institution != null && !institution.matches("[0-9A-Za-z]{12}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--institution is a fixmedins_code of twelve letters and digits, such as H32010000001, not "
                            + institution);
        }
    }

    static void checkClrType(final CommandSpec spec, final String clrType) {
        if (clrType != null && !CLR_TYPES.contains(clrType)) {
            throw new ParameterException(
                    spec.commandLine(), "--clr-type is 11 outpatient, 21 inpatient, or 41 pharmacy, not " + clrType);
        }
    }
}
