package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.gateway.settlement.VisitRequests.FeeLine;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.OutpatientSettleEncoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReversalEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 2601 of 2208, 2305, and 2401: visit, lines, and stays afterwards are what they would be without what was reversed, or it is refused. */
@Timeout(60)
final class VisitReversalTest {
    private static final String HOSPITAL = EngineFixture.HOSPITAL;
    private static final int WORKER = 3;
    private static final int SETTLE = 2207;
    private static final int STAY_SETTLE = 2304;

    @TempDir
    private Path directory;

    private SyntheticCity synthetic;
    private VisitRequests requests;
    private EngineFixture city;
    private Undoings undoings;
    private int lineNumber;
    /** Of the newest request of each kind. */
    private String settledMsgid;

    private String setlId;
    private String cancelMsgid;
    private String admittedMsgid;

    private void open(final int horizonDays) throws IOException {
        synthetic = new SyntheticCity(
                Files.createDirectory(directory.resolve("horizon-" + horizonDays)),
                horizonDays,
                SyntheticCity.policy("synthetic-1.yaml")
                        .replace("effective_to: 2026-07-01", "effective_to: 2027-01-01")
                        .replace("cancel_under_later: recompute", "cancel_under_later: refuse"));
        requests = synthetic.requests;
        city = synthetic.city;
        undoings = new Undoings(city);
        for (int person = 0; person < 6; person++) {
            synthetic.insure(person, person % 3 == 2 ? "390" : "310", person % 3 == 2 ? "1501" : "1101", "990100");
        }
        final String msgid = city.nextMsgid(HOSPITAL);
        city.settle(msgid, WORKER, "11", 1, List.of(Line.of(1, "XA01", 10_000, 900_000_000)), encoder -> {});
        undoings.reverse(WORKER, msgid, "2102", ReversalEffect.REVERSED);
    }

    @BeforeEach
    void open() throws IOException {
        open(3);
    }

    private FeeLine line(final int yuan) {
        return FeeLine.of("L" + ++lineNumber, "XA01", 10_000L, yuan * 1_000_000L, city.nowMs);
    }

    private ResultCode send(final int length) {
        final ResultCode code = requests.send(length);
        undoings.assertWhole();
        return code;
    }

    private void done(final int length) {
        assertThat(send(length)).isEqualTo(ResultCode.OK);
    }

    private String registered() {
        done(requests.register(HOSPITAL, WORKER, city.nowMs - 1_000, encoder -> {}));
        final String id = requests.named().mdtrtId();
        done(requests.visit(HOSPITAL, WORKER, id, "11", "", "I10"));
        return id;
    }

    private String admitted() {
        final int length = requests.admit(HOSPITAL, WORKER, city.nowMs, "J18", encoder -> {});
        admittedMsgid = undoings.lastMsgid();
        done(length);
        return requests.named().mdtrtId();
    }

    private void upload(final VisitKind kind, final String id, final String batch, final FeeLine... lines) {
        done(requests.lines(kind, HOSPITAL, WORKER, id, batch, List.of(lines)));
    }

    private void settle(
            final int template,
            final String id,
            final String medType,
            final List<FeeLine> lines,
            final Consumer<OutpatientSettleEncoder> change) {
        settledMsgid = city.nextMsgid(HOSPITAL);
        done(synthetic.settle(template, HOSPITAL, settledMsgid, WORKER, id, medType, lines, change));
        setlId = city.settled().setlId();
    }

    private void cancel(final VisitKind kind, final String id) {
        final int length = synthetic.cancel(kind, HOSPITAL, WORKER, id, setlId);
        cancelMsgid = undoings.lastMsgid();
        done(length);
    }

    private void refuses(final ResultCode expected, final String oinfno) {
        undoings.refuses(expected, WORKER, cancelMsgid, oinfno);
        assertThat(undoings.state(cancelMsgid)).isEqualTo(RecordState.DONE);
        assertThat(undoings.state(settledMsgid)).isEqualTo(RecordState.CANCELLED);
    }

    private void mid(final OutpatientSettleEncoder encoder) {
        encoder.midSetlFlag((short) 1).endtimeMs(city.nowMs);
    }

    private Consumer<OutpatientSettleEncoder> end(final long endtimeMs) {
        return encoder -> encoder.endtimeMs(endtimeMs);
    }

    private void discharge(final String id) {
        done(requests.discharge(HOSPITAL, WORKER, id, city.nowMs, "", ""));
    }

    @Test
    void shouldSettleTheLinesOfAVisitAgain() {
        final String id = registered();
        final FeeLine first = line(1_000);
        upload(VisitKind.OUTPATIENT, id, "B1", first);
        settle(SETTLE, id, "11", List.of(first), encoder -> {});
        final long settled = city.businessHash();
        cancel(VisitKind.OUTPATIENT, id);
        undoings.reverse(WORKER, cancelMsgid, "2208", ReversalEffect.REVERSED);
        assertThat(city.businessHash()).isEqualTo(settled);
        assertThat(undoings.state(settledMsgid)).isEqualTo(RecordState.DONE);
        assertThat(send(requests.cancel(VisitKind.OUTPATIENT, HOSPITAL, WORKER, id)))
                .isEqualTo(ResultCode.VISIT_STATE);
        assertThat(send(requests.linesCancel(VisitKind.OUTPATIENT, HOSPITAL, WORKER, id, "0000")))
                .isEqualTo(ResultCode.NO_UNSETTLED_LINES);
        cancel(VisitKind.OUTPATIENT, id);
        undoings.reverse(WORKER, cancelMsgid, "2208", ReversalEffect.REVERSED);
        undoings.reverse(WORKER, settledMsgid, "2207", ReversalEffect.REVERSED);
        done(requests.cancel(VisitKind.OUTPATIENT, HOSPITAL, WORKER, id));
    }

    @Test
    void shouldStandAgainBesideLinesThatCameLater() {
        final String id = registered();
        final FeeLine first = line(1_000);
        upload(VisitKind.OUTPATIENT, id, "B1", first);
        settle(SETTLE, id, "11", List.of(first), encoder -> {});
        cancel(VisitKind.OUTPATIENT, id);
        final FeeLine second = line(20);
        upload(VisitKind.OUTPATIENT, id, "B2", second);
        undoings.reverse(WORKER, cancelMsgid, "2208", ReversalEffect.REVERSED);
        settle(SETTLE, id, "11", List.of(second), encoder -> {});
    }

    @Test
    void shouldRefuseWhereLinesAreGoneOrSettledOtherwise() {
        final String id = registered();
        final FeeLine first = line(1_000);
        final FeeLine second = line(20);
        upload(VisitKind.OUTPATIENT, id, "B1", first);
        upload(VisitKind.OUTPATIENT, id, "B2", second);
        settle(SETTLE, id, "11", List.of(first, second), encoder -> {});
        cancel(VisitKind.OUTPATIENT, id);
        final String cancelled = cancelMsgid;
        final String original = settledMsgid;
        settle(SETTLE, id, "11", List.of(second), encoder -> encoder.chrgBchno("B2"));
        final String again = settledMsgid;
        settledMsgid = original;
        refuses(ResultCode.BUILT_UPON, "2208");
        undoings.reverse(WORKER, again, "2207", ReversalEffect.REVERSED);
        refuses(ResultCode.BUILT_UPON, "2208");
        settle(SETTLE, id, "11", List.of(first, second), encoder -> {});
        cancel(VisitKind.OUTPATIENT, id);
        done(requests.linesCancel(VisitKind.OUTPATIENT, HOSPITAL, WORKER, id, "B2"));
        refuses(ResultCode.BUILT_UPON, "2208");
        assertThat(cancelled).isNotEqualTo(cancelMsgid);
    }

    @Test
    void shouldRefuseWhereTheVisitIsGoneOrSaysSomethingElse() {
        final String id = registered();
        final FeeLine first = line(1_000);
        upload(VisitKind.OUTPATIENT, id, "B1", first);
        settle(SETTLE, id, "11", List.of(first), encoder -> {});
        cancel(VisitKind.OUTPATIENT, id);
        done(requests.visit(HOSPITAL, WORKER, id, "11", "", "I11"));
        refuses(ResultCode.BUILT_UPON, "2208");
        done(requests.visit(HOSPITAL, WORKER, id, "11", "", "I10"));
        undoings.reverse(WORKER, cancelMsgid, "2208", ReversalEffect.REVERSED);
        cancel(VisitKind.OUTPATIENT, id);
        done(requests.cancel(VisitKind.OUTPATIENT, HOSPITAL, WORKER, id));
        refuses(ResultCode.BUILT_UPON, "2208");
        // Its row is another visit's now.
        final String next = registered();
        upload(VisitKind.OUTPATIENT, next, "B1", line(1_000));
        refuses(ResultCode.BUILT_UPON, "2208");
    }

    @Test
    void shouldStandAgainInAStayAsItIs() {
        final String id = admitted();
        final FeeLine first = line(1_000);
        upload(VisitKind.STAY, id, "B1", first);
        settle(STAY_SETTLE, id, "21", List.of(first), this::mid);
        final String midSetlId = setlId;
        cancel(VisitKind.STAY, id);
        discharge(id);
        undoings.reverse(WORKER, cancelMsgid, "2305", ReversalEffect.REVERSED);
        final String midCancel = cancelMsgid;
        done(requests.dischargeCancel(HOSPITAL, WORKER, id));
        final FeeLine second = line(50);
        upload(VisitKind.STAY, id, "B2", second);
        discharge(id);
        settle(STAY_SETTLE, id, "21", List.of(second), end(city.nowMs));
        final long settled = city.businessHash();
        cancel(VisitKind.STAY, id);
        undoings.reverse(WORKER, cancelMsgid, "2305", ReversalEffect.REVERSED);
        assertThat(city.businessHash()).isEqualTo(settled);
        assertThat(send(requests.dischargeCancel(HOSPITAL, WORKER, id))).isEqualTo(ResultCode.VISIT_STATE);
        cancel(VisitKind.STAY, id);
        done(requests.dischargeCancel(HOSPITAL, WORKER, id));
        refuses(ResultCode.BUILT_UPON, "2305");
        discharge(id);
        refuses(ResultCode.BUILT_UPON, "2305");
        undoings.reverse(WORKER, midCancel, "2305", ReversalEffect.ALREADY_REVERSED);
        setlId = midSetlId;
        cancel(VisitKind.STAY, id);
    }

    @Test
    void shouldTakeAnAdmissionBackWithItsLinesAndItsNumber() {
        final long before = city.businessHash();
        final String first = admitted();
        upload(VisitKind.STAY, first, "B1", line(1_000));
        undoings.refuses(ResultCode.REVERSAL_MISMATCH, WORKER + 1, admittedMsgid, "2401");
        undoings.refuses(ResultCode.REVERSAL_MISMATCH, WORKER, admittedMsgid, "2304");
        undoings.reverse(WORKER, admittedMsgid, "2401", ReversalEffect.REVERSED);
        assertThat(undoings.outcome().balcFen()).isZero();
        assertThat(city.businessHash()).isEqualTo(before);
        assertThat(undoings.state(admittedMsgid)).isEqualTo(RecordState.REVERSED);
        undoings.reverse(WORKER, admittedMsgid, "2401", ReversalEffect.ALREADY_REVERSED);
        assertThat(send(requests.cancel(VisitKind.STAY, HOSPITAL, WORKER, first)))
                .isEqualTo(ResultCode.VISIT_UNKNOWN);
        final String second = admitted();
        final Visits visits = city.engine.state().visits;
        assertThat(visits.stayNumber(visits.find(CityImports.field(second, Rows.VISIT_KEY), 0)))
                .isEqualTo(1);
    }

    @Test
    void shouldKnowThatAnAdmissionWasCancelled() {
        final String id = admitted();
        done(requests.cancel(VisitKind.STAY, HOSPITAL, WORKER, id));
        assertThat(undoings.state(admittedMsgid)).isEqualTo(RecordState.CANCELLED);
        undoings.reverse(WORKER, admittedMsgid, "2401", ReversalEffect.ALREADY_CANCELLED);
        final int length = requests.register(HOSPITAL, WORKER, city.nowMs - 1_000, encoder -> {});
        final String registeredMsgid = undoings.lastMsgid();
        done(length);
        done(requests.cancel(
                VisitKind.OUTPATIENT, HOSPITAL, WORKER, requests.named().mdtrtId()));
        assertThat(undoings.state(registeredMsgid)).isEqualTo(RecordState.CANCELLED);
        undoings.refuses(ResultCode.NOT_REVERSIBLE, WORKER, registeredMsgid, "2201");
    }

    @Test
    void shouldRefuseAnAdmissionWhoseReversalCameFirst() {
        final long before = city.businessHash();
        final int length = requests.admit(HOSPITAL, WORKER, city.nowMs, "J18", encoder -> {});
        final byte[] frame = new byte[length];
        city.command.getBytes(0, frame);
        final String msgid = undoings.lastMsgid();
        undoings.reverse(WORKER, msgid, "2401", ReversalEffect.MARKED);
        city.command.putBytes(0, frame);
        assertThat(send(length)).isEqualTo(ResultCode.REVERSED_BEFORE_ARRIVAL);
        undoings.reverse(WORKER, msgid, "2401", ReversalEffect.MARKED);
        assertThat(city.businessHash()).isEqualTo(before);
    }

    @Test
    void shouldReverseNoAdmissionThatIsUsed() {
        final String id = admitted();
        final FeeLine first = line(1_000);
        upload(VisitKind.STAY, id, "B1", first);
        settle(STAY_SETTLE, id, "21", List.of(first), this::mid);
        undoings.refuses(ResultCode.VISIT_STATE, WORKER, admittedMsgid, "2401");
        cancel(VisitKind.STAY, id);
        discharge(id);
        undoings.refuses(ResultCode.VISIT_STATE, WORKER, admittedMsgid, "2401");
        done(requests.dischargeCancel(HOSPITAL, WORKER, id));
        undoings.reverse(WORKER, admittedMsgid, "2401", ReversalEffect.REVERSED);
        refuses(ResultCode.BUILT_UPON, "2305");
        final String refused = admittedMsgid;
        admitted();
        final int length = requests.admit(HOSPITAL, WORKER, city.nowMs, "J18", encoder -> {});
        final String open = undoings.lastMsgid();
        assertThat(send(length)).isEqualTo(ResultCode.STAY_OPEN);
        undoings.reverse(WORKER, open, "2401", ReversalEffect.NOTHING_TO_REVERSE);
        undoings.reverse(WORKER, refused, "2401", ReversalEffect.ALREADY_REVERSED);
    }

    @Test
    void shouldFindAnAdmissionThatCameDaysAfterItsMsgid() {
        final String stamped = city.nextMsgid(HOSPITAL);
        city.nowMs += 2 * BusinessTime.DAY_MS;
        final int length = requests.admit(
                HOSPITAL, WORKER, city.nowMs, "J18", encoder -> encoder.header().msgid(stamped));
        done(length);
        city.nowMs += BusinessTime.DAY_MS / 2;
        undoings.reverse(WORKER, stamped, "2401", ReversalEffect.REVERSED);
    }

    @Test
    void shouldFindNothingToReverseOfAStayThatExpired() throws IOException {
        open(20);
        final String id = admitted();
        discharge(id);
        city.nowMs += 8 * BusinessTime.DAY_MS;
        undoings.reverse(WORKER, admittedMsgid, "2401", ReversalEffect.NOTHING_TO_REVERSE);
        undoings.refuses(ResultCode.REVERSAL_MISMATCH, WORKER + 1, admittedMsgid, "2401");
    }
}
