package io.settlegate.gateway.pages;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The one template of all pages: HTML for A4 that escapes every value and loads nothing.
 *
 * <p>Immutable; any thread. A name in the template that the page does not have is an exception, not an empty place.
 */
public final class PageTemplate {
    private static final String RESOURCE = "/pages/page.mustache";

    private final Template template;

    public PageTemplate() {
        template = Mustache.compiler().escapeHTML(true).strictSections(true).compile(source());
    }

    private static String source() {
        try (InputStream in = PageTemplate.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page as a whole HTML document. */
    public String render(final Page page) {
        return template.execute(page);
    }
}
