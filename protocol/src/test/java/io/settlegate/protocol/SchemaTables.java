package io.settlegate.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Renders the byte tables of the protocol document from the SBE schema: offset, length, type, meaning of each field. */
final class SchemaTables {
    private static final Map<String, Integer> PRIMITIVE_LENGTHS = Map.of(
            "char", 1, "uint8", 1, "int8", 1, "uint16", 2, "int16", 2, "uint32", 4, "int32", 4, "int64", 8, "uint64",
            8);

    private final Map<String, Element> types = new HashMap<>();
    private final List<Element> messages = new ArrayList<>();

    SchemaTables(final InputStream schema) throws IOException {
        try {
            final Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(schema);
            for (final Element top : children(document.getDocumentElement())) {
                if (top.getTagName().equals("types")) {
                    for (final Element type : children(top)) {
                        types.put(type.getAttribute("name"), type);
                    }
                } else {
                    messages.add(top);
                }
            }
        } catch (final ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    /** All messages, as Markdown. */
    String messages() {
        final StringBuilder text = new StringBuilder();
        for (final Element message : messages) {
            text.append("### ")
                    .append(message.getAttribute("id"))
                    .append(' ')
                    .append(message.getAttribute("name"))
                    .append("\n\n");
            sentence(text, message.getAttribute("description"));
            final List<String[]> rows = new ArrayList<>();
            final int blockLength = rows(rows, message);
            text.append("Block of ")
                    .append(blockLength)
                    .append(" bytes.\n\n| offset | length | field | type | meaning |\n")
                    .append("| --- | --- | --- | --- | --- |\n");
            rows.forEach(
                    row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
            text.append('\n');
        }
        return text.toString();
    }

    /** The enumerations, as Markdown. */
    String enumerations() {
        final StringBuilder text = new StringBuilder();
        types.values().stream()
                .filter(type -> type.getTagName().equals("enum"))
                .sorted((a, b) -> a.getAttribute("name").compareTo(b.getAttribute("name")))
                .forEach(type -> {
                    text.append("| ").append(type.getAttribute("name")).append(" | ");
                    final List<String> values = new ArrayList<>();
                    for (final Element value : children(type)) {
                        final String description = value.getAttribute("description");
                        values.add(value.getTextContent()
                                + ' '
                                + value.getAttribute("name")
                                + (description.isEmpty() ? "" : " (" + description + ')'));
                    }
                    text.append(String.join("; ", values)).append(" |\n");
                });
        return text.toString();
    }

    private int rows(final List<String[]> rows, final Element message) {
        int offset = 0;
        for (final Element field : children(message)) {
            switch (field.getTagName()) {
                case "field" -> offset = field(rows, field, offset, "");
                case "group" -> {
                    rows.add(new String[] {
                        "then",
                        "4",
                        '`' + field.getAttribute("name") + '`',
                        "group",
                        "u16 length of an entry, u16 entries; " + field.getAttribute("description")
                    });
                    int inner = 0;
                    for (final Element entry : children(field)) {
                        if (entry.getTagName().equals("data")) {
                            variable(rows, entry, "each entry");
                        } else {
                            inner = field(rows, entry, inner, "+");
                        }
                    }
                }
                case "data" -> variable(rows, field, "then");
                default ->
                    throw new IllegalArgumentException(
                            "the tables do not know a " + field.getTagName() + " in " + message.getAttribute("name"));
            }
        }
        return offset;
    }

    private static void variable(final List<String[]> rows, final Element data, final String where) {
        rows.add(new String[] {
            where,
            "2 + n",
            '`' + data.getAttribute("name") + '`',
            data.getAttribute("type").equals("varTextEncoding") ? "u16 n, UTF-8 text" : "u16 n, bytes",
            data.getAttribute("description")
        });
    }

    /** @return the offset after the field. */
    private int field(final List<String[]> rows, final Element field, final int offset, final String prefix) {
        final String typeName = field.getAttribute("type");
        final Element type = types.get(typeName);
        if (type != null && type.getTagName().equals("composite")) {
            int inner = offset;
            for (final Element part : children(type)) {
                final String partType = part.getTagName().equals("ref") ? part.getAttribute("type") : null;
                inner = row(
                        rows,
                        part,
                        partType == null ? part : types.get(partType),
                        partType == null ? part.getAttribute("primitiveType") : partType,
                        inner,
                        prefix);
            }
            return inner;
        }
        return row(rows, field, type, typeName, offset, prefix);
    }

    private int row(
            final List<String[]> rows,
            final Element field,
            final Element type,
            final String typeName,
            final int offset,
            final String prefix) {
        final int length = length(type, typeName);
        final String description = field.getAttribute("description").isEmpty() && type != null
                ? type.getAttribute("description")
                : field.getAttribute("description");
        rows.add(new String[] {
            prefix + offset,
            String.valueOf(length),
            '`' + field.getAttribute("name") + '`',
            shown(type, typeName),
            description
        });
        return offset + length;
    }

    private int length(final Element type, final String typeName) {
        if (type == null) {
            return PRIMITIVE_LENGTHS.get(typeName);
        }
        if (type.getTagName().equals("enum")) {
            return PRIMITIVE_LENGTHS.get(type.getAttribute("encodingType"));
        }
        final String length = type.getAttribute("length");
        return PRIMITIVE_LENGTHS.get(type.getAttribute("primitiveType"))
                * (length.isEmpty() ? 1 : Integer.parseInt(length));
    }

    private static String shown(final Element type, final String typeName) {
        if (type == null) {
            return typeName;
        }
        if (type.getTagName().equals("enum")) {
            return type.getAttribute("encodingType") + ' ' + typeName;
        }
        final String length = type.getAttribute("length");
        return type.getAttribute("primitiveType") + (length.isEmpty() ? "" : '[' + length + ']');
    }

    private static void sentence(final StringBuilder text, final String description) {
        if (!description.isEmpty()) {
            text.append(Character.toUpperCase(description.charAt(0)))
                    .append(description.substring(1))
                    .append(".\n\n");
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
