package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 2601 of 2103: before, after, twice, of another's, and where somebody has gone on from the cancel. */
@Timeout(60)
final class CancelReversalTest {
    private static final int PERSON = 3;
    private static final int OLD_RULES = 2;
    private static final List<Line> LINES = List.of(Line.of(1, "XA01", 10_000, 1_000_000_000));

    @TempDir
    private Path directory;

    private EngineFixture city;
    private Undoings undoings;
    /** Of the newest settlement and the newest cancel. */
    private String settledMsgid;

    private String setlId;
    private String cancelMsgid;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(directory);
        undoings = new Undoings(city);
        settle();
        undoings.reverse(PERSON, settledMsgid, "2102", ReversalEffect.REVERSED);
    }

    private String next() {
        return city.nextMsgid(EngineFixture.HOSPITAL);
    }

    private void settle() {
        settledMsgid = next();
        final long begntimeMs = city.nowMs - 1_000;
        assertThat(city.settle(settledMsgid, PERSON, "11", 1, LINES, encoder -> encoder.begntimeMs(begntimeMs)))
                .isZero();
        setlId = city.settled().setlId();
    }

    private void cancel(final ResultCode expected) {
        cancelMsgid = next();
        assertThat(ResultCode.of(city.cancel(cancelMsgid, PERSON, setlId))).isEqualTo(expected);
    }

    private void reverseCancel(final ReversalEffect effect) {
        undoings.reverse(PERSON, cancelMsgid, "2103", effect);
    }

    private void refusesReversal(final ResultCode expected) {
        undoings.refuses(expected, PERSON, cancelMsgid, "2103");
    }

    @Test
    void shouldMakeTheSettlementStandAgainWithWhatWasAnswered() {
        settle();
        final long settled = city.businessHash();
        cancel(ResultCode.OK);
        city.nowMs += BusinessTime.DAY_MS;
        final ReversalOutcomeDecoder outcome = undoings.reverse(PERSON, cancelMsgid, "2103", ReversalEffect.REVERSED);
        assertThat(new long[] {
                    outcome.fundPaySumamtFen(), outcome.acctPayFen(), outcome.psnCashPayFen(), outcome.balcFen()
                })
                .containsExactly(19_500, 11_125, 69_375, 0);
        assertThat(outcome.omsgid()).isEqualTo(cancelMsgid);
        assertThat(outcome.oinfno()).isEqualTo("2103");
        assertThat(outcome.originalSequence()).isPositive();
        assertThat(city.businessHash()).isEqualTo(settled);
        assertThat(undoings.state(settledMsgid)).isEqualTo(RecordState.DONE);
        assertThat(undoings.state(cancelMsgid)).isEqualTo(RecordState.REVERSED);
        city.nowMs -= BusinessTime.DAY_MS;
        final int length = city.cancelFrame(cancelMsgid, PERSON, setlId);
        city.nowMs += BusinessTime.DAY_MS;
        city.send(length);
        assertThat(city.template()).as("the cancel, resent").isEqualTo(RepeatOutcomeDecoder.TEMPLATE_ID);
        assertThat(city.businessHash()).isEqualTo(settled);
    }

    @Test
    void shouldLeaveNothingWhenTheSettlementIsReversedInTheEnd() {
        final long before = city.businessHash();
        settle();
        cancel(ResultCode.OK);
        reverseCancel(ReversalEffect.REVERSED);
        undoings.reverse(PERSON, settledMsgid, "2102", ReversalEffect.REVERSED);
        assertThat(city.businessHash()).isEqualTo(before);
        assertThat(undoings.state(settledMsgid)).isEqualTo(RecordState.REVERSED);
        reverseCancel(ReversalEffect.ALREADY_REVERSED);
        undoings.reverse(PERSON, settledMsgid, "2102", ReversalEffect.ALREADY_REVERSED);
        cancel(ResultCode.ALREADY_UNDONE);
        reverseCancel(ReversalEffect.NOTHING_TO_REVERSE);
        assertThat(city.businessHash()).isEqualTo(before);
    }

    @Test
    void shouldCancelAgainAndReverseThatToo() {
        settle();
        final long settled = city.businessHash();
        cancel(ResultCode.OK);
        final long cancelled = city.businessHash();
        final String first = cancelMsgid;
        reverseCancel(ReversalEffect.REVERSED);
        cancel(ResultCode.OK);
        assertThat(city.cancelled().originalMsgid()).isEqualTo(settledMsgid);
        assertThat(city.businessHash()).isEqualTo(cancelled);
        undoings.reverse(PERSON, settledMsgid, "2102", ReversalEffect.ALREADY_CANCELLED);
        undoings.reverse(PERSON, first, "2103", ReversalEffect.ALREADY_REVERSED);
        assertThat(city.businessHash()).isEqualTo(cancelled);
        reverseCancel(ReversalEffect.REVERSED);
        reverseCancel(ReversalEffect.ALREADY_REVERSED);
        assertThat(city.businessHash()).isEqualTo(settled);
    }

    @Test
    void shouldRefuseACancelWhoseReversalCameFirst() {
        settle();
        final long settled = city.businessHash();
        cancelMsgid = next();
        reverseCancel(ReversalEffect.MARKED);
        assertThat(undoings.state(cancelMsgid)).isEqualTo(RecordState.MARKED);
        assertThat(city.cancel(cancelMsgid, PERSON, setlId)).isEqualTo(ResultCode.REVERSED_BEFORE_ARRIVAL.code());
        reverseCancel(ReversalEffect.MARKED);
        undoings.refuses(ResultCode.REVERSAL_MISMATCH, PERSON + 1, cancelMsgid, "2103");
        assertThat(city.businessHash()).isEqualTo(settled);
        assertThat(undoings.state(settledMsgid)).isEqualTo(RecordState.DONE);
        cancel(ResultCode.OK);
    }

    @Test
    void shouldTakeOnlyWhatWasThisCancelOfThisPersonAtThisInstitution() {
        settle();
        cancel(ResultCode.OK);
        undoings.refuses(ResultCode.REVERSAL_MISMATCH, PERSON + 1, cancelMsgid, "2103");
        undoings.refuses(ResultCode.REVERSAL_MISMATCH, PERSON, cancelMsgid, "2208");
        undoings.refuses(ResultCode.REVERSAL_MISMATCH, PERSON, cancelMsgid, "2102");
        undoings.refuses(ResultCode.NOT_REVERSIBLE, PERSON, cancelMsgid, "2101");
        final String pharmacys = city.nextMsgid(EngineFixture.PHARMACY);
        assertThat(city.reverse(pharmacys, PERSON, cancelMsgid, "2103")).isEqualTo(ResultCode.MSGID_FOREIGN.code());
        final String another = next();
        final int length = city.reverseFrame(another, PERSON, cancelMsgid, "2103");
        city.command.putBytes(
                8 + io.settlegate.protocol.codec.RequestHeaderEncoder.snEncodingOffset(), new byte[] {'T', '4'});
        assertThat(city.send(length)).as("by another terminal of the hospital").isZero();
        undoings.refuses(ResultCode.NOT_REVERSIBLE, PERSON, another, "2601");
    }

    @Test
    void shouldRefuseWhereTheMoneyWasSpentMeanwhile() {
        settle();
        cancel(ResultCode.OK);
        final String cancelled = cancelMsgid;
        final List<Line> retail = List.of(Line.of(1, "XC03", 10_000, 50_000_000));
        assertThat(city.settle(city.nextMsgid(EngineFixture.PHARMACY), PERSON, "41", 1, retail, encoder -> {}))
                .isZero();
        final String spent = city.settled().setlId();
        final long acctPayFen = city.settled().acctPayFen();
        assertThat(acctPayFen).isPositive();
        refusesReversal(ResultCode.BUILT_UPON);
        assertThat(undoings.state(cancelled)).isEqualTo(RecordState.DONE);
        assertThat(undoings.state(settledMsgid)).isEqualTo(RecordState.CANCELLED);
        assertThat(city.cancel(city.nextMsgid(EngineFixture.PHARMACY), PERSON, spent))
                .isZero();
        reverseCancel(ReversalEffect.REVERSED);
    }

    @Test
    void shouldRefuseWhereALaterSettlementWentOnFromTheYearWithoutIt() {
        settle();
        cancel(ResultCode.OK);
        final String cancelled = cancelMsgid;
        assertThat(city.settle(next(), PERSON, "11", 0, LINES, encoder -> {})).isZero();
        final String laterMsgid = city.settled().header().msgid();
        refusesReversal(ResultCode.BUILT_UPON);
        undoings.reverse(PERSON, laterMsgid, "2102", ReversalEffect.REVERSED);
        cancelMsgid = cancelled;
        reverseCancel(ReversalEffect.REVERSED);
    }

    @Test
    void shouldRefuseWhenTheSettlementsDayIsForgotten() {
        settle();
        city.nowMs += 3 * BusinessTime.DAY_MS;
        city.signIn("T4");
        cancel(ResultCode.OK);
        city.nowMs += BusinessTime.DAY_MS;
        refusesReversal(ResultCode.SETL_UNKNOWN);
        city.nowMs += 3 * BusinessTime.DAY_MS;
        refusesReversal(ResultCode.MSGID_STALE);
    }

    @Test
    void shouldFindNothingToReverseOfARefusedCancel() {
        settle();
        undoings.reverse(PERSON, settledMsgid, "2102", ReversalEffect.REVERSED);
        cancel(ResultCode.ALREADY_UNDONE);
        reverseCancel(ReversalEffect.NOTHING_TO_REVERSE);
        undoings.refuses(ResultCode.REVERSAL_MISMATCH, PERSON + 1, cancelMsgid, "2103");
    }

    @Test
    void shouldStandAgainForAFrozenPerson() {
        settle();
        cancel(ResultCode.OK);
        assertThat(new SingleActs(city).freeze(PERSON, 1)).isNull();
        reverseCancel(ReversalEffect.REVERSED);
    }

    @Test
    void shouldReverseNoCancelUnderOlderRulesNorOneOfThose() {
        city.engine.rules(OLD_RULES);
        settle();
        cancel(ResultCode.OK);
        refusesReversal(ResultCode.NOT_REVERSIBLE);
        undoings.refuses(ResultCode.NOT_REVERSIBLE, PERSON, next(), "2401");
        city.engine.rules(EngineRules.NEWEST);
        refusesReversal(ResultCode.NOT_REVERSIBLE);
        undoings.reverse(PERSON, settledMsgid, "2102", ReversalEffect.ALREADY_CANCELLED);
    }
}
