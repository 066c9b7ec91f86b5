package io.settlegate.gateway.operations;

import io.settlegate.gateway.inspection.CleanText;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.gateway.settlement.codec.ReadUnmaskedEncoder;
import io.settlegate.protocol.crypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What somebody is about to read unmasked.
 *
 * @param command by which.
 * @param firstSequence of what is read.
 * @param lastSequence of it; {@link #OPEN} where reading goes on with what comes.
 * @param asked the options in clear, which leave this object as a digest only.
 * @param askedMasked the options, persons masked.
 */
public record ReadScope(ReadCommand command, long firstSequence, long lastSequence, String asked, String askedMasked) {
    /** A last sequence that does not end. */
    public static final long OPEN = Long.MAX_VALUE;

    private static final int TEXT_LENGTH = ReadUnmaskedEncoder.scopeEncodingLength();
    private static final int ACT_ID_LENGTH = 30;
    private static final String CUT = "...";

    /** SM3 over the act's id, padded with zeros, and what was asked for: who knows what to look for can find it. */
    byte[] digest(final String actId) {
        final byte[] text = asked.getBytes(StandardCharsets.UTF_8);
        final byte[] bytes = Arrays.copyOf(actId.getBytes(StandardCharsets.US_ASCII), ACT_ID_LENGTH + text.length);
        System.arraycopy(text, 0, bytes, ACT_ID_LENGTH, text.length);
        return Sm3.hash(bytes);
    }

    /** The masked options, cut to what the act holds. */
    String shown() {
        final String clean = CleanText.of(askedMasked);
        String text = clean;
        int end = clean.length();
        while (lengthOf(text) > TEXT_LENGTH) {
            end = clean.offsetByCodePoints(end, -1);
            text = clean.substring(0, end) + CUT;
        }
        return text;
    }

    /** Null, or which rule a reason breaks. */
    public static String textFault(final String text) {
        if (text == null || text.isBlank() || text.charAt(0) == ' ') {
            return "must say something, and begin with it";
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return "must be one line";
        }
        return lengthOf(text) > TEXT_LENGTH ? "has " + lengthOf(text) + " bytes; " + TEXT_LENGTH + " are room" : null;
    }

    private static int lengthOf(final String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
