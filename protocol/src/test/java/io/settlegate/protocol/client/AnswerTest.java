package io.settlegate.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.codec.EntitlementCheckOutcomeDecoder;
import io.settlegate.protocol.codec.EntitlementCheckOutcomeEncoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutpatientCancelOutcomeEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelOutcomeEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeEncoder;
import io.settlegate.protocol.codec.OutpatientSettleOutcomeEncoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.VisitOutcomeEncoder;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Outcomes as a terminal's programmer sees them; one view serves all transactions that share its fields. */
class AnswerTest {
    private static final byte[] NONE = new byte[0];

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void shouldShowTheSettlementsOfVisitsAndStays() {
        final OutpatientSettleOutcomeEncoder outcome = new OutpatientSettleOutcomeEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .setlId("SETL-1")
                .psnNo("PSN-7")
                .clrType("21")
                .balcFen(17)
                .mdtrtId("VISIT-1")
                .age(63)
                .cvlservFlag((short) 1);
        outcome.detlcutinfoCount(1).next().feedetlSn("L1").inscpScpAmtFen(19).chrgitmLv("02");
        for (final int templateId : List.of(12102, 12207, 12304)) {
            assertSettlement(answer(templateId, outcome.encodedLength()).settlement());
        }
        for (final int templateId : List.of(12101, 12206, 12303)) {
            final Answer answer = answer(templateId, outcome.encodedLength());
            assertThat(answer.presettlement().age()).isEqualTo(63);
            assertThat(answer.presettlement().mdtrtId()).isEqualTo("VISIT-1");
            assertWrongKind(answer, Answer::settlement);
        }
    }

    private static void assertSettlement(final PharmacySettleOutcomeDecoder settlement) {
        assertThat(settlement.setlId()).isEqualTo("SETL-1");
        assertThat(settlement.psnNo()).isEqualTo("PSN-7");
        assertThat(settlement.clrType()).isEqualTo("21");
        assertThat(settlement.balcFen()).isEqualTo(17);
        assertThat(settlement.mdtrtId()).isEqualTo("VISIT-1");
        assertThat(settlement.age()).isEqualTo(63);
        assertThat(settlement.cvlservFlag()).isEqualTo((short) 1);
        final PharmacySettleOutcomeDecoder.DetlcutinfoDecoder lines = settlement.detlcutinfo();
        assertThat(lines.count()).isEqualTo(1);
        lines.next();
        assertThat(lines.feedetlSn()).isEqualTo("L1");
        assertThat(lines.inscpScpAmtFen()).isEqualTo(19);
        assertThat(lines.chrgitmLv()).isEqualTo("02");
    }

    @Test
    void shouldShowCancels() {
        final OutpatientCancelOutcomeEncoder outcome = new OutpatientCancelOutcomeEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .originalSetlId("SETL-1")
                .hospPartAmtFen(-7)
                .acctMulaidPayFen(-8)
                .mdtrtId("VISIT-1");
        for (final int templateId : List.of(12103, 12208, 12305)) {
            final Answer answer = answer(templateId, outcome.encodedLength());
            assertThat(answer.cancel().originalSetlId()).isEqualTo("SETL-1");
            assertThat(answer.cancel().hospPartAmtFen()).isEqualTo(-7);
            assertThat(answer.cancel().acctMulaidPayFen()).isEqualTo(-8);
            assertThat(answer.cancel().mdtrtId()).isEqualTo("VISIT-1");
            assertWrongKind(answer, Answer::linesTakenBack);
        }
    }

    @Test
    void shouldShowWhichVisitIsMeant() {
        final VisitOutcomeEncoder outcome = new VisitOutcomeEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .mdtrtId("VISIT-1")
                .psnNo("PSN-7");
        for (final int templateId : List.of(12201, 12202, 12203, 12401, 12402, 12404, 12405)) {
            final Answer answer = answer(templateId, outcome.encodedLength());
            assertThat(answer.visit().mdtrtId()).isEqualTo("VISIT-1");
            assertThat(answer.visit().psnNo()).isEqualTo("PSN-7");
            assertWrongKind(answer, Answer::feeLines);
        }
    }

    @Test
    void shouldAddUpTheSplitOfUploadedLines() {
        final OutpatientFeeLinesOutcomeEncoder outcome = new OutpatientFeeLinesOutcomeEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .chrgBchno("BATCH-1");
        final OutpatientFeeLinesOutcomeEncoder.DetlcutinfoEncoder lines = outcome.detlcutinfoCount(2);
        for (int line = 1; line <= 2; line++) {
            lines.next()
                    .detItemFeeSumamtFen(10_000L * line)
                    .fulamtOwnpayAmtFen(1_000L * line)
                    .overlmtAmtFen(200L * line)
                    .preselfpayAmtFen(30L * line)
                    .inscpScpAmtFen(8_770L * line);
        }
        for (final int templateId : List.of(12204, 12301)) {
            final Answer answer = answer(templateId, outcome.encodedLength());
            assertThat(answer.feeLines().chrgBchno()).isEqualTo("BATCH-1");
            final FeeSplit split = FeeSplit.of(answer.feeLines());
            assertThat(split).isEqualTo(new FeeSplit(30_000, 3_000, 600, 90, 26_310));
            assertThat(split.plus(FeeSplit.untold(5)).medfeeSumamtFen()).isEqualTo(30_005);
            assertWrongKind(answer, Answer::visit);
        }
    }

    @Test
    void shouldShowWhatWasTakenBack() {
        final OutpatientFeeLinesCancelOutcomeEncoder outcome = new OutpatientFeeLinesCancelOutcomeEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .lineCount(3)
                .medfeeSumamtFen(4_711);
        for (final int templateId : List.of(12205, 12302)) {
            final Answer answer = answer(templateId, outcome.encodedLength());
            assertThat(answer.linesTakenBack().lineCount()).isEqualTo(3);
            assertThat(answer.linesTakenBack().medfeeSumamtFen()).isEqualTo(4_711);
            assertWrongKind(answer, Answer::cancel);
        }
    }

    @Test
    void shouldShowAnEntitlement() {
        final EntitlementCheckOutcomeEncoder outcome = new EntitlementCheckOutcomeEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .trtEnjymntFlag((short) 0)
                .trtChkRslt(ResultCode.WAITING_PERIOD.code());
        outcome.trtinfoCount(1).next().fundPayType("310100").paidFen(5).leftFen(-1);
        final Answer answer = answer(12001, outcome.encodedLength());
        final EntitlementCheckOutcomeDecoder entitlement = answer.entitlement();
        assertThat(ResultCode.of(entitlement.trtChkRslt())).isEqualTo(ResultCode.WAITING_PERIOD);
        final EntitlementCheckOutcomeDecoder.TrtinfoDecoder funds =
                entitlement.trtinfo().next();
        assertThat(funds.fundPayType()).isEqualTo("310100");
        assertThat(funds.paidFen()).isEqualTo(5);
        assertThat(funds.leftFen()).isEqualTo(-1);
        assertWrongKind(answer, Answer::presettlement);
    }

    @Test
    void shouldHaveNoOutcomeOfARefusal() {
        assertThatThrownBy(() -> Answer.refusal("M", ResultCode.NOT_SIGNED_IN).visit())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NOT_SIGNED_IN");
    }

    private static void assertWrongKind(final Answer answer, final Function<Answer, ?> view) {
        assertThatThrownBy(() -> view.apply(answer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the outcome is message");
    }

    private Answer answer(final int templateId, final int bodyLength) {
        header.wrap(buffer, 0).templateId(templateId);
        final byte[] outcome = new byte[MessageHeaderEncoder.ENCODED_LENGTH + bodyLength];
        buffer.getBytes(0, outcome);
        return Answer.reply("M", ReplyKind.FIRST, RecordState.DONE, outcome, NONE, NONE, NONE);
    }
}
