package io.settlegate.protocol.client;

import io.settlegate.protocol.codec.RecordState;

/**
 * One record of a page: what the gateway answered first, and what has become of it since.
 *
 * @param sequence of the record in the gateway's journal.
 * @param state as of the page.
 * @param undoneBySequence the record that undid it; 0 where none did.
 * @param commandHash SM3 of the request, which the receipt proves too.
 * @param answer the first answer: outcome and receipt, byte for byte.
 */
public record RecordAnswer(
        long sequence, RecordState state, long undoneBySequence, byte[] commandHash, Answer answer) {}
