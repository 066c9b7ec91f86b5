package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.StepRecorder;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The one-shot settlement under work, which 2101 only shows and 2102 also books: checks in the order of {@link ResultCode}, then
 * who pays what.
 *
 * <p>Owned by the engine's thread. One instance for both; what {@link #compute} found stands in the fields until the next.
 */
final class Settlement {
    private static final int PSN_NO = PharmacySettleDecoder.psnNoEncodingOffset();
    private static final int CERT_TYPE = PharmacySettleDecoder.mdtrtCertTypeEncodingOffset();
    private static final int CERT_NO = PharmacySettleDecoder.mdtrtCertNoEncodingOffset();
    private static final int INSUTYPE = PharmacySettleDecoder.insutypeEncodingOffset();
    private static final int DISE_CODG = PharmacySettleDecoder.diseCodgEncodingOffset();
    private static final int MED_TYPE = PharmacySettleDecoder.medTypeEncodingOffset();

    final Bill bill;
    final SettleLines lines;

    private final PharmacySettleDecoder decoder = new PharmacySettleDecoder();
    private final MsgidRule msgidRule;
    private final Parties parties;

    Settlement(final EngineState state, final MsgidRule msgidRule, final Parties parties, final StepRecorder recorder) {
        this.msgidRule = msgidRule;
        this.parties = parties;
        this.bill = new Bill(state, recorder);
        this.lines = new SettleLines(state);
    }

    /** The first fault, or OK and a bill; room for booking it is reserved then. Changes nothing that is hashed. */
    ResultCode compute(final Request request) {
        decoder.wrap(request.buffer, request.body, request.blockLength, request.version);
        final ResultCode form = checkForm(request);
        if (form != ResultCode.OK) {
            return form;
        }
        final ResultCode covered = checkCover(request);
        if (covered != ResultCode.OK) {
            return covered;
        }
        bill.askForYear();
        final ResultCode amounts = lines.checkAmounts(request, decoder.medfeeSumamtFen());
        if (amounts != ResultCode.OK) {
            return amounts;
        }
        lines.split(bill.claim);
        bill.credential = Credentials.type(request.buffer, request.body + CERT_TYPE);
        bill.claim.isAccountUsed = decoder.acctUsedFlag() == 1;
        return bill.compute(request);
    }

    /** Writes the outcome of what {@link #compute} found, with its lines and without a setl_id; gives its length. */
    int encode(
            final SettleOutcomeWriter writer,
            final Request request,
            final MutableDirectBuffer outcome,
            final int offset) {
        writer.write(bill, request, request.buffer, request.body + MED_TYPE, outcome, offset);
        return writer.writeLines(lines, request, outcome);
    }

    private ResultCode checkForm(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final boolean codes = Fields.isCode(buffer, body + PSN_NO, Rows.PERSON_KEY)
                && Credentials.isForm(buffer, body + CERT_TYPE, body + CERT_NO)
                && Fields.isCode(buffer, body + INSUTYPE, 6)
                && Fields.isCode(buffer, body + MED_TYPE, 6)
                && Fields.isCodeOrEmpty(buffer, body + DISE_CODG, PersonYears.DISEASE_CODE_LENGTH);
        if (!codes || decoder.acctUsedFlag() > 1 || !msgidRule.isWithinHorizon(decoder.begntimeMs(), request.timeMs)) {
            return ResultCode.FIELD_MALFORMED;
        }
        return lines.checkForm(request);
    }

    private ResultCode checkCover(final Request request) {
        final int body = request.body;
        final ResultCode entitled =
                parties.check(request, body + CERT_TYPE, body + CERT_NO, body + INSUTYPE, decoder.begntimeMs());
        if (entitled != ResultCode.OK) {
            return entitled;
        }
        final ResultCode covered = bill.cover(
                request, request.personRow, request.buffer, body + MED_TYPE, body + DISE_CODG, decoder.begntimeMs());
        if (covered != ResultCode.OK) {
            return covered;
        }
        if (!parties.settlesAtOnce(request, bill.claim.medType)) {
            return ResultCode.MED_TYPE_NOT_ALLOWED;
        }
        final ResultCode qualified = bill.checkQualification();
        return qualified == ResultCode.OK ? lines.findItems(request, decoder.begntimeMs()) : qualified;
    }
}
