package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.journal.Damage;
import io.settlegate.journal.JournalVerification;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks every record, leaf, Merkle root, chain link, tree head, and seal signature, and names each damage.",
            "Exit code 0: whole. 1: damaged."
        })
final class JournalVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final JournalVerification.Report report;
        try (Store store = data.openStore()) {
            report = JournalVerification.verify(store);
        }
        if (json.isWanted()) {
            JsonOption.print(spec.commandLine().getOut(), toJson(report));
        } else {
            print(spec.commandLine().getOut(), report);
        }
        return report.isGood() ? 0 : Settlegate.FOUND;
    }

    private static ObjectNode toJson(final JournalVerification.Report report) {
        final ObjectNode object = new ObjectMapper()
                .createObjectNode()
                .put("good", report.isGood())
                .put("records", report.recordCount())
                .put("seals", report.sealCount());
        final ArrayNode damages = object.putArray("damages");
        for (final Damage damage : report.damages()) {
            damages.addObject()
                    .put("segment", damage.segment())
                    .put("sequence", damage.sequence())
                    .put("sealNumber", damage.sealNumber())
                    .put("field", damage.field())
                    .put("reason", damage.reason())
                    .put("advice", damage.advice());
        }
        return object;
    }

    private static void print(final PrintWriter out, final JournalVerification.Report report) {
        out.printf(
                "%,d records under %,d seals are %s%n",
                report.recordCount(), report.sealCount(), report.isGood() ? "whole" : "as sealed; but:");
        for (final Damage damage : report.damages()) {
            out.println(damage.describe());
        }
    }
}
