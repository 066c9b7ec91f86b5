package io.settlegate.gateway.documents;

import io.settlegate.gateway.documents.MessageLayout.Field;
import io.settlegate.gateway.documents.MessageLayout.Variable;

/** Is told of each part of a message, in the order of its bytes. */
interface MessageVisitor {
    /** The SBE header stands at the offset. */
    void message(int offset, MessageLayout layout);

    void field(int offset, Field field);

    /** The group's header stands at the offset. */
    void group(int offset, String name, int entryCount);

    void entry(int index);

    void endOfGroup();

    /** The length stands at the offset, the content two bytes on. */
    void variable(int offset, Variable variable, int length);

    /** 64 bytes. */
    void signature(int offset);
}
