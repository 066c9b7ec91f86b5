package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.StatementTotalsDecoder;
import io.settlegate.protocol.codec.StatementTotalsOutcomeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 3201: compares what an institution has booked with {@link DayTotals}, of one insurance, clearing type, office, and period. Changes
 * nothing. Owned by the engine's thread.
 */
final class StatementTotalsTransaction implements Transaction {
    private static final int INSUTYPE = StatementTotalsDecoder.insutypeEncodingOffset();
    private static final int CLR_TYPE = StatementTotalsDecoder.clrTypeEncodingOffset();
    private static final int OFFICE = StatementTotalsDecoder.setlOptinsEncodingOffset();
    private static final int CODE_LENGTH = 6;

    private final EngineState state;
    private final OutcomeWriter writer;
    private final StatementTotalsDecoder decoder = new StatementTotalsDecoder();
    private final StatementTotalsOutcomeEncoder encoder = new StatementTotalsOutcomeEncoder();
    private final StatementPeriod period = new StatementPeriod();
    private final PeriodTotals totals = new PeriodTotals();
    private int officeRow;

    StatementTotalsTransaction(final EngineState state, final OutcomeWriter writer) {
        this.state = state;
        this.writer = writer;
    }

    @Override
    public int templateId() {
        return StatementTotalsDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return StatementTotalsDecoder.BLOCK_LENGTH;
    }

    /** It tells of no person, so that it may be resent later than other reads: the first answer comes then. */
    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND;
    }

    @Override
    public ResultCode compute(final Request request) {
        final DirectBuffer buffer = request.buffer;
        decoder.wrap(buffer, request.body, request.blockLength, request.version);
        final ResultCode dates = period.take(decoder.stmtBegndateMs(), decoder.stmtEnddateMs(), request.timeMs);
        final boolean isForm = isNumber(buffer, request.body + INSUTYPE, Rows.INSUTYPE_LENGTH)
                && isNumber(buffer, request.body + CLR_TYPE, 2)
                && DayTotals.isClrType(Fields.number(buffer, request.body + CLR_TYPE, 2))
                && Fields.isDigits(buffer, request.body + OFFICE, Rows.REGION_KEY)
                && decoder.refdSetlFlag() <= 1;
        if (!isForm || dates == ResultCode.FIELD_MALFORMED) {
            return ResultCode.FIELD_MALFORMED;
        }
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        officeRow = state.regions.find(buffer, request.body + OFFICE);
        if (officeRow < 0) {
            return ResultCode.OTHER_SHARD;
        }
        if (dates != ResultCode.OK || period.firstDay < BusinessTime.dayOf(request.timeMs) - DayTotals.KEPT_DAYS) {
            return ResultCode.STATEMENT_PERIOD;
        }
        state.dayTotals.sum(
                Fields.number(buffer, request.body + CLR_TYPE, 2),
                Fields.number(buffer, request.body + INSUTYPE, Rows.INSUTYPE_LENGTH),
                officeRow,
                request.institutionRow,
                period.firstDay,
                period.lastDay,
                totals);
        return ResultCode.OK;
    }

    /** Whether a code of six characters is this many digits. */
    private static boolean isNumber(final DirectBuffer buffer, final int code, final int digits) {
        return Fields.isDigits(buffer, code, digits) && Fields.isZero(buffer, code + digits, CODE_LENGTH - digits);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        final boolean isWithPairs = decoder.refdSetlFlag() == 1;
        final long medfeeFen = isWithPairs ? totals.medfeeFen : totals.standingMedfeeFen;
        final long fundFen = isWithPairs ? totals.fundSumFen : totals.standingFundSumFen;
        final long acctFen = isWithPairs ? totals.acctFen : totals.standingAcctFen;
        final int count = isWithPairs ? totals.settledCount + totals.undoneCount : totals.standingCount;
        final boolean isEqual = decoder.medfeeSumamtFen() == medfeeFen
                && decoder.fundPaySumamtFen() == fundFen
                && decoder.acctPayFen() == acctFen
                && decoder.fixmedinsSetlCnt() == count;
        OutcomeWriter.clear(outcome, offset, StatementTotalsOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        outcome.putBytes(
                encoder.offset() + StatementTotalsOutcomeEncoder.setlOptinsEncodingOffset(),
                request.buffer,
                request.body + OFFICE,
                Rows.REGION_KEY);
        encoder.stmtRslt((short) (isEqual ? 0 : 1))
                .medfeeSumamtFen(medfeeFen)
                .fundPaySumamtFen(fundFen)
                .acctPayFen(acctFen)
                .psnCashPayFen(isWithPairs ? totals.cashFen : totals.standingCashFen)
                .fixmedinsSetlCnt(count)
                .refdCnt(isWithPairs ? totals.undoneCount : 0)
                .closed((short) (state.clearings.closedThrough(officeRow) >= period.lastDay ? 1 : 0));
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void commit(final Request request) {
        // A read leaves its record and its msgid, nothing else.
    }
}
