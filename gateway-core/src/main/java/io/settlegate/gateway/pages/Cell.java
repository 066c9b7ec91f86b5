package io.settlegate.gateway.pages;

/**
 * One cell of a table.
 *
 * @param text as it is to be read; the template escapes it.
 * @param look the name of a class of the style sheet: text, number, good, bad.
 * @param href a page beside this one, or empty.
 * @param bar drawn behind the text, or null.
 */
public record Cell(String text, String look, String href, Bar bar) {
    /**
     * A ratio as a bar.
     *
     * @param width of the bar in per cent of the whole, 0 to 100, as text with a point.
     * @param mark where the target stands, in the same unit; empty where there is none.
     * @param look good, bad, or plain.
     */
    public record Bar(String width, String mark, String look) {
        public boolean hasMark() {
            return !mark.isEmpty();
        }
    }

    public static Cell text(final String text) {
        return new Cell(text, "text", "", null);
    }

    /** On the right. */
    public static Cell number(final String text) {
        return new Cell(text, "number", "", null);
    }

    public static Cell link(final String text, final String href) {
        return new Cell(text, "text", href, null);
    }

    /** With a look of its own. */
    public static Cell of(final String text, final String look) {
        return new Cell(text, look, "", null);
    }

    public static Cell bar(final String text, final Bar bar) {
        return new Cell(text, "bar", "", bar);
    }

    public boolean hasLink() {
        return !href.isEmpty();
    }

    public boolean hasBar() {
        return bar != null;
    }
}
