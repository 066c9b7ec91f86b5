package io.settlegate.journal;

/**
 * One damage: where, what, and what a person does about it.
 *
 * <p>A value. Sequence and seal number are -1 where the damage has none.
 *
 * @param segment number of the segment, -1 for the journal as a whole.
 * @param sequence of the record at fault.
 * @param sealNumber of the seal at fault.
 * @param field that is wrong: "crc", "sequence", "merkleRoot", and so on.
 * @param reason what was found and what was expected.
 * @param advice what to do.
 */
public record Damage(int segment, long sequence, long sealNumber, String field, String reason, String advice) {
    static final String RESTORE =
            "do not delete anything; copy the journal directory away and restore this segment from a backup or replica";

    /** One line with all of it. */
    public String describe() {
        final StringBuilder line = new StringBuilder("the journal is damaged");
        if (segment >= 0) {
            line.append(" in segment ").append(segment);
        }
        if (sequence >= 0) {
            line.append(", record ").append(sequence);
        }
        if (sealNumber >= 0) {
            line.append(", seal ").append(sealNumber);
        }
        return line.append(" (")
                .append(field)
                .append("): ")
                .append(reason)
                .append("; ")
                .append(advice)
                .toString();
    }
}
