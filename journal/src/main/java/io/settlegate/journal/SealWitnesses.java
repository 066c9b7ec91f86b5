package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What names a durable seal outside of the segments: the head note, the note of a failed force, and the durable mark of a writer
 * that forced each batch. Each is evidence of a seal that must be there, whatever the segments look like.
 *
 * <p>The mark of a writer that did not force proves nothing: its page may reach the disk where the records do not. A mark that
 * cannot be read, or is old, is no damage, because nobody forces it.
 *
 * <p>A value, read before the segments are: a running writer may name newer seals meanwhile.
 */
final class SealWitnesses {
    private static final String MARK = "durable mark";
    private static final String MARK_ADVICE =
            "; if an older copy of the journal was put here on purpose, move durable.mark away and start again";

    private final List<Witness> witnesses = new ArrayList<>();

    /**
     * One of them.
     *
     * @param name with which a person knows it.
     * @param advice behind the usual one.
     */
    private record Witness(
            String name, int segment, long sealNumber, long lastSequence, byte[] sealHash, String advice) {}

    /** The notes may be null. */
    SealWitnesses(final Store store, final HeadNote head, final HeadNote forceFailed) {
        add(HeadNote.HEAD + " note", head);
        add(HeadNote.FORCE_FAILED + " note", forceFailed);
        final PublishedMark mark = DurableBound.markOf(store);
        if (mark != null && mark.level().isForced()) {
            witnesses.add(new Witness(
                    MARK, mark.segment(), mark.sealNumber(), mark.lastSequence(), mark.sealHash(), MARK_ADVICE));
        }
    }

    private void add(final String name, final HeadNote note) {
        if (note != null) {
            witnesses.add(
                    new Witness(name, note.segment(), note.sealNumber(), note.lastSequence(), note.sealHash(), ""));
        }
    }

    /** The damage if a seal of this number is named, and is another; null if not. */
    Damage contradiction(final int segment, final Seal seal) {
        for (final Witness witness : witnesses) {
            if (witness.sealNumber() == seal.sealNumber() && !Arrays.equals(witness.sealHash(), seal.hash())) {
                return new Damage(
                        segment,
                        seal.firstSequence(),
                        seal.sealNumber(),
                        "hash",
                        "the " + witness.name() + " names another seal of this number",
                        Damage.RESTORE + witness.advice());
            }
        }
        return null;
    }

    /** The damage if a seal is named behind the last that can be read, which may be null; null if none is. */
    Damage missing(final int segment, final Seal last) {
        for (final Witness witness : witnesses) {
            if (last == null || witness.sealNumber() > last.sealNumber()) {
                return new Damage(
                        segment,
                        witness.lastSequence(),
                        witness.sealNumber(),
                        witness.name(),
                        "seal " + witness.sealNumber() + " over record " + witness.lastSequence() + " was durable, and "
                                + (last == null ? "nothing" : "only " + last) + " can be read",
                        Damage.RESTORE + witness.advice());
            }
        }
        return null;
    }

    /** The damage of a journal of which no segment is there; null if nothing says that there was one. */
    Damage missingAll() {
        return witnesses.isEmpty() ? null : missing(witnesses.get(0).segment(), null);
    }
}
