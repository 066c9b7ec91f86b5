package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.policy.Pool;
import io.settlegate.gateway.operations.ActSink;
import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.operations.ImportFiles;
import io.settlegate.gateway.settlement.codec.ActOutcomeDecoder;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.ImportBeginDecoder;
import io.settlegate.gateway.settlement.codec.ImportCommitDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large imports: parts that are all or none, imports that are cut off and done again, batches that are credited once. */
@Timeout(60)
final class ImportPartsTest {
    private static final int PERSONS = 430;
    private static final int PART_ROWS = 100;
    private static final String PERSONS_HEAD =
            "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas,card_no\n";
    private static final String ALLOCATIONS_HEAD = "batch_id,psn_no,amount\n";
    private static final String VOUCHERS_HEAD = "ec_token,psn_no,expires\n";
    private static final String EXPIRES = ",2027-01-01T00:00:00+08:00\n";

    @TempDir
    private Path directory;

    private EngineFixture city;
    private int importNumber;
    private ActReason refusal;
    private int refusedChunk;
    private int refusedRow;
    private long appliedRows;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(Files.createDirectory(directory.resolve("city")));
        city.twin = new SnapshotTwin(20261128, 3);
    }

    /** The power goes: nothing of the act and of what follows it comes to be. */
    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Path files(final int persons, final int allocated) throws IOException {
        final Path files = Files.createDirectory(directory.resolve("files-" + ++importNumber));
        final StringBuilder rows = new StringBuilder(PERSONS_HEAD);
        final StringBuilder vouchers = new StringBuilder(VOUCHERS_HEAD);
        for (int i = 0; i < persons; i++) {
            rows.append(person(1_000 + i, i % 3 == 0 ? "" : "C" + i));
            vouchers.append("TOKEN")
                    .append(i)
                    .append(',')
                    .append(EngineFixture.psnNo(1_000 + i))
                    .append(EXPIRES);
        }
        Files.writeString(files.resolve("persons.csv"), rows);
        Files.writeString(files.resolve("vouchers.csv"), vouchers);
        if (allocated > 0) {
            Files.writeString(
                    files.resolve("allocations.csv"),
                    ALLOCATIONS_HEAD
                            + allocations("large", allocated)
                            + allocations("small", Math.min(allocated, 30))
                            + allocations("other", allocated / 2));
        }
        return files;
    }

    private static String person(final int number, final String cardNo) {
        return EngineFixture.psnNo(number) + ",丁,90,N" + number + ",310,1101,320300,1," + cardNo + "\n";
    }

    private static String allocations(final String batch, final int count) {
        final StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(batch)
                    .append(',')
                    .append(EngineFixture.psnNo(1_000 + i))
                    .append(',')
                    .append(i + 1)
                    .append(".50\n");
        }
        return rows.toString();
    }

    private Path file(final String name, final String content) throws IOException {
        final Path files = Files.createDirectory(directory.resolve("files-" + ++importNumber));
        Files.writeString(files.resolve(name), content);
        return files;
    }

    /** @return the acts of the import, after it is done. */
    private ImportActs load(final Path files, final int partRows, final ActSink sink) throws IOException {
        importNumber++;
        refusal = null;
        appliedRows = 0;
        final ImportActs acts = new ImportActs(
                sink, EngineFixture.SIGNER, "GW1", "parts-" + importNumber, EngineFixture.clock(city.nowMs), partRows);
        final var report = new ImportFiles(files).load(acts);
        assertThat(report.isGood()).as(report.toString()).isTrue();
        return acts;
    }

    private void apply(final DirectBuffer frame, final int offset, final int length) {
        city.apply(frame, offset, length);
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        if (city.template() == ActRefusedDecoder.TEMPLATE_ID) {
            final ActRefusedDecoder refused = new ActRefusedDecoder().wrapAndApplyHeader(city.outcome, 0, header);
            if (refusal == null) {
                refusal = refused.reason();
                refusedChunk = refused.chunkIndex();
                refusedRow = refused.rowIndex();
            }
        } else if (template(frame, offset) == ImportCommitDecoder.TEMPLATE_ID) {
            appliedRows += new ActOutcomeDecoder()
                    .wrapAndApplyHeader(city.outcome, 0, header)
                    .rowCount();
        }
    }

    private static int template(final DirectBuffer frame, final int offset) {
        return new MessageHeaderDecoder().wrap(frame, offset).templateId();
    }

    private void assertWhole() {
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).isEqualTo(city.engine.stateHashLow());
        assertThat(city.engine.ledgerSumFen()).isZero();
    }

    private long fundsHash() {
        return city.engine.state().persons.hashHigh()
                + city.engine.state().ledgerAccounts.hashHigh()
                + city.engine.state().vouchers.hashHigh();
    }

    @Test
    void shouldMakeTheSameOfManyPartsAsOfOne() throws IOException {
        final Path files = files(PERSONS, PERSONS);
        final ImportActs parts = load(files, PART_ROWS, this::apply);
        assertThat(refusal).isNull();
        // 430 persons, then 430 + 30 + 215 allocations in slices that no part cuts, then 430 vouchers.
        assertThat(parts.partCount()).isBetween(15, 20);
        assertThat(parts.rowCount()).isEqualTo(2L * PERSONS + PERSONS + 30 + PERSONS / 2);
        assertThat(appliedRows).isEqualTo(parts.rowCount());
        assertWhole();
        final long hash = fundsHash();
        final long balance = city.balanceFen(1_003);

        city = new EngineFixture(directory.resolve("city"));
        assertThat(load(files, 50_000, this::apply).partCount()).isEqualTo(1);
        assertThat(refusal).isNull();
        assertThat(fundsHash()).isEqualTo(hash);
        assertThat(balance).as("credited by three batches").isEqualTo(3 * 450);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldCompleteAnImportThatWasCutOffAnywhere(final long seed) throws IOException {
        final Path files = files(PERSONS, PERSONS);
        load(files, PART_ROWS, this::apply);
        final long whole = city.businessHash();
        city = new EngineFixture(directory.resolve("city"));
        final Random random = new Random(seed);
        for (int cut = 0; cut < 4; cut++) {
            final int[] actsLeft = {random.nextInt(60)};
            try {
                load(files, PART_ROWS, (frame, offset, length) -> {
                    if (actsLeft[0]-- == 0) {
                        throw new PowerCut();
                    }
                    apply(frame, offset, length);
                });
            } catch (final PowerCut expected) {
                assertThat(refusal).as("seed %d", seed).isNull();
            }
            assertWhole();
        }
        load(files, PART_ROWS, this::apply);
        assertThat(refusal).as("seed %d", seed).isNull();
        assertThat(city.businessHash()).as("seed %d", seed).isEqualTo(whole);
        assertWhole();
    }

    @Test
    void shouldChangeNothingWhenTheSameIsImportedAgain() throws IOException {
        final Path files = files(PERSONS, PERSONS);
        final long rows = load(files, PART_ROWS, this::apply).rowCount();
        final long hash = city.businessHash();
        load(files, PART_ROWS, this::apply);
        assertThat(refusal).isNull();
        assertThat(city.businessHash()).isEqualTo(hash);
        assertThat(appliedRows).as("the allocations were credited before").isEqualTo(rows - PERSONS - 30 - PERSONS / 2);
        assertWhole();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 100, 101, 200})
    void shouldRefuseABatchThatWasCreditedWithOtherRows(final int count) throws IOException {
        load(files(PERSONS, 0), PART_ROWS, this::apply);
        load(file("allocations.csv", ALLOCATIONS_HEAD + allocations("once", count)), PART_ROWS, this::apply);
        assertThat(refusal).isNull();
        final String longer = ALLOCATIONS_HEAD + allocations("once", count + 1);
        load(file("allocations.csv", longer), PART_ROWS, this::apply);
        assertThat(refusal).as("one row more").isEqualTo(ActReason.BATCH_USED);
        final String changed = ALLOCATIONS_HEAD + allocations("once", count).replaceFirst(",1.50", ",1.51");
        load(file("allocations.csv", changed), PART_ROWS, this::apply);
        assertThat(refusal).as("another amount").isEqualTo(ActReason.BATCH_USED);
        load(file("allocations.csv", ALLOCATIONS_HEAD + allocations("once", count)), 70, this::apply);
        if (count > 70) {
            assertThat(refusal).as("other slices").isEqualTo(ActReason.BATCH_USED);
        }
        assertThat(city.balanceFen(1_000)).as("credited once").isEqualTo(150);
        assertWhole();
    }

    @Test
    void shouldRefuseASliceWhoseFormerOneNeverCame() throws IOException {
        load(files(PERSONS, 0), PART_ROWS, this::apply);
        final boolean[] started = new boolean[1];
        final int[] begun = new int[1];
        load(
                file("allocations.csv", ALLOCATIONS_HEAD + allocations("gap", 150)),
                PART_ROWS,
                (frame, offset, length) -> {
                    begun[0] += template(frame, offset) == ImportBeginDecoder.TEMPLATE_ID ? 1 : 0;
                    started[0] = begun[0] > 1;
                    if (started[0]) {
                        apply(frame, offset, length);
                    }
                });
        assertThat(started[0]).isTrue();
        assertThat(refusal).isEqualTo(ActReason.CHUNK_OUT_OF_ORDER);
        assertThat(city.balanceFen(1_120)).isZero();
    }

    @Test
    void shouldKeepThePartsBeforeTheRowThatPassesALimitAndNameItsLine() throws IOException {
        final TableLimits limits = new TableLimits(2, 3, 5, 105, 5, 1_000, 1, 2, 1, 1, 1L << 20, 10, 10);
        city = new EngineFixture(
                directory.resolve("city"),
                new EngineParameters("GW1", "320300", 3, 300_000, 60_000, 36 * 3_600_000L, 11, 22, limits));
        final StringBuilder rows = new StringBuilder(PERSONS_HEAD);
        for (int i = 0; i < 5; i++) {
            rows.append(person(1_000 + i, ""));
        }
        load(file("persons.csv", rows.toString()), 5, this::apply);
        assertThat(refusal).as("the last row that there is room for").isNull();
        assertThat(city.engine.counts().persons()).isEqualTo(105);
        rows.append(person(1_005, ""));
        load(file("persons.csv", rows.toString()), 5, this::apply);
        assertThat(refusal).as("one row more").isEqualTo(ActReason.LIMIT);
        assertThat(city.engine.counts().persons()).isEqualTo(105);
        assertWhole();
    }

    @Test
    void shouldNameFileAndLineOfARowThatOnlyTheEngineCanRefuse() throws IOException {
        final StringBuilder rows = new StringBuilder(PERSONS_HEAD);
        for (int i = 0; i < 350; i++) {
            rows.append(i == 333 ? person(1_000 + i, "").replace("320300,1,", "999999,1,") : person(1_000 + i, ""));
        }
        final ImportActs acts = load(file("persons.csv", rows.toString()), 200, this::apply);
        assertThat(refusal).isEqualTo(ActReason.REFERENCE_UNKNOWN);
        assertThat(acts.placeOf(refusedChunk, refusedRow)).isEqualTo("persons.csv:335");
        assertThat(city.engine.counts().persons()).as("the first part stays").isEqualTo(100 + 200);
        assertWhole();
    }

    @Test
    void shouldFindPersonsByTheirCardAsItChangesHands() throws IOException {
        load(
                file("persons.csv", PERSONS_HEAD + person(1_000, "C1") + person(1_001, "") + person(1_002, "")),
                9,
                this::apply);
        assertThat(refusal).isNull();
        assertThat(holder("C1")).isEqualTo(EngineFixture.psnNo(1_000));
        assertThat(city.engine.state().personByCard(new UnsafeBuffer(new byte[20]), 0))
                .as("no card is nobody's")
                .isEqualTo(-1);
        load(file("persons.csv", PERSONS_HEAD + person(1_001, "C1")), 9, this::apply);
        assertThat(refusal).isEqualTo(ActReason.CARD_TAKEN);
        load(file("persons.csv", PERSONS_HEAD + person(1_000, "C2")), 9, this::apply);
        load(file("persons.csv", PERSONS_HEAD + person(1_001, "C1")), 9, this::apply);
        assertThat(refusal).isNull();
        assertThat(holder("C1")).isEqualTo(EngineFixture.psnNo(1_001));
        assertThat(holder("C2")).isEqualTo(EngineFixture.psnNo(1_000));
        load(file("persons.csv", PERSONS_HEAD + person(1_000, "")), 9, this::apply);
        assertThat(holder("C2")).isNull();
        assertWhole();
    }

    private String holder(final String cardNo) {
        final UnsafeBuffer card = new UnsafeBuffer(new byte[Rows.CARD_LENGTH]);
        card.putStringWithoutLengthAscii(0, cardNo);
        final FlatTable persons = city.engine.state().persons;
        final int row = city.engine.state().personByCard(card, 0);
        return row < 0 ? null : Fields.text(persons.buffer(row), persons.offset(row), Rows.PERSON_KEY);
    }

    @Test
    void shouldKeepWhatNoImportSaysOfAPerson() throws IOException {
        load(files(3, 3), PART_ROWS, this::apply);
        // What follows changes rows by no command.
        city.twin = null;
        final FlatTable persons = city.engine.state().persons;
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.PERSON_KEY]);
        key.putStringWithoutLengthAscii(0, EngineFixture.psnNo(1_001));
        final int row = persons.find(key, 0);
        persons.beginWrite(row);
        persons.putByte(row, Rows.PERSON_FROZEN, (byte) 1);
        persons.endWrite(row);
        final PersonYears years = city.engine.state().personYears;
        final Accumulators used = new Accumulators();
        used.slots[Accumulators.deductible(Pool.OUTPATIENT)] = 77;
        years.reserve();
        years.store(row, 2026, 310, used, 0, 0);
        load(file("persons.csv", PERSONS_HEAD + person(1_001, "C9")), 9, this::apply);
        assertThat(refusal).isNull();
        assertThat(Persons.isFrozen(persons, row)).isTrue();
        years.load(row, 2026, 310, used);
        assertThat(used.slots[Accumulators.deductible(Pool.OUTPATIENT)]).isEqualTo(77);
        assertThat(city.balanceFen(1_001)).isEqualTo(2 * 250);
        assertThat(holder("C9")).isEqualTo(EngineFixture.psnNo(1_001));
    }

    @Test
    void shouldRenewAVoucherAndNeverGiveItToAnother() throws IOException {
        load(files(3, 0), PART_ROWS, this::apply);
        final String first = "TOKEN1," + EngineFixture.psnNo(1_001) + ",2028-02-03T00:00:00+08:00\n";
        load(file("vouchers.csv", VOUCHERS_HEAD + first), 9, this::apply);
        assertThat(refusal).isNull();
        final FlatTable vouchers = city.engine.state().vouchers;
        final UnsafeBuffer token = new UnsafeBuffer(new byte[Rows.VOUCHER_KEY]);
        token.putStringWithoutLengthAscii(0, "TOKEN1");
        assertThat(vouchers.getLong(vouchers.find(token, 0), Rows.VOUCHER_EXPIRES_MS))
                .isEqualTo(BusinessTime.startOf(2028, 2, 3));
        load(file("vouchers.csv", VOUCHERS_HEAD + "TOKEN1," + EngineFixture.psnNo(1_002) + EXPIRES), 9, this::apply);
        assertThat(refusal).isEqualTo(ActReason.CERTIFICATE_TAKEN);
        load(file("vouchers.csv", VOUCHERS_HEAD + "TOKEN9," + EngineFixture.psnNo(7_777) + EXPIRES), 9, this::apply);
        assertThat(refusal).isEqualTo(ActReason.REFERENCE_UNKNOWN);
        assertWhole();
    }

    @Test
    void shouldNotTakeBackTheRevocationOfATerminal() throws IOException {
        final String head = "sn,model,fixmedins_code,public_key,status\n";
        final String row = "T1,M1," + EngineFixture.HOSPITAL + ","
                + EngineFixture.SIGNER.publicKey().toHex();
        load(file("terminals.csv", head + row + ",2\n"), 9, this::apply);
        assertThat(refusal).isNull();
        load(file("terminals.csv", head + row + ",1\n"), 9, this::apply);
        assertThat(refusal).isEqualTo(ActReason.TERMINAL_REVOKED);
        load(file("terminals.csv", head + row + ",2\n"), 9, this::apply);
        assertThat(refusal).as("what is revoked may be said again").isNull();
        assertWhole();
    }
}
