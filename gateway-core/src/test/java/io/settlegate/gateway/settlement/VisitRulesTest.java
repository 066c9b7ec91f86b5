package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.VisitRequests.FeeLine;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.AdmissionCancelDecoder;
import io.settlegate.protocol.codec.AdmissionDecoder;
import io.settlegate.protocol.codec.DischargeDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeDecoder;
import io.settlegate.protocol.codec.RegistrationCancelDecoder;
import io.settlegate.protocol.codec.RegistrationEncoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.VisitDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the transactions about visits and lines that a random history meets seldom or not at all. */
@Timeout(60)
final class VisitRulesTest {
    private static final String HOSPITAL = EngineFixture.HOSPITAL;
    private static final VisitKind OUTPATIENT = VisitKind.OUTPATIENT;
    private static final VisitKind STAY = VisitKind.STAY;
    private static final int PERSON = 3;

    @TempDir
    private Path directory;

    private VisitRequests requests;
    private EngineFixture city;
    private Visits visits;

    @BeforeEach
    void open() throws IOException {
        use(new VisitRequests(directory));
    }

    private void use(final VisitRequests opened) {
        requests = opened;
        city = opened.city;
        visits = city.engine.state().visits;
    }

    private String registered() {
        assertThat(register(HOSPITAL, PERSON, encoder -> {})).isEqualTo(ResultCode.OK);
        return requests.named().mdtrtId();
    }

    private ResultCode register(
            final String institution, final int person, final Consumer<RegistrationEncoder> change) {
        return requests.send(requests.register(institution, person, city.nowMs, change));
    }

    private ResultCode admit(final String institution, final long begntimeMs) {
        return requests.send(requests.admit(institution, PERSON, begntimeMs, "J18", encoder -> {}));
    }

    private String admitted() {
        assertThat(admit(HOSPITAL, city.nowMs)).isEqualTo(ResultCode.OK);
        return requests.named().mdtrtId();
    }

    private ResultCode discharge(final String id) {
        return requests.send(requests.discharge(HOSPITAL, PERSON, id, city.nowMs, "", ""));
    }

    private ResultCode upload(final VisitKind kind, final String id, final String batch, final List<FeeLine> lines) {
        return requests.send(requests.lines(kind, HOSPITAL, PERSON, id, batch, lines));
    }

    private FeeLine line(final int number) {
        return FeeLine.of("L" + number, "XA01", 10_000, 5_000_000, city.nowMs);
    }

    private List<FeeLine> lines(final int from, final int count) {
        final List<FeeLine> lines = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            lines.add(line(i));
        }
        return lines;
    }

    private int row(final String id) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[30]);
        key.putStringWithoutLengthAscii(0, id);
        return visits.find(key, 0);
    }

    @Test
    void shouldReadRequestsOfBothKindsInOneLayout() {
        assertThat(InpatientFeeLinesDecoder.BLOCK_LENGTH).isEqualTo(OutpatientFeeLinesDecoder.BLOCK_LENGTH);
        assertThat(InpatientFeeLinesDecoder.FeedetailDecoder.sbeBlockLength())
                .isEqualTo(OutpatientFeeLinesDecoder.FeedetailDecoder.sbeBlockLength());
        assertThat(InpatientFeeLinesOutcomeDecoder.BLOCK_LENGTH)
                .isEqualTo(OutpatientFeeLinesOutcomeDecoder.BLOCK_LENGTH);
        assertThat(InpatientFeeLinesOutcomeDecoder.DetlcutinfoDecoder.sbeBlockLength())
                .isEqualTo(OutpatientFeeLinesOutcomeDecoder.DetlcutinfoDecoder.sbeBlockLength());
        assertThat(InpatientFeeLinesCancelDecoder.BLOCK_LENGTH).isEqualTo(OutpatientFeeLinesCancelDecoder.BLOCK_LENGTH);
        assertThat(AdmissionCancelDecoder.BLOCK_LENGTH).isEqualTo(RegistrationCancelDecoder.BLOCK_LENGTH);
        assertThat(List.of(
                        VisitDecoder.mdtrtIdEncodingOffset(),
                        OutpatientFeeLinesDecoder.mdtrtIdEncodingOffset(),
                        OutpatientFeeLinesCancelDecoder.mdtrtIdEncodingOffset(),
                        DischargeDecoder.mdtrtIdEncodingOffset()))
                .containsOnly(KnownVisit.MDTRT_ID);
        assertThat(List.of(
                        VisitDecoder.DiseinfoDecoder.sbeBlockLength(),
                        AdmissionDecoder.DiseinfoDecoder.sbeBlockLength(),
                        DischargeDecoder.DiseinfoDecoder.sbeBlockLength()))
                .containsOnly(VisitDecoder.DiseinfoDecoder.sbeBlockLength());
    }

    @Test
    void shouldRefuseARegistrationOfTheWrongPartiesAndChangeNothing() {
        final SingleActs acts = new SingleActs(city);
        assertThat(acts.freeze(6, 1)).isNull();
        final long before = city.businessHash();
        assertThat(register(EngineFixture.CLOSED, PERSON, encoder -> {})).isEqualTo(ResultCode.INSTITUTION_DISABLED);
        assertThat(register(HOSPITAL, 97, encoder -> {})).isEqualTo(ResultCode.OTHER_SHARD);
        assertThat(register(HOSPITAL, PERSON, encoder -> encoder.header().insuplcAdmdvs("110000")))
                .isEqualTo(ResultCode.OTHER_SHARD);
        assertThat(register(HOSPITAL, 5_000, encoder -> {})).isEqualTo(ResultCode.UNKNOWN_PERSON);
        assertThat(register(HOSPITAL, EngineFixture.EXPIRED, encoder -> encoder.mdtrtCertType("01")
                        .mdtrtCertNo(EngineFixture.token(EngineFixture.EXPIRED))))
                .isEqualTo(ResultCode.VOUCHER_EXPIRED);
        assertThat(register(HOSPITAL, PERSON, encoder -> encoder.mdtrtCertNo(EngineFixture.certno(4))))
                .isEqualTo(ResultCode.CERTIFICATE_MISMATCH);
        assertThat(register(HOSPITAL, 6, encoder -> {})).isEqualTo(ResultCode.PERSON_FROZEN);
        assertThat(register(HOSPITAL, 99, encoder -> {})).isEqualTo(ResultCode.NOT_INSURED);
        assertThat(register(HOSPITAL, PERSON, encoder -> encoder.insutype("390")))
                .isEqualTo(ResultCode.INSUTYPE_MISMATCH);
        assertThat(register(EngineFixture.PHARMACY, PERSON, encoder -> {})).isEqualTo(ResultCode.MED_TYPE_NOT_ALLOWED);
        assertThat(register(HOSPITAL, PERSON, encoder -> encoder.iptOtpNo(""))).isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(register(HOSPITAL, PERSON, encoder -> encoder.begntimeMs(city.nowMs + 600_000)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(register(HOSPITAL, PERSON, encoder -> encoder.begntimeMs(city.nowMs - 5 * BusinessTime.DAY_MS)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(city.businessHash()).isEqualTo(before);
    }

    @Test
    void shouldServeOneInsuredHereAtAnInstitutionOfAnotherRegion() {
        assertThat(register(VisitRequests.OTHER_HOSPITAL, PERSON, encoder -> {}))
                .isEqualTo(ResultCode.OK);
        final int row = row(requests.named().mdtrtId());
        assertThat(Fields.text(
                        city.engine.state().regions.buffer(visits.regionRow(row)),
                        city.engine.state().regions.offset(visits.regionRow(row)),
                        6))
                .isEqualTo("320300");
        assertThat(city.engine
                        .state()
                        .institutions
                        .buffer(visits.institutionRow(row))
                        .getStringWithoutLengthAscii(
                                city.engine.state().institutions.offset(visits.institutionRow(row))
                                        + Rows.INSTITUTION_ADMDVS,
                                6))
                .isEqualTo("320302");
    }

    @Test
    void shouldTakeTheKindsOfVisitOfEachTransaction() {
        final String id = registered();
        for (final String medType : List.of("11", "12", "13", "14", "140201", "15", "19", "51", "53")) {
            assertThat(requests.send(requests.visit(HOSPITAL, PERSON, id, medType, "", "I10")))
                    .as(medType)
                    .isEqualTo(ResultCode.OK);
        }
        for (final String medType : List.of("21", "41", "52", "1", "1101", "14020", "99")) {
            assertThat(requests.send(requests.visit(HOSPITAL, PERSON, id, medType, "", "I10")))
                    .as(medType)
                    .isEqualTo(ResultCode.MED_TYPE_NOT_ALLOWED);
        }
        for (final String medType : List.of("21", "22", "23", "24", "25", "26", "27", "28", "52")) {
            final int length = requests.admit(HOSPITAL, PERSON, city.nowMs, "J18", encoder -> encoder.medType(medType));
            assertThat(requests.send(length)).as(medType).isEqualTo(ResultCode.OK);
            final String stay = requests.named().mdtrtId();
            assertThat(requests.send(requests.cancel(STAY, HOSPITAL, PERSON, stay)))
                    .isEqualTo(ResultCode.OK);
        }
        for (final String medType : List.of("11", "29", "20", "2101", "51")) {
            final int length = requests.admit(HOSPITAL, PERSON, city.nowMs, "J18", encoder -> encoder.medType(medType));
            assertThat(requests.send(length)).as(medType).isEqualTo(ResultCode.MED_TYPE_NOT_ALLOWED);
        }
    }

    @Test
    void shouldLeaveNothingOfAnAdmissionThatIsCancelled() {
        final long before = city.businessHash();
        final String id = admitted();
        assertThat(upload(STAY, id, "B1", lines(0, 50))).isEqualTo(ResultCode.OK);
        assertThat(city.businessHash()).isNotEqualTo(before);
        assertThat(requests.send(requests.cancel(STAY, HOSPITAL, PERSON, id))).isEqualTo(ResultCode.OK);
        assertThat(city.businessHash()).isEqualTo(before);
    }

    @Test
    void shouldStageAllLinesOrNoneAndNameTheFirstBadOne() {
        final String id = registered();
        assertThat(upload(OUTPATIENT, id, "B1", lines(0, 3))).isEqualTo(ResultCode.OK);
        final long before = city.businessHash();
        final List<FeeLine> repeated = List.of(line(10), line(2), line(11));
        assertThat(upload(OUTPATIENT, id, "B2", repeated)).isEqualTo(ResultCode.LINE_REPEATED);
        assertThat(requests.lineIndex()).isEqualTo(1);
        assertThat(upload(OUTPATIENT, id, "B2", List.of(line(10), line(11), line(10))))
                .isEqualTo(ResultCode.LINE_REPEATED);
        assertThat(requests.lineIndex()).isEqualTo(2);
        final FeeLine unknown = FeeLine.of("L12", "NONE", 10_000, 1_000_000, city.nowMs);
        assertThat(upload(OUTPATIENT, id, "B2", List.of(line(10), line(11), unknown)))
                .isEqualTo(ResultCode.ITEM_UNKNOWN);
        assertThat(requests.lineIndex()).isEqualTo(2);
        final FeeLine wrong = new FeeLine("L13", "XA01", 10_000, 5_000_000, 501, city.nowMs);
        final FeeLine negative = new FeeLine("L14", "XA01", 10_000, -5_000_000, -500, city.nowMs);
        assertThat(upload(OUTPATIENT, id, "B2", List.of(line(10), wrong, line(11))))
                .isEqualTo(ResultCode.LINE_AMOUNT_WRONG);
        assertThat(requests.lineIndex()).isEqualTo(1);
        assertThat(upload(OUTPATIENT, id, "B2", List.of(line(10), wrong, negative)))
                .isEqualTo(ResultCode.AMOUNT_OUT_OF_RANGE);
        assertThat(requests.lineIndex()).isEqualTo(2);
        final FeeLine ahead = FeeLine.of("L15", "XA01", 10_000, 5_000_000, city.nowMs + 600_000);
        assertThat(upload(OUTPATIENT, id, "B2", List.of(ahead))).isEqualTo(ResultCode.FIELD_MALFORMED);
        final FeeLine early = FeeLine.of("L16", "XA01", 10_000, 5_000_000, city.nowMs - BusinessTime.DAY_MS);
        assertThat(upload(OUTPATIENT, id, "B2", List.of(early))).isEqualTo(ResultCode.VISIT_MISMATCH);
        assertThat(upload(OUTPATIENT, id, "0000", lines(20, 1))).isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(upload(OUTPATIENT, id, "B2", List.of())).isEqualTo(ResultCode.NO_LINES);
        assertThat(upload(OUTPATIENT, id, "B2", lines(20, 101))).isEqualTo(ResultCode.TOO_MANY_LINES);
        assertThat(city.businessHash()).isEqualTo(before);
    }

    @Test
    void shouldBoundTheLinesOfAVisitAndTakeThemAllBack() {
        final String id = registered();
        final long before = city.businessHash();
        for (int i = 0; i < Limits.MAX_VISIT_LINES; i += Limits.MAX_LINES) {
            assertThat(upload(OUTPATIENT, id, "B" + i % 3, lines(i, Limits.MAX_LINES)))
                    .isEqualTo(ResultCode.OK);
        }
        assertThat(upload(OUTPATIENT, id, "B9", lines(5_000, 1))).isEqualTo(ResultCode.TOO_MANY_LINES);
        assertThat(requests.send(requests.linesCancel(OUTPATIENT, HOSPITAL, PERSON, id, "0000")))
                .isEqualTo(ResultCode.OK);
        assertThat(requests.takenBack().lineCount()).isEqualTo(Limits.MAX_VISIT_LINES);
        assertThat(requests.takenBack().medfeeSumamtFen()).isEqualTo(500L * Limits.MAX_VISIT_LINES);
        assertThat(city.businessHash()).isEqualTo(before);
    }

    @Test
    void shouldAnswerARepeatedUploadWithItsFirstOutcome() {
        final String id = registered();
        final int length = requests.lines(OUTPATIENT, HOSPITAL, PERSON, id, "B1", lines(0, 2));
        assertThat(requests.send(length)).isEqualTo(ResultCode.OK);
        final long before = city.businessHash();
        assertThat(requests.send(length)).isEqualTo(ResultCode.OK);
        assertThat(city.template()).isEqualTo(RepeatOutcomeDecoder.TEMPLATE_ID);
        assertThat(city.businessHash()).isEqualTo(before);
    }

    @Test
    void shouldHoldWhatIsSettled() {
        final String id = registered();
        assertThat(requests.send(requests.visit(HOSPITAL, PERSON, id, "140104", "M01", "I10")))
                .isEqualTo(ResultCode.OK);
        assertThat(upload(OUTPATIENT, id, "B1", lines(0, 2))).isEqualTo(ResultCode.OK);
        final int row = row(id);
        visits.settle(row, 10, 20);
        visits.lines.settle(visits.lines.first(row), 77);
        assertThat(requests.send(requests.cancel(OUTPATIENT, HOSPITAL, PERSON, id)))
                .isEqualTo(ResultCode.VISIT_STATE);
        assertThat(requests.send(requests.visit(HOSPITAL, PERSON, id, "140104", "M01", "I11")))
                .isEqualTo(ResultCode.VISIT_STATE);
        assertThat(requests.send(requests.visit(HOSPITAL, PERSON, id, "140104", "", "I10")))
                .isEqualTo(ResultCode.VISIT_STATE);
        assertThat(requests.send(requests.visit(HOSPITAL, PERSON, id, "140104", "M01", "I10")))
                .isEqualTo(ResultCode.OK);
        assertThat(requests.send(requests.linesCancel(OUTPATIENT, HOSPITAL, PERSON, id, "0000")))
                .isEqualTo(ResultCode.OK);
        assertThat(requests.takenBack().lineCount()).isEqualTo(1);
        assertThat(visits.lines.count(row)).isEqualTo(1);
        assertThat(requests.send(requests.linesCancel(OUTPATIENT, HOSPITAL, PERSON, id, "0000")))
                .isEqualTo(ResultCode.NO_UNSETTLED_LINES);
        assertThat(visits.lines.countSettled(row, 77)).isEqualTo(1);
        visits.lines.unsettle(row, 77);
        assertThat(visits.lines.countSettled(row, 77)).isZero();
        visits.unsettle(row, 77, 10, 20);
        assertThat(requests.send(requests.cancel(OUTPATIENT, HOSPITAL, PERSON, id)))
                .isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldNumberTheStaysOfAYearThatWereNotCancelled() {
        city.nowMs = BusinessTime.startOf(2026, 12, 31) + 22 * 3_600_000L;
        final String first = admitted();
        assertThat(visits.stayNumber(row(first))).isEqualTo(1);
        assertThat(admit(VisitRequests.OTHER_HOSPITAL, city.nowMs)).isEqualTo(ResultCode.STAY_OPEN);
        assertThat(discharge(first)).isEqualTo(ResultCode.OK);
        final String second = admitted();
        assertThat(visits.stayNumber(row(second))).isEqualTo(2);
        assertThat(requests.send(requests.dischargeCancel(HOSPITAL, PERSON, first)))
                .isEqualTo(ResultCode.STAY_OPEN);
        assertThat(requests.send(requests.cancel(STAY, HOSPITAL, PERSON, second)))
                .isEqualTo(ResultCode.OK);
        assertThat(visits.stayNumber(row(admitted()))).isEqualTo(2);
        assertThat(discharge(requests.named().mdtrtId())).isEqualTo(ResultCode.OK);

        city.nowMs += 4 * 3_600_000L;
        assertThat(admit(HOSPITAL, city.nowMs - 5 * 3_600_000L)).isEqualTo(ResultCode.OK);
        assertThat(visits.stayNumber(row(requests.named().mdtrtId())))
                .as("of the year in which it began")
                .isEqualTo(3);
        assertThat(discharge(requests.named().mdtrtId())).isEqualTo(ResultCode.OK);
        final String newYear = admitted();
        assertThat(visits.stayNumber(row(newYear))).isEqualTo(1);
    }

    @Test
    void shouldCountStaysWhoseRowsAreGone() {
        city.nowMs = BusinessTime.startOf(2027, 3, 1);
        assertThat(discharge(admitted())).isEqualTo(ResultCode.OK);
        city.nowMs += 40 * BusinessTime.DAY_MS;
        registered();
        assertThat(visits.table.count()).as("only the registration").isEqualTo(1);
        assertThat(visits.stayNumber(row(admitted()))).isEqualTo(2);
    }

    @Test
    void shouldKeepTheLinesOfADischargedStay() {
        final String id = admitted();
        assertThat(upload(STAY, id, "B1", lines(0, 2))).isEqualTo(ResultCode.OK);
        assertThat(requests.send(requests.discharge(HOSPITAL, PERSON, id, city.nowMs - 1, "", "")))
                .as("before its last line")
                .isEqualTo(ResultCode.VISIT_MISMATCH);
        assertThat(requests.send(requests.discharge(HOSPITAL, PERSON, id, city.nowMs, "D7", "K35")))
                .isEqualTo(ResultCode.OK);
        assertThat(Fields.text(visits.table.buffer(row(id)), visits.table.offset(row(id)) + Rows.VISIT_DISEASE, 30))
                .isEqualTo("D7");
        assertThat(discharge(id)).isEqualTo(ResultCode.VISIT_STATE);
        assertThat(upload(STAY, id, "B1", lines(5, 1))).isEqualTo(ResultCode.VISIT_STATE);
        assertThat(requests.send(requests.linesCancel(STAY, HOSPITAL, PERSON, id, "0000")))
                .isEqualTo(ResultCode.VISIT_STATE);
        assertThat(requests.send(requests.cancel(STAY, HOSPITAL, PERSON, id))).isEqualTo(ResultCode.VISIT_STATE);
        visits.settle(row(id), 0, 0);
        assertThat(requests.send(requests.dischargeCancel(HOSPITAL, PERSON, id)))
                .isEqualTo(ResultCode.VISIT_STATE);
        visits.unsettle(row(id), city.sequence, 0, 0);
        assertThat(requests.send(requests.dischargeCancel(HOSPITAL, PERSON, id)))
                .isEqualTo(ResultCode.OK);
        assertThat(upload(STAY, id, "B1", lines(5, 1))).isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldTakeADischargeBackWhereOnlyEarlierSettlementsStand() {
        final String id = admitted();
        visits.settle(row(id), 1, 2);
        assertThat(discharge(id)).isEqualTo(ResultCode.OK);
        assertThat(visits.settlementsAfterDischarge(row(id))).isZero();
        assertThat(requests.send(requests.dischargeCancel(HOSPITAL, PERSON, id)))
                .isEqualTo(ResultCode.OK);
        assertThat(requests.send(requests.cancel(STAY, HOSPITAL, PERSON, id))).isEqualTo(ResultCode.VISIT_STATE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFindAVisitUntilItsLastDayAndNoLonger(final boolean isUploadedLater) {
        final String id = registered();
        final int days = ReferenceVisits.EXPIRE_DAYS;
        if (isUploadedLater) {
            city.nowMs += 10 * BusinessTime.DAY_MS;
            assertThat(upload(OUTPATIENT, id, "B1", lines(0, 1))).isEqualTo(ResultCode.OK);
        }
        final int startDay = BusinessTime.dayOf(city.nowMs);
        city.nowMs += days * BusinessTime.DAY_MS;
        assertThat(BusinessTime.dayOf(city.nowMs)).isEqualTo(startDay + days);
        assertThat(requests.send(requests.visit(HOSPITAL, PERSON, id, "11", "", "I10")))
                .isEqualTo(ResultCode.OK);
        city.nowMs += BusinessTime.DAY_MS;
        assertThat(requests.send(requests.visit(HOSPITAL, PERSON, id, "11", "", "I10")))
                .isEqualTo(ResultCode.VISIT_UNKNOWN);
    }

    @Test
    void shouldNotForgetAnOpenStay() {
        final String id = admitted();
        city.nowMs += 400 * BusinessTime.DAY_MS;
        assertThat(upload(STAY, id, "B1", lines(0, 1))).isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldFreeWhatIsExpiredBitByBit() {
        final int count = 50;
        for (int i = 0; i < count; i++) {
            final String id = registered();
            assertThat(upload(OUTPATIENT, id, "B1", lines(0, 3))).isEqualTo(ResultCode.OK);
        }
        city.nowMs += 31 * BusinessTime.DAY_MS;
        int rows = count * 4;
        int applied = 0;
        while (rows > 0) {
            final int before = rows;
            city.signIn("T4");
            applied++;
            rows = visits.table.count() + visits.lines.table.count();
            assertThat(before - rows).isBetween(1, Visits.SWEPT_ROWS);
        }
        assertThat(applied).isEqualTo((count * 4 + Visits.SWEPT_ROWS - 1) / Visits.SWEPT_ROWS);
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        final String id = registered();
        assertThat(row(id)).as("a freed row serves again").isLessThan(count);
    }

    @Test
    void shouldRefuseWhatHasNoRoomAndTakeItWhenThereIsRoom() throws IOException {
        final TableLimits limits = new TableLimits(10, 10, 20, 200, 10, 1_000, 2, 1_000, 10, 10, 1L << 20, 2, 3);
        final Path small = Files.createDirectory(directory.resolve("small"));
        use(new VisitRequests(small, new EngineParameters("GW1", "320300", 3, 1, 60_000, 1, 1, 2, limits)));
        final String first = registered();
        registered();
        assertThat(register(HOSPITAL, 9, encoder -> {})).isEqualTo(ResultCode.CAPACITY);
        assertThat(admit(HOSPITAL, city.nowMs)).isEqualTo(ResultCode.CAPACITY);
        assertThat(upload(OUTPATIENT, first, "B1", lines(0, 4))).isEqualTo(ResultCode.CAPACITY);
        assertThat(upload(OUTPATIENT, first, "B1", lines(0, 3))).isEqualTo(ResultCode.OK);
        assertThat(requests.send(requests.cancel(OUTPATIENT, HOSPITAL, PERSON, first)))
                .isEqualTo(ResultCode.OK);
        final String id = admitted();
        assertThat(upload(STAY, id, "B1", lines(0, 3))).isEqualTo(ResultCode.OK);
    }
}
