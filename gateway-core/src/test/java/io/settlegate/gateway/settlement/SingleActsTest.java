package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.EnrolTerminalDecoder;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.gateway.settlement.codec.RegisterTerminalDecoder;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does to a gateway that serves: one act at a time, each played once. */
@Timeout(60)
final class SingleActsTest {
    private static final List<Line> GOOD = List.of(Line.of(1, "XA01", 10_000, 12_340_000));
    private static final byte[] KEY = EngineFixture.SIGNER.publicKey().encoded();
    private static final byte[] OTHER_KEY =
            Sm2PrivateKey.generate(new SecureRandom()).publicKey().encoded();

    @TempDir
    private Path directory;

    private EngineFixture city;
    private SingleActs acts;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(directory);
        city.twin = new SnapshotTwin(20261128, 3);
        acts = new SingleActs(city);
        city.heard.clear();
    }

    @Test
    void shouldRegisterATerminalWithALaneOfItsOwn() {
        assertThat(acts.register("N1", EngineFixture.HOSPITAL, KEY)).isNull();
        assertThat(city.heard).containsExactly("N1 1 1 " + EngineFixture.HOSPITAL + " " + 3 * Limits.LANE_COUNT);
        assertThat(settleBy("N1")).isEqualTo(ResultCode.OK);
        assertThat(acts.register("N2", EngineFixture.HOSPITAL, KEY)).isNull();
        assertThat(city.heard.get(1)).endsWith(" " + 4 * Limits.LANE_COUNT);
        assertStateHash();
    }

    @Test
    void shouldGiveARegisteredTerminalANewKeyAndMakeItActive() {
        assertThat(acts.register("T5", EngineFixture.HOSPITAL, OTHER_KEY)).isNull();
        assertThat(city.heard).hasSize(1);
        assertThat(city.heard.get(0)).startsWith("T5 2 1 ");
        assertThat(keyVersion("T5")).isEqualTo(2);
        assertThat(settleBy("T5")).isEqualTo(ResultCode.OK);
        assertThat(acts.register("T5", EngineFixture.HOSPITAL, OTHER_KEY)).isNull();
        assertThat(keyVersion("T5")).as("the same key again").isEqualTo(2);
        assertStateHash();
    }

    @Test
    void shouldRefuseRegistrationsThatDoNotFit() {
        refuses(ActReason.TERMINAL_TAKEN, () -> acts.register("T1", EngineFixture.PHARMACY, KEY));
        refuses(ActReason.REFERENCE_UNKNOWN, () -> acts.register("N1", "H32030000077", KEY));
        refuses(ActReason.VALUE_WRONG, () -> acts.register("N1", EngineFixture.HOSPITAL, new byte[65]));
        refuses(ActReason.VALUE_WRONG, () -> acts.register("", EngineFixture.HOSPITAL, KEY));
        for (int i = 3; i < Limits.LANES; i++) {
            assertThat(acts.register("N" + i, EngineFixture.HOSPITAL, KEY)).isNull();
        }
        city.heard.clear();
        refuses(ActReason.LANES_EXHAUSTED, () -> acts.register("ONE-TOO-MANY", EngineFixture.HOSPITAL, KEY));
    }

    @Test
    void shouldEnrolByCertificateAsItRegisters() {
        assertThat(acts.register("N1", EngineFixture.HOSPITAL, KEY)).isNull();
        final long registered = city.hash();
        assertThat(acts.enrol("T5", EngineFixture.HOSPITAL, OTHER_KEY, 7, 1)).isNull();
        assertThat(keyVersion("T5")).isEqualTo(2);
        assertThat(acts.enrol("N2", EngineFixture.HOSPITAL, KEY, 7, 0)).isNull();
        assertThat(city.hash()).isNotEqualTo(registered);
        assertThat(city.heard.get(2)).startsWith("N2 1 1 ");
        assertThat(settleBy("N2")).isEqualTo(ResultCode.OK);
        assertStateHash();
        refuses(ActReason.TERMINAL_TAKEN, () -> acts.enrol("T1", EngineFixture.PHARMACY, KEY, 7, 1));
        refuses(ActReason.REFERENCE_UNKNOWN, () -> acts.enrol("N3", "H32030000077", KEY, 7, 1));
    }

    @Test
    void shouldRefuseAnEnrolmentThatNamesNoCertificate() {
        refuses(ActReason.VALUE_WRONG, () -> acts.enrol("N1", EngineFixture.HOSPITAL, KEY, 0, 1));
        refuses(ActReason.VALUE_WRONG, () -> acts.enrol("N1", EngineFixture.HOSPITAL, KEY, 7, 2));
        refuses(ActReason.VALUE_WRONG, () -> acts.enrol("N1", EngineFixture.HOSPITAL, KEY, 7, 200));
        refuses(ActReason.VALUE_WRONG, () -> acts.enrol("N1", EngineFixture.HOSPITAL, new byte[65], 7, 1));
        assertThat(acts.enrol("N1", EngineFixture.HOSPITAL, KEY, 7, 1)).isNull();
    }

    @Test
    void shouldFindInAnEnrolmentWhatStandsInARegistration() {
        assertThat(EnrolTerminalDecoder.snEncodingOffset()).isEqualTo(RegisterTerminalDecoder.snEncodingOffset());
        assertThat(EnrolTerminalDecoder.fixmedinsCodeEncodingOffset())
                .isEqualTo(RegisterTerminalDecoder.fixmedinsCodeEncodingOffset());
        assertThat(EnrolTerminalDecoder.publicKeyEncodingOffset())
                .isEqualTo(RegisterTerminalDecoder.publicKeyEncodingOffset());
        assertThat(EnrolTerminalDecoder.modelEncodingOffset()).isEqualTo(RegisterTerminalDecoder.modelEncodingOffset());
    }

    @Test
    void shouldSuspendReactivateAndRevokeForEver() {
        assertThat(acts.status("T1", 0)).isNull();
        assertThat(settleBy("T1")).isEqualTo(ResultCode.TERMINAL_DISABLED);
        assertThat(keyVersion("T1")).isZero();
        assertThat(acts.status("T1", 1)).isNull();
        assertThat(settleBy("T1")).isEqualTo(ResultCode.OK);
        assertThat(acts.status("T1", 1)).as("as it is").isNull();
        assertThat(acts.status("T1", 2)).isNull();
        assertThat(city.heard).as("each change once").hasSize(3);
        city.heard.clear();
        assertThat(settleBy("T1")).isEqualTo(ResultCode.TERMINAL_DISABLED);
        refuses(ActReason.TERMINAL_REVOKED, () -> acts.status("T1", 1));
        refuses(ActReason.TERMINAL_REVOKED, () -> acts.status("T1", 0));
        refuses(ActReason.TERMINAL_REVOKED, () -> acts.register("T1", EngineFixture.HOSPITAL, OTHER_KEY));
        refuses(ActReason.TERMINAL_UNKNOWN, () -> acts.status("T9", 0));
        refuses(ActReason.VALUE_WRONG, () -> acts.status("T4", 3));
        refuses(ActReason.VALUE_WRONG, () -> acts.status("T4", 200));
    }

    @Test
    void shouldFreezeAPersonAndReleaseThem() {
        assertThat(acts.freeze(3, 1)).isNull();
        assertThat(settleBy("T1")).isEqualTo(ResultCode.PERSON_FROZEN);
        assertThat(acts.freeze(3, 0)).isNull();
        assertThat(settleBy("T1")).isEqualTo(ResultCode.OK);
        refuses(ActReason.PERSON_UNKNOWN, () -> acts.freeze(500, 1));
        refuses(ActReason.VALUE_WRONG, () -> acts.freeze(3, 2));
        assertStateHash();
    }

    @Test
    void shouldCreditAnAccountOncePerBatch() {
        final long before = city.balanceFen(3);
        assertThat(acts.allocate("B-1", 3, 12_345)).isNull();
        assertThat(city.balanceFen(3)).isEqualTo(before + 12_345);
        assertThat(city.engine.ledgerSumFen()).isZero();
        refuses(ActReason.BATCH_USED, () -> acts.allocate("B-1", 3, 12_345));
        refuses(ActReason.BATCH_USED, () -> acts.allocate("B-1", 4, 1));
        refuses(ActReason.BATCH_USED, () -> acts.allocate("2026-01", 4, 1));
        refuses(ActReason.PERSON_UNKNOWN, () -> acts.allocate("B-2", 500, 1));
        refuses(ActReason.VALUE_WRONG, () -> acts.allocate("B-2", 3, 0));
        refuses(ActReason.VALUE_WRONG, () -> acts.allocate("B-2", 3, -1));
        refuses(ActReason.VALUE_WRONG, () -> acts.allocate("B-2", 3, Limits.MAX_AMOUNT_FEN + 1));
        refuses(ActReason.VALUE_WRONG, () -> acts.allocate("", 3, 1));
        assertStateHash();
    }

    @Test
    void shouldPlayAnActOnceWithinTheHorizon() {
        acts.actId = "ONCE";
        assertThat(acts.freeze(3, 1)).isNull();
        assertThat(acts.freeze(3, 0)).isNull();
        refuses(ActReason.ACT_REPEATED, () -> {
            acts.actId = "ONCE";
            return acts.freeze(3, 1);
        });
        refuses(ActReason.ACT_REPEATED, () -> {
            acts.actId = "ONCE";
            return acts.allocate("B-1", 4, 1);
        });
        city.nowMs += 3 * BusinessTime.DAY_MS;
        refuses(ActReason.ACT_REPEATED, () -> {
            acts.actId = "ONCE";
            return acts.freeze(3, 1);
        });
        city.nowMs += BusinessTime.DAY_MS;
        acts.actId = "ONCE";
        assertThat(acts.freeze(3, 1)).as("the horizon forgot it").isNull();
        assertStateHash();
    }

    @Test
    void shouldLeaveTheIdOfARefusedActFree() {
        acts.actId = "AGAIN";
        assertThat(acts.freeze(500, 1)).isEqualTo(ActReason.PERSON_UNKNOWN);
        acts.actId = "AGAIN";
        assertThat(acts.freeze(3, 1)).isNull();
    }

    @Test
    void shouldRefuseAnActThatIsStaleOrAheadOrForAnother() {
        refuses(ActReason.ACT_STALE, () -> {
            acts.sentAtMs = city.nowMs - 300_001;
            return acts.freeze(3, 1);
        });
        refuses(ActReason.ACT_STALE, () -> {
            acts.sentAtMs = city.nowMs + 300_001;
            return acts.freeze(3, 1);
        });
        refuses(ActReason.MALFORMED, () -> {
            acts.actId = "";
            return acts.freeze(3, 1);
        });
        refuses(ActReason.OTHER_GATEWAY, () -> {
            acts.gatewayId = "GW2";
            return acts.freeze(3, 1);
        });
        acts.gatewayId = "GW1";
        acts.sentAtMs = city.nowMs - 300_000;
        assertThat(acts.freeze(3, 1)).as("just in time").isNull();
    }

    /** The state keeps the act's id and nothing else: no money, no person. */
    @Test
    void shouldRecordThatSomebodyReadsUnmasked() {
        final long balance = city.balanceFen(3);
        acts.actId = "READ-1";
        assertThat(acts.readUnmasked(ReadCommand.GREP, 0, 100, "grep --person 320**07", "complaint 4711"))
                .isNull();
        final long once = city.hash();
        refuses(ActReason.ACT_REPEATED, () -> {
            acts.actId = "READ-1";
            return acts.readUnmasked(ReadCommand.GREP, 0, 100, "grep", "complaint 4711");
        });
        assertThat(acts.readUnmasked(ReadCommand.EXPORT, 7, Long.MAX_VALUE, "export", "审计"))
                .isNull();
        assertThat(acts.readUnmasked(ReadCommand.RECEIPT, 7, 7, "receipt 7", "dispute 17"))
                .isNull();
        assertThat(city.hash()).as("the ids of the others").isNotEqualTo(once);
        assertThat(city.balanceFen(3)).isEqualTo(balance);
        assertThat(city.engine.ledgerSumFen()).isZero();
        assertThat(city.heard).isEmpty();
        assertStateHash();
    }

    @Test
    void shouldRefuseAReadingThatDoesNotSayWhatAndWhy() {
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(0, 0, 1, "tail", "why"));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(6, 0, 1, "tail", "why"));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(255, 0, 1, "tail", "why"));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(ReadCommand.TAIL, -1, 1, "tail", "why"));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(ReadCommand.TAIL, 2, 1, "tail", "why"));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(ReadCommand.TAIL, 0, 1, "", "why"));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(ReadCommand.TAIL, 0, 1, "tail", ""));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(ReadCommand.TAIL, 0, 1, "tail", " why"));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(ReadCommand.TAIL, 0, 1, "tail", "two\nlines"));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(ReadCommand.TAIL, 0, 1, "ta\0il", "why"));
        refuses(ActReason.VALUE_WRONG, () -> acts.readUnmasked(ReadCommand.TAIL, 0, 1, "tail\u007f", "why"));
        refuses(ActReason.ACT_STALE, () -> {
            acts.sentAtMs = city.nowMs - 300_001;
            return acts.readUnmasked(ReadCommand.TAIL, 0, 1, "tail", "why");
        });
    }

    private void refuses(final ActReason reason, final Supplier<ActReason> act) {
        final long hash = city.hash();
        final int heard = city.heard.size();
        assertThat(act.get()).isEqualTo(reason);
        assertThat(city.hash()).as("nothing changed").isEqualTo(hash);
        assertThat(city.heard).hasSize(heard);
        assertStateHash();
    }

    private ResultCode settleBy(final String sn) {
        final String msgid = city.nextMsgid(EngineFixture.HOSPITAL);
        return ResultCode.of(
                city.settle(msgid, 3, "11", 1, GOOD, encoder -> encoder.header().sn(sn)));
    }

    private int keyVersion(final String sn) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.TERMINAL_KEY]);
        key.putStringWithoutLengthAscii(0, sn);
        return city.engine.terminalKeyVersion(key, 0);
    }

    private void assertStateHash() {
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).isEqualTo(city.engine.stateHashLow());
    }
}
