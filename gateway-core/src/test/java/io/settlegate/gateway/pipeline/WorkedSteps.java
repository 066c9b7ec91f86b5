package io.settlegate.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.Patient;
import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.documents.FixedRandom;
import io.settlegate.gateway.pipeline.WorkedFrame.Sender;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.Credential;
import io.settlegate.protocol.client.MsgidLane;
import io.settlegate.protocol.client.RecordsQuery;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.client.statement.StatementScope;
import io.settlegate.protocol.client.statement.StatementSums;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.codec.BusyEncoder;
import io.settlegate.protocol.codec.ChallengeEncoder;
import io.settlegate.protocol.codec.HeartbeatEncoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.RecordsPageDecoder;
import io.settlegate.protocol.codec.RefusalEncoder;
import io.settlegate.protocol.codec.ReplyDecoder;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import io.settlegate.protocol.codec.StatementTotalsOutcomeDecoder;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** What the terminal of the worked session does, one second after the other. */
final class WorkedSteps {
    private static final long SECOND_MS = 1_000;
    private static final int SCRATCH_LENGTH = 2048;
    private static final int RETRY_AFTER_MS = 20;
    private static final int PERSON = 0;
    private static final byte[] NONE = new byte[0];

    private final WorkedSession session;
    private final FixedRandom nonces = new FixedRandom("settlegate worked session, requests");
    private final FixedRandom otherNonces = new FixedRandom("settlegate worked session, another terminal");
    private final SessionClock clock = new SessionClock();
    private final TerminalIdentity terminal;
    private final TerminalIdentity other;
    private final RequestSigner requests;
    private final RequestSigner otherRequests;
    private final MsgidLane msgids;
    private final MsgidLane otherMsgids;
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[SCRATCH_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private String signNo;
    private String cancelledMsgid;

    WorkedSteps(final WorkedSession session) {
        this.session = session;
        terminal = session.terminal(SmallCity.HOSPITAL);
        other = session.terminal(SmallCity.PHARMACY);
        requests = new RequestSigner(
                terminal, SmallCity.GATEWAY_ID, clock, Sm2Signer.withNoncesFrom(terminal.key(), nonces));
        otherRequests = new RequestSigner(
                other, SmallCity.GATEWAY_ID, clock, Sm2Signer.withNoncesFrom(other.key(), otherNonces));
        msgids = new MsgidLane(terminal.fixmedinsCode(), 0, 20, clock);
        otherMsgids = new MsgidLane(other.fixmedinsCode(), 0, 20, clock);
    }

    void run() throws Exception {
        signIn();
        heartbeat();
        send("1101", requests.personInfo(next(), SmallCity.COUNTY, person()));
        send("2101", requests.presettle(next(), settlement()));
        settleResendQueryCancel();
        refusals();
        reversals();
        reversedCancel();
        reversedAdmission();
        recordsOfCancelled();
        totals();
        final ReplyDecoder last = send("9002", requests.signOut(next(), signNo, "0001"));
        assertThat(code(last)).isEqualTo(ResultCode.OK);
    }

    private void signIn() throws Exception {
        final byte[] nonce = new byte[ChallengeEncoder.nonceLength()];
        new FixedRandom("settlegate worked session, challenge").nextBytes(nonce);
        final ChallengeEncoder challenge = new ChallengeEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .gatewayId(SmallCity.GATEWAY_ID)
                .timeMs(clock.millis())
                .minSchemaVersion(ChallengeEncoder.SCHEMA_VERSION)
                .schemaVersion(ChallengeEncoder.SCHEMA_VERSION);
        for (int i = 0; i < nonce.length; i++) {
            challenge.nonce(i, (short) (nonce[i] & 0xff));
        }
        final byte[] seal = session.newestSeal();
        challenge.putNewestSeal(seal, 0, seal.length);
        session.add("challenge", Sender.GATEWAY, message(challenge.encodedLength()), NONE);
        final ReplyDecoder reply = send("9001", requests.signIn(next(), nonce, "0001"));
        assertThat(code(reply)).isEqualTo(ResultCode.OK);
        signNo = new SignInOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome(reply)), 0, new MessageHeaderDecoder())
                .signNo();
    }

    private void heartbeat() {
        final HeartbeatEncoder heartbeat = new HeartbeatEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .correlationId(2)
                .timeMs(clock.millis());
        session.add("heartbeat", Sender.TERMINAL, message(heartbeat.encodedLength()), NONE);
        heartbeat.timeMs(clock.millis() + 1);
        session.add("heartbeat's echo", Sender.GATEWAY, message(heartbeat.encodedLength()), NONE);
    }

    /** The settlement shares its batch with two reads of another terminal, so its receipt has a path. */
    private void settleResendQueryCancel() throws Exception {
        final SignedRequest settle = requests.settle(next(), settlement());
        final byte[] nonce = nonces.last();
        final ReplyDecoder first =
                session.exchange("2102", List.of(otherRead(), settle, otherRead()), settle, nonce, clock.millis());
        assertThat(code(first)).isEqualTo(ResultCode.OK);
        final byte[] firstOutcome = outcome(first);
        final String setlId = new PharmacySettleOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(firstOutcome), 0, new MessageHeaderDecoder())
                .setlId();

        clock.nowMs += SECOND_MS;
        final ReplyDecoder repeat = session.exchange("2102 again", List.of(settle), settle, nonce, clock.millis());
        assertThat(repeat.kind()).isEqualTo(ReplyKind.REPEAT);
        assertThat(outcome(repeat)).isEqualTo(firstOutcome);

        send("101", requests.query(next(), settle.msgid()));
        final ReplyDecoder cancel =
                send("2103", requests.cancel(next(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), setlId));
        assertThat(code(cancel)).isEqualTo(ResultCode.OK);
        cancelledMsgid = settle.msgid();
        clock.nowMs += SECOND_MS;
        final ReplyDecoder afterCancel =
                session.exchange("2102 after its cancel", List.of(settle), settle, nonce, clock.millis());
        assertThat(afterCancel.state()).isEqualTo(RecordState.CANCELLED);
    }

    private void refusals() throws Exception {
        final SignedRequest wrongSum = withOneFenMore(requests.settle(next(), settlement()));
        final ReplyDecoder refused = send("2102 with a wrong sum", wrongSum);
        assertThat(code(refused)).isEqualTo(ResultCode.SUM_WRONG);

        final byte[] forged = requests.settle(next(), settlement()).frame();
        forged[forged.length - 1] ^= 1;
        session.add("request with a bad signature", Sender.TERMINAL, forged, NONE);
        final UnsafeBuffer buffer = new UnsafeBuffer(forged);
        final var common = new io.settlegate.protocol.codec.RequestHeaderDecoder()
                .wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH);
        final RefusalEncoder refusal = new RefusalEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .correlationId(common.correlationId())
                .msgid(common.msgid())
                .code(ResultCode.BAD_SIGNATURE.code());
        session.add("refusal of a bad signature", Sender.GATEWAY, message(refusal.encodedLength()), NONE);
        final BusyEncoder busy = new BusyEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .correlationId(common.correlationId())
                .msgid(common.msgid())
                .code(ResultCode.WINDOW_FULL.code())
                .retryAfterMs(RETRY_AFTER_MS);
        session.add("busy", Sender.GATEWAY, message(busy.encodedLength()), NONE);
    }

    private void reversals() throws Exception {
        final SignedRequest settle = requests.settle(next(), settlement());
        send("2102, to be reversed", settle);
        send("2601", reversal(settle.msgid()));
        clock.nowMs += SECOND_MS;
        final ReplyDecoder afterReversal =
                session.exchange("2102 after its reversal", List.of(settle), settle, NONE, clock.millis());
        assertThat(afterReversal.state()).isEqualTo(RecordState.REVERSED);

        final SignedRequest late = requests.settle(next(), settlement());
        final byte[] nonce = nonces.last();
        send("2601 before its original", reversal(late.msgid()));
        clock.nowMs += SECOND_MS;
        final ReplyDecoder tooLate =
                session.exchange("2102 after a reversal that came first", List.of(late), late, nonce, clock.millis());
        assertThat(code(tooLate)).isEqualTo(ResultCode.REVERSED_BEFORE_ARRIVAL);
    }

    /** A cancel is reversed, so that the settlement stands again. */
    private void reversedCancel() throws Exception {
        final SignedRequest settle = requests.settle(next(), settlement());
        final ReplyDecoder settled = send("2102, to be cancelled and to stand again", settle);
        final String setlId = new PharmacySettleOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome(settled)), 0, new MessageHeaderDecoder())
                .setlId();
        final SignedRequest cancel = requests.cancel(next(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), setlId);
        send("2103, to be reversed", cancel);
        final ReplyDecoder reversed = send("2601 of 2103", reversal(cancel.msgid(), "2103"));
        assertThat(code(reversed)).isEqualTo(ResultCode.OK);
        clock.nowMs += SECOND_MS;
        final ReplyDecoder standing =
                session.exchange("2102 that stands again", List.of(settle), settle, NONE, clock.millis());
        assertThat(standing.state()).isEqualTo(RecordState.DONE);
        send("2601 of 2102 that stood again", reversal(settle.msgid()));
    }

    private void reversedAdmission() throws Exception {
        final Patient patient = new Patient(PERSON, SmallCity.COUNTY, clock.millis());
        final SignedRequest admit = requests.inpatient().admit(next(), patient.admission());
        assertThat(code(send("2401, to be reversed", admit))).isEqualTo(ResultCode.OK);
        final ReplyDecoder reversed = send("2601 of 2401", reversal(admit.msgid(), "2401"));
        assertThat(code(reversed)).isEqualTo(ResultCode.OK);
    }

    /** The settlement of the beginning and its cancel, as records. */
    private void recordsOfCancelled() throws Exception {
        final SignedRequest query = requests.records(next(), RecordsQuery.byMsgid(cancelledMsgid));
        final RecordsPageDecoder page = session.page("5203", query, nonces.last(), clock.millis());
        assertThat(page.nextAfterSequence()).isZero();
        final RecordsPageDecoder.RecordsDecoder records = page.records();
        assertThat(records.count()).isEqualTo(2);
        assertThat(records.next().state()).isEqualTo(RecordState.CANCELLED);
    }

    /** The day's one settlement that stands. */
    private void totals() throws Exception {
        final ReplyDecoder settled = send("2102, to be counted", requests.settle(next(), settlement()));
        final PharmacySettleOutcomeDecoder setlinfo = new PharmacySettleOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(outcome(settled)), 0, new MessageHeaderDecoder());
        final StatementScope today = new StatementScope(SmallCity.COUNTY, clock.millis(), clock.millis(), Flag.NO);
        final StatementSums sums =
                new StatementSums(setlinfo.medfeeSumamtFen(), setlinfo.fundPaySumamtFen(), setlinfo.acctPayFen(), 1);
        final ReplyDecoder compared =
                send("3201", requests.statements().totals(next(), today, SmallCity.insutype(PERSON), "11", sums));
        assertThat(code(compared)).isEqualTo(ResultCode.OK);
        assertThat(new StatementTotalsOutcomeDecoder()
                        .wrapAndApplyHeader(new UnsafeBuffer(outcome(compared)), 0, new MessageHeaderDecoder())
                        .stmtRslt())
                .isZero();
    }

    private SignedRequest reversal(final String omsgid) {
        return reversal(omsgid, "2102");
    }

    private SignedRequest reversal(final String omsgid, final String oinfno) {
        return requests.reverse(next(), SmallCity.COUNTY, SmallCity.psnNo(PERSON), omsgid, oinfno);
    }

    /** Sends a request alone, one second after the last. */
    private ReplyDecoder send(final String name, final SignedRequest request) throws Exception {
        return session.exchange(name, List.of(request), request, nonces.last(), clock.millis());
    }

    private String next() {
        clock.nowMs += SECOND_MS;
        return msgids.next();
    }

    private SignedRequest otherRead() {
        return otherRequests.personInfo(otherMsgids.next(), SmallCity.COUNTY, person());
    }

    private static Credential person() {
        return Credential.identityNumber(SmallCity.certno(PERSON));
    }

    /** Two lines: one of class 01, one of class 02 above its ceiling. Above the deductible, so that the fund pays. */
    private Settlement settlement() {
        return new Settlement(
                SmallCity.psnNo(PERSON),
                SmallCity.COUNTY,
                "02",
                SmallCity.certno(PERSON),
                clock.millis() - SECOND_MS,
                SmallCity.insutype(PERSON),
                "11",
                Settlement.AccountUse.USED,
                "",
                "",
                List.of(
                        new Settlement.Line("L1", "XB03ACY199B002010104718", 100_000, 800_000, 12_500_000, ""),
                        new Settlement.Line("L2", "XA02BCA012E001010201234", 2_500, 20_000, 12_500_000, "RX1")));
    }

    private SignedRequest withOneFenMore(final SignedRequest request) {
        final byte[] frame = request.frame();
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int at = MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleDecoder.medfeeSumamtFenEncodingOffset();
        buffer.putLong(at, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN) + 1, ByteOrder.LITTLE_ENDIAN);
        final int signedLength = frame.length - Sm2Signer.SIGNATURE_LENGTH;
        Sm2Signer.withNoncesFrom(terminal.key(), nonces).sign(frame, 0, signedLength, frame, signedLength);
        return request;
    }

    private byte[] message(final int bodyLength) {
        return Arrays.copyOf(scratch.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }

    private static ResultCode code(final ReplyDecoder reply) {
        return Answer.codeOf(outcome(reply));
    }

    private static byte[] outcome(final ReplyDecoder reply) {
        reply.sbeRewind();
        final byte[] outcome = new byte[reply.outcomeLength()];
        reply.getOutcome(outcome, 0, outcome.length);
        return outcome;
    }

    /** Stands still but for the steps. */
    private static final class SessionClock extends Clock {
        private long nowMs = FoundedCity.FOUNDED_MS + 300_000;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(nowMs);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(final ZoneId zone) {
            return this;
        }
    }
}
