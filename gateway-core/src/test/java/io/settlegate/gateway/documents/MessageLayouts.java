package io.settlegate.gateway.documents;

import io.settlegate.gateway.documents.MessageLayout.Field;
import io.settlegate.gateway.documents.MessageLayout.Variable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The layouts of all messages, read from the schema and not from the generated codecs, so that the two are compared. */
final class MessageLayouts {
    private static final Map<String, Integer> PRIMITIVE_LENGTHS =
            Map.of("char", 1, "uint8", 1, "uint16", 2, "int16", 2, "uint32", 4, "int32", 4, "int64", 8);

    private final Map<String, Element> types = new HashMap<>();
    private final Map<Integer, MessageLayout> layouts = new TreeMap<>();

    private MessageLayouts(final Document schema) {
        for (final Element top : children(schema.getDocumentElement())) {
            if (top.getTagName().equals("types")) {
                children(top).forEach(type -> types.put(type.getAttribute("name"), type));
            } else {
                final MessageLayout layout = layout(top);
                layouts.put(layout.templateId(), layout);
            }
        }
    }

    static MessageLayouts read() throws IOException {
        try (InputStream schema = MessageLayouts.class.getResourceAsStream("/settlegate-protocol.xml")) {
            return new MessageLayouts(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(schema));
        } catch (final ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    MessageLayout of(final int templateId) {
        final MessageLayout layout = layouts.get(templateId);
        if (layout == null) {
            throw new IllegalArgumentException("the schema has no message " + templateId);
        }
        return layout;
    }

    /** All of them, in the order of their template numbers. */
    Collection<MessageLayout> all() {
        return layouts.values();
    }

    private MessageLayout layout(final Element message) {
        final List<Field> block = new ArrayList<>();
        final List<Field> entry = new ArrayList<>();
        final List<Variable> entryVariables = new ArrayList<>();
        final List<Variable> variables = new ArrayList<>();
        String groupName = "";
        for (final Element child : children(message)) {
            switch (child.getTagName()) {
                case "field" -> addField(block, child);
                case "group" -> {
                    groupName = child.getAttribute("name");
                    for (final Element field : children(child)) {
                        if (field.getTagName().equals("data")) {
                            entryVariables.add(variable(field));
                        } else {
                            addField(entry, field);
                        }
                    }
                }
                default -> variables.add(variable(child));
            }
        }
        return new MessageLayout(
                Integer.parseInt(message.getAttribute("id")),
                message.getAttribute("name"),
                block,
                groupName,
                entry,
                entryVariables,
                variables);
    }

    private static Variable variable(final Element data) {
        return new Variable(
                data.getAttribute("name"),
                data.getAttribute("type").equals("varTextEncoding") ? Variable.Kind.TEXT : Variable.Kind.BYTES);
    }

    private void addField(final List<Field> fields, final Element field) {
        final Element type = types.get(field.getAttribute("type"));
        if (type != null && type.getTagName().equals("composite")) {
            for (final Element part : children(type)) {
                if (part.getTagName().equals("ref")) {
                    fields.add(field(part.getAttribute("name"), types.get(part.getAttribute("type")), ""));
                } else {
                    fields.add(field(part.getAttribute("name"), part, ""));
                }
            }
        } else {
            fields.add(field(field.getAttribute("name"), type, field.getAttribute("type")));
        }
    }

    private static Field field(final String name, final Element type, final String primitive) {
        if (type == null) {
            return new Field(name, primitive, 1, PRIMITIVE_LENGTHS.get(primitive), Map.of());
        }
        if (type.getTagName().equals("enum")) {
            final Map<Long, String> names = new HashMap<>();
            for (final Element value : children(type)) {
                names.put(Long.parseLong(value.getTextContent()), value.getAttribute("name"));
            }
            final String encoding = type.getAttribute("encodingType");
            return new Field(name, encoding, 1, PRIMITIVE_LENGTHS.get(encoding), names);
        }
        final String length = type.getAttribute("length");
        final int count = length.isEmpty() ? 1 : Integer.parseInt(length);
        final String encoding = type.getAttribute("primitiveType");
        return new Field(name, encoding, count, PRIMITIVE_LENGTHS.get(encoding) * count, Map.of());
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
