package io.settlegate.loadtest.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.settlegate.loadtest.wire.Outcome;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeEncoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeEncoder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BooksTest {
    private static final String ONE = "H32030200001202611221200000001";
    private static final String TWO = "H32030200001202611221200000002";

    private final Books books = new Books();

    @Test
    void shouldFindNothingWhereAllAgree() {
        acknowledge(ONE, settled(ONE, 11));
        acknowledge(ONE, settled(ONE, 11));
        acknowledge(TWO, reversed(TWO, 12, 500));

        books.compare(ONE, RecordState.REVERSED, settled(ONE, 11));
        books.compare(TWO, RecordState.DONE, reversed(TWO, 12, 500));
        books.requireAllCompared();
        books.compare(new Totals(1, 1, 0, 0, 0));

        assertThat(books.findings()).isEmpty();
        assertThat(books.repeatCount()).isEqualTo(1);
        assertThat(books.confirmedCount()).isEqualTo(2);
    }

    @Test
    void shouldFindASettlementThatIsNotThereAnyMore() {
        acknowledge(ONE, settled(ONE, 11));

        books.compare(ONE, RecordState.NOT_SEEN, new byte[0]);

        assertThat(books.findings())
                .extracting(Finding::kind, Finding::msgid)
                .containsExactly(tuple(Finding.Kind.LOST, ONE));
    }

    @Test
    void shouldFindASettlementThatNoQueryAnswered() {
        acknowledge(ONE, settled(ONE, 11));

        books.requireAllCompared();

        assertThat(books.count(Finding.Kind.LOST)).isEqualTo(1);
    }

    @Test
    void shouldFindAMsgidThatWasSettledTwice() {
        acknowledge(ONE, settled(ONE, 11));
        acknowledge(ONE, settled(ONE, 12));

        assertThat(books.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DOUBLED);
    }

    @Test
    void shouldFindTwoMsgidsAtOnePlaceOfTheJournal() {
        acknowledge(ONE, settled(ONE, 11));
        acknowledge(TWO, settled(TWO, 11));

        assertThat(books.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DOUBLED);
    }

    @Test
    void shouldFindARepeatWithAnotherReceipt() {
        acknowledge(ONE, settled(ONE, 11));
        books.acknowledge(new Acknowledged(ONE, new byte[0], settled(ONE, 11), new byte[] {2}));

        assertThat(books.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DIFFERING);
    }

    @Test
    void shouldFindAnAnswerOfRecordThatIsNotTheFirst() {
        acknowledge(ONE, settled(ONE, 11));
        final byte[] other = settled(ONE, 11);
        other[other.length - 5] ^= 1;

        books.compare(ONE, RecordState.DONE, other);
        books.requireAllCompared();

        assertThat(books.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DIFFERING);
    }

    @Test
    void shouldFindAnOutcomeOfAnotherMsgid() {
        acknowledge(ONE, settled(TWO, 11));

        assertThat(books.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DIFFERING);
    }

    @Test
    void shouldTakeMoreInTheGatewayForDoubledAndLessForLost() {
        acknowledge(ONE, settled(ONE, 11));

        books.compare(new Totals(2, 0, 500, 300, 200));
        books.compare(new Totals(0, 0, 500, 300, 200));

        assertThat(books.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DOUBLED, Finding.Kind.LOST);
    }

    @Test
    void shouldFindASumThatDiffersByOneFen() {
        acknowledge(ONE, settled(ONE, 11));

        books.compare(new Totals(1, 0, 500, 301, 200));

        assertThat(books.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.DIFFERING);
    }

    @Test
    void shouldCountWhatAReversalGaveBackAsPaidWhereItsAnswerNeverCame() {
        acknowledge(TWO, reversed(TWO, 12, 500));
        books.settledUnheard(Outcome.read(reversed(TWO, 12, 500)));

        assertThat(books.totals()).isEqualTo(new Totals(1, 1, 0, 0, 0));
    }

    @Test
    void shouldNotCompareWhatNobodyBooked() {
        assertThatThrownBy(() -> books.compare(ONE, RecordState.DONE, new byte[0]))
                .hasMessageContaining(ONE);
    }

    private void acknowledge(final String msgid, final byte[] outcome) {
        books.acknowledge(new Acknowledged(msgid, new byte[0], outcome, new byte[] {1}));
    }

    private static byte[] settled(final String msgid, final long sequence) {
        final UnsafeBuffer target = new UnsafeBuffer(new byte[1024]);
        final PharmacySettleOutcomeEncoder encoder =
                new PharmacySettleOutcomeEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.header()
                .code(0)
                .infno("2102")
                .msgid(msgid)
                .infRefmsgid("")
                .sequence(sequence)
                .timeMs(1);
        encoder.fundPaySumamtFen(500).acctPayFen(300).psnCashPayFen(200).detlcutinfoCount(0);
        return Arrays.copyOf(target.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private static byte[] reversed(final String msgid, final long sequence, final long fundFen) {
        final UnsafeBuffer target = new UnsafeBuffer(new byte[1024]);
        final ReversalOutcomeEncoder encoder =
                new ReversalOutcomeEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.header()
                .code(0)
                .infno("2601")
                .msgid(msgid)
                .infRefmsgid("")
                .sequence(sequence)
                .timeMs(1);
        encoder.effect(ReversalEffect.REVERSED).omsgid(ONE).oinfno("2102");
        encoder.fundPaySumamtFen(-fundFen).acctPayFen(-300).psnCashPayFen(-200);
        return Arrays.copyOf(target.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}
