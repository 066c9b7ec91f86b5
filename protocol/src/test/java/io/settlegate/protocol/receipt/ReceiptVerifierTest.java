package io.settlegate.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.ReceiptVerdict.Step;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReceiptVerifierTest {
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate(new SecureRandom());
    private static final int COUNT = 5;
    private static final int LEAF = 3;

    private final byte[] request = "a signed request".getBytes(StandardCharsets.US_ASCII);
    private final byte[] outcome = "its outcome".getBytes(StandardCharsets.US_ASCII);
    private final byte[] receipt = receiptOf(request, outcome);

    private static byte[] receiptOf(final byte[] request, final byte[] outcome) {
        final byte[] leaves = new byte[COUNT * Sm3.LENGTH];
        final byte[] parts = new byte[3 * Sm3.LENGTH];
        System.arraycopy(Sm3.hash(request), 0, parts, 0, Sm3.LENGTH);
        System.arraycopy(Sm3.hash(outcome), 0, parts, Sm3.LENGTH, Sm3.LENGTH);
        for (int i = 0; i < COUNT; i++) {
            new LeafHasher().leaf(100 + i, 7_000 + i, parts, 0, Sm3.LENGTH, 2 * Sm3.LENGTH, leaves, i * Sm3.LENGTH);
        }
        final MerkleTree tree = new MerkleTree().build(leaves, 0, COUNT);
        final byte[] path = new byte[tree.pathLength(LEAF) * Sm3.LENGTH];
        tree.path(LEAF, path, 0);
        final Seal seal = new SealBody(
                        DurabilityLevel.BATCH,
                        1,
                        "GW-1",
                        9,
                        100,
                        104,
                        7_004,
                        tree.root(),
                        new byte[32],
                        new byte[32],
                        3,
                        4)
                .sign(new Sm2Signer(KEY, new SecureRandom()));
        return new Receipt(100 + LEAF, 7_000 + LEAF, Sm3.hash(request), new byte[32], LEAF, path, seal).toBytes();
    }

    private static ReceiptVerifier verifier(final SignatureVerifier signatures) {
        return new ReceiptVerifier(KEY.publicKey(), signatures);
    }

    @Test
    void shouldAcceptAGoodReceiptWithAndWithoutTheRequest() {
        final ReceiptVerifier verifier = verifier(new BouncyCastleVerifier());
        assertThat(verifier.verify(receipt, outcome, request).isValid()).isTrue();
        assertThat(verifier.verify(receipt, outcome).isValid()).isTrue();
    }

    @Test
    void shouldRefuseEveryFlippedBitOfReceiptOutcomeAndRequest() {
        final ReceiptVerifier verifier = verifier(new BouncyCastleVerifier());
        for (final byte[] bytes : new byte[][] {receipt, outcome, request}) {
            for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
                bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThat(verifier.verify(receipt, outcome, request).step())
                        .as("bit %d of %d bytes", bit, bytes.length)
                        .isNotEqualTo(Step.VALID);
                bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            }
        }
    }

    @Test
    void shouldNameTheStepThatFailed() {
        final ReceiptVerifier verifier = verifier(new BouncyCastleVerifier());
        assertThat(verifier.verify(new byte[0], outcome).step()).isEqualTo(Step.RECEIPT_FORM);
        assertThat(verifier.verify(receipt, request).step()).isEqualTo(Step.OUTCOME_OR_PATH);
        assertThat(verifier.verify(receipt, outcome, outcome).step()).isEqualTo(Step.REQUEST);
        final byte[] moved = receipt.clone();
        moved[8]++;
        assertThat(verifier.verify(moved, outcome).step()).isEqualTo(Step.SEQUENCE);
        final byte[] forged = receipt.clone();
        forged[forged.length - 1]++;
        assertThat(verifier.verify(forged, outcome).step()).isEqualTo(Step.SEAL_SIGNATURE);
    }

    @Test
    void shouldNeverThrowOnGarbage() {
        final long seed = 7;
        final Random random = new Random(seed);
        final ReceiptVerifier verifier = verifier(new BouncyCastleVerifier());
        for (int round = 0; round < 2_000; round++) {
            final byte[] bytes = random.nextBoolean() ? new byte[random.nextInt(900)] : receipt.clone();
            for (int i = 0; bytes.length > 0 && i < 20; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            final byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 40));
            assertThat(verifier.verify(cut, new byte[random.nextInt(120)]).isValid())
                    .as("seed %d", seed)
                    .isFalse();
        }
    }

    @Test
    void shouldFollowTheShapeOfTheRfcForEveryLeafOfEverySize() {
        final Random random = new Random(11);
        final MerkleTree tree = new MerkleTree();
        for (int count = 1; count <= 70; count++) {
            final byte[] leaves = new byte[count * Sm3.LENGTH];
            random.nextBytes(leaves);
            final java.util.List<byte[]> list = new java.util.ArrayList<>();
            for (int i = 0; i < count; i++) {
                list.add(Arrays.copyOfRange(leaves, i * Sm3.LENGTH, (i + 1) * Sm3.LENGTH));
            }
            assertThat(tree.build(leaves, 0, count).root()).isEqualTo(ReferenceTree.head(list));
            for (int i = 0; i < count; i++) {
                final byte[] path = new byte[MerkleTree.MAX_PATH_LENGTH * Sm3.LENGTH];
                final int length = tree.path(i, path, 0);
                final java.util.List<byte[]> expected = ReferenceTree.path(i, list);
                assertThat(length).isEqualTo(expected.size()).isEqualTo(tree.pathLength(i));
                for (int k = 0; k < length; k++) {
                    assertThat(Arrays.copyOfRange(path, k * Sm3.LENGTH, (k + 1) * Sm3.LENGTH))
                            .isEqualTo(expected.get(k));
                }
                assertThat(MerkleTree.rootOf(list.get(i), i, count, path, length))
                        .isEqualTo(tree.root());
                assertThat(MerkleTree.rootOf(list.get(i), i, count, path, length + 1))
                        .isNull();
            }
        }
    }

    @Test
    void shouldReadASealAsItWasWritten() {
        final Seal seal = Receipt.decode(receipt).seal();
        assertThat(seal.gatewayId()).isEqualTo("GW-1");
        assertThat(seal.sealNumber()).isEqualTo(9);
        assertThat(seal.count()).isEqualTo(COUNT);
        assertThat(seal.stateHashHigh()).isEqualTo(3);
        assertThat(seal.stateHashLow()).isEqualTo(4);
        assertThat(seal.durability()).isEqualTo(DurabilityLevel.BATCH);
        assertThat(seal.hash()).isEqualTo(Sm3.hash(seal.bytes()));
        final Set<Seal> set = new HashSet<>(Set.of(seal));
        assertThat(set).contains(Seal.decode(seal.bytes()));
    }
}
