package io.settlegate.protocol.receipt.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.proof.ProofVerdict.Step;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ProofVerifierTest {
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate(new SecureRandom());
    private static final int SEALS = 12;

    private final ProvenJournal journal = new ProvenJournal("GW-1", KEY, SEALS);
    private final ProofVerifier verifier = new ProofVerifier(KEY.publicKey(), new BouncyCastleVerifier());

    private Step stepOf(final RecordProof proof) {
        return verifier.verify(proof.toText(), List.of()).step();
    }

    private Step stepOf(final ConsistencyProof proof) {
        return verifier.verify(proof.toText(), List.of()).step();
    }

    @Test
    void shouldProveEveryRecordUnderEveryHead() {
        for (int head = 0; head < SEALS; head++) {
            for (int sequence = 0; sequence <= head; sequence++) {
                final String text = journal.prove(sequence, head).toText();
                assertThat(verifier.verify(text, List.of(journal.head(head)), journal.outcome(sequence), null))
                        .as("%d under %d", sequence, head)
                        .extracting(ProofVerdict::step)
                        .isEqualTo(Step.VALID);
                assertThat(RecordProof.read(text).toText()).isEqualTo(text);
            }
        }
    }

    @Test
    void shouldProveThatEveryPairOfHeadsIsOfOneJournal() {
        for (int head = 0; head < SEALS; head++) {
            for (int old = 0; old <= head; old++) {
                final String text = journal.consistency(old, head).toText();
                assertThat(verifier.verify(text, List.of(journal.head(old), journal.head(head))))
                        .as("%d and %d", old, head)
                        .extracting(ProofVerdict::step)
                        .isEqualTo(Step.VALID);
                assertThat(ConsistencyProof.read(text).toText()).isEqualTo(text);
            }
        }
    }

    @Test
    void shouldRefuseEveryFlippedBitOfAHeadAndOfBothProofs() {
        final Head head = journal.head(9);
        assertThat(Head.read(head.toText())).isEqualTo(head);
        final byte[] text = head.toText().getBytes(StandardCharsets.ISO_8859_1);
        for (int bit = 0; bit < text.length * Byte.SIZE; bit++) {
            final String changed = flipped(text, bit);
            boolean isTaken;
            try {
                isTaken = Head.read(changed).seal().isSignedBy(KEY.publicKey(), new BouncyCastleVerifier());
            } catch (final IllegalArgumentException e) {
                isTaken = false;
            }
            assertThat(isTaken).as("bit %d of the head", bit).isFalse();
        }
        for (final String proof :
                List.of(journal.prove(4, 9).toText(), journal.consistency(5, 11).toText())) {
            final byte[] bytes = proof.getBytes(StandardCharsets.ISO_8859_1);
            for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
                final ProofVerdict verdict = verifier.verify(flipped(bytes, bit), List.of());
                assertThat(verdict.isValid()).as("bit %d: %s", bit, verdict).isFalse();
            }
        }
    }

    private static String flipped(final byte[] text, final int bit) {
        final byte[] changed = text.clone();
        changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return new String(changed, StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldNameTheLineThatIsUnknownAlteredOrMissing() {
        final String text = journal.head(3).toText();
        assertRefused(text.replace("seal-number: 3\n", "seal-number: 4\n"), "line 4", "seal-number: 3");
        assertRefused(text.replace("seal-number: 3\n", "seal-number: 3\nnote: kept by the bureau\n"), "line 5");
        assertRefused(text + "note: kept by the bureau\n", "line 16");
        assertRefused(text.replaceAll("time: .*\n", ""), "line 8");
        assertRefused(text.substring(0, text.length() - 1), "line 16");
        assertRefused(text.replace("\n", "\r\n"), "carriage return");
        assertRefused(text.replace("head 1", "head 2"), "line 1");
        assertRefused(text.replaceAll("seal: ..", "seal: zz"), "line 15", "hexadecimal");
        assertRefused("", "line 1");
        assertRefused("x".repeat(100_000), "characters");
    }

    private static void assertRefused(final String text, final String... parts) {
        assertThatThrownBy(() -> Head.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(parts);
    }

    @Test
    void shouldNameTheStepThatFailedOfARecordProof() {
        final RecordProof good = journal.prove(4, 9);
        final Head head = good.head();
        final ProvenJournal foreign = new ProvenJournal("GW-1", Sm2PrivateKey.generate(new SecureRandom()), SEALS);
        final ProvenJournal other = new ProvenJournal("GW-2", KEY, SEALS);
        final ProvenJournal fork = new ProvenJournal("GW-1", KEY, SEALS);
        assertThat(stepOf(foreign.prove(4, 9))).isEqualTo(Step.HEAD_SIGNATURE);
        assertThat(stepOf(new RecordProof(foreign.receipt(4), good.outcomeHash(), good.path(), head)))
                .isEqualTo(Step.RECEIPT);
        assertThat(stepOf(new RecordProof(good.receipt(), new byte[Sm3.LENGTH], good.path(), head)))
                .isEqualTo(Step.RECEIPT);
        assertThat(stepOf(new RecordProof(good.receipt(), good.outcomeHash(), good.path(), other.head(9))))
                .isEqualTo(Step.GATEWAY_ID);
        assertThat(stepOf(new RecordProof(good.receipt(), good.outcomeHash(), good.path(), journal.head(3))))
                .isEqualTo(Step.ORDER);
        assertThat(stepOf(new RecordProof(good.receipt(), good.outcomeHash(), new byte[0], fork.head(4))))
                .isEqualTo(Step.FORK);
        assertThat(stepOf(new RecordProof(good.receipt(), good.outcomeHash(), new byte[0], head)))
                .isEqualTo(Step.SEAL_PATH);
        assertThat(stepOf(new RecordProof(good.receipt(), good.outcomeHash(), good.path(), fork.head(9))))
                .isEqualTo(Step.SEAL_PATH);
        assertThat(stepOf(new RecordProof(good.receipt(), good.outcomeHash(), good.path(), journal.head(4))))
                .isEqualTo(Step.SEAL_PATH);
        final String text = good.toText();
        assertThat(verifier.verify(text, List.of(journal.head(8))).step()).isEqualTo(Step.KEPT_HEAD);
        assertThat(verifier.verify(text, List.of(), journal.outcome(5), null).step())
                .isEqualTo(Step.OUTCOME);
        assertThat(verifier.verify(text, List.of(), journal.outcome(4), journal.outcome(4)))
                .as("a request that is not the one")
                .satisfies(verdict -> assertThat(verdict.step()).isEqualTo(Step.RECEIPT))
                .satisfies(verdict -> assertThat(verdict.detail()).startsWith("REQUEST"));
        assertThat(verifier.verify("settlegate something 1\n", List.of()).step())
                .isEqualTo(Step.PROOF_FORM);
    }

    @Test
    void shouldNameTheStepThatFailedOfAConsistencyProof() {
        final ConsistencyProof good = journal.consistency(5, 11);
        final ProvenJournal foreign = new ProvenJournal("GW-1", Sm2PrivateKey.generate(new SecureRandom()), SEALS);
        final ProvenJournal other = new ProvenJournal("GW-2", KEY, SEALS);
        assertThat(stepOf(with(good, foreign.head(5), good.head()))).isEqualTo(Step.OLD_HEAD_SIGNATURE);
        assertThat(stepOf(with(good, good.oldHead(), foreign.head(11)))).isEqualTo(Step.HEAD_SIGNATURE);
        assertThat(stepOf(with(good, other.head(5), good.head()))).isEqualTo(Step.GATEWAY_ID);
        assertThat(stepOf(with(good, good.head(), good.oldHead()))).isEqualTo(Step.ORDER);
        assertThat(stepOf(new ConsistencyProof(good.oldHead(), good.head(), new byte[0], good.rangePath())))
                .isEqualTo(Step.SEAL_PATH);
        assertThat(stepOf(new ConsistencyProof(good.oldHead(), good.head(), good.sealPath(), new byte[0])))
                .isEqualTo(Step.RANGE_PATH);
        final ConsistencyProof same = journal.consistency(5, 5);
        assertThat(stepOf(same)).isEqualTo(Step.VALID);
        assertThat(stepOf(new ConsistencyProof(same.oldHead(), same.head(), new byte[Sm3.LENGTH], new byte[0])))
                .isEqualTo(Step.SEAL_PATH);
        assertThat(stepOf(new ConsistencyProof(same.oldHead(), same.head(), new byte[0], new byte[Sm3.LENGTH])))
                .isEqualTo(Step.RANGE_PATH);
        assertThat(verifier.verify(good.toText(), List.of(journal.head(6))).step())
                .isEqualTo(Step.KEPT_HEAD);
    }

    private static ConsistencyProof with(final ConsistencyProof proof, final Head oldHead, final Head head) {
        return new ConsistencyProof(oldHead, head, proof.sealPath(), proof.rangePath());
    }

    /** The same records with one changed, sealed again with the true key: the signatures are good and the history is not. */
    @Test
    void shouldNotShowARewrittenJournalToBeConsistentByAnyPathOfEither() {
        final ProvenJournal rewritten = new ProvenJournal("GW-1", KEY, 0);
        for (int i = 0; i < SEALS; i++) {
            rewritten.append(i == 2 ? "another outcome" : "outcome " + i);
        }
        for (int old = 2; old < SEALS; old++) {
            for (int head = old; head < SEALS; head++) {
                for (final ProvenJournal prover : List.of(journal, rewritten)) {
                    final ConsistencyProof paths = prover.consistency(old, head);
                    assertThat(stepOf(with(paths, journal.head(old), rewritten.head(head))))
                            .as("%d and %d", old, head)
                            .isIn(Step.FORK, Step.SEAL_PATH, Step.RANGE_PATH);
                }
            }
        }
    }

    @Test
    void shouldNeverThrowOnGarbage() {
        final long seed = 5;
        final Random random = new Random(seed);
        final byte[] good = journal.prove(4, 9).toText().getBytes(StandardCharsets.ISO_8859_1);
        for (int round = 0; round < 2_000; round++) {
            final byte[] bytes = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            for (int i = 0; i < random.nextInt(6); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(verifier.verify(new String(bytes, StandardCharsets.ISO_8859_1), List.of())
                                    .isValid()
                            && !Arrays.equals(bytes, good))
                    .as("seed %d, round %d", seed, round)
                    .isFalse();
        }
    }
}
