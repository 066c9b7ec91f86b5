package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.benefits.file.PolicyFiles;
import io.settlegate.gateway.benefits.file.PolicyTable;
import io.settlegate.gateway.benefits.file.PolicyValues;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Prints policies as tables: every version of the files, or the one in force on a day.",
            "Exit code 1: no version is in force on that day."
        })
final class PolicyShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "policy files")
    private List<Path> files;

    @Option(names = "--date", paramLabel = "DATE", description = "only what is in force on this day, yyyy-MM-dd")
    private LocalDate date;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final List<PolicyDefinition> shown = new ArrayList<>();
        for (final List<PolicyDefinition> versions :
                PolicyFiles.read(files).byRegion().values()) {
            for (final PolicyDefinition policy : versions) {
                if (date == null || isInForce(policy)) {
                    shown.add(policy);
                }
            }
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (shown.isEmpty()) {
            out.println("no version of these files is in force on " + date);
            return Settlegate.FOUND;
        }
        for (final PolicyDefinition policy : shown) {
            if (json.isWanted()) {
                final ObjectNode object = new ObjectMapper().createObjectNode();
                PolicyValues.of(policy).forEach(object::put);
                JsonOption.print(out, object);
            } else {
                PolicyTable.of(policy).forEach(out::println);
                out.println();
            }
        }
        return 0;
    }

    private boolean isInForce(final PolicyDefinition policy) {
        return !date.isBefore(policy.effectiveFrom()) && date.isBefore(policy.effectiveTo());
    }
}
