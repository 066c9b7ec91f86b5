package io.settlegate.gateway;

import picocli.CommandLine.Command;

@Command(
        name = "clearing",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Makes clearing statements and settlement lists, and tells which periods are closed.",
            "",
            "From the journal of a stopped or a running gateway, up to its durable mark. docs/CLEARING.md."
        },
        subcommands = {ClearingStatementCommand.class, ClearingPeriodsCommand.class, ClearingListCommand.class})
final class ClearingCommand {}
