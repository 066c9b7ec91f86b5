package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.QueryOutcomeDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ResultCodesTest {
    private static final List<Line> GOOD = List.of(Line.of(1, "XA01", 10_000, 12_340_000));

    @TempDir
    private Path directory;

    private EngineFixture city;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(directory);
    }

    private void refuses(
            final ResultCode expected, final List<Line> lines, final Consumer<PharmacySettleEncoder> change) {
        refuses(expected, 3, city.nextMsgid(EngineFixture.HOSPITAL), lines, change);
    }

    private void refuses(
            final ResultCode expected,
            final int person,
            final String msgid,
            final List<Line> lines,
            final Consumer<PharmacySettleEncoder> change) {
        final long before = city.businessHash();
        final int msgids = city.engine.counts().msgids();
        assertThat(ResultCode.of(city.settle(msgid, person, "11", 1, lines, change)))
                .isEqualTo(expected);
        assertThat(city.businessHash()).isEqualTo(before);
        assertThat(city.engine.counts().msgids()).isEqualTo(msgids + (expected.binds() ? 1 : 0));
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
    }

    @Test
    void shouldRefuseTheFormOfARequestAndChangeNothing() {
        refuses(ResultCode.MSGID_MALFORMED, 3, EngineFixture.HOSPITAL + "202602300000000001", GOOD, encoder -> {});
        refuses(ResultCode.MSGID_FOREIGN, GOOD, encoder -> encoder.header().msgid("H32030000002202611201000000001"));
        refuses(ResultCode.MSGID_STALE, 3, EngineFixture.HOSPITAL + "202611170959590001", GOOD, encoder -> {});
        refuses(ResultCode.MSGID_AHEAD, 3, EngineFixture.HOSPITAL + "202611201005010001", GOOD, encoder -> {});
        refuses(ResultCode.FIELD_MALFORMED, GOOD, encoder -> encoder.mdtrtCertType("04"));
        refuses(ResultCode.FIELD_MALFORMED, GOOD, encoder -> encoder.begntimeMs(0));
        refuses(ResultCode.NO_LINES, List.of(), encoder -> encoder.medfeeSumamtFen(1));
        final List<Line> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(Line.of(i, "XA01", 10_000, 1_000_000));
        }
        refuses(ResultCode.TOO_MANY_LINES, many, encoder -> {});
        refuses(ResultCode.LINE_REPEATED, List.of(GOOD.get(0), GOOD.get(0)), encoder -> {});
    }

    @Test
    void shouldRefuseTheWrongPartiesAndChangeNothing() {
        refuses(
                ResultCode.INSTITUTION_DISABLED,
                3,
                city.nextMsgid(EngineFixture.CLOSED),
                GOOD,
                encoder -> encoder.header().sn("T3"));
        refuses(ResultCode.TERMINAL_DISABLED, GOOD, encoder -> encoder.header().sn("T5"));
        refuses(ResultCode.UNKNOWN_TERMINAL, GOOD, encoder -> encoder.header().sn("T9"));
        refuses(ResultCode.OTHER_SHARD, GOOD, encoder -> encoder.header().insuplcAdmdvs("430600"));
        refuses(ResultCode.OTHER_SHARD, 97, city.nextMsgid(EngineFixture.HOSPITAL), GOOD, encoder -> {});
        refuses(ResultCode.UNKNOWN_PERSON, 500, city.nextMsgid(EngineFixture.HOSPITAL), GOOD, encoder -> {});
        refuses(ResultCode.CERTIFICATE_MISMATCH, GOOD, encoder -> encoder.mdtrtCertNo(EngineFixture.certno(4)));
        refuses(ResultCode.NOT_INSURED, 99, city.nextMsgid(EngineFixture.HOSPITAL), GOOD, encoder -> {});
        refuses(ResultCode.INSUTYPE_MISMATCH, GOOD, encoder -> encoder.insutype("390"));
        refuses(
                ResultCode.NO_POLICY,
                98,
                city.nextMsgid(EngineFixture.HOSPITAL),
                GOOD,
                encoder -> encoder.insutype("350"));
        refuses(ResultCode.MED_TYPE_NOT_ALLOWED, GOOD, encoder -> encoder.medType("41"));
        refuses(ResultCode.ITEM_UNKNOWN, List.of(Line.of(1, "XX99", 10_000, 1_000_000)), encoder -> {});
    }

    @Test
    void shouldRefuseWrongAmountsAndChangeNothing() {
        refuses(ResultCode.AMOUNT_OUT_OF_RANGE, List.of(new Line("L1", "XA01", -1, 1, 1)), encoder -> {});
        refuses(ResultCode.LINE_AMOUNT_WRONG, List.of(new Line("L1", "XA01", 10_000, 12_340_000, 1233)), encoder -> {});
        refuses(
                ResultCode.LINE_AMOUNT_WRONG,
                List.of(new Line("L1", "XA01", 10_000_000_000L, 10_000_000_000_000L, 1)),
                encoder -> {});
        refuses(ResultCode.SUM_WRONG, GOOD, encoder -> encoder.medfeeSumamtFen(1));
    }

    @Test
    void shouldAnswerARepeatWithTheFirstAndRefuseAChangedOne() {
        final String msgid = city.nextMsgid(EngineFixture.HOSPITAL);
        assertThat(city.settle(msgid, 3, "11", 1, GOOD, encoder -> {})).isZero();
        final long first = city.sequence;
        final long hash = city.hash();
        city.settle(msgid, 3, "11", 1, GOOD, encoder -> encoder.header()
                .sn("T4")
                .sentAtMs(1)
                .correlationId(77));
        assertThat(city.template()).isEqualTo(RepeatOutcomeDecoder.TEMPLATE_ID);
        final RepeatOutcomeDecoder repeat =
                new RepeatOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
        assertThat(repeat.firstSequence()).isEqualTo(first);
        assertThat(repeat.state()).isEqualTo(RecordState.DONE);
        assertThat(city.settle(msgid, 3, "11", 0, GOOD, encoder -> {})).isEqualTo(ResultCode.REPEAT_DIFFERS.code());
        assertThat(city.hash()).isEqualTo(hash);
    }

    @Test
    void shouldReverseOnceAndRefuseALateOriginal() {
        final String msgid = city.nextMsgid(EngineFixture.HOSPITAL);
        city.settle(msgid, 3, "11", 1, GOOD, encoder -> {});
        assertThat(reversed(3, msgid, "2102")).isEqualTo(ReversalEffect.REVERSED);
        assertThat(reversed(3, msgid, "2102")).isEqualTo(ReversalEffect.ALREADY_REVERSED);
        assertThat(city.reverse(city.nextMsgid(EngineFixture.HOSPITAL), 4, msgid, "2102"))
                .isEqualTo(ResultCode.REVERSAL_MISMATCH.code());
        assertThat(city.reverse(city.nextMsgid(EngineFixture.HOSPITAL), 3, msgid, "2601"))
                .isEqualTo(ResultCode.NOT_REVERSIBLE.code());
        final String late = city.nextMsgid(EngineFixture.HOSPITAL);
        assertThat(reversed(3, late, "2102")).isEqualTo(ReversalEffect.MARKED);
        assertThat(reversed(3, late, "2102")).isEqualTo(ReversalEffect.MARKED);
        assertThat(city.settle(late, 3, "11", 1, GOOD, encoder -> {}))
                .isEqualTo(ResultCode.REVERSED_BEFORE_ARRIVAL.code());
        final long refusedAt = city.sequence;
        assertThat(city.query("T4", city.nextMsgid(EngineFixture.HOSPITAL), late))
                .isZero();
        final QueryOutcomeDecoder found =
                new QueryOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
        assertThat(found.state()).isEqualTo(RecordState.MARKED);
        assertThat(found.firstSequence()).isEqualTo(refusedAt);
        assertThat(city.engine.ledgerSumFen()).isZero();
    }

    private ReversalEffect reversed(final int person, final String omsgid, final String oinfno) {
        assertThat(city.reverse(city.nextMsgid(EngineFixture.HOSPITAL), person, omsgid, oinfno))
                .isZero();
        return new ReversalOutcomeDecoder()
                .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                .effect();
    }

    @Test
    void shouldTellWhoAPersonIsAndRefuseAStaleRead() {
        final String certno = EngineFixture.certno(3);
        assertThat(city.personInfo("T1", city.nextMsgid(EngineFixture.HOSPITAL), certno, encoder -> {}))
                .isZero();
        assertThat(city.personInfo("T1", city.nextMsgid(EngineFixture.HOSPITAL), certno, encoder -> encoder.header()
                        .sentAtMs(city.nowMs - 60_001)))
                .isEqualTo(ResultCode.READ_STALE.code());
        assertThat(city.signIn("T4")).isZero();
    }

    @Test
    void shouldNotFollowAJumpOfTheClockAndDropOldDays() {
        city.settle(city.nextMsgid(EngineFixture.HOSPITAL), 3, "11", 1, GOOD, encoder -> {});
        for (int day = 0; day < 5; day++) {
            city.nowMs += BusinessTime.DAY_MS;
            assertThat(city.signIn("T1")).isZero();
        }
        assertThat(city.engine.counts().msgids()).isZero();
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        final long hashBefore = city.engine.stateHashHigh();
        final long lastTimeMs = city.engine.lastTimeMs();
        final long limitMs = city.engine.parameters().clockJumpLimitMs();
        assertThat(city.engine.isClockJump(lastTimeMs + limitMs)).isFalse();
        assertThat(city.engine.isClockJump(lastTimeMs + limitMs + 1)).isTrue();
        assertThat(city.engine.engineTime(lastTimeMs + limitMs + 1))
                .as("the time stays")
                .isEqualTo(lastTimeMs);
        assertThat(city.engine.engineTime(lastTimeMs + limitMs))
                .as("the time follows")
                .isEqualTo(lastTimeMs + limitMs);
        assertThat(city.engine.stateHashHigh()).isEqualTo(hashBefore);
    }
}
