package io.settlegate.loadtest;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of this module. */
@Command(
        name = "settlegate",
        description = "Drives a gateway from outside, over TCP.",
        subcommands = {DemoCommand.class, LoadCommand.class, PopulationCommand.class},
        mixinStandardHelpOptions = true,
        version = "settlegate loadtest 0.1.0")
public final class LoadTest implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private LoadTest() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(final String[] arguments) {
        final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        final CommandLine line = new CommandLine(new LoadTest());
        line.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            err.println();
            err.println("error: " + exception.getMessage());
            for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
                err.println("  because: " + cause);
            }
            return ExitCodes.NO_RUN;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command? demo, load, or population");
    }
}
