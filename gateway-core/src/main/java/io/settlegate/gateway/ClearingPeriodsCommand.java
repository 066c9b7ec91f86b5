package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.clearing.ActHistory;
import io.settlegate.gateway.clearing.Closing;
import io.settlegate.gateway.clearing.StatementReading;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "periods",
        mixinStandardHelpOptions = true,
        description = {
            "Lists which clearing offices are closed through which day.",
            "",
            "And each act that closed or reopened one: its record, time, and operator's key. Of what the journal still holds:",
            "acts in archived segments are not told of.",
            "Exit code 0: told, also where nothing was ever closed."
        })
final class ClearingPeriodsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JournalOption data;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        try (Store store = data.openStore();
                JournalFollower follower = JournalFollower.open(store)) {
            final long first = follower.firstSequence();
            final ObjectNode document = document(
                    ActHistory.read(follower),
                    first,
                    StatementReading.keyId(follower.genesis().operatorKey()));
            if (json.isWanted()) {
                JsonOption.print(spec.commandLine().getOut(), document);
            } else {
                print(document, first);
            }
        }
        return 0;
    }

    private static ObjectNode document(final ActHistory history, final long first, final String keyId) {
        final ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("firstSequence", first)
                .put("lastSequence", history.lastSequence());
        final ArrayNode offices = document.putArray("offices");
        history.closedThrough()
                .forEach((office, through) ->
                        offices.addObject().put("clr_optins", office).put("closedThrough", through.toString()));
        final ArrayNode acts = document.putArray("acts");
        for (final Closing closing : history.closings()) {
            acts.addObject()
                    .put("clr_optins", closing.office())
                    .put("kind", closing.kind().name())
                    .put("through", closing.through().toString())
                    .put("sequence", closing.sequence())
                    .put("time", ShownTime.of(closing.timeMs()))
                    .put("actId", closing.actId())
                    .put("operatorKeyId", keyId)
                    .put("reason", closing.reason());
        }
        return document;
    }

    private void print(final ObjectNode document, final long first) {
        final PrintWriter out = spec.commandLine().getOut();
        if (first > 0) {
            out.println("of what the journal holds, from record " + first + " on");
        }
        if (document.get("offices").isEmpty()) {
            out.println("no period is closed");
        }
        document.get("offices")
                .forEach(office ->
                        out.println("office " + office.get("clr_optins").asText() + ": closed through "
                                + office.get("closedThrough").asText()));
        document.get("acts")
                .forEach(act -> out.println("  record " + act.get("sequence").asLong() + "  "
                        + act.get("time").asText() + "  "
                        + (act.get("kind").asText().equals("CLOSED") ? "closed through " : "reopened after ")
                        + act.get("through").asText() + "  office "
                        + act.get("clr_optins").asText() + "  key "
                        + act.get("operatorKeyId").asText() + "  "
                        + act.get("reason").asText()));
        out.flush();
    }
}
