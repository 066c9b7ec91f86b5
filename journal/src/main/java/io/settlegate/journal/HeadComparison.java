package io.settlegate.journal;

import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.receipt.Seal;
import io.settlegate.protocol.receipt.proof.Head;
import java.util.Arrays;

/**
 * Compares a journal with a head that somebody kept. Each seal names the one before by its hash, so where the seal of the
 * head's number is the head's, all before it is what it was when the head was taken.
 *
 * <p>One thread at a time. Is told of the journal's seals in order, gaps allowed; never throws.
 */
public final class HeadComparison {
    private final Head head;
    private Seal last;
    private byte[] hashBefore;
    private byte[] hashThere;
    private long lastNumber = -1;
    private Identity identity = Identity.UNKNOWN;

    /** What a comparison came to. */
    public enum Finding {
        /** The journal holds this head, and with it all that it held then. */
        FITS,
        /** The head is another gateway's, or was signed with another key. */
        OTHER_GATEWAY,
        /** The journal is shorter than when the head was taken. */
        BEYOND_END,
        /** Up to the seal before the head's both are one; the head's own seal is another. */
        PARTS_AT_HEAD,
        /** They part at an earlier seal, which the head alone cannot name. */
        PARTS_BEFORE,
        /** The journal goes on behind the head's number, and the seal of that number cannot be read. */
        UNREADABLE
    }

    private enum Identity {
        UNKNOWN,
        SAME,
        OTHER
    }

    public HeadComparison(final Head head) {
        this.head = head;
    }

    /** Asks whether the head is of this gateway and signed with its key. Without it only the seals speak. */
    public HeadComparison of(final Genesis genesis) {
        final Sm2PublicKey key = genesis.gatewayKey();
        identity = head.seal().gatewayId().equals(genesis.gatewayId())
                        && head.seal().isSignedBy(key, new BouncyCastleVerifier())
                ? Identity.SAME
                : Identity.OTHER;
        return this;
    }

    /** Takes the journal's next seal. */
    public void accept(final Seal seal) {
        accept(seal.sealNumber(), seal.hash());
        last = seal;
    }

    /** Takes the number and hash of the journal's next seal. */
    void accept(final long number, final byte[] hash) {
        lastNumber = number;
        if (number == head.number() - 1) {
            hashBefore = hash.clone();
        } else if (number == head.number()) {
            hashThere = hash.clone();
        }
    }

    public Head head() {
        return head;
    }

    public Finding finding() {
        if (identity == Identity.OTHER) {
            return Finding.OTHER_GATEWAY;
        }
        if (hashThere == null) {
            return lastNumber < head.number() ? Finding.BEYOND_END : Finding.UNREADABLE;
        }
        if (Arrays.equals(hashThere, head.seal().hash())) {
            return Finding.FITS;
        }
        return head.number() == 0 || isSameBefore() ? Finding.PARTS_AT_HEAD : Finding.PARTS_BEFORE;
    }

    private boolean isSameBefore() {
        return hashBefore != null && Arrays.equals(hashBefore, head.seal().previousSealHash());
    }

    /** What was found and what it means, in a sentence. */
    public String describe() {
        final Seal seal = head.seal();
        final String name = "seal " + seal.sealNumber() + " over records to " + seal.lastSequence();
        return switch (finding()) {
            case FITS ->
                name + ": the journal holds this head; what stood up to it then stands there unchanged"
                        + (identity == Identity.UNKNOWN ? " (the head's signature was not checked)" : "");
            case OTHER_GATEWAY ->
                name + ": the head is not of this gateway: it names " + seal.gatewayId()
                        + ", or was signed with another key; it says nothing of this journal";
            case BEYOND_END ->
                name + ": the journal ends before it, " + endOfJournal()
                        + "; what the gateway had sealed after that is missing: records were lost or cut off, or this is an"
                        + " older copy";
            case PARTS_AT_HEAD ->
                name + ": REWRITTEN: the journal has another seal of this number; both are one up to seal "
                        + (seal.sealNumber() - 1) + " and part at seal " + seal.sealNumber() + meaning();
            case PARTS_BEFORE ->
                name + ": REWRITTEN: the journal has another seal of this number, and they part before it, at"
                        + " a seal that this head cannot name: an earlier head would" + meaning();
            case UNREADABLE ->
                name + ": the journal's seal of this number cannot be read; mend the damage and compare again";
        };
    }

    private String endOfJournal() {
        if (lastNumber < 0) {
            return "without any seal";
        }
        final String end = "at seal " + lastNumber + (last == null ? "" : " over records to " + last.lastSequence());
        return head.number() == lastNumber + 1 && isSameBefore() ? end + ", up to which both are one" : end;
    }

    private static String meaning() {
        return "; the gateway's key signed two histories. Somebody changed sealed records and sealed again, or an older copy"
                + " was restored and gone on with. The head, and receipts of that time, are evidence: keep them";
    }
}
