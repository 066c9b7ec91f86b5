package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.transport.CloseCause;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.ClientTiming;
import io.settlegate.protocol.client.GatewayRefusedException;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.QueryOutcomeDecoder;
import io.settlegate.protocol.codec.RecordState;
import io.settlegate.protocol.codec.ReplyKind;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One gateway, real sockets, the client that vendors get. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class GatewayTest {
    private final Random random = new Random(20_261_122);
    private SmallCity city;
    private Gateway gateway;
    private TerminalClient pharmacy;
    private TerminalClient hospital;

    @BeforeAll
    void start(@TempDir final Path directory) throws IOException {
        city = SmallCity.found(directory);
        gateway = GatewayInProcess.start(city.data());
        pharmacy = connect(city.terminals().get(0));
        hospital = connect(city.terminals().get(SmallCity.TERMINALS_PER_INSTITUTION));
    }

    @AfterAll
    void stop() {
        pharmacy.close();
        hospital.close();
        gateway.close();
    }

    @Test
    void shouldSettleAndProveIt() throws Exception {
        final Answer answer = settle(hospital);
        assertThat(answer.code()).isEqualTo(ResultCode.OK);
        assertThat(answer.kind()).isEqualTo(ReplyKind.FIRST);
        final PharmacySettleOutcomeDecoder outcome = answer.settlement();
        assertThat(outcome.fundPaySumamtFen() + outcome.psnPartAmtFen()).isEqualTo(outcome.medfeeSumamtFen());
        assertThat(outcome.acctPayFen() + outcome.psnCashPayFen()).isEqualTo(outcome.psnPartAmtFen());
    }

    @Test
    void shouldAnswerARepeatWithTheFirstBytes() throws Exception {
        final SignedRequest request = request(pharmacy);
        final Answer first = answer(pharmacy, request);
        final Answer repeat = answer(pharmacy, request);
        assertThat(repeat.kind()).isEqualTo(ReplyKind.REPEAT);
        assertThat(repeat.state()).isEqualTo(RecordState.DONE);
        assertThat(repeat.outcome()).isEqualTo(first.outcome());
        assertThat(repeat.receipt()).isEqualTo(first.receipt());
    }

    @Test
    void shouldAnswerARepeatFromAnotherTerminalOfTheInstitution() throws Exception {
        final Settlement settlement = settlement(pharmacy);
        final String msgid = pharmacy.nextMsgid();
        final Answer first = answer(pharmacy, pharmacy.requests().settle(msgid, settlement));
        try (TerminalClient other = connect(city.terminals().get(1))) {
            final Answer repeat = answer(other, other.requests().settle(msgid, settlement));
            assertThat(repeat.kind()).isEqualTo(ReplyKind.REPEAT);
            assertThat(repeat.outcome()).isEqualTo(first.outcome());
        }
    }

    @Test
    void shouldAnswerRepeatsThatShareABatchWithTheirFirst() throws Exception {
        final SignedRequest request = request(pharmacy);
        final Settlement same = settlement(pharmacy);
        final String msgid = pharmacy.nextMsgid();
        final List<CompletableFuture<Answer>> answers = new ArrayList<>();
        answers.add(pharmacy.send(request));
        for (int i = 0; i < 8; i++) {
            answers.add(pharmacy.send(pharmacy.requests().settle(msgid, same)));
        }
        final byte[] outcome = get(answers.get(1)).outcome();
        for (final CompletableFuture<Answer> answer : answers.subList(2, answers.size())) {
            assertThat(get(answer).kind()).isEqualTo(ReplyKind.REPEAT);
            assertThat(get(answer).outcome()).isEqualTo(outcome);
        }
    }

    @Test
    void shouldRefuseARepeatOfOtherContent() throws Exception {
        final String msgid = pharmacy.nextMsgid();
        answer(pharmacy, pharmacy.requests().settle(msgid, settlement(pharmacy)));
        final Settlement other = settlement(pharmacy);
        final Answer refused = answer(pharmacy, pharmacy.requests().settle(msgid, other));
        assertThat(refused.code()).isEqualTo(ResultCode.REPEAT_DIFFERS);
        assertThat(refused.hasReceipt()).as("the engine's refusals are proven").isTrue();
    }

    @Test
    void shouldReverseOnceAndSaySoTwice() throws Exception {
        final SignedRequest request = request(pharmacy);
        final PharmacySettleOutcomeDecoder settled = answer(pharmacy, request).settlement();
        final long balanceBeforeFen = settled.balcFen() + settled.acctPayFen();
        final Answer reversed = reverse(pharmacy, settled.psnNo(), request.msgid());
        assertThat(reversed.reversal().effect()).isEqualTo(ReversalEffect.REVERSED);
        assertThat(reversed.reversal().balcFen()).isEqualTo(balanceBeforeFen);
        assertThat(reverse(pharmacy, settled.psnNo(), request.msgid())
                        .reversal()
                        .effect())
                .isEqualTo(ReversalEffect.ALREADY_REVERSED);
        final Answer repeat = answer(pharmacy, request);
        assertThat(repeat.kind()).isEqualTo(ReplyKind.REPEAT);
        assertThat(repeat.state())
                .as("the repeat tells that it no longer stands")
                .isEqualTo(RecordState.REVERSED);
    }

    @Test
    void shouldRefuseTheLateOriginalOfAReversal() throws Exception {
        final SignedRequest late = request(pharmacy);
        final Answer mark = reverse(pharmacy, SmallCity.psnNo(1), late.msgid());
        assertThat(mark.reversal().effect()).isEqualTo(ReversalEffect.MARKED);
        assertThat(answer(pharmacy, late).code()).isEqualTo(ResultCode.REVERSED_BEFORE_ARRIVAL);
    }

    @Test
    void shouldTellTheAnswerOfRecord() throws Exception {
        final SignedRequest request = request(pharmacy);
        final Answer first = answer(pharmacy, request);
        final Answer found = answer(pharmacy, pharmacy.requests().query(pharmacy.nextMsgid(), request.msgid()));
        final QueryOutcomeDecoder query = found.query();
        assertThat(query.state()).isEqualTo(RecordState.DONE);
        assertThat(found.recordOutcome()).isEqualTo(first.outcome());
        assertThat(found.recordReceipt()).isEqualTo(first.receipt());

        final Answer none = answer(pharmacy, pharmacy.requests().query(pharmacy.nextMsgid(), pharmacy.nextMsgid()));
        assertThat(none.query().state()).isEqualTo(RecordState.NOT_SEEN);
        assertThat(none.recordOutcome()).isEmpty();
    }

    @Test
    void shouldTellAPersonsInsuranceByCertificate() throws Exception {
        final Answer answer = answer(
                pharmacy,
                pharmacy.requests().personInfo(pharmacy.nextMsgid(), SmallCity.COUNTY, "02", SmallCity.certno(7)));
        assertThat(answer.personInfo().psnNo()).isEqualTo(SmallCity.psnNo(7));
    }

    @Test
    void shouldRefuseForgedAndForeignFramesWithoutARecord() throws Exception {
        final SignedRequest good = request(pharmacy);
        final byte[] forged = good.frame().clone();
        forged[forged.length - 1] ^= 1;
        final Answer refused = answer(pharmacy, new SignedRequest(good.msgid(), good.correlationId(), forged));
        assertThat(refused.code()).isEqualTo(ResultCode.BAD_SIGNATURE);
        assertThat(refused.hasReceipt()).isFalse();
        assertThat(answer(pharmacy, good).kind())
                .as("the forgery bound nothing")
                .isEqualTo(ReplyKind.FIRST);

        final RequestSigner other =
                new RequestSigner(city.terminals().get(1), SmallCity.GATEWAY_ID, Clock.systemUTC(), new SecureRandom());
        assertThat(answer(pharmacy, renumbered(other)).code()).isEqualTo(ResultCode.FOREIGN_TERMINAL);
        final RequestSigner elsewhere =
                new RequestSigner(city.terminals().get(0), "SG-OTHER", Clock.systemUTC(), new SecureRandom());
        assertThat(answer(pharmacy, renumbered(elsewhere)).code()).isEqualTo(ResultCode.WRONG_AUDIENCE);
    }

    @Test
    void shouldNotLetInUnknownTerminalsOrWrongKeys() {
        final Sm2PrivateKey key = Sm2PrivateKey.generate(new SecureRandom());
        assertRefused(
                new TerminalIdentity("SN-NOBODY", SmallCity.PHARMACY, SmallCity.COUNTY, key),
                ResultCode.UNKNOWN_TERMINAL);
        assertRefused(
                new TerminalIdentity(city.terminals().get(2).sn(), SmallCity.PHARMACY, SmallCity.COUNTY, key),
                ResultCode.BAD_SIGNATURE);
    }

    @Test
    void shouldCloseAConnectionThatSendsGarbage() throws IOException {
        final long before = gateway.closedCount(CloseCause.BROKEN_FRAME);
        try (Socket socket =
                new Socket(gateway.address().getAddress(), gateway.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            final DataInputStream input = new DataInputStream(socket.getInputStream());
            input.readNBytes(Integer.reverseBytes(input.readInt()));
            assertThat(input.read()).as("end of stream after the challenge").isEqualTo(-1);
        }
        assertThat(gateway.closedCount(CloseCause.BROKEN_FRAME)).isEqualTo(before + 1);
    }

    @Test
    void shouldFenceTheOldSessionOfATerminal() throws Exception {
        final TerminalIdentity terminal = city.terminals().get(3);
        try (Socket old = signedIn(terminal)) {
            try (TerminalClient newer = connect(terminal)) {
                assertThat(newer.pendingCount()).isZero();
                assertThat(old.getInputStream().read())
                        .as("the old connection ends")
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void shouldRefuseRequestsBeforeSignIn() throws Exception {
        final TerminalIdentity terminal = city.terminals().get(2);
        try (Socket socket =
                new Socket(gateway.address().getAddress(), gateway.address().getPort())) {
            socket.setSoTimeout(10_000);
            final RawTerminal raw = new RawTerminal(socket, terminal);
            raw.challenge();
            raw.send(raw.signer()
                    .settle(SmallCity.PHARMACY + "202611221200000001", SmallCity.settlement(random, terminal, 0))
                    .frame());
            assertThat(raw.refusalCode()).isEqualTo(ResultCode.NOT_SIGNED_IN.code());
        }
    }

    private Socket signedIn(final TerminalIdentity terminal) throws IOException {
        final Socket socket =
                new Socket(gateway.address().getAddress(), gateway.address().getPort());
        socket.setSoTimeout(10_000);
        final RawTerminal raw = new RawTerminal(socket, terminal);
        raw.send(raw.signer()
                .signIn(SmallCity.PHARMACY + "202611221200000001", raw.challenge(), "")
                .frame());
        raw.skipFrame();
        return socket;
    }

    private void assertRefused(final TerminalIdentity identity, final ResultCode code) {
        assertThatThrownBy(() -> connect(identity))
                .isInstanceOfSatisfying(
                        GatewayRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private SignedRequest renumbered(final RequestSigner signer) {
        SignedRequest request = null;
        for (int i = 0; i < 1_000; i++) {
            // Correlation ids are the signer's count; this one must not meet one that the client has under way.
            request = signer.query(pharmacy.nextMsgid(), pharmacy.nextMsgid());
        }
        return request;
    }

    private Answer settle(final TerminalClient client) throws Exception {
        return answer(client, request(client));
    }

    private SignedRequest request(final TerminalClient client) {
        return client.requests().settle(client.nextMsgid(), settlement(client));
    }

    private Settlement settlement(final TerminalClient client) {
        return SmallCity.settlement(random, client.requests().identity(), System.currentTimeMillis());
    }

    private Answer reverse(final TerminalClient client, final String psnNo, final String omsgid) throws Exception {
        return answer(client, client.requests().reverse(client.nextMsgid(), SmallCity.COUNTY, psnNo, omsgid, "2102"));
    }

    private TerminalClient connect(final TerminalIdentity terminal) throws IOException {
        return TerminalClient.connect(
                city.endpoint(gateway.address()), terminal, ClientTiming.DEFAULT, Clock.systemUTC());
    }

    private static Answer answer(final TerminalClient client, final SignedRequest request) throws Exception {
        return get(client.send(request));
    }

    private static Answer get(final CompletableFuture<Answer> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
