package io.settlegate.protocol.receipt;

import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.ReceiptVerdict.Step;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks a receipt offline, with the gateway's public key and what the terminal holds.
 *
 * <p>What a valid receipt proves: the gateway committed to this outcome, for this request, at this place of its journal.
 *
 * <p>One thread at a time. Never blocks, and never throws, whatever the bytes are.
 */
public final class ReceiptVerifier {
    private static final int FIRST_OUTCOME_TEMPLATE = 10_000;

    private final Sm2PublicKey gatewayKey;
    private final SignatureVerifier signatures;

    public ReceiptVerifier(final Sm2PublicKey gatewayKey, final SignatureVerifier signatures) {
        this.gatewayKey = gatewayKey;
        this.signatures = signatures;
    }

    /** Checks without the request: its hash is then believed as the receipt states it. */
    public ReceiptVerdict verify(final byte[] receipt, final byte[] outcome) {
        return verify(receipt, outcome, null);
    }

    /** Checks all; {@code request} is the signed request with its signature and without the frame length, or null. */
    public ReceiptVerdict verify(final byte[] receiptBytes, final byte[] outcome, final byte[] request) {
        final Receipt receipt;
        try {
            receipt = Receipt.decode(receiptBytes);
        } catch (final IllegalArgumentException e) {
            return ReceiptVerdict.failed(Step.RECEIPT_FORM, e.getMessage());
        }
        final Seal seal = receipt.seal();
        if (!seal.isSignedBy(gatewayKey, signatures)) {
            return ReceiptVerdict.failed(Step.SEAL_SIGNATURE, "the seal is not signed with this gateway's key");
        }
        final ReceiptVerdict place = placeFault(receipt, outcome);
        if (place != null) {
            return place;
        }
        final ReceiptVerdict asked = requestFault(receipt, request);
        if (asked != null) {
            return asked;
        }
        return pathVerdict(receipt, Sm3.hash(outcome));
    }

    /**
     * Checks for whoever has not the outcome but SM3 of it: all but what the outcome itself says of its place and time.
     *
     * @param outcomeHash of the outcome as it was sent.
     * @param request the signed request, or null.
     */
    public ReceiptVerdict verifyByHash(final byte[] receiptBytes, final byte[] outcomeHash, final byte[] request) {
        final Receipt receipt;
        try {
            receipt = Receipt.decode(receiptBytes);
        } catch (final IllegalArgumentException e) {
            return ReceiptVerdict.failed(Step.RECEIPT_FORM, e.getMessage());
        }
        final ReceiptVerdict fault = faultBeforePath(receipt, request);
        return fault == null ? pathVerdict(receipt, outcomeHash) : fault;
    }

    private ReceiptVerdict faultBeforePath(final Receipt receipt, final byte[] request) {
        if (!receipt.seal().isSignedBy(gatewayKey, signatures)) {
            return ReceiptVerdict.failed(Step.SEAL_SIGNATURE, "the seal is not signed with this gateway's key");
        }
        final ReceiptVerdict place = sealFault(receipt);
        return place == null ? requestFault(receipt, request) : place;
    }

    /** What does not fit between receipt and seal; null if all does. */
    private static ReceiptVerdict sealFault(final Receipt receipt) {
        final Seal seal = receipt.seal();
        final long sequence = receipt.sequence();
        if (sequence < seal.firstSequence()
                || sequence > seal.lastSequence()
                || sequence - seal.firstSequence() != receipt.leafIndex()) {
            return ReceiptVerdict.failed(
                    Step.SEQUENCE,
                    "sequence " + sequence + " at leaf " + receipt.leafIndex() + " does not fit " + seal);
        }
        if (receipt.timeMs() > seal.timeMs()) {
            return ReceiptVerdict.failed(Step.TIME, "the record would be later than its seal");
        }
        return null;
    }

    private static ReceiptVerdict placeFault(final Receipt receipt, final byte[] outcome) {
        final ReceiptVerdict fault = sealFault(receipt);
        if (fault != null) {
            return fault;
        }
        final long sequence = receipt.sequence();
        final UnsafeBuffer buffer = new UnsafeBuffer(outcome);
        if (!isOutcome(buffer)) {
            return null;
        }
        final OutcomeHeaderDecoder header =
                new OutcomeHeaderDecoder().wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH);
        if (header.sequence() != sequence) {
            return ReceiptVerdict.failed(
                    Step.SEQUENCE, "the outcome names sequence " + header.sequence() + ", the receipt " + sequence);
        }
        if (header.timeMs() != receipt.timeMs()) {
            return ReceiptVerdict.failed(Step.TIME, "outcome and receipt name different times");
        }
        return null;
    }

    private static boolean isOutcome(final UnsafeBuffer buffer) {
        if (buffer.capacity() < MessageHeaderDecoder.ENCODED_LENGTH + OutcomeHeaderDecoder.ENCODED_LENGTH) {
            return false;
        }
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        return header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && header.templateId() >= FIRST_OUTCOME_TEMPLATE;
    }

    private static ReceiptVerdict requestFault(final Receipt receipt, final byte[] request) {
        if (request == null) {
            return null;
        }
        if (!Arrays.equals(Sm3.hash(request), receipt.commandHash())) {
            return ReceiptVerdict.failed(Step.REQUEST, "the receipt was given for another request");
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(request);
        if (buffer.capacity() < MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.ENCODED_LENGTH) {
            return null;
        }
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        final RequestHeaderDecoder common =
                new RequestHeaderDecoder().wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH);
        if (header.schemaId() == MessageHeaderDecoder.SCHEMA_ID
                && common.domainTagRaw() == DomainTag.TERMINAL_REQUEST.value()
                && !common.gatewayId().equals(receipt.seal().gatewayId())) {
            return ReceiptVerdict.failed(Step.GATEWAY_ID, "the request was sent to another gateway than the seal's");
        }
        return null;
    }

    private static ReceiptVerdict pathVerdict(final Receipt receipt, final byte[] outcomeHash) {
        final byte[] parts = new byte[3 * Sm3.LENGTH];
        System.arraycopy(receipt.commandHash(), 0, parts, 0, Sm3.LENGTH);
        System.arraycopy(outcomeHash, 0, parts, Sm3.LENGTH, Sm3.LENGTH);
        System.arraycopy(receipt.internalHash(), 0, parts, 2 * Sm3.LENGTH, Sm3.LENGTH);
        final byte[] leaf = new byte[Sm3.LENGTH];
        new LeafHasher().leaf(receipt.sequence(), receipt.timeMs(), parts, 0, Sm3.LENGTH, 2 * Sm3.LENGTH, leaf, 0);
        final byte[] path = receipt.path();
        final byte[] root =
                MerkleTree.rootOf(leaf, receipt.leafIndex(), receipt.seal().count(), path, path.length / Sm3.LENGTH);
        if (root == null || !Arrays.equals(root, receipt.seal().merkleRoot())) {
            return ReceiptVerdict.failed(
                    Step.OUTCOME_OR_PATH,
                    "outcome and path do not lead to the seal's root: not the outcome that was sealed");
        }
        return new ReceiptVerdict(Step.VALID, "the gateway sealed this outcome as record " + receipt.sequence());
    }
}
