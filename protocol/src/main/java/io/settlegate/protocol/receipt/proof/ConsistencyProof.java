package io.settlegate.protocol.receipt.proof;

import io.settlegate.protocol.receipt.Seal;
import java.util.List;

/**
 * Proof that one journal has both heads, the old one earlier: the old seal stands at its place under the new head, and all
 * that stands before it is the same in both.
 *
 * <p>A value; arrays are not copied and not to be changed. {@link ProofVerifier} checks it.
 *
 * @param oldHead the earlier one.
 * @param head the later one.
 * @param sealPath of the old seal's hash under the new head, leaf upwards; empty where both are the same.
 * @param rangePath the consistency proof of RFC 9162 between the two tree heads.
 */
public record ConsistencyProof(Head oldHead, Head head, byte[] sealPath, byte[] rangePath) {
    private static final String TITLE = "settlegate consistency-proof 1";
    private static final List<String> READABLE =
            List.of("gateway-id", "old-number", "old-hash", "head-number", "head-hash");
    private static final String SEAL_PATH = "seal-path";
    private static final String RANGE_PATH = "range-path";
    private static final String OLD_HEAD = "old-head";
    private static final String HEAD = "head";

    /** True if the text says of itself that it is such a proof. */
    public static boolean isConsistencyProof(final String text) {
        return text.startsWith(TITLE + "\n");
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is not, to the letter, the text of a proof; the message names the line.
     */
    public static ConsistencyProof read(final String text) {
        final ProofLines lines = ProofLines.of(text, TITLE);
        lines.pass(READABLE);
        final Head oldHead = new Head(Seal.decode(lines.bytes(OLD_HEAD)));
        final byte[] sealPath = lines.path(SEAL_PATH);
        final byte[] rangePath = lines.path(RANGE_PATH);
        final Head head = new Head(Seal.decode(lines.bytes(HEAD)));
        final ConsistencyProof proof = new ConsistencyProof(oldHead, head, sealPath, rangePath);
        ProofLines.checkSame(text, proof.toText());
        return proof;
    }

    /** The one text of this proof. */
    public String toText() {
        return new ProofLines.Writer(TITLE)
                .line("gateway-id", head.seal().gatewayId())
                .line("old-number", oldHead.number())
                .line("old-hash", oldHead.seal().hash())
                .line("head-number", head.number())
                .line("head-hash", head.seal().hash())
                .line(OLD_HEAD, oldHead.seal().bytes())
                .path(SEAL_PATH, sealPath)
                .path(RANGE_PATH, rangePath)
                .line(HEAD, head.seal().bytes())
                .toString();
    }
}
