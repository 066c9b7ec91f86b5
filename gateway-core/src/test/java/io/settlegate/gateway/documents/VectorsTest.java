package io.settlegate.gateway.documents;

import io.settlegate.gateway.pipeline.WorkedFrame;
import io.settlegate.gateway.pipeline.WorkedSession;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Makes docs/vectors anew and compares. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class VectorsTest {
    private WorkedSession session;
    private SessionVectors sessionVectors;

    @BeforeAll
    void run(@TempDir final Path directory) throws Exception {
        session = WorkedSession.run(directory);
        sessionVectors = new SessionVectors(MessageLayouts.read(), session);
    }

    @Test
    void shouldHoldTheKeys(@TempDir final Path directory) throws IOException {
        GeneratedText.assertVectors("keys.json", KeyVectors.content(directory));
    }

    @Test
    void shouldHoldTheSignatures() throws IOException {
        final WorkedFrame settle = session.frame("request 2102");
        final byte[] signed = Arrays.copyOfRange(
                settle.bytes(), Limits.FRAME_LENGTH_LENGTH, settle.bytes().length - Sm2Signer.SIGNATURE_LENGTH);
        GeneratedText.assertVectors("signatures.json", SignatureVectors.content(signed));
    }

    @Test
    void shouldHoldTheTrees() throws IOException {
        GeneratedText.assertVectors("trees.json", TreeVectors.content());
    }

    @Test
    void shouldHoldTheProofs() throws IOException {
        GeneratedText.assertVectors("proofs.json", ProofVectors.content());
    }

    @Test
    void shouldHoldTheMessages() throws IOException {
        GeneratedText.assertVectors("messages.json", sessionVectors.messages());
    }

    @Test
    void shouldHoldTheSession() throws IOException {
        GeneratedText.assertVectors("session.json", sessionVectors.session());
    }
}
