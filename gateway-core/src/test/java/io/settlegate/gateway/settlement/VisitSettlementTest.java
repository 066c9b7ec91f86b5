package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.gateway.settlement.VisitRequests.FeeLine;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.EntitlementCheckOutcomeDecoder.TrtinfoDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientSettleEncoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Staged lines are settled, shown, cancelled, and reversed, under a policy that has everything; amounts computed by hand. */
@Timeout(60)
final class VisitSettlementTest {
    private static final String HOSPITAL = EngineFixture.HOSPITAL;
    private static final String FAR = VisitRequests.OTHER_HOSPITAL;
    private static final int WORKER = 3;
    private static final int PRESETTLE = 2206;
    private static final int SETTLE = 2207;
    private static final int STAY_PRESETTLE = 2303;
    private static final int STAY_SETTLE = 2304;

    @TempDir
    private Path directory;

    private SyntheticCity synthetic;
    private VisitRequests requests;
    private EngineFixture city;
    private int lineNumber;

    @BeforeEach
    void open() throws IOException {
        synthetic = new SyntheticCity(
                directory,
                3,
                SyntheticCity.policy("synthetic-1.yaml")
                        .replace("effective_to: 2026-07-01", "effective_to: 2027-01-01")
                        .replace("cancel_under_later: recompute", "cancel_under_later: refuse"));
        requests = synthetic.requests;
        city = synthetic.city;
        for (int person = 0; person < 12; person++) {
            synthetic.insure(person, person % 3 == 2 ? "390" : "310", person % 3 == 2 ? "1501" : "1101", "990100");
        }
        // The ledger's accounts stay at zero after a cancel; they are opened here.
        city.settle(next(), 0, "11", 1, List.of(Line.of(1, "XA01", 10_000, 900_000_000)), encoder -> {});
    }

    private String next() {
        return city.nextMsgid(HOSPITAL);
    }

    private FeeLine line(final String item, final int yuan, final int count) {
        return FeeLine.of("L" + ++lineNumber, item, count * 10_000L, yuan * 1_000_000L, city.nowMs);
    }

    private String registered(final String institution, final int person, final String medType, final String disease) {
        synthetic.send(
                "2201", requests.register(institution, person, city.nowMs - 1_000, encoder -> {}), ResultCode.OK);
        final String id = requests.named().mdtrtId();
        synthetic.send("2203", requests.visit(institution, person, id, medType, disease, "I10"), ResultCode.OK);
        return id;
    }

    private void upload(final VisitKind kind, final String institution, final String id, final FeeLine... lines) {
        upload(kind, institution, WORKER, id, lines);
    }

    private void upload(
            final VisitKind kind, final String institution, final int person, final String id, final FeeLine... lines) {
        final String batch = "B" + ++lineNumber;
        synthetic.send("lines", requests.lines(kind, institution, person, id, batch, List.of(lines)), ResultCode.OK);
    }

    private String settle(
            final ResultCode expected,
            final int template,
            final String id,
            final String medType,
            final List<FeeLine> lines,
            final Consumer<OutpatientSettleEncoder> change) {
        final String msgid = next();
        synthetic.send(
                template + " " + expected,
                synthetic.settle(template, HOSPITAL, msgid, WORKER, id, medType, lines, change),
                expected);
        return msgid;
    }

    private void cancel(final ResultCode expected, final VisitKind kind, final String id, final String setlId) {
        synthetic.send("cancel " + expected, synthetic.cancel(kind, HOSPITAL, WORKER, id, setlId), expected);
    }

    /** Deductible, basic fund, all funds, account, cash. */
    private void assertShares(final long... expected) {
        final PharmacySettleOutcomeDecoder settled = city.settled();
        assertThat(new long[] {
                    settled.actPayDedcFen(),
                    settled.hifpPayFen(),
                    settled.fundPaySumamtFen(),
                    settled.acctPayFen(),
                    settled.psnCashPayFen()
                })
                .containsExactly(expected);
    }

    /** The outcome from psn_no on: neither header nor setl_id. */
    private byte[] answered() {
        final int from = 8 + PharmacySettleOutcomeDecoder.psnNoEncodingOffset();
        final byte[] bytes = new byte[city.outcomeLength - from];
        city.outcome.getBytes(from, bytes);
        return bytes;
    }

    /** A visit clears as outpatient, a stay as inpatient, whatever undoes them. */
    @Test
    void shouldCountVisitsAndStaysByTheirClearingTypes() {
        final String visit = registered(HOSPITAL, WORKER, "11", "");
        final FeeLine first = line("XA01", 500, 1);
        upload(VisitKind.OUTPATIENT, HOSPITAL, visit, first);
        settle(ResultCode.OK, SETTLE, visit, "11", List.of(first), encoder -> {});
        final String setlId = city.settled().setlId();
        assertThat(city.settled().clrType()).isEqualTo("11");
        synthetic.send(
                "2401", requests.admit(HOSPITAL, WORKER, city.nowMs - 1_000, "J18", encoder -> {}), ResultCode.OK);
        final String stay = requests.named().mdtrtId();
        final FeeLine second = line("XA01", 700, 1);
        upload(VisitKind.STAY, HOSPITAL, stay, second);
        final String ofStay = settle(
                ResultCode.OK, STAY_SETTLE, stay, "21", List.of(second), encoder -> encoder.midSetlFlag((short) 1)
                        .endtimeMs(city.nowMs - 500));
        assertThat(city.settled().clrType()).isEqualTo("21");
        assertThat(rows(11)).isEqualTo(2);
        assertThat(rows(21)).isEqualTo(1);
        cancel(ResultCode.OK, VisitKind.OUTPATIENT, visit, setlId);
        synthetic.send("2601", city.reverseFrame(next(), WORKER, ofStay, "2304"), ResultCode.OK);
        assertThat(rows(11)).isEqualTo(3);
        assertThat(rows(21)).isEqualTo(2);
    }

    /** Settlements and refunds of a clearing type. */
    private int rows(final int clrType) {
        return TotalsLaw.keys(city.engine.state()).stream()
                .filter(key -> key.clrType() == clrType)
                .map(key -> TotalsLaw.sum(city.engine.state(), key))
                .mapToInt(totals -> totals.settledCount + totals.undoneCount)
                .sum();
    }

    @Test
    void shouldTakeAnOutpatientThroughTheWholeCourse() {
        synthetic.send("2001", synthetic.check(HOSPITAL, WORKER, "11", ""), ResultCode.OK);
        assertThat(synthetic.checked().trtEnjymntFlag()).isEqualTo((short) 1);
        final String id = registered(HOSPITAL, WORKER, "11", "");
        final List<FeeLine> lines =
                List.of(line("XA01", 1_000, 1), line("XB02", 200, 1), line("XC03", 30, 1), line("XD01C", 20, 10));
        upload(VisitKind.OUTPATIENT, HOSPITAL, id, lines.get(0), lines.get(1));
        upload(VisitKind.OUTPATIENT, HOSPITAL, id, lines.get(2), lines.get(3));
        final long unsettled = city.businessHash();
        settle(ResultCode.OK, PRESETTLE, id, "11", lines, encoder -> encoder.fulamtOwnpayAmtFen(0)
                .overlmtSelfpayFen(0)
                .preselfpayAmtFen(0)
                .inscpScpAmtFen(0));
        final byte[] shown = answered();
        assertThat(city.settled().setlId()).isEmpty();
        assertThat(city.businessHash()).isEqualTo(unsettled);
        settle(ResultCode.OK, SETTLE, id, "11", lines, encoder -> {});
        assertThat(answered()).isEqualTo(shown);
        // In policy 1,295.00; after the deductible 795.00 at 0.65; the fund's sum holds the account.
        assertShares(50_000, 51_675, 62_800, 11_125, 80_200);
        assertThat(city.settled().mdtrtId()).isEqualTo(id);
        assertThat(city.settled().balcFen()).isZero();
        final String setlId = city.settled().setlId();
        settle(ResultCode.NO_UNSETTLED_LINES, SETTLE, id, "11", lines, encoder -> {});
        synthetic.send("2001", synthetic.check(HOSPITAL, WORKER, "11", ""), ResultCode.OK);
        final TrtinfoDecoder basic = synthetic.checked().trtinfo().next();
        assertThat(basic.paidFen()).isEqualTo(51_675);
        assertThat(basic.leftFen()).isEqualTo(700_000 - 51_675);
        final String other = registered(HOSPITAL, WORKER, "11", "");
        cancel(ResultCode.REVERSAL_MISMATCH, VisitKind.OUTPATIENT, other, setlId);
        cancel(ResultCode.REVERSAL_MISMATCH, VisitKind.STAY, id, setlId);
        synthetic.send(
                "by another institution",
                synthetic.cancel(VisitKind.OUTPATIENT, FAR, WORKER, id, setlId),
                ResultCode.REVERSAL_MISMATCH);
        synthetic.send("by 2103", city.cancelFrame(next(), WORKER, setlId), ResultCode.REVERSAL_MISMATCH);
        cancel(ResultCode.OK, VisitKind.OUTPATIENT, id, setlId);
        assertThat(city.cancelled().medfeeSumamtFen()).isEqualTo(-143_000);
        assertThat(city.cancelled().hifpPayFen()).isEqualTo(-51_675);
        assertThat(city.cancelled().balcFen()).isEqualTo(11_125);
        cancel(ResultCode.ALREADY_UNDONE, VisitKind.OUTPATIENT, id, setlId);
        final long again = city.businessHash();
        settle(ResultCode.OK, SETTLE, id, "11", lines, encoder -> {});
        assertThat(answered()).isEqualTo(shown);
        cancel(ResultCode.OK, VisitKind.OUTPATIENT, id, city.settled().setlId());
        assertThat(city.businessHash()).isEqualTo(again);
    }

    private String admitted() {
        synthetic.send("2401", requests.admit(HOSPITAL, WORKER, city.nowMs, "J18", encoder -> {}), ResultCode.OK);
        return requests.named().mdtrtId();
    }

    private Consumer<OutpatientSettleEncoder> mid() {
        return encoder -> encoder.midSetlFlag((short) 1).endtimeMs(city.nowMs);
    }

    private Consumer<OutpatientSettleEncoder> end(final long endtimeMs) {
        return encoder -> encoder.endtimeMs(endtimeMs);
    }

    private String discharged(final String id) {
        synthetic.send("2402", requests.discharge(HOSPITAL, WORKER, id, city.nowMs, "", ""), ResultCode.OK);
        return id;
    }

    @Test
    void shouldUseTheDeductibleOfAStayOnceOverItsParts() {
        final String id = admitted();
        final FeeLine first = line("XA01", 300, 1);
        upload(VisitKind.STAY, HOSPITAL, id, first);
        final long opened = city.businessHash();
        settle(ResultCode.OK, STAY_SETTLE, id, "21", List.of(first), mid());
        cancel(ResultCode.OK, VisitKind.STAY, id, city.settled().setlId());
        assertThat(city.businessHash()).isEqualTo(opened);
        settle(ResultCode.OK, STAY_PRESETTLE, id, "21", List.of(first), mid());
        final byte[] shown = answered();
        settle(ResultCode.OK, STAY_SETTLE, id, "21", List.of(first), mid());
        assertThat(answered()).isEqualTo(shown);
        assertShares(30_000, 0, 11_125, 11_125, 18_875);
        final String midId = city.settled().setlId();
        final FeeLine second = line("XA01", 1_000, 1);
        upload(VisitKind.STAY, HOSPITAL, id, second);
        settle(ResultCode.VISIT_STATE, STAY_SETTLE, id, "21", List.of(second), end(city.nowMs));
        discharged(id);
        final long discharged = city.businessHash();
        settle(ResultCode.VISIT_STATE, STAY_SETTLE, id, "21", List.of(second), mid());
        settle(ResultCode.VISIT_MISMATCH, STAY_SETTLE, id, "21", List.of(second), end(city.nowMs - 1));
        settle(ResultCode.OK, STAY_SETTLE, id, "21", List.of(second), end(city.nowMs));
        // 200.00 of the stay's 500.00 are left; 800.00 at 0.86.
        assertShares(20_000, 68_800, 68_800, 0, 31_200);
        final String finalId = city.settled().setlId();
        final String next = admitted();
        final FeeLine third = line("XA01", 1_000, 1);
        upload(VisitKind.STAY, HOSPITAL, next, third);
        discharged(next);
        final long secondDischarged = city.businessHash();
        settle(ResultCode.OK, STAY_SETTLE, next, "21", List.of(third), end(city.nowMs));
        assertShares(25_000, 64_500, 64_500, 0, 35_500);
        final String secondId = city.settled().setlId();
        cancel(ResultCode.LATER_SETTLEMENTS, VisitKind.STAY, id, midId);
        cancel(ResultCode.LATER_SETTLEMENTS, VisitKind.STAY, id, finalId);
        cancel(ResultCode.OK, VisitKind.STAY, next, secondId);
        assertThat(city.businessHash()).isEqualTo(secondDischarged);
        cancel(ResultCode.LATER_SETTLEMENTS, VisitKind.STAY, id, midId);
        cancel(ResultCode.OK, VisitKind.STAY, id, finalId);
        cancel(ResultCode.OK, VisitKind.STAY, id, midId);
        assertThat(city.balanceFen(WORKER)).isEqualTo(11_125);
        settle(ResultCode.OK, STAY_SETTLE, id, "21", List.of(first, second), end(city.nowMs));
        assertThat(city.settled().actPayDedcFen()).isEqualTo(50_000);
        assertThat(city.settled().hifpPayFen()).isEqualTo(68_800);
        assertThat(discharged).as("lines are settled").isNotEqualTo(city.businessHash());
    }

    @Test
    void shouldRefuseWhatDoesNotFitTheVisitAndChangeNothing() throws IOException {
        final String id = registered(HOSPITAL, WORKER, "11", "");
        final FeeLine line = line("XB02", 100, 1);
        upload(VisitKind.OUTPATIENT, HOSPITAL, id, line);
        for (final int template : new int[] {PRESETTLE, SETTLE}) {
            settle(ResultCode.SUM_WRONG, template, id, "11", List.of(line), encoder -> encoder.medfeeSumamtFen(10_001));
            settle(ResultCode.SPLIT_WRONG, template, id, "11", List.of(line), encoder -> encoder.preselfpayAmtFen(501)
                    .inscpScpAmtFen(9_499));
            settle(ResultCode.VISIT_MISMATCH, template, id, "13", List.of(line), encoder -> {});
            settle(ResultCode.FIELD_MALFORMED, template, id, "11", List.of(line), end(city.nowMs));
            settle(ResultCode.FIELD_MALFORMED, template, id, "11", List.of(line), mid());
            settle(
                    ResultCode.NO_UNSETTLED_LINES,
                    template,
                    id,
                    "11",
                    List.of(line),
                    encoder -> encoder.chrgBchno("NONE"));
            settle(
                    ResultCode.VISIT_UNKNOWN,
                    template,
                    "320300202611200000000000009999",
                    "11",
                    List.of(line),
                    encoder -> {});
            settle(ResultCode.VISIT_MISMATCH, template + 97, id, "11", List.of(line), end(city.nowMs));
        }
        settle(ResultCode.SPLIT_WRONG, SETTLE, id, "11", List.of(line), encoder -> encoder.preselfpayAmtFen(0)
                .inscpScpAmtFen(0));
        final String stay = admitted();
        final FeeLine ofStay = line("XA01", 100, 1);
        upload(VisitKind.STAY, HOSPITAL, stay, ofStay);
        for (final long endtimeMs : new long[] {city.nowMs + 1, city.nowMs - 1, Long.MAX_VALUE}) {
            final String msgid = next();
            final int length = synthetic.settle(
                    STAY_SETTLE, HOSPITAL, msgid, WORKER, stay, "21", List.of(ofStay), mid().andThen(end(endtimeMs)));
            synthetic.send(
                    "ends at " + endtimeMs,
                    length,
                    endtimeMs == Long.MAX_VALUE ? ResultCode.NO_POLICY : ResultCode.VISIT_MISMATCH);
        }
        synthetic.insure(WORKER, "390", "1501", "990100");
        settle(ResultCode.INSUTYPE_MISMATCH, SETTLE, id, "11", List.of(line), encoder -> {});
        settle(ResultCode.VISIT_MISMATCH, SETTLE, id, "11", List.of(line), encoder -> encoder.insutype("390"));
    }

    @Test
    void shouldAskForTheQualificationAndKeepToTheDiseasesCap() throws IOException {
        final String[] ids = new String[3];
        final String[] setlIds = new String[3];
        final long[] basicFen = {288_000, 212_000, 0};
        for (int i = 0; i < ids.length; i++) {
            ids[i] = registered(HOSPITAL, WORKER, "140104", "M01600");
            final FeeLine line = line("XA01", 4_000, 1);
            upload(VisitKind.OUTPATIENT, HOSPITAL, ids[i], line);
            if (i == 0) {
                settle(ResultCode.NOT_QUALIFIED, SETTLE, ids[i], "140104", List.of(line), encoder -> {});
                synthetic.send("2001", synthetic.check(HOSPITAL, WORKER, "140104", "M01600"), ResultCode.OK);
                assertThat(synthetic.checked().trtChkRslt()).isEqualTo(ResultCode.NOT_QUALIFIED.code());
                synthetic.entitle(WORKER, "chronic", "M03900");
                settle(ResultCode.NOT_QUALIFIED, SETTLE, ids[i], "140104", List.of(line), encoder -> {});
                synthetic.entitle(WORKER, "chronic", "M01600");
            }
            settle(ResultCode.OK, SETTLE, ids[i], "140104", List.of(line), encoder -> {});
            // 3,600.00 at 0.8, then 3,200.00 of which 2,120.00 are left of 5,000.00, then nothing.
            assertThat(city.settled().actPayDedcFen()).isEqualTo(i == 0 ? 40_000 : 0);
            assertThat(city.settled().hifpPayFen()).isEqualTo(basicFen[i]);
            setlIds[i] = city.settled().setlId();
        }
        cancel(ResultCode.LATER_SETTLEMENTS, VisitKind.OUTPATIENT, ids[0], setlIds[0]);
        cancel(ResultCode.LATER_SETTLEMENTS, VisitKind.OUTPATIENT, ids[1], setlIds[1]);
        for (int i = ids.length - 1; i >= 0; i--) {
            cancel(ResultCode.OK, VisitKind.OUTPATIENT, ids[i], setlIds[i]);
        }
        assertThat(city.engine.state().personYears.diseases.count()).isZero();
    }

    @Test
    void shouldGiveNothingInAWaitingPeriod() throws IOException {
        final String id = registered(HOSPITAL, WORKER, "11", "");
        final FeeLine line = line("XA01", 1_000, 1);
        upload(VisitKind.OUTPATIENT, HOSPITAL, id, line);
        synthetic.entitle(WORKER, "waiting", "");
        settle(ResultCode.WAITING_PERIOD, PRESETTLE, id, "11", List.of(line), encoder -> {});
        settle(ResultCode.WAITING_PERIOD, SETTLE, id, "11", List.of(line), encoder -> {});
        synthetic.send("2001", synthetic.check(HOSPITAL, WORKER, "11", ""), ResultCode.OK);
        assertThat(synthetic.checked().trtChkRslt()).isEqualTo(ResultCode.WAITING_PERIOD.code());
    }

    @Test
    void shouldPayLessOutOfAreaUntilItIsFiled() throws IOException {
        final long[] basicFen = {36_750, 75_000};
        for (int i = 0; i < 2; i++) {
            final String id = registered(FAR, WORKER, "11", "");
            final FeeLine line = line("XA01", 1_000, 1);
            upload(VisitKind.OUTPATIENT, FAR, id, line);
            synthetic.send(
                    "out of area " + i,
                    synthetic.settle(SETTLE, FAR, city.nextMsgid(FAR), WORKER, id, "11", List.of(line), encoder -> {}),
                    ResultCode.OK);
            // 700.00 at 0.75 × 0.7, then 1,000.00 at 0.75.
            assertThat(city.settled().hifpPayFen()).isEqualTo(basicFen[i]);
            synthetic.entitle(WORKER, "filed", "320300");
        }
    }

    private void reverse(final String msgid, final int template, final ReversalEffect effect) {
        synthetic.send(
                "2601 " + effect, city.reverseFrame(next(), WORKER, msgid, Integer.toString(template)), ResultCode.OK);
        assertThat(new ReversalOutcomeDecoder()
                        .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                        .effect())
                .isEqualTo(effect);
    }

    private void reverseInEveryOrder(
            final int template,
            final String id,
            final String medType,
            final FeeLine line,
            final Consumer<OutpatientSettleEncoder> change) {
        final long before = city.businessHash();
        final String marked = next();
        reverse(marked, template, ReversalEffect.MARKED);
        synthetic.send(
                "after its reversal",
                synthetic.settle(template, HOSPITAL, marked, WORKER, id, medType, List.of(line), change),
                ResultCode.REVERSED_BEFORE_ARRIVAL);
        final String msgid = settle(ResultCode.OK, template, id, medType, List.of(line), change);
        assertThat(city.businessHash()).isNotEqualTo(before);
        final String setlId = city.settled().setlId();
        reverse(msgid, template, ReversalEffect.REVERSED);
        assertThat(city.businessHash()).isEqualTo(before);
        reverse(msgid, template, ReversalEffect.ALREADY_REVERSED);
        final VisitKind kind = template == SETTLE ? VisitKind.OUTPATIENT : VisitKind.STAY;
        cancel(ResultCode.ALREADY_UNDONE, kind, id, setlId);
        final String cancelled = settle(ResultCode.OK, template, id, medType, List.of(line), change);
        cancel(ResultCode.OK, kind, id, city.settled().setlId());
        reverse(cancelled, template, ReversalEffect.ALREADY_CANCELLED);
        assertThat(city.businessHash()).isEqualTo(before);
    }

    @Test
    void shouldReverseBeforeAfterAndTwice() {
        final String id = registered(HOSPITAL, WORKER, "11", "");
        final FeeLine line = line("XA01", 1_000, 1);
        upload(VisitKind.OUTPATIENT, HOSPITAL, id, line);
        reverseInEveryOrder(SETTLE, id, "11", line, encoder -> {});
        final String stay = admitted();
        final FeeLine ofStay = line("XA01", 2_000, 1);
        upload(VisitKind.STAY, HOSPITAL, stay, ofStay);
        reverseInEveryOrder(STAY_SETTLE, stay, "21", ofStay, mid());
        discharged(stay);
        reverseInEveryOrder(STAY_SETTLE, stay, "21", ofStay, end(city.nowMs));
    }
}
