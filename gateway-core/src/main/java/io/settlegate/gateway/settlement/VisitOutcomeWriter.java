package io.settlegate.gateway.settlement;

import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.RegistrationOutcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the outcomes that name a visit and its person and nothing else: of 2201, 2202, 2203, 2401, 2402, 2404, 2405,
 * in one layout. Owned by the engine's thread.
 */
final class VisitOutcomeWriter {
    /** The template of an outcome less that of its request. */
    static final int OUTCOME_OF_TEMPLATE = 10_000;

    private final OutcomeWriter writer;
    private final RegistrationOutcomeEncoder encoder = new RegistrationOutcomeEncoder();

    VisitOutcomeWriter(final OutcomeWriter writer) {
        this.writer = writer;
    }

    String region() {
        return writer.region();
    }

    int write(
            final Request request,
            final DirectBuffer mdtrtId,
            final int mdtrtIdOffset,
            final MutableDirectBuffer outcome,
            final int offset) {
        OutcomeWriter.clear(outcome, offset, RegistrationOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.messageHeader.templateId(OUTCOME_OF_TEMPLATE + request.templateId);
        writer.header(encoder.header(), outcome, request);
        final int block = encoder.offset();
        outcome.putBytes(
                block + RegistrationOutcomeEncoder.mdtrtIdEncodingOffset(), mdtrtId, mdtrtIdOffset, Rows.VISIT_KEY);
        outcome.putBytes(
                block + RegistrationOutcomeEncoder.psnNoEncodingOffset(),
                request.buffer,
                request.body + KnownVisit.PSN_NO,
                Rows.PERSON_KEY);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
