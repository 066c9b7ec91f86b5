package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.settlegate.gateway.benefits.file.PolicyFile;
import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyBytes;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.operations.ImportFiles;
import io.settlegate.gateway.operations.ImportReport;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.PolicyVersionChunkDecoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions of policies: how they come by import, what is refused of them, and where the computation finds them. */
@Timeout(60)
final class PolicyVersionsTest {
    private static final Path DEMO = Path.of("src", "main", "resources", "demo", "policy.yaml");
    private static final Path SYNTHETIC = Path.of("src", "main", "resources", "policies", "synthetic-1.yaml");
    /** Versions of the city's own region. */
    private static final int OWN_VERSIONS = 1;

    private static final UnsafeBuffer POOLAREA = new UnsafeBuffer("329900".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path directory;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private EngineFixture city;
    private PolicyShelf shelf;
    private int importNumber;
    private ActReason refusal;
    private int refusedChunk;
    private int refusedRow;
    private int pieceCount;

    @BeforeEach
    void open() throws IOException {
        city = cityWithRegion(Files.createDirectory(directory.resolve("city")));
        shelf = city.engine.state().policyShelf;
    }

    /** A city with a pooling region that has no policy; the city's own region has one. */
    private EngineFixture cityWithRegion(final Path files) throws IOException {
        city = new EngineFixture(files);
        city.twin = new SnapshotTwin(20261128, 3);
        final Path region = Files.createDirectories(directory.resolve("region"));
        Files.writeString(region.resolve("regions.csv"), "admdvs,poolarea,name\n329901,329900,别处\n");
        new ImportFiles(region).load(acts("region-" + ++importNumber));
        return city;
    }

    private static String yaml(final int version, final String from, final String to) throws IOException {
        return Files.readString(DEMO)
                .replace("region: \"320300\"", "region: \"329900\"")
                .replace("version: 1\n", "version: " + version + "\n")
                .replace("effective_from: 2023-01-01", "effective_from: " + from)
                .replace("effective_to: 2100-01-01", "effective_to: " + to);
    }

    private static String first() throws IOException {
        return yaml(1, "2023-01-01", "2026-07-01");
    }

    private static String second() throws IOException {
        return yaml(2, "2026-07-01", "2027-01-01");
    }

    /** Imports files that are named a.yaml, b.yaml, and so on; the acts of it, to ask for the place of a refusal. */
    private ImportActs load(final String... yamls) throws IOException {
        final ImportActs acts = acts("policies-" + ++importNumber);
        final ImportReport report = new ImportFiles(files(yamls)).load(acts);
        assertThat(report.isGood()).as(report.toString()).isTrue();
        return acts;
    }

    private Path files(final String... yamls) throws IOException {
        final Path files = Files.createDirectory(directory.resolve("files-" + importNumber));
        final Path policies = Files.createDirectory(files.resolve("policies"));
        for (int i = 0; i < yamls.length; i++) {
            Files.writeString(policies.resolve((char) ('a' + i) + ".yaml"), yamls[i]);
        }
        return files;
    }

    private ImportActs acts(final String importId) {
        refusal = null;
        pieceCount = 0;
        return new ImportActs(this::apply, EngineFixture.SIGNER, "GW1", importId, EngineFixture.clock(city.nowMs));
    }

    private void apply(final DirectBuffer frame, final int offset, final int length) {
        city.apply(frame, offset, length);
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        pieceCount += header.wrap(frame, offset).templateId() == PolicyVersionChunkDecoder.TEMPLATE_ID ? 1 : 0;
        if (city.template() == ActRefusedDecoder.TEMPLATE_ID && refusal == null) {
            final ActRefusedDecoder refused = new ActRefusedDecoder().wrapAndApplyHeader(city.outcome, 0, header);
            refusal = refused.reason();
            refusedChunk = refused.chunkIndex();
            refusedRow = refused.rowIndex();
        }
    }

    private void assertStateHash() {
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).isEqualTo(city.engine.stateHashLow());
    }

    private Policy on(final String day) {
        return shelf.on(POOLAREA, 0, LocalDate.parse(day).toEpochDay());
    }

    @Test
    void shouldFindThePolicyOfADayAndOfAVersion() throws IOException {
        assertThat(on("2026-01-01")).as("nothing was imported").isNull();
        load(second(), first());
        assertThat(refusal).isNull();
        assertThat(on("2022-12-31")).isNull();
        assertThat(on("2023-01-01").version()).isEqualTo(1);
        assertThat(on("2026-06-30").version()).isEqualTo(1);
        assertThat(on("2026-07-01").version()).isEqualTo(2);
        assertThat(on("2027-01-01")).isNull();
        assertThat(shelf.version(POOLAREA, 0, 1)).isSameAs(on("2023-01-01"));
        assertThat(shelf.version(POOLAREA, 0, 2)).isSameAs(on("2026-12-31"));
        assertThat(shelf.version(POOLAREA, 0, 3)).isNull();
        final UnsafeBuffer others = new UnsafeBuffer("320302\0\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(shelf.on(others, 0, 20_000)).isNull();
        assertThat(shelf.version(others, 6, 1)).as("no region at all").isNull();
        assertThat(shelf.version(POOLAREA, 0, 1).definition())
                .as("what was read from the file")
                .isEqualTo(PolicyFile.read("first", first()));
        assertThat(shelf.table().count()).isEqualTo(OWN_VERSIONS + 2);
        assertStateHash();
    }

    @Test
    void shouldTakeVersionsBeforeAndAfterThoseThatItHas() throws IOException {
        load(second());
        load(yaml(3, "2027-01-01", "2028-01-01"));
        assertThat(refusal).isNull();
        load(first());
        assertThat(refusal).isNull();
        assertThat(on("2025-01-01").version()).isEqualTo(1);
        assertThat(on("2026-12-31").version()).isEqualTo(2);
        assertThat(on("2027-12-31").version()).isEqualTo(3);
        assertStateHash();
    }

    @Test
    void shouldRefuseGapsOverlapsAndNumbersAgainstTheDatesByFileAndLine() throws IOException {
        load(first());
        final long hash = city.businessHash();
        for (final String wrong : new String[] {
            yaml(2, "2026-07-02", "2027-01-01"),
            yaml(2, "2026-06-30", "2027-01-01"),
            yaml(2, "2022-01-01", "2023-01-01"),
            yaml(2, "2022-01-01", "2022-12-31"),
            yaml(2, "2023-01-01", "2026-07-01")
        }) {
            final ImportActs acts = load(wrong);
            assertThat(refusal).as(wrong.substring(0, 800)).isEqualTo(ActReason.VERSION_NOT_JOINED);
            assertThat(acts.placeOf(refusedChunk, refusedRow)).isEqualTo("a.yaml:7");
            assertThat(city.businessHash()).isEqualTo(hash);
        }
        load(second());
        assertThat(refusal).isNull();
        assertStateHash();
    }

    @Test
    void shouldRefuseAChangedVersionByFileAndLineAndTakeTheSameAgain() throws IOException {
        load(first(), second());
        final long hash = city.businessHash();
        final ImportActs acts = load(first(), second().replace("annual_cap: 7000", "annual_cap: 7001"));
        assertThat(refusal).isEqualTo(ActReason.VERSION_CHANGED);
        assertThat(acts.placeOf(refusedChunk, refusedRow)).isEqualTo("b.yaml:7");
        assertThat(city.businessHash()).isEqualTo(hash);
        load(second(), first());
        assertThat(refusal).isNull();
        load(first(), second(), yaml(3, "2027-01-01", "2028-01-01"));
        assertThat(refusal).isNull();
        assertThat(shelf.table().count()).isEqualTo(OWN_VERSIONS + 3);
        load(first(), second(), yaml(3, "2027-01-01", "2028-01-01"));
        assertThat(shelf.table().count()).isEqualTo(OWN_VERSIONS + 3);
        assertStateHash();
    }

    @Test
    void shouldHashWhatThePoliciesSay() throws IOException {
        load(first());
        final long hash = shelf.table().hashHigh();
        final long whole = city.businessHash();
        city = cityWithRegion(directory.resolve("city"));
        shelf = city.engine.state().policyShelf;
        load(first());
        assertThat(city.businessHash()).isEqualTo(whole);
        city = cityWithRegion(directory.resolve("city"));
        shelf = city.engine.state().policyShelf;
        load(first().replace("level3: 0.87", "level3: 0.8701"));
        assertThat(refusal).isNull();
        assertThat(shelf.table().hashHigh()).isNotEqualTo(hash);
        assertThat(city.businessHash()).isNotEqualTo(whole);
    }

    @Test
    void shouldPutAPolicyTogetherOfManyChunks() throws IOException {
        final StringBuilder diseases = new StringBuilder("    annual_cap: 10000\n    diseases:\n");
        for (int i = 0; i < 4_000; i++) {
            diseases.append("      - {code: \"M%05d\", annual_cap: %d, quota: none}\n".formatted(i, 1_000 + i));
        }
        final String large = first().replace("    annual_cap: 10000\n", diseases);
        load(large, second());
        assertThat(refusal).isNull();
        assertThat(pieceCount).isGreaterThan(4);
        assertThat(shelf.version(POOLAREA, 0, 1).definition()).isEqualTo(PolicyFile.read("large", large));
        assertThat(on("2026-12-31").version()).isEqualTo(2);
        assertStateHash();
    }

    @Test
    void shouldPutAPolicyTogetherOfPiecesOfAnySize() throws IOException {
        final String text = Files.readString(SYNTHETIC).replaceFirst("region: \"\\d+\"", "region: \"329900\"");
        final PolicyDefinition policy = PolicyFile.read("synthetic-1.yaml", text);
        final byte[] bytes = PolicyBytes.of(policy);
        for (final int pieceLength : new int[] {1 + bytes.length / 300, 1_000, bytes.length}) {
            city = cityWithRegion(directory.resolve("city"));
            assertThat(pieces().whole(policy.version(), bytes, pieceLength).commit())
                    .as("pieces of %d", pieceLength)
                    .isNull();
            assertThat(city.engine
                            .state()
                            .policyShelf
                            .version(POOLAREA, 0, policy.version())
                            .definition())
                    .isEqualTo(policy);
            assertStateHash();
        }
    }

    private PolicyPieces pieces() {
        return new PolicyPieces(city, "329900", "P" + ++importNumber);
    }

    @Test
    void shouldRefusePiecesThatDoNotMakeAVersion() throws IOException {
        final byte[] bytes = PolicyBytes.of(PolicyFile.read("first", first()));
        final long hash = city.businessHash();
        assertThat(pieces().piece(1, 0, 2, bytes).commit()).isEqualTo(ActReason.CHUNK_OUT_OF_ORDER);
        assertThat(pieces().piece(1, 1, 2, bytes).commit()).isEqualTo(ActReason.CHUNK_OUT_OF_ORDER);
        assertThat(pieces().piece(1, 0, 2, bytes).piece(1, 0, 2, bytes).commit())
                .isEqualTo(ActReason.CHUNK_OUT_OF_ORDER);
        assertThat(pieces().piece(1, 0, 2, bytes).piece(2, 1, 2, bytes).commit())
                .isEqualTo(ActReason.CHUNK_OUT_OF_ORDER);
        assertThat(pieces().piece(1, 0, 2, bytes).piece(1, 1, 3, bytes).commit())
                .isEqualTo(ActReason.CHUNK_OUT_OF_ORDER);
        assertThat(pieces().piece(1, 1, 1, bytes).commit()).isEqualTo(ActReason.VALUE_WRONG);
        assertThat(pieces().piece(0, 0, 1, bytes).commit()).isEqualTo(ActReason.VALUE_WRONG);
        assertThat(pieces().piece(2, 0, 1, bytes).commit()).as("says version 1").isEqualTo(ActReason.VALUE_WRONG);
        assertThat(new PolicyPieces(city, "320302", "P" + ++importNumber)
                        .piece(1, 0, 1, bytes)
                        .commit())
                .as("no pooling region")
                .isEqualTo(ActReason.REFERENCE_UNKNOWN);
        assertThat(pieces().piece(1, 0, 1, bytes).piece(1, 0, 1, bytes).commit())
                .isEqualTo(ActReason.KEY_REPEATED);
        assertThat(pieces().whole(1, new byte[PolicyBytes.MOST_BYTES + 1], 30_000)
                        .commit())
                .as("larger than a policy can be")
                .isEqualTo(ActReason.VALUE_WRONG);
        assertThat(city.businessHash()).isEqualTo(hash);
        assertThat(pieces().piece(1, 0, 1, bytes).commit()).isNull();
        assertStateHash();
    }

    @Test
    void shouldRefuseBytesThatAreNoPolicyAndNeverFailOnThem() throws IOException {
        final byte[] bytes = PolicyBytes.of(PolicyFile.read("first", first()));
        for (int round = 0; round < 300; round++) {
            final byte[] wrong = bytes.clone();
            for (int flip = random.nextInt(3); flip >= 0; flip--) {
                wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
            }
            // Another ratio or name is a policy all the same.
            assertThat(pieces().whole(1, wrong, 1_500).commit())
                    .as("seed %d, round %d", seed, round)
                    .isIn(null, ActReason.VALUE_WRONG, ActReason.VERSION_CHANGED, ActReason.VERSION_NOT_JOINED);
        }
        assertStateHash();
    }

    @Test
    void shouldKeepToTheLimitOfVersions() throws IOException {
        final Policy policy = Policy.compile(PolicyFile.read("first", first()));
        final PolicyShelf two = new PolicyShelf(2, city.engine.state().hash);
        assertThat(two.reserve(3)).isFalse();
        assertThat(two.reserve(2)).isTrue();
        two.addRow(policy, PolicyBytes.of(policy.definition()));
        assertThat(two.reserve(2)).isFalse();
        assertThat(two.reserve(1)).isTrue();
    }

    @Test
    void shouldAllocateNothingWhenAskedForAPolicy() throws IOException {
        load(first(), second());
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long day = LocalDate.parse("2026-06-25").toEpochDay();
        long versions = 0;
        long allocated = Long.MAX_VALUE;
        // The compilers may be at it still in the first rounds.
        for (int round = 0; round < 20 && allocated > 512; round++) {
            final long before =
                    thread.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 10_000; i++) {
                versions += shelf.on(POOLAREA, 0, day + i % 12).version();
                versions += shelf.version(POOLAREA, 0, 1 + i % 2).version();
            }
            allocated = thread.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        }
        assertThat(versions).isPositive();
        assertThat(allocated).isLessThanOrEqualTo(512);
    }
}
