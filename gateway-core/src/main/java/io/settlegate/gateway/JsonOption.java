package io.settlegate.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The option that every command with a machine-readable answer has. Mixed in; filled by the command line. */
final class JsonOption {
    @Option(names = "--json", description = "print JSON for programs")
    private boolean isWanted;

    boolean isWanted() {
        return isWanted;
    }

    /** One object, over several lines. */
    static void print(final PrintWriter out, final JsonNode object) {
        out.println(object.toPrettyString());
    }
}
