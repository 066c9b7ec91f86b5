package io.settlegate.gateway.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.MessageView.Extent;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

final class MessageViewTest {
    private static final long SEED = System.nanoTime();
    private static final int OFFSET = 24;
    private static final String[][] SCHEMAS = {
        {"/settlegate-protocol.xml", "io.settlegate.protocol.codec"},
        {"/settlegate-acts.xml", "io.settlegate.gateway.settlement.codec"}
    };

    private final MessageView view = new MessageView();
    private final MessageDecoder decoder = new MessageDecoder(MessageDecoder.Rows.ALL, Masking.lifted(1));

    /** Every field of every message, as the decoder reads it that makes objects of all of it. */
    @Test
    void shouldFindInPlaceWhatTheDecoderReads() throws Exception {
        int count = 0;
        for (final String[] schema : SCHEMAS) {
            final SchemaFiller filler = new SchemaFiller(schema[0], schema[1], SEED);
            for (final Element message : filler.messages()) {
                final UnsafeBuffer filled = SchemaFiller.buffer();
                final int length = filler.fill(message, filled, JsonNodeFactory.instance.objectNode());
                final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OFFSET + length]);
                buffer.putBytes(OFFSET, filled, 0, length);
                assertThat(view.wrap(buffer, OFFSET, length)).isTrue();
                final String name = message.getAttribute("name");
                assertThat(view.name()).isEqualTo(name);
                final ObjectNode expected = decoder.decode(buffer, OFFSET, length);
                for (final Map.Entry<String, JsonNode> field : expected.properties()) {
                    count += compare(name, field.getKey(), field.getValue());
                }
            }
        }
        assertThat(count).as("fields, seed %d", SEED).isGreaterThan(400);
    }

    private int compare(final String message, final String field, final JsonNode expected) {
        int count = 1;
        if (expected.isObject()) {
            for (final Map.Entry<String, JsonNode> inner : expected.properties()) {
                count += compare(message, inner.getKey(), inner.getValue());
            }
        } else if (expected.isArray() && message.equals("RecordsPage")) {
            assertThat(view.entryCount()).as("entries of no fixed length").isZero();
        } else if (expected.isArray()) {
            assertThat(view.entryCount()).as("%s.%s", message, field).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                for (final Map.Entry<String, JsonNode> inner : expected.get(i).properties()) {
                    compareEntry(i, inner.getKey(), inner.getValue());
                    count++;
                }
            }
        } else if (expected.isIntegralNumber()) {
            assertThat(view.number(field, -7))
                    .as("%s.%s, seed %d", message, field, SEED)
                    .isEqualTo(expected.asLong());
        } else if (view.has(field) && !view.text(field).isEmpty() && !isHex(field)) {
            assertThat(view.text(field))
                    .as("%s.%s, seed %d", message, field, SEED)
                    .isEqualTo(expected.asText());
        }
        return count;
    }

    /** Bytes have no text in place. */
    private static boolean isHex(final String field) {
        final String name = field.toLowerCase(java.util.Locale.ROOT);
        return name.contains("hash")
                || name.contains("root")
                || name.contains("digest")
                || name.contains("key")
                || name.contains("nonce")
                || name.contains("serial");
    }

    private void compareEntry(final int entry, final String field, final JsonNode expected) {
        if (expected.isIntegralNumber()) {
            assertThat(view.number(entry, field, -7))
                    .as("%s, seed %d", field, SEED)
                    .isEqualTo(expected.asLong());
        } else if (!isHex(field)) {
            assertThat(view.text(entry, field)).as("%s, seed %d", field, SEED).isEqualTo(expected.asText());
        }
    }

    @Test
    void shouldCompareBytesAsPrefixOrWhole() throws Exception {
        final SchemaFiller filler = new SchemaFiller(SCHEMAS[1][0], SCHEMAS[1][1], SEED);
        final Element freeze = filler.messages().stream()
                .filter(message -> message.getAttribute("name").equals("FreezePerson"))
                .findFirst()
                .orElseThrow();
        final UnsafeBuffer buffer = SchemaFiller.buffer();
        final int length = filler.fill(freeze, buffer, JsonNodeFactory.instance.objectNode());
        view.wrap(buffer, 0, length);
        final int psnNo = 8 + 55;
        buffer.setMemory(psnNo, 30, (byte) 0);
        buffer.putStringWithoutLengthAscii(psnNo, "32030000000000000007");
        assertThat(view.holds("psnNo", bytes("32030000000000000007"), Extent.WHOLE))
                .isTrue();
        assertThat(view.holds("psnNo", bytes("3203000000000000000"), Extent.WHOLE))
                .isFalse();
        assertThat(view.holds("psnNo", bytes("3203000000000000000"), Extent.PREFIX))
                .isTrue();
        assertThat(view.holds("psnNo", bytes("3203000000000000001"), Extent.PREFIX))
                .isFalse();
        assertThat(view.holds("psnNo", bytes("3".repeat(31)), Extent.PREFIX)).isFalse();
        assertThat(view.holds("setlId", bytes("3"), Extent.PREFIX)).isFalse();
    }

    /** Every truncation and a foreign message have no fields, and nothing is read beyond the end. */
    @Test
    void shouldHaveNoFieldsOfWhatIsCutShortOrForeign() throws Exception {
        final SchemaFiller filler = new SchemaFiller(SCHEMAS[0][0], SCHEMAS[0][1], SEED);
        for (final Element message : filler.messages()) {
            final UnsafeBuffer filled = SchemaFiller.buffer();
            final int length = filler.fill(message, filled, JsonNodeFactory.instance.objectNode());
            for (int cut = 0; cut < length; cut++) {
                final UnsafeBuffer buffer = new UnsafeBuffer(new byte[cut]);
                buffer.putBytes(0, filled, 0, cut);
                if (view.wrap(buffer, 0, cut)) {
                    // The block is whole: only the group may be missing, and then it has no entries or all of them.
                    for (int i = 0; i < view.entryCount(); i++) {
                        view.text(i, "feedetlSn");
                    }
                } else {
                    assertThat(view.has("msgid")).isFalse();
                    assertThat(view.text("psnNo")).isEmpty();
                    assertThat(view.entryCount()).isZero();
                }
            }
        }
        final UnsafeBuffer foreign = new UnsafeBuffer(new byte[100]);
        foreign.putShort(2, (short) 7777, ByteOrder.LITTLE_ENDIAN);
        assertThat(view.wrap(foreign, 0, 100)).isFalse();
        assertThat(view.name()).isEmpty();
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
