package io.settlegate.gateway.records;

/** By what a record is found. The tags stand in files. */
public enum RecordKey {
    /** msgid of the request: its first answer, if that binds the msgid. */
    MSGID(1),
    /** psn_no, of settlements, cancels, and reversals that were done. */
    PERSON(2),
    /** Code of the institution, of settlements, cancels, and reversals that were done. */
    INSTITUTION(3),
    /** msgid of the original, of cancels and reversals that were done. */
    UNDOES(4);

    private final int tag;

    RecordKey(final int tag) {
        this.tag = tag;
    }

    int tag() {
        return tag;
    }
}
