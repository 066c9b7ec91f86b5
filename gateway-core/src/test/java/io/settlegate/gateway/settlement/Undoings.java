package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.QueryOutcomeDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;

/** Reversals by the hospital's terminals, and what they come to. */
final class Undoings {
    private final EngineFixture city;

    Undoings(final EngineFixture city) {
        this.city = city;
    }

    /** Reverses, expects this effect, and gives the outcome. */
    ReversalOutcomeDecoder reverse(
            final int person, final String omsgid, final String oinfno, final ReversalEffect effect) {
        assertThat(send(person, omsgid, oinfno)).isEqualTo(ResultCode.OK);
        assertThat(outcome().effect()).isEqualTo(effect);
        assertWhole();
        return outcome();
    }

    /** Is refused, and nothing changes. */
    void refuses(final ResultCode expected, final int person, final String omsgid, final String oinfno) {
        final long before = city.businessHash();
        assertThat(send(person, omsgid, oinfno)).isEqualTo(expected);
        assertThat(city.businessHash()).isEqualTo(before);
        assertWhole();
    }

    private ResultCode send(final int person, final String omsgid, final String oinfno) {
        return ResultCode.of(city.reverse(city.nextMsgid(EngineFixture.HOSPITAL), person, omsgid, oinfno));
    }

    ReversalOutcomeDecoder outcome() {
        return new ReversalOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
    }

    /** What a query by another terminal of the hospital says of a msgid. */
    RecordState state(final String omsgid) {
        assertThat(city.query("T4", city.nextMsgid(EngineFixture.HOSPITAL), omsgid))
                .isZero();
        return new QueryOutcomeDecoder()
                .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                .state();
    }

    /** The msgid of the request that was sent last. */
    String lastMsgid() {
        return city.command.getStringWithoutLengthAscii(8 + RequestHeaderDecoder.msgidEncodingOffset(), Rows.MSGID_KEY);
    }

    void assertWhole() {
        assertThat(city.engine.ledgerSumFen()).isZero();
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).isEqualTo(city.engine.stateHashLow());
    }
}
