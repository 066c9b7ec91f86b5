package io.settlegate.journal;

import io.settlegate.protocol.crypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What an archived segment holds, as text that a person can read, one thing on a line:
 *
 * <pre>
 *   settlegate archive 1
 *   gateway SG-320300
 *   segment 7
 *   sequences 1000 1999
 *   seals 50 99
 *   lastSealHash (hex)
 *   lastSealTimeMs 1764201600000
 *   archive segment-00000007.sga 123456 (SM3 in hex)
 *   file 20261128F.cq4 83886080 (SM3 in hex)
 *   check (SM3 in hex of all lines before)
 * </pre>
 *
 * <p>A value. The check finds damage and no forgery: what was archived is proven by the seals in it, when it is put back.
 *
 * @param gatewayId whose journal it is.
 * @param segment its number.
 * @param firstSequence of its own records.
 * @param lastSequence under the seal with which it ended.
 * @param firstSeal the first of its seals.
 * @param lastSeal with which it ended.
 * @param lastSealHash of that seal.
 * @param lastSealTimeMs of that seal.
 * @param archive the compressed file.
 * @param files what it holds.
 */
public record SegmentManifest(
        String gatewayId,
        int segment,
        long firstSequence,
        long lastSequence,
        long firstSeal,
        long lastSeal,
        byte[] lastSealHash,
        long lastSealTimeMs,
        Item archive,
        List<Item> files) {

    /** A file: its name, its length, the SM3 of all its bytes. */
    public record Item(String name, long length, byte[] hash) {
        private String line(final String word) {
            return word + ' ' + name + ' ' + length + ' ' + HexFormat.of().formatHex(hash);
        }
    }

    private static final String TITLE = "settlegate archive 1";
    private static final int FIXED_LINES = 8;

    /** Name of the manifest of a segment. */
    public static String nameOf(final int segment) {
        return String.format("segment-%08d.manifest", segment);
    }

    /** The text, as UTF-8. */
    public byte[] encode() {
        final StringBuilder text = new StringBuilder();
        final List<String> lines = new ArrayList<>(List.of(
                TITLE,
                "gateway " + gatewayId,
                "segment " + segment,
                "sequences " + firstSequence + ' ' + lastSequence,
                "seals " + firstSeal + ' ' + lastSeal,
                "lastSealHash " + HexFormat.of().formatHex(lastSealHash),
                "lastSealTimeMs " + lastSealTimeMs,
                archive.line("archive")));
        files.forEach(file -> lines.add(file.line("file")));
        lines.forEach(line -> text.append(line).append('\n'));
        final String check = check(text.toString());
        return text.append("check ").append(check).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String check(final String before) {
        return HexFormat.of().formatHex(Sm3.hash(before.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads a manifest; null if the bytes are none, or its check does not hold. */
    public static SegmentManifest decode(final byte[] bytes) {
        final String text = new String(bytes, StandardCharsets.UTF_8);
        final int checkAt = text.lastIndexOf("check ");
        if (checkAt < 0 || !text.substring(checkAt).equals("check " + check(text.substring(0, checkAt)) + '\n')) {
            return null;
        }
        final String[] lines = text.substring(0, checkAt).lines().toArray(String[]::new);
        if (lines.length < FIXED_LINES || !lines[0].equals(TITLE)) {
            return null;
        }
        try {
            final List<Item> files = new ArrayList<>();
            for (int i = FIXED_LINES; i < lines.length; i++) {
                files.add(item(lines[i], "file"));
            }
            final String[] sequences = words(lines[3], "sequences", 2);
            final String[] seals = words(lines[4], "seals", 2);
            return new SegmentManifest(
                    words(lines[1], "gateway", 1)[0],
                    Integer.parseInt(words(lines[2], "segment", 1)[0]),
                    Long.parseLong(sequences[0]),
                    Long.parseLong(sequences[1]),
                    Long.parseLong(seals[0]),
                    Long.parseLong(seals[1]),
                    HexFormat.of().parseHex(words(lines[5], "lastSealHash", 1)[0]),
                    Long.parseLong(words(lines[6], "lastSealTimeMs", 1)[0]),
                    item(lines[7], "archive"),
                    files);
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    private static Item item(final String line, final String word) {
        final String[] words = words(line, word, 3);
        if (words[0].contains("/") || words[0].startsWith(".")) {
            throw new IllegalArgumentException("a name that leads elsewhere: " + words[0]);
        }
        return new Item(words[0], Long.parseLong(words[1]), HexFormat.of().parseHex(words[2]));
    }

    private static String[] words(final String line, final String word, final int count) {
        final String[] words = line.split(" ", -1);
        if (words.length != count + 1 || !words[0].equals(word)) {
            throw new IllegalArgumentException("not a line of " + word + ": " + line);
        }
        return java.util.Arrays.copyOfRange(words, 1, words.length);
    }
}
