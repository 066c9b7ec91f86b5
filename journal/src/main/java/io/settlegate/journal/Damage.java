package io.settlegate.journal;

import io.settlegate.journal.store.Frames;
import io.settlegate.journal.store.RawFile;
import io.settlegate.journal.store.Store;
import java.util.List;

/**
 * One damage: where, what, and what a person does about it.
 *
 * <p>A value. Sequence, seal number, and offset are -1 where the damage has none.
 *
 * @param segment number of the segment, -1 for the journal as a whole.
 * @param sequence of the record at fault.
 * @param sealNumber of the seal at fault.
 * @param field that is wrong: "crc", "sequence", "merkleRoot", and so on.
 * @param reason what was found and what was expected.
 * @param advice what to do.
 * @param file in which it stands, with its path; null where it stands in none.
 * @param offset of the frame in that file, in bytes.
 */
public record Damage(
        int segment,
        long sequence,
        long sealNumber,
        String field,
        String reason,
        String advice,
        String file,
        long offset) {
    static final String RESTORE =
            "do not delete anything; copy the journal directory away and restore this segment from a backup or replica";

    Damage(
            final int segment,
            final long sequence,
            final long sealNumber,
            final String field,
            final String reason,
            final String advice) {
        this(segment, sequence, sealNumber, field, reason, advice, null, -1);
    }

    /** The same with the file that holds a position of its segment. */
    Damage at(final Store store, final long position) {
        final List<RawFile> files = store.files(segment);
        try {
            final int index = Frames.file(position);
            final String name = index < files.size() ? "/" + files.get(index).name() : "";
            return new Damage(
                    segment,
                    sequence,
                    sealNumber,
                    field,
                    reason,
                    advice,
                    store.describe(segment) + name,
                    Frames.offset(position));
        } finally {
            files.forEach(RawFile::close);
        }
    }

    /** One line with all of it. */
    public String describe() {
        final StringBuilder line = new StringBuilder("the journal is damaged");
        if (segment >= 0) {
            line.append(" in segment ").append(segment);
        }
        if (file != null) {
            line.append(", file ").append(file).append(" at byte ").append(offset);
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
