package io.settlegate.gateway.settlement;

import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeEncoder.DetlcutinfoEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes the outcome of 2204, and in the same layout that of 2301. Owned by the engine's thread. */
final class FeeLinesOutcomeWriter {
    private static final int BATCH = OutpatientFeeLinesDecoder.chrgBchnoEncodingOffset();

    private final OutcomeWriter writer;
    private final OutpatientFeeLinesOutcomeEncoder encoder = new OutpatientFeeLinesOutcomeEncoder();

    FeeLinesOutcomeWriter(final OutcomeWriter writer) {
        this.writer = writer;
    }

    int write(final UploadedLines lines, final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, OutpatientFeeLinesOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.messageHeader.templateId(VisitOutcomeWriter.OUTCOME_OF_TEMPLATE + request.templateId);
        writer.header(encoder.header(), outcome, request);
        final int block = encoder.offset();
        outcome.putBytes(
                block + OutpatientFeeLinesOutcomeEncoder.mdtrtIdEncodingOffset(),
                request.buffer,
                request.body + KnownVisit.MDTRT_ID,
                Rows.VISIT_KEY);
        outcome.putBytes(
                block + OutpatientFeeLinesOutcomeEncoder.psnNoEncodingOffset(),
                request.buffer,
                request.body + KnownVisit.PSN_NO,
                Rows.PERSON_KEY);
        outcome.putBytes(
                block + OutpatientFeeLinesOutcomeEncoder.chrgBchnoEncodingOffset(),
                request.buffer,
                request.body + BATCH,
                Rows.LINE_BATCH_LENGTH);
        final DetlcutinfoEncoder group = encoder.detlcutinfoCount(lines.count);
        for (int line = 0; line < lines.count; line++) {
            group.next();
            final int entry = encoder.limit() - DetlcutinfoEncoder.sbeBlockLength();
            outcome.putBytes(
                    entry + DetlcutinfoEncoder.feedetlSnEncodingOffset(),
                    request.buffer,
                    lines.feedetlSn(line),
                    Rows.LINE_SN_LENGTH);
            group.detItemFeeSumamtFen(lines.amountFen(line))
                    .fulamtOwnpayAmtFen(lines.ownpayFen[line])
                    .overlmtAmtFen(lines.overlmtFen[line])
                    .preselfpayAmtFen(lines.preselfpayFen[line])
                    .inscpScpAmtFen(lines.inscpFen[line])
                    .pricUplmtAmtE6(lines.ceilingE6[line])
                    .selfpayPropE4(lines.selfpayE4[line])
                    .chrgitmLv(0, (byte) '0')
                    .chrgitmLv(1, (byte) ('0' + lines.classes[line]))
                    .chrgitmLv(2, (byte) 0)
                    .basMednFlag(lines.essentialFlags[line]);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
