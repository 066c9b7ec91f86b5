package io.settlegate.protocol.receipt.proof;

import io.settlegate.protocol.crypto.Sm3;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads and writes the lines of a head or a proof: a title, then {@code name: value} lines in a fixed order, each ended by a
 * line feed. Hexadecimal digits are in lower case. There is one text for each content, so whoever reads one writes it again
 * and compares: nothing in it is ignored.
 *
 * <p>One thread at a time. Never blocks. What is no such text is an {@link IllegalArgumentException} that names the line.
 */
final class ProofLines {
    /** Far above what a proof can have. */
    static final int MAX_TEXT_LENGTH = 64 * 1024;

    private static final HexFormat HEX = HexFormat.of();

    private final String[] lines;
    private int at;

    private ProofLines(final String[] lines) {
        this.lines = lines;
    }

    /** Takes a text apart; its first line must be the title. */
    static ProofLines of(final String text, final String title) {
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("the file has " + text.length() + " characters, more than the "
                    + MAX_TEXT_LENGTH + " of any such file");
        }
        if (text.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(
                    "lines end with a carriage return: something changed the file on its way; copy it as bytes");
        }
        final ProofLines lines = new ProofLines(text.split("\n", -1));
        if (!lines.lines[0].equals(title)) {
            throw new IllegalArgumentException("line 1 is not '" + title + "'");
        }
        lines.at = 1;
        return lines;
    }

    /** The value of the next line, which must have that name. */
    String value(final String name) {
        if (!isNext(name)) {
            throw new IllegalArgumentException("line " + (at + 1) + " is not '" + name + ": ...'");
        }
        return lines[at++].substring(name.length() + 2);
    }

    /** Goes over lines that follow from others; whether they do is found by {@link #checkSame}. */
    void pass(final List<String> names) {
        names.forEach(this::value);
    }

    private boolean isNext(final String name) {
        return at < lines.length && lines[at].startsWith(name + ": ");
    }

    long number(final String name) {
        final String value = value(name);
        try {
            return Long.parseLong(value);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("line " + at + ", " + name + ", is no number", e);
        }
    }

    byte[] bytes(final String name) {
        final String value = value(name);
        try {
            return HEX.parseHex(value);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + at + ", " + name + ", is not of hexadecimal digits", e);
        }
    }

    byte[] hash(final String name) {
        final byte[] bytes = bytes(name);
        if (bytes.length != Sm3.LENGTH) {
            throw new IllegalArgumentException(
                    "line " + at + ", " + name + ", has " + bytes.length + " bytes, not " + Sm3.LENGTH);
        }
        return bytes;
    }

    /** The hashes of all lines of that name that follow, one after the other. */
    byte[] path(final String name) {
        final ByteArrayOutputStream path = new ByteArrayOutputStream();
        for (int count = 0; isNext(name); count++) {
            if (count == RangeProofs.MAX_PATH_COUNT) {
                throw new IllegalArgumentException("line " + (at + 1) + ": no " + name + " is that long");
            }
            path.writeBytes(hash(name));
        }
        return path.toByteArray();
    }

    /** Compares the text with the one that its content gives. */
    static void checkSame(final String text, final String expected) {
        if (text.equals(expected)) {
            return;
        }
        final String[] found = text.split("\n", -1);
        final String[] wanted = expected.split("\n", -1);
        for (int i = 0; i < Math.max(found.length, wanted.length); i++) {
            final String line = i < found.length ? found[i] : null;
            if (i >= wanted.length || !wanted[i].equals(line)) {
                throw new IllegalArgumentException("line " + (i + 1) + " is not what the signed bytes in the file say"
                        + (i < wanted.length - 1 ? ": that would be '" + shortened(wanted[i]) + "'" : ""));
            }
        }
    }

    private static String shortened(final String line) {
        final int longest = 100;
        return line.length() <= longest ? line : line.substring(0, longest) + "...";
    }

    /** Writes such a text. */
    static final class Writer {
        private final StringBuilder text = new StringBuilder();

        Writer(final String title) {
            text.append(title).append('\n');
        }

        Writer line(final String name, final Object value) {
            text.append(name).append(": ").append(value).append('\n');
            return this;
        }

        Writer line(final String name, final byte[] bytes) {
            return line(name, HEX.formatHex(bytes));
        }

        Writer path(final String name, final byte[] path) {
            for (int i = 0; i < path.length; i += Sm3.LENGTH) {
                line(name, HEX.formatHex(path, i, i + Sm3.LENGTH));
            }
            return this;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
