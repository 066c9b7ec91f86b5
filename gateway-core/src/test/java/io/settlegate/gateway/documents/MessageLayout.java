package io.settlegate.gateway.documents;

import java.util.List;
import java.util.Map;

/**
 * Where the fields of one message stand.
 *
 * @param templateId of the SBE header.
 * @param name of the message.
 * @param block fixed fields, in order.
 * @param groupName empty where there is no group.
 * @param entry fields of a group's entry.
 * @param entryVariables variable fields of a group's entry, behind the others.
 * @param variables variable fields, in order.
 */
record MessageLayout(
        int templateId,
        String name,
        List<Field> block,
        String groupName,
        List<Field> entry,
        List<Variable> entryVariables,
        List<Variable> variables) {

    private static final int SEAL = 6;
    /** Seals, receipts, and what the gateway sends around others have numbers below. */
    private static final int FIRST_REQUEST = 100;

    private static final int FIRST_OUTCOME = 10_000;

    /** Requests and seals end with a signature. */
    boolean isSigned() {
        return templateId == SEAL || (templateId >= FIRST_REQUEST && templateId < FIRST_OUTCOME);
    }

    int blockLength() {
        return block.stream().mapToInt(Field::length).sum();
    }

    /**
     * A fixed field.
     *
     * @param primitive type of the schema: char, uint8, and so on.
     * @param count how many of them; 1 is a number, more is text or bytes.
     * @param length in bytes.
     * @param names of an enumeration's values; empty where it is none.
     */
    record Field(String name, String primitive, int count, int length, Map<Long, String> names) {
        boolean isText() {
            return primitive.equals("char");
        }

        boolean isBytes() {
            return !isText() && count > 1;
        }
    }

    /** A variable field: text in UTF-8, or bytes. */
    record Variable(String name, Kind kind) {
        enum Kind {
            TEXT,
            BYTES
        }
    }
}
