package io.settlegate.gateway.inspection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Walks a schema file and writes each of its messages with the generated encoder, every field with a value of its own: what the
 * decoder under test has to find again. It shares no code with that.
 */
final class SchemaFiller {
    private static final int ENTRIES = 2;

    private final String codecPackage;
    private final Random random;
    private final Document document;
    private final Map<String, Element> types = new HashMap<>();

    SchemaFiller(final String resource, final String codecPackage, final long seed) throws Exception {
        this.codecPackage = codecPackage;
        this.random = new Random(seed);
        try (InputStream stream = SchemaFiller.class.getResourceAsStream(resource)) {
            this.document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream);
        }
        children(document.getDocumentElement()).stream()
                .filter(top -> top.getTagName().equals("types"))
                .flatMap(top -> children(top).stream())
                .forEach(type -> types.put(type.getAttribute("name"), type));
    }

    List<Element> messages() {
        return children(document.getDocumentElement()).stream()
                .filter(top -> top.getTagName().endsWith("message"))
                .toList();
    }

    /** Writes a message, header included, and its values; answers the length. */
    int fill(final Element message, final MutableDirectBuffer buffer, final ObjectNode expected) throws Exception {
        final Object header = create("MessageHeader");
        final Object encoder = create(message.getAttribute("name"));
        encoder.getClass()
                .getMethod("wrapAndApplyHeader", MutableDirectBuffer.class, int.class, header.getClass())
                .invoke(encoder, buffer, 0, header);
        block(encoder, message, expected);
        return (int) encoder.getClass().getMethod("limit").invoke(encoder);
    }

    private Object create(final String name) throws Exception {
        return Class.forName(codecPackage + '.' + name + "Encoder")
                .getDeclaredConstructor()
                .newInstance();
    }

    private void block(final Object encoder, final Element parent, final ObjectNode expected) throws Exception {
        for (final Element element : children(parent)) {
            final String name = element.getAttribute("name");
            switch (element.getTagName()) {
                case "group" -> group(encoder, element, expected.putArray(name));
                case "data" -> data(encoder, element, expected);
                case "type" -> type(encoder, name, element, expected);
                default -> field(encoder, name, element.getAttribute("type"), expected);
            }
        }
    }

    private void group(final Object encoder, final Element group, final ArrayNode expected) throws Exception {
        final Object entries =
                method(encoder, group.getAttribute("name") + "Count", int.class).invoke(encoder, ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            method(entries, "next").invoke(entries);
            block(entries, group, expected.addObject());
        }
    }

    private void data(final Object encoder, final Element data, final ObjectNode expected) throws Exception {
        final String name = data.getAttribute("name");
        final boolean isText = data.getAttribute("type").equals("varTextEncoding");
        final byte[] bytes = isText ? "张三丰".getBytes(StandardCharsets.UTF_8) : bytes(7);
        method(encoder, "put" + capital(name), byte[].class, int.class, int.class)
                .invoke(encoder, bytes, 0, bytes.length);
        final String value = isText
                ? new String(bytes, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(bytes);
        expected.put(name, Masking.MASKED.shown(name, value));
    }

    private void field(final Object encoder, final String name, final String typeName, final ObjectNode expected)
            throws Exception {
        final Element type = types.get(typeName);
        if (type == null) {
            number(encoder, name, typeName, expected);
        } else if (type.getTagName().equals("composite")) {
            block(method(encoder, name).invoke(encoder), type, expected.putObject(name));
        } else if (type.getTagName().equals("enum")) {
            final Class<?> values = Class.forName(codecPackage + '.' + typeName);
            final List<Element> named = children(type);
            final String constant = named.get(random.nextInt(named.size())).getAttribute("name");
            final Object value = values.getField(constant).get(null);
            method(encoder, name, values).invoke(encoder, value);
            expected.put(name, constant);
        } else {
            type(encoder, name, type, expected);
        }
    }

    private void type(final Object encoder, final String name, final Element type, final ObjectNode expected)
            throws Exception {
        final String count = type.getAttribute("length");
        if (count.isEmpty()) {
            number(encoder, name, type.getAttribute("primitiveType"), expected);
        } else if (type.getAttribute("primitiveType").equals("char")) {
            final String text = HexFormat.of().formatHex(bytes(128)).substring(0, Integer.parseInt(count));
            method(encoder, name, String.class).invoke(encoder, text);
            expected.put(name, Masking.MASKED.shown(name, text));
        } else {
            final byte[] bytes = bytes(Integer.parseInt(count));
            method(encoder, "put" + capital(name), byte[].class, int.class, int.class)
                    .invoke(encoder, bytes, 0, bytes.length);
            if (!name.equals("scopeDigest")) {
                expected.put(name, HexFormat.of().formatHex(bytes));
            }
        }
    }

    private void number(final Object encoder, final String name, final String type, final ObjectNode expected)
            throws Exception {
        switch (type) {
            case "uint8", "int16" -> {
                final short value = (short) (1 + random.nextInt(200));
                method(encoder, name, short.class).invoke(encoder, value);
                expected.put(name, (long) value);
            }
            case "uint16" -> {
                final int value = 0x8000 + random.nextInt(0x7000);
                method(encoder, name, int.class).invoke(encoder, value);
                expected.put(name, (long) value);
            }
            case "int32" -> {
                final int value = random.nextInt();
                method(encoder, name, int.class).invoke(encoder, value);
                expected.put(name, (long) value);
            }
            case "uint32" -> {
                final long value = 0x8000_0000L + random.nextInt(1000);
                method(encoder, name, long.class).invoke(encoder, value);
                expected.put(name, value);
            }
            case "int64" -> {
                final long value = random.nextLong();
                method(encoder, name, long.class).invoke(encoder, value);
                expected.put(name, value);
            }
            default -> throw new IllegalStateException("what is a " + type + ", the type of " + name + "?");
        }
    }

    private static Method method(final Object target, final String name, final Class<?>... parameters)
            throws Exception {
        return target.getClass().getMethod(name, parameters);
    }

    private byte[] bytes(final int count) {
        final byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String capital(final String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
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

    static UnsafeBuffer buffer() {
        return new UnsafeBuffer(new byte[16 * 1024]);
    }
}
