package io.settlegate.protocol.client.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a desk's file. A power cut in the middle of an append leaves a last line without its end, or one with zeros where a sector was
 * not written: nothing was sent for it, so it is passed over. Every other fault is damage and refused by its place.
 */
final class DeskFileContent {
    private final Path file;
    private final String text;
    private final Map<String, OpenEntry> open = new LinkedHashMap<>();
    private String institution;
    private int lineNumber;
    private int offset;

    /** @throws DamagedFileException if the file is damaged, or is no desk's file. */
    DeskFileContent(final Path file, final byte[] bytes) throws IOException {
        this.file = file;
        // One character for each byte, so that offsets are the file's.
        this.text = new String(bytes, StandardCharsets.ISO_8859_1);
        while (offset < text.length()) {
            lineNumber++;
            final int end = text.indexOf('\n', offset);
            final String line = text.substring(offset, end < 0 ? text.length() : end);
            final String[] words = FileLine.words(line);
            if (words == null) {
                requireTorn(line, end < 0);
                return;
            }
            take(words);
            offset += line.length() + 1;
        }
    }

    private void take(final String[] words) throws IOException {
        try {
            if (lineNumber == 1) {
                institution = FileLine.institution(words);
            } else {
                takeEntry(words);
            }
        } catch (final IllegalArgumentException e) {
            throw damage("the line cannot be read: " + e.getMessage());
        }
    }

    private void takeEntry(final String[] words) {
        switch (words[0]) {
            case "OPEN" -> open.put(words[1], FileLine.entry(words));
            case "REVERSAL" ->
                open.computeIfPresent(words[1], (msgid, entry) -> entry.reversedBy(FileLine.reversal(words)));
            case "END" -> open.computeIfPresent(words[1], (msgid, entry) -> FileLine.ended(entry, words));
            case "TOLD" -> open.remove(words[1]);
            default -> throw new IllegalArgumentException("a line begins with OPEN, REVERSAL, END, or TOLD");
        }
    }

    /** A last line that is whole but for a byte is no torn append: the end of the line was changed. */
    private void requireTorn(final String line, final boolean isWithoutEnd) throws IOException {
        if (isWithoutEnd && (line.isEmpty() || FileLine.words(line.substring(0, line.length() - 1)) == null)) {
            return;
        }
        if (text.indexOf('\0', offset) < 0 || hasGoodLineBehind()) {
            throw damage("the line fails its check");
        }
    }

    private boolean hasGoodLineBehind() {
        return text.substring(offset).lines().skip(1).anyMatch(line -> FileLine.words(line) != null);
    }

    private DamagedFileException damage(final String what) {
        return new DamagedFileException(file, lineNumber, offset, what);
    }

    /** Of the first line; null if the file is empty, or was torn in its first line. */
    String institution() {
        return institution;
    }

    /** By msgid, oldest first. */
    Map<String, OpenEntry> open() {
        return open;
    }
}
