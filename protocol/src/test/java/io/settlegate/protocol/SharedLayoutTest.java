package io.settlegate.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Messages that share an encoder or a decoder have the same fields in the same places, by the schema. */
class SharedLayoutTest {
    private final Map<Integer, List<String>> fields = new TreeMap<>();

    @BeforeEach
    void read() throws Exception {
        try (InputStream schema = SharedLayoutTest.class.getResourceAsStream("/settlegate-protocol.xml")) {
            final Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(schema)
                    .getDocumentElement();
            for (final Element top : children(root)) {
                if (top.getTagName().equals("sbe:message")) {
                    final List<String> names = new ArrayList<>();
                    collect(top, names);
                    fields.put(Integer.valueOf(top.getAttribute("id")), names);
                }
            }
        }
    }

    @Test
    void shouldLayOutRequestsAlike() {
        assertSame(2102, 2101);
        assertSame(2204, 2301);
        assertSame(2205, 2302);
        assertSame(2207, 2206, 2303, 2304);
        assertSame(2208, 2305);
        assertSame(2202, 2404, 2405);
    }

    @Test
    void shouldLayOutOutcomesAlike() {
        assertSame(12102, 12101, 12206, 12207, 12303, 12304);
        assertSame(12103, 12208, 12305);
        assertSame(12204, 12301);
        assertSame(12205, 12302);
        assertSame(12201, 12202, 12203, 12401, 12402, 12404, 12405);
    }

    /** Each of the transactions answers with the message whose number is 10000 more; a missing one is found here. */
    @Test
    void shouldHaveAnOutcomeForEachRequest() {
        fields.forEach((template, names) -> {
            if (names.get(0).equals("header RequestHeader")) {
                assertThat(fields).as("outcome of %d", template).containsKey(10_000 + template);
                assertThat(fields.get(10_000 + template).get(0)).isEqualTo("header OutcomeHeader");
            }
        });
    }

    private void assertSame(final int first, final int... others) {
        for (final int other : others) {
            assertThat(fields.get(other)).as("%d like %d", other, first).isEqualTo(fields.get(first));
        }
    }

    private static void collect(final Element parent, final List<String> names) {
        for (final Element field : children(parent)) {
            names.add((field.getAttribute("name") + ' ' + field.getAttribute("type")).strip());
            collect(field, names);
        }
    }

    private static List<Element> children(final Element parent) {
        final List<Element> result = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                result.add(element);
            }
        }
        return result;
    }
}
