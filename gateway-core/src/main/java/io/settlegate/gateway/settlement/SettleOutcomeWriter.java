package io.settlegate.gateway.settlement;

import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeEncoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeEncoder.DetlcutinfoEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the outcome of 2102 from a computed bill, without its setl_id, and in the same layout that of 2101. Owned by the
 * engine's thread.
 */
final class SettleOutcomeWriter {
    private static final int OUTCOME_OF_TEMPLATE = 10_000;

    private final EngineState state;
    private final OutcomeWriter writer;
    private final PharmacySettleOutcomeEncoder encoder = new PharmacySettleOutcomeEncoder();

    SettleOutcomeWriter(final EngineState state, final OutcomeWriter writer) {
        this.state = state;
        this.writer = writer;
    }

    int write(final Settlement settle, final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, PharmacySettleOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.messageHeader.templateId(OUTCOME_OF_TEMPLATE + request.templateId);
        writer.header(encoder.header(), outcome, request);
        writeIdentity(settle, request, outcome);
        final BenefitComputation bill = settle.bill;
        encoder.policyVersion(state.policies.getInt(settle.policyRow, Rows.POLICY_VERSION));
        encoder.setlTimeMs(request.timeMs)
                .medfeeSumamtFen(bill.medfeeFen)
                .fulamtOwnpayAmtFen(bill.ownpayFen)
                .overlmtSelfpayFen(bill.overlmtFen)
                .preselfpayAmtFen(bill.preselfpayFen)
                .inscpScpAmtFen(bill.inscpFen)
                .actPayDedcFen(bill.dedcFen)
                .poolPropSelfpayE4(settle.ratioE4)
                .hifpPayFen(bill.hifpFen)
                .fundPaySumamtFen(bill.hifpFen)
                .psnPartAmtFen(bill.psnPartFen)
                .acctPayFen(bill.acctFen)
                .psnCashPayFen(bill.cashFen)
                .balcFen(settle.balanceAfterFen);
        writeLines(settle, request, outcome);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private void writeIdentity(final Settlement settle, final Request request, final MutableDirectBuffer outcome) {
        final int block = encoder.offset();
        final UnsafeBuffer person = state.persons.buffer(settle.personRow);
        final int at = state.persons.offset(settle.personRow);
        outcome.putBytes(block + PharmacySettleOutcomeEncoder.psnNoEncodingOffset(), person, at, Rows.PERSON_KEY);
        outcome.putBytes(
                block + PharmacySettleOutcomeEncoder.insutypeEncodingOffset(),
                person,
                at + Rows.PERSON_INSUTYPE,
                Rows.INSUTYPE_LENGTH);
        outcome.putBytes(
                block + PharmacySettleOutcomeEncoder.psnTypeEncodingOffset(),
                person,
                at + Rows.PERSON_PSN_TYPE,
                Rows.PSN_TYPE_LENGTH);
        final int medType = request.body + PharmacySettleDecoder.medTypeEncodingOffset();
        outcome.putBytes(block + PharmacySettleOutcomeEncoder.medTypeEncodingOffset(), request.buffer, medType, 6);
        // Clearing counts pharmacies (41) and outpatients (11) by the same numbers as med_type does.
        outcome.putBytes(block + PharmacySettleOutcomeEncoder.clrTypeEncodingOffset(), request.buffer, medType, 2);
    }

    private void writeLines(final Settlement settle, final Request request, final MutableDirectBuffer outcome) {
        final SettleLines lines = settle.lines;
        final BenefitComputation bill = settle.bill;
        final DetlcutinfoEncoder group = encoder.detlcutinfoCount(lines.count);
        for (int line = 0; line < lines.count; line++) {
            group.next();
            final int entry = encoder.limit() - DetlcutinfoEncoder.sbeBlockLength();
            outcome.putBytes(
                    entry + DetlcutinfoEncoder.feedetlSnEncodingOffset(), request.buffer, lines.feedetlSn(line), 30);
            group.detItemFeeSumamtFen(lines.amountFen(line))
                    .fulamtOwnpayAmtFen(bill.lineOwnpayFen[line])
                    .overlmtAmtFen(bill.lineOverlmtFen[line])
                    .preselfpayAmtFen(bill.linePreselfpayFen[line])
                    .inscpScpAmtFen(bill.lineInscpFen[line])
                    .pricUplmtAmtE6(lines.ceilingE6(line))
                    .selfpayPropE4(lines.selfpayE4(line));
            final int level = entry + DetlcutinfoEncoder.chrgitmLvEncodingOffset();
            Fields.putDigits(outcome, level, lines.itemClass(line), 2);
            outcome.putByte(level + 2, (byte) 0);
        }
    }
}
