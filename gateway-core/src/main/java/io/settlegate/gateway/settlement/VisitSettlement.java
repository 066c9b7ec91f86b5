package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Claim;
import io.settlegate.gateway.benefits.StepRecorder;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The settlement of a visit's or stay's staged lines under work, which 2206 and 2303 only show and 2207 and 2304 also book: checks in
 * the order of {@link ResultCode}, then who pays what.
 *
 * <p>Owned by the engine's thread. One instance for all four; what {@link #compute} found stands in the fields until the next.
 */
final class VisitSettlement {
    private static final int CERT_TYPE = OutpatientSettleDecoder.mdtrtCertTypeEncodingOffset();
    private static final int CERT_NO = OutpatientSettleDecoder.mdtrtCertNoEncodingOffset();
    private static final int MDTRT_ID = OutpatientSettleDecoder.mdtrtIdEncodingOffset();
    private static final int MED_TYPE = OutpatientSettleDecoder.medTypeEncodingOffset();
    private static final int INSUTYPE = OutpatientSettleDecoder.insutypeEncodingOffset();
    private static final int BATCH = OutpatientSettleDecoder.chrgBchnoEncodingOffset();
    private static final int SETLWAY = OutpatientSettleDecoder.psnSetlwayEncodingOffset();
    private static final int INVONO = OutpatientSettleDecoder.invonoEncodingOffset();
    private static final int CODE_LENGTH = 6;
    private static final int INVONO_LENGTH = OutpatientSettleDecoder.invonoEncodingLength();

    final Bill bill;

    private final EngineState state;
    private final Parties parties;
    private final KnownVisit visit;
    private final OutpatientSettleDecoder decoder = new OutpatientSettleDecoder();
    private final int[] lineRows = new int[Limits.MAX_VISIT_LINES];
    private int lineCount;

    VisitSettlement(
            final EngineState state, final Parties parties, final KnownVisit visit, final StepRecorder recorder) {
        this.state = state;
        this.parties = parties;
        this.visit = visit;
        this.bill = new Bill(state, recorder);
    }

    /** The first fault, or OK and a bill; room for booking it is reserved then. Changes nothing that is hashed. */
    ResultCode compute(final Request request, final VisitKind kind, final SplitRule splitRule) {
        decoder.wrap(request.buffer, request.body, request.blockLength, request.version);
        if (!isForm(request, kind)) {
            return ResultCode.FIELD_MALFORMED;
        }
        visit.look(request, kind, MDTRT_ID);
        final ResultCode covered = checkCover(request);
        if (covered != ResultCode.OK) {
            return covered;
        }
        final ResultCode open = checkState(request, kind);
        if (open != ResultCode.OK) {
            return open;
        }
        lineCount = state.visits.lines.collect(visit.visitRow, request.buffer, request.body + BATCH, lineRows);
        if (lineCount == 0) {
            return ResultCode.NO_UNSETTLED_LINES;
        }
        takeLines();
        final ResultCode sums = checkSums(splitRule);
        if (sums != ResultCode.OK) {
            return sums;
        }
        takeVisit(request, kind);
        return bill.compute(request);
    }

    private boolean isForm(final Request request, final VisitKind kind) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final boolean codes = KnownVisit.isForm(request, MDTRT_ID)
                && Credentials.isForm(buffer, body + CERT_TYPE, body + CERT_NO)
                && Fields.isCode(buffer, body + INSUTYPE, CODE_LENGTH)
                && Fields.isCode(buffer, body + MED_TYPE, CODE_LENGTH)
                && Fields.isCode(buffer, body + BATCH, Rows.LINE_BATCH_LENGTH)
                && Fields.isCodeOrEmpty(buffer, body + INVONO, INVONO_LENGTH)
                && (Fields.holds(buffer, body + SETLWAY, CODE_LENGTH, "01")
                        || Fields.holds(buffer, body + SETLWAY, 2, "02"));
        final boolean ends = kind == VisitKind.STAY
                ? decoder.midSetlFlag() <= 1 && decoder.endtimeMs() > 0
                : decoder.midSetlFlag() == 0 && decoder.endtimeMs() == 0;
        return codes && ends && decoder.acctUsedFlag() <= 1;
    }

    /** Parties, policy, and the visit itself, in the order of the codes. */
    private ResultCode checkCover(final Request request) {
        final int body = request.body;
        final long atMs = policyTimeMs(request);
        final ResultCode entitled = parties.check(request, body + CERT_TYPE, body + CERT_NO, body + INSUTYPE, atMs);
        if (entitled != ResultCode.OK) {
            return entitled;
        }
        if (visit.found() != ResultCode.OK) {
            return visit.found();
        }
        final FlatTable visits = state.visits.table;
        final UnsafeBuffer row = visits.buffer(visit.visitRow);
        final int at = visits.offset(visit.visitRow);
        if (!Fields.equal(row, at + Rows.VISIT_MED_TYPE, request.buffer, body + MED_TYPE, CODE_LENGTH)
                || !Fields.equal(row, at + Rows.VISIT_INSUTYPE, request.buffer, body + INSUTYPE, CODE_LENGTH)) {
            return ResultCode.VISIT_MISMATCH;
        }
        final ResultCode covered =
                bill.cover(request, request.personRow, row, at + Rows.VISIT_MED_TYPE, at + Rows.VISIT_DISEASE, atMs);
        return covered == ResultCode.OK ? bill.checkQualification() : covered;
    }

    /** That of the visit's beginning, of stays that of the end of the settled part; of no visit now. */
    private long policyTimeMs(final Request request) {
        if (visit.visitRow < 0) {
            return request.timeMs;
        }
        return decoder.endtimeMs() > 0 ? decoder.endtimeMs() : state.visits.begntimeMs(visit.visitRow);
    }

    /** A stay is settled after its discharge up to its end, or in the middle up to a moment that has passed. */
    private ResultCode checkState(final Request request, final VisitKind kind) {
        final Visits visits = state.visits;
        final int row = visit.visitRow;
        if (kind == VisitKind.OUTPATIENT) {
            return ResultCode.OK;
        }
        final boolean isMid = decoder.midSetlFlag() == 1;
        if (isMid != (visits.state(row) == Visits.OPEN)) {
            return ResultCode.VISIT_STATE;
        }
        final boolean isRightEnd = isMid
                ? decoder.endtimeMs() >= visits.begntimeMs(row) && decoder.endtimeMs() <= request.timeMs
                : decoder.endtimeMs() == visits.endtimeMs(row);
        return isRightEnd ? ResultCode.OK : ResultCode.VISIT_MISMATCH;
    }

    private void takeLines() {
        final FeeLines lines = state.visits.lines;
        final Claim claim = bill.claim;
        for (int i = 0; i < lineCount; i++) {
            final int row = lineRows[i];
            claim.medfeeFen += lines.amountFen(row);
            claim.ownpayFen += lines.ownpayFen(row);
            claim.overlmtFen += lines.overlmtFen(row);
            claim.preselfpayFen += lines.preselfpayFen(row);
            claim.inscpFen += lines.inscpFen(row);
            claim.essentialInscpFen += lines.essentialFlag(row) == 1 ? lines.inscpFen(row) : 0;
        }
    }

    /** The caller's sums must be those of the lines: it may have lost the answer to an upload. */
    private ResultCode checkSums(final SplitRule splitRule) {
        final Claim claim = bill.claim;
        if (decoder.medfeeSumamtFen() != claim.medfeeFen) {
            return ResultCode.SUM_WRONG;
        }
        final boolean isLeftOut = decoder.fulamtOwnpayAmtFen() == 0
                && decoder.overlmtSelfpayFen() == 0
                && decoder.preselfpayAmtFen() == 0
                && decoder.inscpScpAmtFen() == 0;
        if (isLeftOut && splitRule == SplitRule.MAY_BE_LEFT_OUT) {
            return ResultCode.OK;
        }
        final boolean isSame = decoder.fulamtOwnpayAmtFen() == claim.ownpayFen
                && decoder.overlmtSelfpayFen() == claim.overlmtFen
                && decoder.preselfpayAmtFen() == claim.preselfpayFen
                && decoder.inscpScpAmtFen() == claim.inscpFen;
        return isSame ? ResultCode.OK : ResultCode.SPLIT_WRONG;
    }

    private void takeVisit(final Request request, final VisitKind kind) {
        final Visits visits = state.visits;
        final Claim claim = bill.claim;
        bill.credential = Credentials.type(request.buffer, request.body + CERT_TYPE);
        claim.isAccountUsed = decoder.acctUsedFlag() == 1;
        claim.isByQuota = Fields.holds(request.buffer, request.body + SETLWAY, 2, "02");
        claim.stayNumber = kind == VisitKind.STAY ? visits.stayNumber(visit.visitRow) : 1;
        claim.earlierDeductibleFen = visits.dedcUsedFen(visit.visitRow);
        claim.earlierBaseFen = visits.baseFen(visit.visitRow);
    }

    /** Writes the outcome of what {@link #compute} found, without a setl_id; its lines were answered when they were uploaded. */
    int encode(
            final SettleOutcomeWriter writer,
            final Request request,
            final MutableDirectBuffer outcome,
            final int offset) {
        final int length = writer.write(bill, request, request.buffer, request.body + MED_TYPE, outcome, offset);
        writer.writeVisit(request.buffer, request.body + MDTRT_ID, outcome);
        return length;
    }

    /** Books the bill, and marks lines and visit. Cannot throw. */
    void commit(final Request request) {
        bill.commit(request, visit.visitRow);
        for (int i = 0; i < lineCount; i++) {
            state.visits.lines.settle(lineRows[i], request.sequence);
        }
        state.visits.settle(visit.visitRow, bill.shares.actPayDedcFen, bill.shares.baseFen);
    }
}
