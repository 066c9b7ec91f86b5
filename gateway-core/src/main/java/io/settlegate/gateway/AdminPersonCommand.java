package io.settlegate.gateway;

import io.settlegate.gateway.operations.PersonState;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "person",
        mixinStandardHelpOptions = true,
        description = "Freezes and releases persons on a running gateway.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AdminPersonCommand.Freeze.class, AdminPersonCommand.Release.class})
final class AdminPersonCommand implements Runnable {
    private static final String EXIT_CODES = "Exit code 0: done, with a receipt. 1: refused; the reason is named.";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: admin person freeze or release");
    }

    @Command(
            name = "freeze",
            mixinStandardHelpOptions = true,
            description = {"Freezes a person: nothing is settled for them (506) until `release`.", EXIT_CODES})
    static final class Freeze implements Callable<Integer> {
        @Mixin
        private OperatorOptions options;

        @Option(names = "--psn-no", required = true, paramLabel = "NUMBER", description = "the person's psn_no")
        private String psnNo;

        @Override
        public Integer call() throws IOException {
            return options.perform(acts -> acts.person(psnNo, PersonState.FROZEN));
        }
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = {"Releases a frozen person.", EXIT_CODES})
    static final class Release implements Callable<Integer> {
        @Mixin
        private OperatorOptions options;

        @Option(names = "--psn-no", required = true, paramLabel = "NUMBER", description = "the person's psn_no")
        private String psnNo;

        @Override
        public Integer call() throws IOException {
            return options.perform(acts -> acts.person(psnNo, PersonState.RELEASED));
        }
    }
}
