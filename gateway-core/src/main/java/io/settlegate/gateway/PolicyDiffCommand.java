package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.benefits.file.PolicyDifference;
import io.settlegate.gateway.benefits.file.PolicyFile;
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
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Says what changes from one policy file to another, value by value.",
            "Exit code 0: nothing. 1: they differ."
        })
final class PolicyDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD", description = "a policy file")
    private Path earlier;

    @Parameters(index = "1", paramLabel = "NEW", description = "another, such as the next version")
    private Path later;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final List<PolicyDifference> differences =
                PolicyDifference.between(PolicyFile.read(earlier), PolicyFile.read(later));
        final PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            final ObjectNode object = new ObjectMapper().createObjectNode();
            final ArrayNode list = object.putArray("differences");
            differences.forEach(difference -> list.addObject()
                    .put("name", difference.name())
                    .put("before", difference.before())
                    .put("after", difference.after()));
            JsonOption.print(out, object);
        } else {
            differences.forEach(difference -> out.printf(
                    "%s: %s -> %s%n", difference.name(), shown(difference.before()), shown(difference.after())));
            out.printf("%d values differ%n", differences.size());
        }
        return differences.isEmpty() ? 0 : Settlegate.FOUND;
    }

    private static String shown(final String value) {
        return value.isEmpty() ? "(not there)" : value;
    }
}
