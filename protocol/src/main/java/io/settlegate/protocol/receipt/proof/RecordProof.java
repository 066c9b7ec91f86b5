package io.settlegate.protocol.receipt.proof;

import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.Seal;
import java.util.List;

/**
 * Proof that a record stands in the journal under a head: the record's receipt, which leads to its own seal, and the path of
 * that seal's hash to the head's tree head. Under the head's own seal there is no path.
 *
 * <p>It names the outcome by its hash and holds nothing of it. Who holds the proof and guesses the outcome can find out that the
 * guess is right; so keep it as the receipt is kept.
 *
 * <p>A value; arrays are not copied and not to be changed. {@link ProofVerifier} checks it.
 *
 * @param receipt of the record.
 * @param outcomeHash SM3 of the outcome as it was sent.
 * @param path of the receipt's seal under the head, 32 bytes a hash, leaf upwards.
 * @param head under which the record stands.
 */
public record RecordProof(Receipt receipt, byte[] outcomeHash, byte[] path, Head head) {
    private static final String TITLE = "settlegate record-proof 1";
    private static final List<String> READABLE = List.of(
            "gateway-id", "sequence", "time-ms", "time", "seal-number", "seal-hash", "head-number", "head-hash");
    private static final String OUTCOME_HASH = "outcome-hash";
    private static final String RECEIPT = "receipt";
    private static final String PATH = "range-path";
    private static final String HEAD = "head";

    /** True if the text says of itself that it is such a proof. */
    public static boolean isRecordProof(final String text) {
        return text.startsWith(TITLE + "\n");
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is not, to the letter, the text of a proof; the message names the line.
     */
    public static RecordProof read(final String text) {
        final ProofLines lines = ProofLines.of(text, TITLE);
        lines.pass(READABLE);
        final byte[] outcomeHash = lines.hash(OUTCOME_HASH);
        final Receipt receipt = Receipt.decode(lines.bytes(RECEIPT));
        final byte[] path = lines.path(PATH);
        final Head head = new Head(Seal.decode(lines.bytes(HEAD)));
        final RecordProof proof = new RecordProof(receipt, outcomeHash, path, head);
        ProofLines.checkSame(text, proof.toText());
        return proof;
    }

    /** The one text of this proof. */
    public String toText() {
        return new ProofLines.Writer(TITLE)
                .line("gateway-id", head.seal().gatewayId())
                .line("sequence", receipt.sequence())
                .line("time-ms", receipt.timeMs())
                .line("time", Head.time(receipt.timeMs()))
                .line("seal-number", receipt.seal().sealNumber())
                .line("seal-hash", receipt.seal().hash())
                .line("head-number", head.number())
                .line("head-hash", head.seal().hash())
                .line(OUTCOME_HASH, outcomeHash)
                .line(RECEIPT, receipt.toBytes())
                .path(PATH, path)
                .line(HEAD, head.seal().bytes())
                .toString();
    }
}
