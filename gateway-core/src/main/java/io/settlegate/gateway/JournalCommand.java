package io.settlegate.gateway;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = {
            "Examines a journal, makes snapshots of it, and archives, removes, and puts back its old segments.",
            "The gateway may be running: no command needs the writer's lock. Snapshots and segments wait for each other."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            JournalInfoCommand.class,
            JournalTailCommand.class,
            JournalShowCommand.class,
            JournalGrepCommand.class,
            JournalFindCommand.class,
            JournalIndexCommand.class,
            JournalExportCommand.class,
            JournalVerifyCommand.class,
            JournalSnapshotCommand.class,
            JournalArchiveCommand.class,
            JournalRemoveArchivedCommand.class,
            JournalRestoreArchivedCommand.class,
            JournalHeadCommand.class,
            JournalProveCommand.class,
            JournalConsistencyCommand.class,
            JournalReceiptCommand.class
        })
final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which: `settlegate journal --help` lists them");
    }
}
