package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The lines of a desk's file: eight hexadecimal digits of the CRC32C of what follows the blank behind them, then words.
 *
 * <pre>
 * DESK 1 institution
 * OPEN msgid correlationId ASK|RESEND|REVERSE answerTimeoutMs tries giveUpAfterMs base64(request)
 * REVERSAL omsgid msgid correlationId base64(request)
 * END msgid SETTLED|REFUSED|REVERSED|CANCELLED|NEVER_CAME code
 * TOLD msgid
 * </pre>
 */
final class FileLine {
    private static final String VERSION = "1";
    private static final int CHECK_LENGTH = 8;

    private FileLine() {}

    static byte[] desk(final String institution) {
        return line("DESK " + VERSION + ' ' + institution);
    }

    static byte[] open(final SignedRequest request, final UnknownRule rule) {
        return line("OPEN " + request.msgid() + ' ' + request.correlationId() + ' ' + rule.move() + ' '
                + rule.answerTimeout().toMillis() + ' ' + rule.tries() + ' '
                + rule.giveUpAfter().toMillis() + ' ' + base64(request));
    }

    static byte[] reversal(final String omsgid, final SignedRequest reversal) {
        return line("REVERSAL " + omsgid + ' ' + reversal.msgid() + ' ' + reversal.correlationId() + ' '
                + base64(reversal));
    }

    static byte[] end(final String msgid, final KnownOutcome.End end, final ResultCode code) {
        return line("END " + msgid + ' ' + end + ' ' + code.code());
    }

    static byte[] told(final String msgid) {
        return line("TOLD " + msgid);
    }

    private static String base64(final SignedRequest request) {
        return Base64.getEncoder().encodeToString(request.frame());
    }

    private static byte[] line(final String words) {
        return (check(words) + ' ' + words + '\n').getBytes(StandardCharsets.US_ASCII);
    }

    private static String check(final String words) {
        final CRC32C crc = new CRC32C();
        crc.update(words.getBytes(StandardCharsets.ISO_8859_1));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** The words of a line without its end; null if its check fails. */
    static String[] words(final String line) {
        if (line.length() <= CHECK_LENGTH + 1 || line.charAt(CHECK_LENGTH) != ' ') {
            return null;
        }
        final String words = line.substring(CHECK_LENGTH + 1);
        return check(words).equals(line.substring(0, CHECK_LENGTH)) ? words.split(" ", -1) : null;
    }

    /** The institution of a first line. @throws IllegalArgumentException if it is none that this version reads. */
    static String institution(final String[] words) {
        if (words.length != 3 || !words[0].equals("DESK") || !words[1].equals(VERSION)) {
            throw new IllegalArgumentException("it does not begin a desk's file of version " + VERSION);
        }
        return words[2];
    }

    /** The request and rule of an OPEN line. */
    static OpenEntry entry(final String[] words) {
        require(words, 8);
        return new OpenEntry(
                new SignedRequest(
                        words[1], Long.parseLong(words[2]), Base64.getDecoder().decode(words[7])),
                new UnknownRule(
                        UnknownRule.Move.valueOf(words[3]),
                        Duration.ofMillis(Long.parseLong(words[4])),
                        Integer.parseInt(words[5]),
                        Duration.ofMillis(Long.parseLong(words[6]))));
    }

    /** The reversal of a REVERSAL line. */
    static SignedRequest reversal(final String[] words) {
        require(words, 5);
        return new SignedRequest(
                words[2], Long.parseLong(words[3]), Base64.getDecoder().decode(words[4]));
    }

    /** The entry of an END line's msgid, ended. */
    static OpenEntry ended(final OpenEntry entry, final String[] words) {
        require(words, 4);
        return entry.endedBy(KnownOutcome.End.valueOf(words[2]), ResultCode.of(Integer.parseInt(words[3])));
    }

    private static void require(final String[] words, final int count) {
        if (words.length != count) {
            throw new IllegalArgumentException(words[0] + " has " + words.length + " words, not " + count);
        }
    }
}
