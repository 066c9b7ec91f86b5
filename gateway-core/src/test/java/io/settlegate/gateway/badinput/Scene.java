package io.settlegate.gateway.badinput;

import io.settlegate.gateway.RawTerminal;
import io.settlegate.gateway.SmallCity;
import io.settlegate.protocol.client.Credential;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PersonInfoOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a row of the table plays on: a signed-in terminal of the pharmacy, one msgid, and the means to make bad frames; beside it a
 * signed-in terminal of the hospital, which also looks at what everybody has.
 */
final class Scene implements AutoCloseable {
    private static final int TIMEOUT_MS = 20_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int[] WATCHED = {
        RoughCity.GOOD_PERSON,
        RoughCity.OTHER_PERSON,
        RoughCity.PAUSED_PERSON,
        RoughCity.EMPTY_PERSON,
        RoughCity.FROZEN_PERSON,
        RoughCity.VISITOR,
        RoughCity.SPENDER,
        RoughCity.INPATIENT,
        RoughCity.OTHER_INPATIENT,
        RoughCity.WAITING_PERSON,
        RoughCity.UNQUALIFIED_PERSON
    };
    static final String ITEM = "XB03ACY199B002010104718";
    static final long PRICE_FEN = 1_250;

    final RoughCity city;
    final String msgid;
    private final List<Socket> sockets = new ArrayList<>();
    private final RawTerminal terminal;
    private final String signNo;
    private final RawTerminal hospital;
    private RawTerminal lastPeer;
    private byte[] lastFrame;
    private byte[] firstFrame;
    private List<List<Long>> marked;

    Scene(final RoughCity city) throws IOException {
        this.city = city;
        this.terminal = connect(city.terminal(0));
        this.signNo = terminal.signIn();
        this.hospital = connect(city.hospitalTerminal());
        hospital.signIn();
        this.msgid = terminal.nextMsgid();
        mark();
    }

    RequestSigner signer() {
        return terminal.signer();
    }

    String signNo() {
        return signNo;
    }

    String nextMsgid() {
        return terminal.nextMsgid();
    }

    /** Makes the hospital's requests. */
    RequestSigner hospital() {
        return hospital.signer();
    }

    String nextHospitalMsgid() {
        return hospital.nextMsgid();
    }

    /** A connection that has not signed in. */
    RawTerminal connect(final TerminalIdentity identity) throws IOException {
        return new RawTerminal(socket(), identity);
    }

    /** A connection that has read nothing yet. */
    Socket socket() throws IOException {
        final InetSocketAddress address = city.gateway().address();
        final Socket socket = new Socket(address.getAddress(), address.getPort());
        sockets.add(socket);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Sends on the signed-in connection of the pharmacy. */
    Got send(final byte[] frame) throws IOException {
        return sendAsLast(terminal, frame);
    }

    /** Sends on the signed-in connection of the hospital. */
    Got sendFromHospital(final byte[] frame) throws IOException {
        return sendAsLast(hospital, frame);
    }

    private Got sendAsLast(final RawTerminal peer, final byte[] frame) throws IOException {
        lastPeer = peer;
        lastFrame = frame;
        return send(peer, frame);
    }

    static Got send(final RawTerminal peer, final byte[] frame) throws IOException {
        try {
            peer.send(frame);
            return Got.of(peer.read());
        } catch (final EOFException | SocketException closed) {
            return Got.CLOSED;
        }
    }

    /** Signs in on a connection of its own. */
    Got signIn(final TerminalIdentity identity) throws IOException {
        final RawTerminal peer = connect(identity);
        return send(
                peer,
                peer.signer().signIn(peer.nextMsgid(), peer.challenge(), "").frame());
    }

    /** What was sent last, once more, on the connection on which it was sent. */
    Got again() throws IOException {
        return send(lastPeer, lastFrame);
    }

    /** Sends the good settlement under the row's msgid: it stands, and nothing may change from here on. */
    void settleFirst() throws IOException {
        firstFrame = goodFrame();
        send(firstFrame);
        mark();
    }

    /** The first settlement's bytes once more. */
    Got first() throws IOException {
        return send(firstFrame);
    }

    /** The good settlement under the row's msgid, and its reversal, so that nothing is left of it. */
    Got settleAndReverse() throws IOException {
        final Got got = send(terminal, signer().settle(msgid, good()).frame());
        send(
                terminal,
                signer().reverse(nextMsgid(), SmallCity.COUNTY, SmallCity.psnNo(RoughCity.GOOD_PERSON), msgid, "2102")
                        .frame());
        return got;
    }

    /** A purchase that settles. */
    Settlement good() {
        return purchase(RoughCity.GOOD_PERSON, line(ITEM, PRICE_FEN, 10_000, PRICE_FEN * 10_000));
    }

    static Settlement purchase(final int person, final Settlement.Line... lines) {
        return new Settlement(
                SmallCity.psnNo(person),
                SmallCity.COUNTY,
                "02",
                SmallCity.certno(person),
                System.currentTimeMillis(),
                SmallCity.insutype(person),
                "41",
                Settlement.AccountUse.USED,
                "",
                "",
                List.of(lines));
    }

    static Settlement.Line line(final String item, final long amountFen, final long cntE4, final long pricE6) {
        return new Settlement.Line("L0", item, amountFen, cntE4, pricE6, "");
    }

    /** The good settlement's frame under the row's msgid. */
    byte[] goodFrame() {
        return signer().settle(msgid, good()).frame();
    }

    /** A settlement's frame with bytes of its body changed, and signed again. */
    byte[] changed(final int bodyOffset, final byte... bytes) {
        return changed(goodFrame(), MessageHeaderDecoder.ENCODED_LENGTH + bodyOffset, bytes);
    }

    /** A frame with bytes changed, and signed again by the same terminal. */
    byte[] changed(final byte[] frame, final int offset, final byte... bytes) {
        System.arraycopy(bytes, 0, frame, offset, bytes.length);
        return signed(Arrays.copyOf(frame, frame.length - Sm2Signer.SIGNATURE_LENGTH));
    }

    byte[] signed(final byte[] message) {
        return signed(signer().identity(), message);
    }

    static byte[] signed(final TerminalIdentity identity, final byte[] message) {
        final byte[] frame = Arrays.copyOf(message, message.length + Sm2Signer.SIGNATURE_LENGTH);
        new Sm2Signer(identity.key(), RANDOM).sign(frame, 0, message.length, frame, message.length);
        return frame;
    }

    static byte[] text(final String text, final int length) {
        return Arrays.copyOf(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII), length);
    }

    static byte[] int64(final long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    /** Where a line's field stands in a settlement's body. */
    static int lineOffset(final int line, final int field) {
        return PharmacySettleDecoder.BLOCK_LENGTH
                + 4
                + line * PharmacySettleDecoder.DrugdetailDecoder.sbeBlockLength()
                + field;
    }

    /** From here on nothing may change. A play that settles first, to have something to be wrong about, calls it again. */
    void mark() throws IOException {
        marked = state();
    }

    List<List<Long>> marked() {
        return marked;
    }

    /** Balance, deductible used, and fund's share of everybody whom the rows touch. */
    List<List<Long>> state() throws IOException {
        final List<List<Long>> state = new ArrayList<>();
        for (final int person : WATCHED) {
            final Credential credential = new Credential("02", SmallCity.certno(person), "");
            final Got got = send(
                    hospital,
                    hospital.signer()
                            .personInfo(hospital.nextMsgid(), RoughCity.insuplc(person), credential)
                            .frame());
            final PersonInfoOutcomeDecoder.InsuinfoDecoder insured = new PersonInfoOutcomeDecoder()
                    .wrapAndApplyHeader(new UnsafeBuffer(got.outcome()), 0, new MessageHeaderDecoder())
                    .insuinfo()
                    .next();
            state.add(List.of(insured.balcFen(), insured.dedcUsedFen(), insured.hifpPaidFen()));
        }
        return state;
    }

    @Override
    public void close() throws IOException {
        for (final Socket socket : sockets) {
            socket.close();
        }
    }
}
