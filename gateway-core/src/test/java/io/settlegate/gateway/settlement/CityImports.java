package io.settlegate.gateway.settlement;

import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.operations.ImportFiles;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Imports single files into a city's engine; keeps of the last one why and where it was refused. */
final class CityImports {
    final EngineFixture city;
    /** The reason of the refusal; null where there was none. */
    ActReason refusal;
    /** File and line that the refusal names. */
    String place;

    private final Path directory;
    private int number;
    private int chunk;
    private int row;

    CityImports(final EngineFixture city, final Path directory) {
        this.city = city;
        this.directory = directory;
    }

    /** Loads a file that its own checks find good; null if the engine refuses nothing of it. */
    ActReason load(final String name, final String content) throws IOException {
        return load(name, content, 50_000);
    }

    ActReason load(final String name, final String content, final int partRows) throws IOException {
        number++;
        refusal = null;
        final Path files = Files.createDirectory(directory.resolve("import-" + number));
        Files.writeString(files.resolve(name), content);
        final ImportActs acts = new ImportActs(
                this::apply, EngineFixture.SIGNER, "GW1", "city-" + number, EngineFixture.clock(city.nowMs), partRows);
        final var report = new ImportFiles(files).load(acts);
        if (!report.isGood()) {
            throw new AssertionError(report.toString());
        }
        place = refusal == null ? "" : acts.placeOf(chunk, row);
        return refusal;
    }

    void apply(final DirectBuffer frame, final int offset, final int length) {
        city.apply(frame, offset, length);
        if (refusal == null && city.template() == ActRefusedDecoder.TEMPLATE_ID) {
            final ActRefusedDecoder refused =
                    new ActRefusedDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
            refusal = refused.reason();
            chunk = refused.chunkIndex();
            row = refused.rowIndex();
        }
    }

    /** Text as a field of that length holds it. */
    static UnsafeBuffer field(final String text, final int length) {
        final UnsafeBuffer field = new UnsafeBuffer(new byte[length]);
        Fields.putText(field, 0, length, text);
        return field;
    }

    void assertWhole() {
        if (city.engine.recomputeStateHashHigh() != city.engine.stateHashHigh()
                || city.engine.recomputeStateHashLow() != city.engine.stateHashLow()) {
            throw new AssertionError("the state hash is not that of the rows");
        }
    }
}
