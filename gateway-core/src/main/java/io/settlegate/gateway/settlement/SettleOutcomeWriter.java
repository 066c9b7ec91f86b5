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
        Fields.copy(person, at, outcome, block + PharmacySettleOutcomeEncoder.psnNoEncodingOffset(), Rows.PERSON_KEY);
        Fields.copy(
                person,
                at + Rows.PERSON_INSUTYPE,
                outcome,
                block + PharmacySettleOutcomeEncoder.insutypeEncodingOffset(),
                Rows.INSUTYPE_LENGTH);
        Fields.copy(
                person,
                at + Rows.PERSON_PSN_TYPE,
                outcome,
                block + PharmacySettleOutcomeEncoder.psnTypeEncodingOffset(),
                Rows.PSN_TYPE_LENGTH);
        final int medType = request.body + PharmacySettleDecoder.medTypeEncodingOffset();
        Fields.copy(request.buffer, medType, outcome, block + PharmacySettleOutcomeEncoder.medTypeEncodingOffset(), 6);
        // Clearing counts pharmacies (41) and outpatients (11) by the same numbers as med_type does.
        Fields.copy(request.buffer, medType, outcome, block + PharmacySettleOutcomeEncoder.clrTypeEncodingOffset(), 2);
    }

    private void writeLines(final Settlement settle, final Request request, final MutableDirectBuffer outcome) {
        final SettleLines lines = settle.lines;
        final BenefitComputation bill = settle.bill;
        final DetlcutinfoEncoder group = encoder.detlcutinfoCount(lines.count);
        for (int line = 0; line < lines.count; line++) {
            group.next();
            final int entry = encoder.limit() - DetlcutinfoEncoder.sbeBlockLength();
            Fields.copy(
                    request.buffer,
                    lines.feedetlSn(line),
                    outcome,
                    entry + DetlcutinfoEncoder.feedetlSnEncodingOffset(),
                    30);
            group.detItemFeeSumamtFen(lines.amountFen(line))
                    .fulamtOwnpayAmtFen(bill.lineOwnpayFen[line])
                    .overlmtAmtFen(bill.lineOverlmtFen[line])
                    .preselfpayAmtFen(bill.linePreselfpayFen[line])
                    .inscpScpAmtFen(bill.lineInscpFen[line])
                    .pricUplmtAmtE6(lines.ceilingE6(line))
                    .selfpayPropE4(lines.selfpayE4(line));
            final int item = lines.itemRows[line];
            Fields.copy(
                    lines.items.buffer(item),
                    lines.items.offset(item) + Rows.ITEM_LV,
                    outcome,
                    entry + DetlcutinfoEncoder.chrgitmLvEncodingOffset(),
                    3);
        }
    }
}
