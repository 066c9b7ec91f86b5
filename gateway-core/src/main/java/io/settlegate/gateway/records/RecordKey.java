package io.settlegate.gateway.records;

/** By what a record is found. The tags stand in files. */
public enum RecordKey {
    /** msgid of the request: its first answer, if that binds the msgid. */
    MSGID(1),
    /** psn_no, of settlements, cancels, and reversals that were done. */
    PERSON(2),
    /** Code of the institution, of settlements, cancels, and reversals that were done. */
    INSTITUTION(3),
    /** What was undone, of cancels and reversals that were done: the original's msgid, or of 2202 and 2404 the mdtrt_id. */
    UNDOES(4);

    private final int tag;

    RecordKey(final int tag) {
        this.tag = tag;
    }

    int tag() {
        return tag;
    }
}
