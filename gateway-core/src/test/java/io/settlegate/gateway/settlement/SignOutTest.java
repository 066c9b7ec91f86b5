package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import io.settlegate.protocol.codec.SignOutOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 9002 against the newest 9001. */
@Timeout(60)
final class SignOutTest {
    @TempDir
    private Path directory;

    private EngineFixture city;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(directory);
    }

    @Test
    void shouldEndTheNewestSignInOnce() {
        final long before = city.businessHash();
        final String signNo = signIn("T1");
        assertThat(city.businessHash()).as("the sign-in stands in the state").isNotEqualTo(before);
        final String msgid = next();
        assertThat(city.signOut("T1", msgid, signNo)).isZero();
        assertThat(new SignOutOutcomeDecoder()
                        .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                        .signNo())
                .isEqualTo(signNo);
        assertThat(city.businessHash()).as("and no longer").isEqualTo(before);
        assertThat(signOut("T1", signNo)).isEqualTo(ResultCode.SIGN_NO_WRONG);
        city.signOut("T1", msgid, signNo);
        assertThat(city.template()).isEqualTo(RepeatOutcomeDecoder.TEMPLATE_ID);
        assertStateHash();
    }

    @Test
    void shouldRefuseAnyOtherSignNo() {
        assertThat(signOut("T1", "3203002026112" + "0".repeat(17)))
                .as("nobody signed in")
                .isEqualTo(ResultCode.SIGN_NO_WRONG);
        final String older = signIn("T1");
        final String newer = signIn("T1");
        final String others = signIn("T4");
        assertThat(signOut("T1", older)).isEqualTo(ResultCode.SIGN_NO_WRONG);
        assertThat(signOut("T1", others)).isEqualTo(ResultCode.SIGN_NO_WRONG);
        assertThat(signOut("T1", "32030020261119" + newer.substring(14))).isEqualTo(ResultCode.SIGN_NO_WRONG);
        assertThat(signOut("T1", "43060020261120" + newer.substring(14))).isEqualTo(ResultCode.SIGN_NO_WRONG);
        assertThat(signOut("T1", "")).isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(signOut("T1", newer)).isEqualTo(ResultCode.OK);
        assertThat(signOut("T4", others)).isEqualTo(ResultCode.OK);
        assertStateHash();
    }

    @Test
    void shouldEndASignInOfAnEarlierDay() {
        final String signNo = signIn("T1");
        city.nowMs += BusinessTime.DAY_MS;
        assertThat(signOut("T1", signNo)).isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldKeepNothingOfARefusedSignIn() {
        final long before = city.hash();
        assertThat(city.signIn("T3")).isEqualTo(ResultCode.INSTITUTION_DISABLED.code());
        assertThat(city.signIn("T5")).isEqualTo(ResultCode.TERMINAL_DISABLED.code());
        assertThat(city.hash()).isEqualTo(before);
    }

    private String signIn(final String sn) {
        assertThat(city.signIn(sn)).isZero();
        return new SignInOutcomeDecoder()
                .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                .signNo();
    }

    private ResultCode signOut(final String sn, final String signNo) {
        return ResultCode.of(city.signOut(sn, next(), signNo));
    }

    private String next() {
        return city.nextMsgid(EngineFixture.HOSPITAL);
    }

    private void assertStateHash() {
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).isEqualTo(city.engine.stateHashLow());
    }
}
