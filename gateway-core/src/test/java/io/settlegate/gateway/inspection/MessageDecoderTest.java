package io.settlegate.gateway.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

final class MessageDecoderTest {
    private static final long SEED = System.nanoTime();
    private static final String[][] SCHEMAS = {
        {"/settlegate-protocol.xml", "io.settlegate.protocol.codec"},
        {"/settlegate-acts.xml", "io.settlegate.gateway.settlement.codec"}
    };

    @Test
    void shouldShowEveryFieldOfEveryMessage() throws Exception {
        final MessageDecoder decoder = new MessageDecoder(MessageDecoder.Rows.ALL);
        int count = 0;
        for (final String[] schema : SCHEMAS) {
            final SchemaFiller filler = new SchemaFiller(schema[0], schema[1], SEED);
            for (final Element message : filler.messages()) {
                final UnsafeBuffer buffer = SchemaFiller.buffer();
                final ObjectNode expected = JsonNodeFactory.instance.objectNode();
                final int length = filler.fill(message, buffer, expected);
                final String name = message.getAttribute("name");
                assertThat(decoder.nameOf(buffer, 0, length)).isEqualTo(name);
                assertThat(decoder.decode(buffer, 0, length))
                        .as("%s, seed %d", name, SEED)
                        .isEqualTo(expected);
                count++;
            }
        }
        assertThat(count).isGreaterThan(40);
    }

    @Test
    void shouldCountTheRowsOfAChunkAndPassOverThem() throws Exception {
        final MessageDecoder decoder = new MessageDecoder(MessageDecoder.Rows.COUNTED);
        final SchemaFiller filler = new SchemaFiller(SCHEMAS[1][0], SCHEMAS[1][1], SEED);
        for (final Element message : filler.messages()) {
            if (message.getAttribute("name").endsWith("Chunk")) {
                final UnsafeBuffer buffer = SchemaFiller.buffer();
                final int length = filler.fill(message, buffer, JsonNodeFactory.instance.objectNode());
                final ObjectNode shown = decoder.decode(buffer, 0, length + 64);
                if (message.getAttribute("name").equals("PolicyVersionChunk")) {
                    assertThat(shown.get("policyBytesLength").asInt()).isEqualTo(7);
                    assertThat(shown.has("policyBytes")).isFalse();
                } else {
                    assertThat(shown.get("rowCount").asInt()).isEqualTo(2);
                    assertThat(shown.has("rows")).isFalse();
                }
            }
        }
    }

    /** A message of an earlier version has a shorter block; one cut off ends the reading and shows nothing wrong. */
    @Test
    void shouldReadShorterBlocksAndRefuseEveryTruncation() throws Exception {
        final MessageDecoder decoder = new MessageDecoder(MessageDecoder.Rows.ALL);
        for (final String[] schema : SCHEMAS) {
            final SchemaFiller filler = new SchemaFiller(schema[0], schema[1], SEED);
            for (final Element message : filler.messages()) {
                final UnsafeBuffer buffer = SchemaFiller.buffer();
                final int length = filler.fill(message, buffer, JsonNodeFactory.instance.objectNode());
                for (int cut = 8; cut < length; cut++) {
                    final int shorter = cut;
                    assertThatThrownBy(() -> decoder.decode(buffer, 0, shorter))
                            .as("%s cut at %d, seed %d", message.getAttribute("name"), cut, SEED)
                            .isInstanceOf(IndexOutOfBoundsException.class);
                }
                buffer.putShort(0, (short) 0, ByteOrder.LITTLE_ENDIAN);
                buffer.setMemory(8, 4000, (byte) 0);
                assertThat(decoder.decode(buffer, 0, 4000).path("header").isMissingNode())
                        .isTrue();
            }
        }
    }

    /** 65,535 rows of 65,535 bytes: as an int their length is negative, and the reading would go on before the message. */
    @Test
    void shouldRefuseAChunkWhoseRowsAreLongerThanAnInt() throws Exception {
        final SchemaFiller filler = new SchemaFiller(SCHEMAS[1][0], SCHEMAS[1][1], SEED);
        int count = 0;
        for (final Element message : filler.messages()) {
            if (!message.getAttribute("name").endsWith("Chunk")) {
                continue;
            }
            for (final MessageDecoder.Rows rows : MessageDecoder.Rows.values()) {
                final UnsafeBuffer buffer = SchemaFiller.buffer();
                filler.fill(message, buffer, JsonNodeFactory.instance.objectNode());
                final int rowsOffset = 8 + (buffer.getShort(0, ByteOrder.LITTLE_ENDIAN) & 0xffff);
                buffer.putInt(rowsOffset, -1, ByteOrder.LITTLE_ENDIAN);
                assertThatThrownBy(() -> new MessageDecoder(rows).decode(buffer, 0, rowsOffset + 4 + 100))
                        .as("%s, %s", message.getAttribute("name"), rows)
                        .isInstanceOf(IndexOutOfBoundsException.class);
                count++;
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldKnowNothingOfAForeignMessage() {
        final UnsafeBuffer buffer = SchemaFiller.buffer();
        buffer.putShort(2, (short) 7777, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(4, (short) 1, ByteOrder.LITTLE_ENDIAN);
        final MessageDecoder decoder = new MessageDecoder(MessageDecoder.Rows.ALL);
        assertThat(decoder.nameOf(buffer, 0, 100)).isEqualTo("template 7777 of schema 1");
        assertThat(decoder.decode(buffer, 0, 100).isEmpty()).isTrue();
        assertThat(decoder.decode(buffer, 0, 3).isEmpty()).isTrue();
    }
}
