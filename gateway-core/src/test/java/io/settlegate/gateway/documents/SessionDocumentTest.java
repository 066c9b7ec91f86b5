package io.settlegate.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.pipeline.WorkedFrame;
import io.settlegate.gateway.pipeline.WorkedProof;
import io.settlegate.gateway.pipeline.WorkedSession;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/PROTOCOL_SESSION.md: each frame of it is made by the real stages, and compared byte for byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class SessionDocumentTest {
    private static final String DOCUMENT = "PROTOCOL_SESSION.md";
    private static final HexFormat HEX = HexFormat.of();
    private static final int ENVELOPE_LENGTH = 24;

    /** Section of the document, and the frame that it shows. */
    private static final Map<String, String> SECTIONS = Map.ofEntries(
            Map.entry("challenge", "challenge"),
            Map.entry("sign-in", "request 9001"),
            Map.entry("sign-in reply", "reply 9001"),
            Map.entry("heartbeat", "heartbeat"),
            Map.entry("person", "request 1101"),
            Map.entry("person reply", "reply 1101"),
            Map.entry("settle", "request 2102"),
            Map.entry("settle reply", "reply 2102"),
            Map.entry("query", "request 101"),
            Map.entry("cancel", "request 2103"),
            Map.entry("cancel reply", "reply 2103"),
            Map.entry("wrong sum reply", "reply 2102 with a wrong sum"),
            Map.entry("refusal", "refusal of a bad signature"),
            Map.entry("busy", "busy"),
            Map.entry("reversal", "request 2601"),
            Map.entry("reversal reply", "reply 2601"),
            Map.entry("records", "request 5203"),
            Map.entry("records page", "page 5203"),
            Map.entry("totals", "request 3201"),
            Map.entry("totals reply", "reply 3201"),
            Map.entry("sign-out", "request 9002"),
            Map.entry("sign-out reply", "reply 9002"));

    private MessageLayouts layouts;
    private WorkedSession session;

    @BeforeAll
    void run(@TempDir final Path directory) throws Exception {
        layouts = MessageLayouts.read();
        session = WorkedSession.run(directory);
    }

    @Test
    void shouldShowEachFrameWithEveryByte() throws IOException {
        for (final Map.Entry<String, String> section : SECTIONS.entrySet()) {
            final byte[] frame = session.frame(section.getValue()).bytes();
            GeneratedText.assertSection(DOCUMENT, section.getKey(), block(AnnotatedHex.of(layouts, frame)));
        }
    }

    @Test
    void shouldShowThatARepeatDiffersInItsEnvelopeAlone() throws IOException {
        final byte[] first = session.frame("reply 2102").bytes();
        final byte[] repeat = session.frame("reply 2102 again").bytes();
        // The correlation id is the request's own, so only kind and state may differ.
        assertThat(Arrays.copyOfRange(repeat, ENVELOPE_LENGTH - 2, repeat.length))
                .isEqualTo(Arrays.copyOfRange(first, ENVELOPE_LENGTH - 2, first.length));
        final String all = AnnotatedHex.of(layouts, repeat);
        GeneratedText.assertSection(
                DOCUMENT,
                "repeat",
                block(all.substring(0, all.indexOf("outcome.blockLength"))
                        .lines()
                        .limit(9)
                        .reduce("", (text, line) -> text + line + "\n")));
    }

    @Test
    void shouldShowTheKeys() throws IOException {
        GeneratedText.assertSection(
                DOCUMENT,
                "keys",
                block("gateway's public key   " + session.gatewayKey().toHex() + "\n"
                        + "terminal's private key " + HEX.formatHex(KeyVectors.terminalKey()) + "\n"
                        + "terminal's public key  " + session.terminalKey().toHex() + "\n"
                        + "terminal's Z_A         " + HEX.formatHex(terminalZ()) + "\n"));
    }

    @Test
    void shouldShowHowTheRequestIsSigned() throws IOException {
        final WorkedFrame frame = session.frame("request 2102");
        final byte[] signed = Arrays.copyOfRange(
                frame.bytes(), Limits.FRAME_LENGTH_LENGTH, frame.bytes().length - Sm2Signer.SIGNATURE_LENGTH);
        final byte[] e = Sm2Numbers.digest(terminalZ(), signed);
        final byte[] signature = Sm2Numbers.sign(KeyVectors.terminalKey(), e, frame.nonce());
        assertThat(Arrays.copyOfRange(frame.bytes(), frame.bytes().length - signature.length, frame.bytes().length))
                .isEqualTo(signature);
        GeneratedText.assertSection(
                DOCUMENT,
                "signature",
                block("message    bytes 4 to " + (frame.bytes().length - Sm2Signer.SIGNATURE_LENGTH - 1)
                        + " of the frame\n"
                        + "e          " + HEX.formatHex(e) + "   = SM3(Z_A | message)\n"
                        + "k          " + HEX.formatHex(frame.nonce()) + "   random; fixed here\n"
                        + "r          " + HEX.formatHex(signature, 0, Sm3.LENGTH) + "   = (e + x of kG) mod n\n"
                        + "s          " + HEX.formatHex(signature, Sm3.LENGTH, signature.length)
                        + "   = (k - r d) / (1 + d) mod n\n"));
    }

    @Test
    void shouldShowHowTheReceiptIsChecked() throws IOException {
        final WorkedProof proof = session.proofs().stream()
                .filter(each -> each.name().equals("2102"))
                .findFirst()
                .orElseThrow();
        final Receipt receipt = Receipt.decode(proof.receipt());
        final byte[] parts =
                Sm2Numbers.concatenated(Sm3.hash(proof.request()), Sm3.hash(proof.outcome()), receipt.internalHash());
        final byte[] path = receipt.path();
        final LeafHasher hasher = new LeafHasher();
        final byte[] leaf = new byte[Sm3.LENGTH];
        hasher.leaf(receipt.sequence(), receipt.timeMs(), parts, 0, Sm3.LENGTH, 2 * Sm3.LENGTH, leaf, 0);
        final byte[] node = new byte[Sm3.LENGTH];
        hasher.node(path, 0, leaf, 0, node, 0);
        final byte[] root = new byte[Sm3.LENGTH];
        hasher.node(node, 0, path, Sm3.LENGTH, root, 0);
        assertThat(path).hasSize(2 * Sm3.LENGTH);
        assertThat(receipt.leafIndex()).isEqualTo(1);
        assertThat(receipt.seal().count()).isEqualTo(3);
        assertThat(root).isEqualTo(receipt.seal().merkleRoot());
        GeneratedText.assertSection(
                DOCUMENT,
                "receipt",
                block("sequence " + receipt.sequence() + ", batch "
                        + receipt.seal().firstSequence() + " to "
                        + receipt.seal().lastSequence() + ": leaf " + receipt.leafIndex() + " of "
                        + receipt.seal().count() + "\n"
                        + "SM3(request)        " + HEX.formatHex(parts, 0, Sm3.LENGTH) + "   = commandHash\n"
                        + "SM3(outcome)        " + HEX.formatHex(parts, Sm3.LENGTH, 2 * Sm3.LENGTH) + "\n"
                        + "internalHash        " + HEX.formatHex(receipt.internalHash()) + "\n"
                        + "leaf 1              " + HEX.formatHex(leaf)
                        + "   = SM3(00 | sequence | timeMs | the three)\n"
                        + "path[0], leaf 0     " + HEX.formatHex(path, 0, Sm3.LENGTH) + "\n"
                        + "node over 0 and 1   " + HEX.formatHex(node) + "   = SM3(01 | leaf 0 | leaf 1)\n"
                        + "path[1], leaf 2     " + HEX.formatHex(path, Sm3.LENGTH, path.length) + "\n"
                        + "root                " + HEX.formatHex(root)
                        + "   = SM3(01 | node | leaf 2) = merkleRoot of the seal\n"));
    }

    private byte[] terminalZ() {
        return Sm2Numbers.z(Sm2PublicKey.USER_ID, session.terminalKey().encoded());
    }

    private static String block(final String text) {
        return "```text\n" + text.stripTrailing() + "\n```";
    }
}
