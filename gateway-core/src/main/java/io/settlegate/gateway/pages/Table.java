package io.settlegate.gateway.pages;

import java.util.List;

/**
 * A table of a page. Each row has a cell for each heading.
 *
 * @param title in Chinese.
 * @param note in English, printed small.
 */
public record Table(String title, String note, List<Heading> headings, List<Row> rows) {
    /**
     * @param look plain, or sum for a row of sums.
     */
    public record Row(String look, List<Cell> cells) {
        public static Row plain(final List<Cell> cells) {
            return new Row("plain", List.copyOf(cells));
        }

        public static Row sum(final List<Cell> cells) {
            return new Row("sum", List.copyOf(cells));
        }
    }

    public Table {
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
        for (final Row row : rows) {
            if (row.cells().size() != headings.size()) {
                throw new IllegalArgumentException("table " + title + " has " + headings.size()
                        + " headings and a row of " + row.cells().size() + " cells");
            }
        }
    }
}
