package io.settlegate.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The one template: its structure, and that it escapes every place in which a value can stand. */
class PageTemplateTest {
    private static final Pattern TAG = Pattern.compile("</?([a-z0-9]+)[ >]");
    private static final String EVIL = "<b onclick=\"x\">&'é\u0000";

    private static Page page(final String text) {
        return new Page(
                text,
                text,
                text,
                "good",
                List.of(new Page.Fact(text, text, text)),
                List.of(text),
                List.of(new Table(
                        text,
                        text,
                        List.of(Heading.text(text, text), Heading.number(text, text)),
                        List.of(
                                Table.Row.plain(List.of(Cell.link(text, text), Cell.number(text))),
                                Table.Row.sum(List.of(
                                        Cell.text(text), Cell.bar(text, new Cell.Bar("12.50", "50", "bad"))))))),
                List.of(Page.Check.of(true, text, text), Page.Check.open(text, text)),
                List.of(text),
                List.of(text));
    }

    @Test
    void shouldKeepItsStructure() {
        final String html = new PageTemplate().render(page("x"));
        final List<String> tags = new ArrayList<>();
        final Matcher matcher = TAG.matcher(html.substring(html.indexOf("<body>")));
        while (matcher.find()) {
            if (!matcher.group().startsWith("</")) {
                tags.add(matcher.group(1));
            }
        }
        assertThat(String.join(" ", tags))
                .isEqualTo("body header h1 p div dl dt small dd div p section h2 small table thead tr th small th small"
                        + " tbody tr td a td tr td td svg rect rect rect section h2 small ul li b span li b span"
                        + " div div div footer p");
        assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"zh-CN\">").contains("size: A4 landscape");
    }

    @Test
    void shouldEscapeEveryValue() {
        final String html = new PageTemplate().render(page(EVIL));
        assertThat(html).doesNotContain("<b onclick").doesNotContain("onclick=\"x\"");
        assertThat(html.split("&lt;b onclick", -1).length - 1)
                .as("all places")
                .isEqualTo(new PageTemplate().render(page("MARK")).split("MARK", -1).length - 1);
    }

    @Test
    void shouldRepeatTheTitleOnEverySheetWithoutEndingTheStyle() {
        final String html = new PageTemplate().render(page("\"}</style>"));
        assertThat(html)
                .contains("@top-left { content: \"\\22 \\7d \\3c \\2f \\73 ")
                .contains("counter(page)")
                .containsOnlyOnce("</style>");
    }

    @Test
    void shouldLoadNothing() {
        assertThat(new PageTemplate().render(page("x")))
                .doesNotContain("<script")
                .doesNotContain("url(")
                .doesNotContain("@import")
                .doesNotContain("src=")
                .doesNotContain("<link")
                .contains("default-src 'none'");
    }

    @Test
    void shouldRefuseARowThatIsNotAsWideAsItsTable() {
        assertThatThrownBy(() -> new Table(
                        "t",
                        "",
                        List.of(Heading.text("a", "a")),
                        List.of(Table.Row.plain(List.of(Cell.text("1"), Cell.text("2"))))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
