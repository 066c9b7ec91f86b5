package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.benefits.file.PolicyFiles;
import io.settlegate.gateway.benefits.policy.PolicyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks policy files: each for itself, and the versions of one region together.",
            "Exit code 0: they can be used. 1: faults, each named by file and line."
        })
final class PolicyCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "policy files; all versions of a region together")
    private List<Path> files;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        try {
            final PolicyFiles read = PolicyFiles.read(files);
            if (json.isWanted()) {
                print(List.of());
            } else {
                read.byRegion()
                        .forEach((region, versions) -> versions.forEach(policy -> out.printf(
                                "good: region %s %s, version %d, from %s until before %s, %d plans, %d schemes (%s)%n",
                                region,
                                policy.name(),
                                policy.version(),
                                policy.effectiveFrom(),
                                policy.effectiveTo(),
                                policy.plans().size(),
                                policy.schemes().size(),
                                policy.provenance().trust())));
            }
            return 0;
        } catch (final PolicyException e) {
            final List<String> faults = e.getMessage().lines().toList();
            if (json.isWanted()) {
                print(faults);
            } else {
                faults.forEach(out::println);
            }
            return Settlegate.FOUND;
        }
    }

    private void print(final List<String> faults) {
        final ObjectNode object = new ObjectMapper().createObjectNode().put("good", faults.isEmpty());
        final ArrayNode list = object.putArray("faults");
        faults.forEach(list::add);
        JsonOption.print(spec.commandLine().getOut(), object);
    }
}
