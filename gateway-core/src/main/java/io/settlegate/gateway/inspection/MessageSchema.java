package io.settlegate.gateway.inspection;

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

/**
 * The messages of one schema file, the one from which the codecs are generated. Whatever is added there is shown at once and
 * cannot be forgotten here.
 *
 * <p>Immutable after reading. What it does not understand in a file ends the reading: the build's tests read both files.
 */
public final class MessageSchema {
    /** What terminals and the gateway say to each other. */
    private static final String PROTOCOL = "/settlegate-protocol.xml";
    /** Acts of operators and of the gateway. */
    private static final String ACTS = "/settlegate-acts.xml";

    private static final Map<String, MessageField> PRIMITIVES = Map.of(
            "char", MessageField.fixed("", MessageField.Form.TEXT, 1),
            "int8", MessageField.fixed("", MessageField.Form.SIGNED, Byte.BYTES),
            "uint8", MessageField.fixed("", MessageField.Form.UNSIGNED, Byte.BYTES),
            "int16", MessageField.fixed("", MessageField.Form.SIGNED, Short.BYTES),
            "uint16", MessageField.fixed("", MessageField.Form.UNSIGNED, Short.BYTES),
            "int32", MessageField.fixed("", MessageField.Form.SIGNED, Integer.BYTES),
            "uint32", MessageField.fixed("", MessageField.Form.UNSIGNED, Integer.BYTES),
            "int64", MessageField.fixed("", MessageField.Form.SIGNED, Long.BYTES));

    private final int id;
    private final Map<String, Element> types = new HashMap<>();
    private final Map<Integer, Message> messages = new HashMap<>();

    /**
     * A message.
     *
     * @param name of it.
     * @param fields in the order of the bytes.
     */
    public record Message(String name, List<MessageField> fields) {}

    private MessageSchema(final Document document) {
        this.id = Integer.parseInt(document.getDocumentElement().getAttribute("id"));
        for (final Element top : children(document.getDocumentElement())) {
            if (top.getTagName().equals("types")) {
                children(top).forEach(type -> types.put(type.getAttribute("name"), type));
            }
        }
        for (final Element top : children(document.getDocumentElement())) {
            if (top.getTagName().equals("sbe:message")) {
                messages.put(
                        Integer.valueOf(top.getAttribute("id")), new Message(top.getAttribute("name"), fields(top)));
            }
        }
    }

    /** Both schemas, by their ids. */
    public static Map<Integer, MessageSchema> all() {
        final Map<Integer, MessageSchema> all = new HashMap<>();
        for (final String resource : List.of(PROTOCOL, ACTS)) {
            final MessageSchema schema = read(resource);
            all.put(schema.id, schema);
        }
        return Map.copyOf(all);
    }

    private static MessageSchema read(final String resource) {
        try (InputStream stream = MessageSchema.class.getResourceAsStream(resource)) {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new MessageSchema(factory.newDocumentBuilder().parse(stream));
        } catch (final IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("the schema " + resource + " in this build cannot be read: " + e, e);
        }
    }

    private List<MessageField> fields(final Element parent) {
        final List<MessageField> fields = new ArrayList<>();
        for (final Element element : children(parent)) {
            final String name = element.getAttribute("name");
            fields.add(
                    switch (element.getTagName()) {
                        case "field", "ref" -> field(name, element.getAttribute("type"));
                        case "type" -> type(name, element);
                        case "group" -> MessageField.of(name, MessageField.Form.GROUP, fields(element));
                        case "data" -> MessageField.fixed(name, variable(element.getAttribute("type")), 0);
                        default ->
                            throw new IllegalStateException("schema " + id + ": what is a " + element.getTagName());
                    });
        }
        return List.copyOf(fields);
    }

    private MessageField field(final String name, final String typeName) {
        final Element type = types.get(typeName);
        if (type == null) {
            return primitive(name, typeName, 1);
        }
        return switch (type.getTagName()) {
            case "enum" -> {
                final Map<Integer, String> names = new HashMap<>();
                children(type)
                        .forEach(value ->
                                names.put(Integer.valueOf(value.getTextContent().trim()), value.getAttribute("name")));
                final int length =
                        primitive(name, type.getAttribute("encodingType"), 1).length();
                yield new MessageField(name, MessageField.Form.ENUMERATION, length, Map.copyOf(names), List.of());
            }
            case "composite" -> MessageField.of(name, MessageField.Form.COMPOSITE, fields(type));
            default -> type(name, type);
        };
    }

    private MessageField type(final String name, final Element type) {
        final String count = type.getAttribute("length");
        return primitive(name, type.getAttribute("primitiveType"), count.isEmpty() ? 1 : Integer.parseInt(count));
    }

    private MessageField primitive(final String name, final String type, final int count) {
        final MessageField one = PRIMITIVES.get(type);
        if (one == null) {
            throw new IllegalStateException("schema " + id + ": what is a " + type);
        }
        if (one.form() == MessageField.Form.TEXT || count == 1) {
            return MessageField.fixed(name, one.form(), one.length() * count);
        }
        return MessageField.fixed(name, MessageField.Form.BYTES, one.length() * count);
    }

    private static MessageField.Form variable(final String type) {
        return type.equals("varTextEncoding") ? MessageField.Form.VARIABLE_TEXT : MessageField.Form.VARIABLE_BYTES;
    }

    private static List<Element> children(final Element parent) {
        final List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /** The message of a template number; null if this build knows none. */
    public Message message(final int templateId) {
        return messages.get(templateId);
    }

    /** Template numbers of all messages. */
    public List<Integer> templateIds() {
        return messages.keySet().stream().sorted().toList();
    }
}
