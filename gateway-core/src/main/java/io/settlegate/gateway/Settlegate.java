package io.settlegate.gateway;

import io.settlegate.gateway.recovery.ReplayMismatchException;
import io.settlegate.journal.JournalException;
import io.settlegate.journal.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "settlegate",
        mixinStandardHelpOptions = true,
        version = "settlegate " + Settlegate.VERSION,
        description = "A settlement gateway for Chinese medical insurance.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Also: demo, load, and population (sample city), each with --help.",
            "Exit codes: 0 done, 1 a check found something, 2 wrong use, 3 the machine lacks something, 4 refused or failed,",
            "70 a stage of a running gateway failed and it stopped at once, 143 stopped by SIGTERM."
        },
        subcommands = {
            ServeCommand.class,
            ReplayCommand.class,
            ExplainCommand.class,
            JournalCommand.class,
            ReceiptCommand.class,
            ProofCommand.class,
            AdminCommand.class,
            PolicyCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ClearingCommand.class,
            ActivityCommand.class,
            ReconcileCommand.class
        })
public final class Settlegate {
    static final String VERSION = "0.1.0-SNAPSHOT";

    /** A check found something. */
    static final int FOUND = 1;

    /** Refused or failed; the message says why and what to do. */
    static final int FAILED = 4;

    /** Wide enough for each line of the texts. */
    private static final int USAGE_HELP_WIDTH = 124;

    private Settlegate() {}

    public static void main(final String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        final CommandLine line = new CommandLine(new Settlegate()).setUsageHelpWidth(USAGE_HELP_WIDTH);
        DateArgument.register(line);
        return line.setExecutionExceptionHandler((failure, commandLine, parsed) -> {
            commandLine.getErr().println(commandLine.getColorScheme().errorText("settlegate: " + messageOf(failure)));
            if (!isExpected(failure)) {
                failure.printStackTrace(commandLine.getErr());
            }
            return FAILED;
        });
    }

    private static String messageOf(final Exception failure) {
        final Throwable shown = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        if (shown instanceof NoSuchFileException missing && missing.getReason() == null) {
            return missing.getFile() + " is not there";
        }
        if (shown instanceof AccessDeniedException denied && denied.getReason() == null) {
            return denied.getFile() + " cannot be opened: this user may not";
        }
        return shown.getMessage() == null ? shown.toString() : shown.getMessage();
    }

    /** Failures whose message says all that a person can act on; of others the stack trace helps whoever mends them. */
    private static boolean isExpected(final Exception failure) {
        return failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof JournalException
                || failure instanceof StoreException
                || failure instanceof ReplayMismatchException
                || failure instanceof ActRefusedException
                || failure instanceof IllegalArgumentException;
    }
}
