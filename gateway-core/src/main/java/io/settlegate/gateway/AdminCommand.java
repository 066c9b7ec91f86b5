package io.settlegate.gateway;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        description = {
            "Operators' acts: founding, keys, import, terminals, persons, accounts, clearing periods, clock.",
            "terminal, person, and allocate act on a running gateway through its operators' socket;",
            "import, close-period, and accept-clock do so too, and if no gateway runs they take its journal's lock."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AdminInitCommand.class,
            AdminKeygenCommand.class,
            AdminImportCommand.class,
            AdminTerminalCommand.class,
            AdminPersonCommand.class,
            AdminAllocateCommand.class,
            AdminClosePeriodCommand.class,
            AdminAcceptClockCommand.class
        })
final class AdminCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say which: admin init, keygen, import, terminal, person, allocate, close-period, or accept-clock");
    }
}
