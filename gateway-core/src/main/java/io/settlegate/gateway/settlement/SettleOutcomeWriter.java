package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Shares;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeEncoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeEncoder.DetlcutinfoEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the outcome of a settlement from a computed bill, without its setl_id. All settlements and presettlements have the layout of
 * 2102's. Owned by the engine's thread.
 */
final class SettleOutcomeWriter {
    private static final int OUTCOME_OF_TEMPLATE = 10_000;
    private static final int MED_TYPE_LENGTH = 6;

    private final EngineState state;
    private final OutcomeWriter writer;
    private final PharmacySettleOutcomeEncoder encoder = new PharmacySettleOutcomeEncoder();

    SettleOutcomeWriter(final EngineState state, final OutcomeWriter writer) {
        this.state = state;
        this.writer = writer;
    }

    /**
     * Writes header and block, and no lines.
     *
     * @param medType where med_type stands, six characters.
     * @return the length so far.
     */
    int write(
            final Bill bill,
            final Request request,
            final DirectBuffer medTypes,
            final int medType,
            final MutableDirectBuffer outcome,
            final int offset) {
        OutcomeWriter.clear(outcome, offset, PharmacySettleOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.messageHeader.templateId(OUTCOME_OF_TEMPLATE + request.templateId);
        writer.header(encoder.header(), outcome, request);
        writePerson(bill, outcome);
        final int block = encoder.offset();
        Fields.copy(
                medTypes,
                medType,
                outcome,
                block + PharmacySettleOutcomeEncoder.medTypeEncodingOffset(),
                MED_TYPE_LENGTH);
        final int clrType = clrType(bill.claim.medType);
        Fields.putDigits(outcome, block + PharmacySettleOutcomeEncoder.clrTypeEncodingOffset(), clrType, 2);
        encoder.setlTimeMs(request.timeMs).age(bill.claim.age).cvlservFlag((short) (bill.claim.isCivilServant ? 1 : 0));
        writeShares(bill.shares);
        encoder.detlcutinfoCount(0);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /** Names the visit, thirty characters, in the outcome written last. */
    void writeVisit(final DirectBuffer source, final int mdtrtId, final MutableDirectBuffer outcome) {
        outcome.putBytes(
                encoder.offset() + PharmacySettleOutcomeEncoder.mdtrtIdEncodingOffset(),
                source,
                mdtrtId,
                GatewayNumber.LENGTH);
    }

    /** Clearing counts by 11 outpatient, 21 inpatient, 41 pharmacy. */
    static int clrType(final int medType) {
        int kind = medType;
        while (kind >= 100) {
            kind /= 10;
        }
        return switch (kind) {
            case 41 -> 41;
            case 21, 22, 23, 24, 25, 26, 27, 28, 52 -> 21;
            default -> 11;
        };
    }

    private void writePerson(final Bill bill, final MutableDirectBuffer outcome) {
        final int block = encoder.offset();
        final UnsafeBuffer person = state.persons.buffer(bill.personRow);
        final int at = state.persons.offset(bill.personRow);
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
    }

    private void writeShares(final Shares shares) {
        encoder.policyVersion(shares.policyVersion)
                .medfeeSumamtFen(shares.medfeeSumamtFen)
                .fulamtOwnpayAmtFen(shares.fulamtOwnpayFen)
                .overlmtSelfpayFen(shares.overlmtSelfpayFen)
                .preselfpayAmtFen(shares.preselfpayFen)
                .inscpScpAmtFen(shares.inscpScpFen)
                .actPayDedcFen(shares.actPayDedcFen)
                .poolPropSelfpayE4(shares.poolPropSelfpayE4)
                .hifpPayFen(shares.hifpPayFen)
                .cvlservPayFen(shares.cvlservPayFen)
                .hifesPayFen(shares.hifesPayFen)
                .hifmiPayFen(shares.hifmiPayFen)
                .hifobPayFen(shares.hifobPayFen)
                .mafPayFen(shares.mafPayFen)
                .othPayFen(shares.othPayFen)
                .fundPaySumamtFen(shares.fundPaySumamtFen)
                .hospPartAmtFen(shares.hospPartFen)
                .psnPartAmtFen(shares.psnPartFen)
                .acctPayFen(shares.acctPayFen)
                .acctMulaidPayFen(shares.acctMulaidPayFen)
                .psnCashPayFen(shares.psnCashPayFen)
                .balcFen(shares.balcFen);
    }

    /** Writes how each line was split, in place of the empty group of {@link #write}. @return the length of the outcome. */
    int writeLines(final SettleLines lines, final Request request, final MutableDirectBuffer outcome) {
        encoder.limit(encoder.offset() + PharmacySettleOutcomeEncoder.BLOCK_LENGTH);
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
                    .fulamtOwnpayAmtFen(lines.ownpayFen[line])
                    .overlmtAmtFen(lines.overlmtFen[line])
                    .preselfpayAmtFen(lines.preselfpayFen[line])
                    .inscpScpAmtFen(lines.inscpFen[line])
                    .pricUplmtAmtE6(lines.ceilingE6(line))
                    .selfpayPropE4(lines.selfpayE4(line));
            final int level = entry + DetlcutinfoEncoder.chrgitmLvEncodingOffset();
            Fields.putDigits(outcome, level, lines.itemClass(line), 2);
            outcome.putByte(level + 2, (byte) 0);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
