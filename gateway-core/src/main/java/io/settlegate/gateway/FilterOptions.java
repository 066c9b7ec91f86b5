package io.settlegate.gateway;

import io.settlegate.gateway.inspection.Masking;
import io.settlegate.gateway.inspection.filter.RecordFilters;
import io.settlegate.journal.RecordView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which records `journal grep` wants. Mixed in; filled by the command line. */
final class FilterOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--institution",
            paramLabel = "CODE",
            description = "fixmedins_code of who sent the request, or of what an act names")
    private List<String> institutions = new ArrayList<>();

    @Option(names = "--terminal", paramLabel = "SN", description = "the terminal's serial number")
    private List<String> terminals = new ArrayList<>();

    @Option(
            names = "--person",
            paramLabel = "NUMBER",
            description = "psn_no in the request, its outcome, or a row of an operator's chunk")
    private List<String> persons = new ArrayList<>();

    @Option(names = "--code", paramLabel = "CODE", description = "result code by number or name, or refused: any but 0")
    private List<String> codes = new ArrayList<>();

    @Option(
            names = "--transaction",
            paramLabel = "WHAT",
            description = "2102, 2207, ..., or a message's name: PharmacySettle, FreezePerson, ReadUnmasked")
    private List<String> transactions = new ArrayList<>();

    @Option(names = "--msgid", paramLabel = "PREFIX", description = "beginning of the msgid, or of an act's id")
    private List<String> msgids = new ArrayList<>();

    @Option(names = "--setl-id", paramLabel = "S", description = "settlement number: its record, and what cancelled it")
    private List<String> setlIds = new ArrayList<>();

    Predicate<RecordView> filter() {
        try {
            return new RecordFilters()
                    .transactions(transactions)
                    .institutions(institutions)
                    .terminals(terminals)
                    .msgids(msgids)
                    .codes(codes)
                    .persons(persons)
                    .settlements(setlIds)
                    .all();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The options as given. */
    String asked() {
        return text(UnaryOperator.identity());
    }

    /** The options as they may be kept. */
    String askedMasked() {
        return text(Masking::number);
    }

    private String text(final UnaryOperator<String> person) {
        final StringBuilder text = new StringBuilder();
        add(text, "--institution", institutions);
        add(text, "--terminal", terminals);
        add(text, "--person", persons.stream().map(person).toList());
        add(text, "--code", codes);
        add(text, "--transaction", transactions);
        add(text, "--msgid", msgids);
        add(text, "--setl-id", setlIds);
        return text.toString();
    }

    private static void add(final StringBuilder text, final String option, final List<String> values) {
        values.forEach(value -> text.append(' ').append(option).append(' ').append(value));
    }
}
