package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.QueryOutcomeDecoder;
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

/** 2103 against 2102 and 2601. */
@Timeout(60)
final class CancelTest {
    private static final int PERSON = 3;
    private static final List<Line> LINES = List.of(Line.of(1, "XA01", 10_000, 1_000_000_000));

    @TempDir
    private Path directory;

    private EngineFixture city;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(directory);
        // The first settlement opens the accounts, which stay at zero after its reversal.
        final String msgid = next();
        city.settle(msgid, PERSON, "11", 1, LINES, encoder -> {});
        city.reverse(next(), PERSON, msgid, "2102");
    }

    @Test
    void shouldRestoreWhatTheSettlementChangedAndSaySoInNegativeAmounts() {
        final long before = city.businessHash();
        final long balanceFen = city.balanceFen(PERSON);
        final String msgid = next();
        final String setlId = settle(msgid);
        city.nowMs += BusinessTime.DAY_MS;
        assertThat(city.cancel(next(), PERSON, setlId)).isZero();
        final PharmacyCancelOutcomeDecoder outcome = city.cancelled();
        assertThat(new long[] {
                    outcome.medfeeSumamtFen(),
                    outcome.hifpPayFen(),
                    outcome.fundPaySumamtFen(),
                    outcome.psnPartAmtFen(),
                    outcome.acctPayFen(),
                    outcome.psnCashPayFen(),
                    outcome.balcFen()
                })
                .containsExactly(-100_000, -19_500, -19_500, -80_500, -11_125, -69_375, balanceFen);
        assertThat(outcome.originalSetlId()).isEqualTo(setlId);
        assertThat(outcome.originalMsgid()).isEqualTo(msgid);
        assertThat(outcome.psnNo()).isEqualTo(EngineFixture.psnNo(PERSON));
        assertThat(outcome.setlTimeMs()).isEqualTo(city.nowMs);
        assertThat(outcome.setlId()).isEqualTo("32030020261121" + String.format("%016d", city.sequence));
        assertThat(city.businessHash()).isEqualTo(before);
        assertThat(city.engine.ledgerSumFen()).isZero();
        assertStateHash();
    }

    @Test
    void shouldExcludeReversalAndCancelOfTheSameSettlement() {
        final String cancelledMsgid = next();
        final String cancelled = settle(cancelledMsgid);
        assertThat(cancel(PERSON, cancelled)).isEqualTo(ResultCode.OK);
        assertThat(cancel(PERSON, cancelled)).isEqualTo(ResultCode.ALREADY_UNDONE);
        final long hash = city.businessHash();
        assertThat(city.reverse(next(), PERSON, cancelledMsgid, "2102")).isZero();
        assertThat(reversal().effect()).isEqualTo(ReversalEffect.ALREADY_CANCELLED);
        assertThat(reversal().acctPayFen()).isZero();
        final String reversedMsgid = next();
        final String reversed = settle(reversedMsgid);
        assertThat(city.reverse(next(), PERSON, reversedMsgid, "2102")).isZero();
        assertThat(reversal().effect()).isEqualTo(ReversalEffect.REVERSED);
        assertThat(cancel(PERSON, reversed)).isEqualTo(ResultCode.ALREADY_UNDONE);
        assertThat(city.businessHash()).isEqualTo(hash);
        city.query("T4", next(), cancelledMsgid);
        assertThat(new QueryOutcomeDecoder()
                        .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                        .state())
                .isEqualTo(RecordState.CANCELLED);
    }

    @Test
    void shouldAnswerARepeatedCancelWithTheFirst() {
        final String setlId = settle(next());
        final String msgid = next();
        assertThat(city.cancel(msgid, PERSON, setlId)).isZero();
        final long first = city.sequence;
        final long hash = city.hash();
        city.cancel(msgid, PERSON, setlId);
        assertThat(city.template()).isEqualTo(RepeatOutcomeDecoder.TEMPLATE_ID);
        assertThat(new RepeatOutcomeDecoder()
                        .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                        .firstSequence())
                .isEqualTo(first);
        assertThat(city.hash()).isEqualTo(hash);
    }

    @Test
    void shouldNotCancelACancel() {
        assertThat(cancel(PERSON, settle(next()))).isEqualTo(ResultCode.OK);
        final String cancelId = city.cancelled().setlId();
        final String cancelMsgid = city.cancelled().header().msgid();
        assertThat(cancel(PERSON, cancelId)).isEqualTo(ResultCode.SETL_UNKNOWN);
        assertThat(city.reverse(next(), PERSON, cancelMsgid, "2102")).isEqualTo(ResultCode.REVERSAL_MISMATCH.code());
    }

    @Test
    void shouldRefuseWhatIsNotThatSettlementAndChangeNothing() {
        final String setlId = settle(next());
        final String sequence = setlId.substring(14);
        refuses(ResultCode.FIELD_MALFORMED, next(), PERSON, setlId.substring(1));
        refuses(ResultCode.FIELD_MALFORMED, next(), PERSON, "X" + setlId.substring(1));
        refuses(ResultCode.SETL_UNKNOWN, next(), PERSON, "32030020261120" + String.format("%016d", 9_999_999));
        refuses(ResultCode.SETL_UNKNOWN, next(), PERSON, "43060020261120" + sequence);
        refuses(ResultCode.SETL_UNKNOWN, next(), PERSON, "32030020261119" + sequence);
        refuses(ResultCode.REVERSAL_MISMATCH, next(), PERSON + 1, setlId);
        refuses(ResultCode.REVERSAL_MISMATCH, city.nextMsgid(EngineFixture.PHARMACY), PERSON, setlId);
        assertThat(city.presettle(next(), PERSON, "11", 1, LINES, encoder -> {}))
                .isZero();
        final String presettled = "32030020261120" + String.format("%016d", city.sequence);
        refuses(ResultCode.SETL_UNKNOWN, next(), PERSON, presettled);
        assertThat(cancel(PERSON, setlId)).isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldForgetASettlementWithItsDay() {
        final String setlId = settle(next());
        city.nowMs += 3 * BusinessTime.DAY_MS;
        city.signIn("T4");
        city.nowMs += BusinessTime.DAY_MS;
        assertThat(cancel(PERSON, setlId)).isEqualTo(ResultCode.SETL_UNKNOWN);
        final String later = settle(next());
        assertThat(cancel(PERSON, later)).as("in memory of a dropped day").isEqualTo(ResultCode.OK);
        assertStateHash();
    }

    @Test
    void shouldCancelForAFrozenPerson() {
        final String setlId = settle(next());
        assertThat(new SingleActs(city).freeze(PERSON, 1)).isNull();
        assertThat(cancel(PERSON, setlId)).isEqualTo(ResultCode.OK);
    }

    private void refuses(final ResultCode expected, final String msgid, final int person, final String setlId) {
        final long before = city.businessHash();
        assertThat(ResultCode.of(city.cancel(msgid, person, setlId))).isEqualTo(expected);
        assertThat(city.businessHash()).isEqualTo(before);
        assertStateHash();
    }

    private ResultCode cancel(final int person, final String setlId) {
        return ResultCode.of(city.cancel(next(), person, setlId));
    }

    private String settle(final String msgid) {
        final long begntimeMs = city.nowMs - 1_000;
        assertThat(city.settle(msgid, PERSON, "11", 1, LINES, encoder -> encoder.begntimeMs(begntimeMs)))
                .isZero();
        return city.settled().setlId();
    }

    private String next() {
        return city.nextMsgid(EngineFixture.HOSPITAL);
    }

    private ReversalOutcomeDecoder reversal() {
        return new ReversalOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
    }

    private void assertStateHash() {
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).isEqualTo(city.engine.stateHashLow());
    }
}
