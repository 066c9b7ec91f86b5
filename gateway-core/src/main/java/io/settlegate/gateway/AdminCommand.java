package io.settlegate.gateway;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        description = "Operators' acts. The gateway must not be running: these commands take its journal's lock.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AdminInitCommand.class,
            AdminKeygenCommand.class,
            AdminImportCommand.class,
            AdminAcceptClockCommand.class
        })
final class AdminCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: admin init, keygen, import, or accept-clock");
    }
}
