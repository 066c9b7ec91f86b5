package io.settlegate.protocol.receipt.proof;

import io.settlegate.protocol.receipt.Seal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A head: a seal that somebody keeps, away from the gateway. It is signed and speaks for the whole journal up to it: its tree
 * head covers seals 0 to {@code number - 1}, and its signature covers the batch of its own.
 *
 * <p>Its text is for people to read and for files to keep; the readable lines follow from the seal's bytes in the last one.
 * {@link #read} refuses a text in which any line is missing, added, or changed. Whether the signature holds is asked separately.
 *
 * <p>A value, safe for all threads.
 *
 * @param seal with its signature.
 */
public record Head(Seal seal) {
    private static final String TITLE = "settlegate head 1";
    private static final List<String> READABLE = List.of(
            "gateway-id",
            "gateway-key-version",
            "seal-number",
            "first-sequence",
            "last-sequence",
            "time-ms",
            "time",
            "durability",
            "merkle-root",
            "previous-seal-hash",
            "mountain-range-root",
            "state-hash",
            "seal-hash");
    private static final String SEAL = "seal";

    /** Business time; years of five digits and more have a sign. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.ofHours(8));

    /** True if the text says of itself that it is a head. */
    public static boolean isHead(final String text) {
        return text.startsWith(TITLE + "\n");
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is not, to the letter, the text of a head; the message names the line.
     */
    public static Head read(final String text) {
        final ProofLines lines = ProofLines.of(text, TITLE);
        lines.pass(READABLE);
        final Head head = new Head(Seal.decode(lines.bytes(SEAL)));
        ProofLines.checkSame(text, head.toText());
        return head;
    }

    /** The one text of this head. */
    public String toText() {
        return new ProofLines.Writer(TITLE)
                .line("gateway-id", seal.gatewayId())
                .line("gateway-key-version", seal.gatewayKeyVersion())
                .line("seal-number", seal.sealNumber())
                .line("first-sequence", seal.firstSequence())
                .line("last-sequence", seal.lastSequence())
                .line("time-ms", seal.timeMs())
                .line("time", time(seal.timeMs()))
                .line("durability", seal.durability())
                .line("merkle-root", seal.merkleRoot())
                .line("previous-seal-hash", seal.previousSealHash())
                .line("mountain-range-root", seal.mountainRangeRoot())
                .line("state-hash", String.format("%016x%016x", seal.stateHashHigh(), seal.stateHashLow()))
                .line("seal-hash", seal.hash())
                .line(SEAL, seal.bytes())
                .toString();
    }

    static String time(final long timeMs) {
        return TIME.format(Instant.ofEpochMilli(timeMs));
    }

    /** Number of the seal, which is how many seals its tree head covers. */
    public long number() {
        return seal.sealNumber();
    }
}
