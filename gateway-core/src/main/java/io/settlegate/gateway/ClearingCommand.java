package io.settlegate.gateway;

import picocli.CommandLine.Command;

@Command(
        name = "clearing",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Clearing from the journal, of a stopped or a running gateway, up to its durable mark: statements of a day or a",
            "month, which periods are closed, and the settlement list of a stay. docs/CLEARING.md."
        },
        subcommands = {ClearingStatementCommand.class, ClearingPeriodsCommand.class, ClearingListCommand.class})
final class ClearingCommand {}
