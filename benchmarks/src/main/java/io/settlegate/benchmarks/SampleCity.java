package io.settlegate.benchmarks;

import io.settlegate.gateway.operations.ActSink;
import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.operations.ImportFiles;
import io.settlegate.gateway.operations.ImportReport;
import io.settlegate.gateway.settlement.EngineParameters;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.loadtest.population.Bill;
import io.settlegate.loadtest.population.BillGenerator;
import io.settlegate.loadtest.population.LineCount;
import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationFiles;
import io.settlegate.loadtest.population.PopulationSize;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The load test's sample city, brought into an engine the way an import brings it.
 *
 * <p>One thread at a time; blocks on the disk while the import files are written and read.
 */
final class SampleCity {
    static final int LINES = 3;

    private static final long SEED = 20_261_122L;
    private static final int INSTITUTION_COUNT = 64;
    private static final int TERMINAL_COUNT = 64;
    private static final int ITEM_COUNT = 2_000;
    private static final String INSURED = "1";
    /** Above those of the city's own acts. */
    private static final long LATER_SEQUENCE = 1_000_000;

    private final Population population;
    private final BillGenerator bills;

    SampleCity(final int personCount) {
        population = Population.generate(
                SEED, new PopulationSize(personCount, INSTITUTION_COUNT, TERMINAL_COUNT, ITEM_COUNT));
        bills = new BillGenerator(population, LineCount.exactly(LINES), SEED);
    }

    static EngineParameters parameters() {
        return EngineParameters.standard(SampleJournal.GATEWAY_ID, SampleJournal.REGION, SEED, ~SEED);
    }

    List<Terminal> terminals() {
        return population.terminals();
    }

    /** Those whose settlements are not refused. */
    List<Person> insured() {
        return population.persons().stream()
                .filter(person -> person.psnInsuStas().equals(INSURED))
                .toList();
    }

    /** The next bill of three lines. */
    Bill nextBill(final Terminal terminal) {
        return bills.next(terminal.institution());
    }

    /** Hands the acts that import the city to {@code sink}. */
    void importInto(final ActSink sink, final long timeMs) throws IOException {
        try (TemporaryDirectory directory = new TemporaryDirectory("city")) {
            final PopulationFiles files = new PopulationFiles(directory.path());
            files.write(population);
            try (InputStream policy = ImportFiles.class.getResourceAsStream("/demo/policy.yaml")) {
                Files.copy(policy, files.policy());
            }
            final SecureRandom random = new SecureRandom();
            final ImportReport report = new ImportFiles(directory.path())
                    .load(new ImportActs(
                            sink,
                            new Sm2Signer(Sm2PrivateKey.generate(random), random),
                            SampleJournal.GATEWAY_ID,
                            "city",
                            Clock.fixed(Instant.ofEpochMilli(timeMs), ZoneOffset.UTC)));
            if (!report.isGood()) {
                throw new IllegalStateException(
                        "the sample city is not imported: " + report.problems().get(0));
            }
        }
    }

    /** An engine that holds the city. */
    SettlementEngine engine(final long timeMs) throws IOException {
        final SettlementEngine engine = new SettlementEngine(parameters(), TerminalListener.NONE);
        final UnsafeBuffer outcome = new UnsafeBuffer(new byte[Limits.MAX_FRAME_LENGTH]);
        importInto(new EngineSink(engine, timeMs, outcome), timeMs);
        return engine;
    }

    /** Brings more persons into an engine that holds the city. */
    static void addTo(final SettlementEngine engine, final SyntheticPersons persons, final long timeMs) {
        final UnsafeBuffer outcome = new UnsafeBuffer(new byte[Limits.MAX_FRAME_LENGTH]);
        final EngineSink sink = new EngineSink(engine, timeMs, outcome);
        sink.sequence = LATER_SEQUENCE;
        persons.importInto(sink, timeMs);
    }

    /** Throws if the outcome of an act is a refusal. */
    static void checkAct(final DirectBuffer outcome) {
        if (new MessageHeaderDecoder().wrap(outcome, 0).templateId() == ActRefusedDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("the engine refuses an act of the sample city's import: "
                    + new ActRefusedDecoder().wrapAndApplyHeader(outcome, 0, new MessageHeaderDecoder()));
        }
    }

    /** Straight into the engine: no journal keeps the acts. */
    private static final class EngineSink implements ActSink {
        private final SettlementEngine engine;
        private final long timeMs;
        private final UnsafeBuffer outcome;
        private long sequence;

        private EngineSink(final SettlementEngine engine, final long timeMs, final UnsafeBuffer outcome) {
            this.engine = engine;
            this.timeMs = timeMs;
            this.outcome = outcome;
        }

        @Override
        public void accept(final DirectBuffer frame, final int offset, final int length) {
            sequence++;
            engine.apply(sequence, timeMs, frame, offset, length, outcome, 0);
            checkAct(outcome);
        }
    }
}
