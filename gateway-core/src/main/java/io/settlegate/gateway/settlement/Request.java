package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * The terminal request under work: where its fields stand and what the common checks found. One instance, reused.
 *
 * <pre>
 * offset: SBE header 8 | body: request header 101 | fields ... | end: signature 64
 * </pre>
 *
 * <p>Owned by the engine's thread.
 */
final class Request {
    static final int SIGNATURE_LENGTH = 64;
    private static final int SN = RequestHeaderDecoder.snEncodingOffset();
    private static final int AUDIENCE = RequestHeaderDecoder.gatewayIdEncodingOffset();
    private static final int MSGID = RequestHeaderDecoder.msgidEncodingOffset();
    private static final int INSUPLC = RequestHeaderDecoder.insuplcAdmdvsEncodingOffset();
    private static final int SENT_AT = RequestHeaderDecoder.sentAtMsEncodingOffset();

    DirectBuffer buffer;
    int length;
    int body;
    int end;
    int templateId;
    int blockLength;
    int version;
    long sequence;
    long timeMs;

    int terminalRow;
    int institutionRow;
    /** Row of the region that the request names as place of insurance. */
    int regionRow;
    /** Table of the msgid's day; null until the msgid has passed its checks. */
    FlatTable day;
    /** Business day of the msgid's own time, with {@link #day}. */
    int msgidDay;
    /** The msgid's row where there is one, else -1. */
    int msgidRow;
    /** The hash of the msgid, with {@link #day}. */
    long msgidHash;
    /** Row of a person who may be the one whom the request names; -1 where none is known. Who takes it compares the keys. */
    int probablePersonRow;
    /** Row of the person whom the request names, once a transaction has found it; else -1. */
    int personRow;

    long digestHigh;
    long digestLow;
    int lineIndex;
    ResultCode code;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    void wrap(
            final DirectBuffer source,
            final int offset,
            final int commandLength,
            final long atSequence,
            final long atMs) {
        buffer = source;
        length = commandLength;
        body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        end = offset + commandLength - SIGNATURE_LENGTH;
        header.wrap(source, offset);
        templateId = header.templateId();
        blockLength = header.blockLength();
        version = header.version();
        sequence = atSequence;
        timeMs = atMs;
        terminalRow = -1;
        institutionRow = -1;
        regionRow = -1;
        day = null;
        msgidRow = -1;
        msgidDay = 0;
        msgidHash = 0;
        probablePersonRow = -1;
        personRow = -1;
        digestHigh = 0;
        digestLow = 0;
        lineIndex = -1;
        code = ResultCode.OK;
    }

    /** Whether the request header lies within the command. */
    boolean hasHeader() {
        return end - body >= RequestHeaderDecoder.ENCODED_LENGTH;
    }

    int sn() {
        return body + SN;
    }

    int msgid() {
        return body + MSGID;
    }

    int insuplc() {
        return body + INSUPLC;
    }

    long sentAtMs() {
        return buffer.getLong(body + SENT_AT, java.nio.ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The business content: template, gateway id, msgid, insuplc_admdvs, and every byte of the body behind the request
     * header. Not part of it: the signature, sn, sentAtMs, correlationId, because a resend may change them, and a sister
     * terminal may resend.
     */
    void digest(final KeyedHash hash) {
        final int fields = body + RequestHeaderDecoder.ENCODED_LENGTH;
        hash.begin(templateId)
                .bytes(buffer, body + AUDIENCE, SENT_AT - AUDIENCE)
                .bytes(buffer, fields, end - fields);
        digestHigh = hash.high();
        digestLow = hash.low();
    }
}
