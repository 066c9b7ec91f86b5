package io.settlegate.gateway.inspection;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text with columns as wide as their widest cell; Chinese characters take two places. One use, one thread.
 */
public final class TextTable {
    private static final String GAP = "  ";
    private static final int FIRST_WIDE = 0x1100;

    /** Where a cell's text stands. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private final List<Align> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(final List<Align> columns) {
        this.columns = List.copyOf(columns);
    }

    public void add(final String... cells) {
        rows.add(List.of(cells));
    }

    /** Each row as a line, without spaces at its end. */
    public List<String> lines() {
        final int[] widths = new int[columns.size()];
        for (final List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        final List<String> lines = new ArrayList<>();
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                final String space = " ".repeat(widths[i] - width(row.get(i)));
                line.append(i == 0 ? "" : GAP)
                        .append(columns.get(i) == Align.LEFT ? row.get(i) + space : space + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** Places that a text takes on the screen. */
    public static int width(final String text) {
        return text.codePoints().map(point -> point >= FIRST_WIDE ? 2 : 1).sum();
    }

    /** The text in lines of at most so many places, broken at spaces; the later ones begin with the indent. */
    public static List<String> wrapped(final String first, final String indent, final String text, final int most) {
        final List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean isEmpty = true;
        for (final String word : text.split(" ", -1)) {
            if (!isEmpty && width(line.toString()) + 1 + width(word) > most) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
