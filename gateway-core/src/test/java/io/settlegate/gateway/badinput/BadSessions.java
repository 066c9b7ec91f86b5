package io.settlegate.gateway.badinput;

import io.settlegate.gateway.RawTerminal;
import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.TerminalIdentity;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;

/** Who speaks, and whether the signature is theirs. */
final class BadSessions {
    private static final int HALF = Sm2Signer.SIGNATURE_LENGTH / 2;

    private BadSessions() {}

    static void addTo(final BadInputs table) {
        table.part("session");
        table.gets(ResultCode.NOT_SIGNED_IN, "a request before the sign-in", After.FREE, scene -> {
            final RawTerminal early = scene.connect(scene.city.terminal(0));
            early.challenge();
            return Scene.send(early, scene.goodFrame());
        });
        table.gets(
                ResultCode.FOREIGN_TERMINAL,
                "a request of another terminal on this session",
                After.FREE,
                scene -> scene.send(signer(scene.city.terminal(1))
                        .settle(scene.msgid, scene.good())
                        .frame()));
        table.gets(
                ResultCode.WRONG_NONCE,
                "a sign-in over the nonce of an earlier connection",
                After.NO_MSGID,
                BadSessions::staleNonce);
        table.gets(
                ResultCode.WRONG_NONCE,
                "a second sign-in on one connection, same nonce",
                After.NO_MSGID,
                BadSessions::twice);
        table.gets(
                ResultCode.UNKNOWN_TERMINAL,
                "a sign-in of a terminal that nobody registered",
                After.NO_MSGID,
                scene -> scene.signIn(scene.city.unknown));
        table.gets(
                ResultCode.TERMINAL_DISABLED,
                "a sign-in of a suspended terminal",
                After.NO_MSGID,
                scene -> scene.signIn(scene.city.suspended));
        table.gets(
                ResultCode.INSTITUTION_DISABLED,
                "a sign-in of a terminal whose institution is suspended",
                After.NO_MSGID,
                scene -> scene.signIn(scene.city.ofSuspended));
        table.gets(
                ResultCode.SIGN_NO_WRONG,
                "a sign-out with another sign_no",
                After.BOUND,
                scene -> scene.send(scene.signer()
                        .signOut(scene.msgid, "320300202601010000000000000001", "")
                        .frame()));
        table.part("signature");
        table.gets(ResultCode.BAD_SIGNATURE, "one bit of the signature wrong", After.FREE, scene -> flipped(scene, -1));
        table.gets(ResultCode.BAD_SIGNATURE, "one bit of the message wrong", After.FREE, scene -> flipped(scene, 150));
        table.gets(
                ResultCode.BAD_SIGNATURE,
                "signed with another key",
                After.FREE,
                scene -> scene.send(signer(new TerminalIdentity(
                                scene.city.terminal(0).sn(),
                                SmallCity.PHARMACY,
                                SmallCity.COUNTY,
                                Sm2PrivateKey.generate(new SecureRandom())))
                        .settle(scene.msgid, scene.good())
                        .frame()));
        table.gets(ResultCode.BAD_SIGNATURE, "r and s exchanged", After.FREE, BadSessions::exchanged);
        table.gets(ResultCode.BAD_SIGNATURE, "r is zero", After.FREE, scene -> zeroed(scene, 2 * HALF));
        table.gets(ResultCode.BAD_SIGNATURE, "s is zero", After.FREE, scene -> zeroed(scene, HALF));
        table.gets(
                ResultCode.BAD_SIGNATURE,
                "the message was hashed before it was signed",
                After.FREE,
                BadSessions::preHashed);
    }

    private static RequestSigner signer(final TerminalIdentity identity) {
        return new RequestSigner(identity, SmallCity.GATEWAY_ID, Clock.systemUTC(), new SecureRandom());
    }

    private static Got staleNonce(final Scene scene) throws IOException {
        final byte[] nonce = scene.connect(scene.city.terminal(1)).challenge();
        final RawTerminal later = scene.connect(scene.city.terminal(1));
        later.challenge();
        return Scene.send(
                later, later.signer().signIn(later.nextMsgid(), nonce, "").frame());
    }

    private static Got twice(final Scene scene) throws IOException {
        final RawTerminal peer = scene.connect(scene.city.terminal(1));
        final byte[] nonce = peer.challenge();
        Scene.send(peer, peer.signer().signIn(peer.nextMsgid(), nonce, "").frame());
        return Scene.send(
                peer, peer.signer().signIn(peer.nextMsgid(), nonce, "").frame());
    }

    private static Got flipped(final Scene scene, final int offset) throws IOException {
        final byte[] frame = scene.goodFrame();
        frame[offset < 0 ? frame.length + offset : offset] ^= 1;
        return scene.send(frame);
    }

    private static Got exchanged(final Scene scene) throws IOException {
        final byte[] frame = scene.goodFrame();
        final byte[] r = Arrays.copyOfRange(frame, frame.length - 2 * HALF, frame.length - HALF);
        System.arraycopy(frame, frame.length - HALF, frame, frame.length - 2 * HALF, HALF);
        System.arraycopy(r, 0, frame, frame.length - HALF, HALF);
        return scene.send(frame);
    }

    private static Got zeroed(final Scene scene, final int fromEnd) throws IOException {
        final byte[] frame = scene.goodFrame();
        Arrays.fill(frame, frame.length - fromEnd, frame.length - fromEnd + HALF, (byte) 0);
        return scene.send(frame);
    }

    private static Got preHashed(final Scene scene) throws IOException {
        final byte[] frame = scene.goodFrame();
        final int length = frame.length - Sm2Signer.SIGNATURE_LENGTH;
        final byte[] hashed = Scene.signed(scene.signer().identity(), Sm3.hash(Arrays.copyOf(frame, length)));
        System.arraycopy(hashed, Sm3.LENGTH, frame, length, Sm2Signer.SIGNATURE_LENGTH);
        return scene.send(frame);
    }
}
