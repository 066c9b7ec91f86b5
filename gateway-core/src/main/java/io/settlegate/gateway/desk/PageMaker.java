package io.settlegate.gateway.desk;

import io.settlegate.gateway.pipeline.DeskQuestion;
import io.settlegate.gateway.records.AnswersMissingException;
import io.settlegate.gateway.records.IndexDamagedException;
import io.settlegate.gateway.records.RecordIndex;
import java.io.IOException;
import org.agrona.MutableDirectBuffer;

/** Makes the page that answers a question of one kind. The desk's thread; may block on the disk. */
public interface PageMaker {
    /** Requests of this template are answered. */
    int templateId();

    /**
     * Encodes a page, SBE header included, of {@link io.settlegate.protocol.Limits#MAX_FRAME_LENGTH} bytes at most.
     *
     * @param index covers every record up to {@code asOfSequence}.
     * @param asOfSequence not before the question's own.
     * @return bytes of the page.
     * @throws io.settlegate.journal.RecordArchivedException if a record that belongs into it is archived.
     * @throws AnswersMissingException if one that may belong into it was archived before it was indexed.
     * @throws PageLaterException if it can be made later.
     * @throws IndexDamagedException if a part of the index has to be made anew first.
     */
    int make(DeskQuestion question, RecordIndex index, long asOfSequence, MutableDirectBuffer target, int offset)
            throws IOException, AnswersMissingException, PageLaterException;

    /**
     * Lets go of what it reads. Is called by any thread, behind the last page, perhaps more than once.
     *
     * @return false if something of it may still be reading the journal.
     */
    default boolean end() {
        return true;
    }
}
