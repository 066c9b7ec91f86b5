package io.settlegate.gateway.badinput;

import io.settlegate.gateway.RawTerminal;
import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are no frame, and frames that are no message. */
final class BadBytes {
    private static final int GROUP = MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleDecoder.BLOCK_LENGTH;

    private BadBytes() {}

    static void addTo(final BadInputs table) {
        table.part("bytes");
        table.closed(
                "no frame at all: an HTTP request",
                After.NO_MSGID,
                scene -> raw(scene, "GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        table.closed("a frame length of zero", After.NO_MSGID, scene -> raw(scene, new byte[Integer.BYTES]));
        table.closed("a negative frame length", After.NO_MSGID, scene -> raw(scene, length(-1)));
        table.closed(
                "a frame length one above the limit",
                After.NO_MSGID,
                scene -> raw(scene, length(Limits.MAX_FRAME_LENGTH + 1)));
        table.closed("a frame too short for the fields that open each request", After.FREE, scene -> {
            final RawTerminal peer = scene.connect(scene.city.terminal(1));
            peer.challenge();
            return Scene.send(peer, Arrays.copyOf(scene.goodFrame(), 150));
        });
        table.gets(ResultCode.MALFORMED, "a settlement cut short, at every length", After.FREE, BadBytes::truncations);
        table.gets(
                ResultCode.MALFORMED,
                "a settlement with a byte behind its last field",
                After.FREE,
                scene -> scene.send(scene.signed(Arrays.copyOf(message(scene), message(scene).length + 1))));
        table.gets(
                ResultCode.MALFORMED,
                "more lines announced than the frame holds",
                After.FREE,
                scene -> scene.send(scene.changed(scene.goodFrame(), GROUP + Short.BYTES, (byte) 2)));
        table.gets(
                ResultCode.MALFORMED,
                "lines of another length",
                After.FREE,
                scene -> scene.send(scene.changed(scene.goodFrame(), GROUP, (byte) 133)));
        table.gets(
                ResultCode.MALFORMED,
                "another blockLength",
                After.FREE,
                scene -> header(scene, MessageHeaderDecoder.blockLengthEncodingOffset(), 9));
        table.gets(
                ResultCode.MALFORMED,
                "another schemaId",
                After.FREE,
                scene -> header(scene, MessageHeaderDecoder.schemaIdEncodingOffset(), 2));
        table.gets(
                ResultCode.UNSUPPORTED_VERSION,
                "a version that is not spoken",
                After.FREE,
                scene -> header(scene, MessageHeaderDecoder.versionEncodingOffset(), 99));
        table.gets(
                ResultCode.UNSUPPORTED_TRANSACTION,
                "a templateId that is no request",
                After.FREE,
                scene -> header(scene, MessageHeaderDecoder.templateIdEncodingOffset(), 77));
        table.gets(
                ResultCode.WRONG_DOMAIN, "the domain tag of an operator's act", After.FREE, scene -> domain(scene, 2));
        table.gets(ResultCode.WRONG_DOMAIN, "the domain tag of a seal", After.FREE, scene -> domain(scene, 3));
        table.gets(
                ResultCode.WRONG_AUDIENCE,
                "another gateway's id",
                After.FREE,
                scene -> scene.send(scene.changed(
                        RequestHeaderDecoder.gatewayIdEncodingOffset(),
                        Scene.text("SG-OTHER", RequestHeaderDecoder.gatewayIdEncodingLength()))));
    }

    /** Bytes on a connection of their own; what counts is that it ends after the challenge. */
    private static Got raw(final Scene scene, final byte[] bytes) throws IOException {
        final Socket socket = scene.socket();
        final DataInputStream input = new DataInputStream(socket.getInputStream());
        input.readFully(new byte[Integer.reverseBytes(input.readInt())]);
        socket.getOutputStream().write(bytes);
        try {
            if (input.read() < 0) {
                return Got.CLOSED;
            }
        } catch (final SocketException reset) {
            return Got.CLOSED;
        }
        throw new AssertionError("the gateway answered to bytes that are no frame");
    }

    private static byte[] length(final int length) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array();
    }

    private static byte[] message(final Scene scene) {
        final byte[] frame = scene.goodFrame();
        return Arrays.copyOf(frame, frame.length - Sm2Signer.SIGNATURE_LENGTH);
    }

    /** Each is a whole frame by its own length, so that the connection stays. */
    private static Got truncations(final Scene scene) throws IOException {
        final byte[] whole = scene.goodFrame();
        final int least =
                MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.ENCODED_LENGTH + Sm2Signer.SIGNATURE_LENGTH;
        Got got = Got.CLOSED;
        for (int length = least; length < whole.length; length++) {
            got = scene.send(Arrays.copyOf(whole, length));
            if (got.code() != ResultCode.MALFORMED) {
                throw new AssertionError("cut to " + length + " bytes it got " + got.code());
            }
        }
        return got;
    }

    private static Got header(final Scene scene, final int offset, final int value) throws IOException {
        return scene.send(scene.changed(scene.goodFrame(), offset, (byte) value, (byte) 0));
    }

    private static Got domain(final Scene scene, final int tag) throws IOException {
        return scene.send(scene.changed(RequestHeaderDecoder.domainTagEncodingOffset(), (byte) tag));
    }
}
