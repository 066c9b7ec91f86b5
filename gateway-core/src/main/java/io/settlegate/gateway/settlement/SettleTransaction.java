package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 2102: checks in the order of {@link ResultCode}, computes who pays what, and on commit moves the money.
 *
 * <p>Owned by the engine's thread. What compute found stands in the fields until the commit.
 */
final class SettleTransaction implements Transaction {
    private static final String PHARMACY = "41";
    private static final String OUTPATIENT = "11";
    private static final int PSN_NO = PharmacySettleDecoder.psnNoEncodingOffset();
    private static final int CERT_TYPE = PharmacySettleDecoder.mdtrtCertTypeEncodingOffset();
    private static final int CERT_NO = PharmacySettleDecoder.mdtrtCertNoEncodingOffset();
    private static final int CERT_NO_LENGTH = 50;
    private static final int INSUTYPE = PharmacySettleDecoder.insutypeEncodingOffset();
    private static final int MED_TYPE = PharmacySettleDecoder.medTypeEncodingOffset();

    final BenefitComputation bill = new BenefitComputation();
    final PharmacySettleDecoder decoder = new PharmacySettleDecoder();
    final SettleLines lines;
    int personRow;
    int policyRow;
    int ratioE4;
    long balanceAfterFen;

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final PolicyLookup policyLookup;
    private final SettleOutcomeWriter outcomeWriter;
    private long year;

    SettleTransaction(final EngineState state, final MsgidRule msgidRule, final OutcomeWriter writer) {
        this.state = state;
        this.msgidRule = msgidRule;
        this.policyLookup = new PolicyLookup(state.policies);
        this.lines = new SettleLines(state.items);
        this.outcomeWriter = new SettleOutcomeWriter(state, writer);
    }

    @Override
    public ResultCode compute(final Request request) {
        decoder.wrap(request.buffer, request.body, request.blockLength, request.version);
        final ResultCode form = checkForm(request);
        if (form != ResultCode.OK) {
            return form;
        }
        final ResultCode parties = checkParties(request);
        if (parties != ResultCode.OK) {
            return parties;
        }
        final ResultCode amounts = lines.checkAmounts(request, decoder.medfeeSumamtFen());
        if (amounts != ResultCode.OK) {
            return amounts;
        }
        if (!state.ledger.reserve(3)) {
            return ResultCode.CAPACITY;
        }
        computeBill(request.institutionRow);
        return ResultCode.OK;
    }

    private ResultCode checkForm(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final boolean codes = Fields.isCode(buffer, body + PSN_NO, Rows.PERSON_KEY)
                && Fields.holds(buffer, body + CERT_TYPE, 3, "02")
                && Fields.isCode(buffer, body + CERT_NO, CERT_NO_LENGTH)
                && Fields.isCode(buffer, body + INSUTYPE, 6)
                && Fields.isCode(buffer, body + MED_TYPE, 6);
        if (!codes || decoder.acctUsedFlag() > 1 || !msgidRule.isWithinHorizon(decoder.begntimeMs(), request.timeMs)) {
            return ResultCode.FIELD_MALFORMED;
        }
        return lines.checkForm(request);
    }

    private ResultCode checkParties(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        if (state.institutions.getByte(request.institutionRow, Rows.INSTITUTION_STATUS) != 1) {
            return ResultCode.INSTITUTION_DISABLED;
        }
        personRow = state.persons.find(buffer, body + PSN_NO);
        if (request.regionRow < 0 || (personRow >= 0 && !Persons.isOf(state.persons, personRow, request))) {
            return ResultCode.OTHER_SHARD;
        }
        if (personRow < 0) {
            return ResultCode.UNKNOWN_PERSON;
        }
        final DirectBuffer person = state.persons.buffer(personRow);
        final int at = state.persons.offset(personRow);
        if (!Fields.holds(person, at + Rows.PERSON_CERTIFICATE, Rows.CERT_TYPE_LENGTH, "01")
                || !Fields.equalPadded(
                        person, at + Rows.PERSON_CERTNO, Rows.CERTNO_LENGTH, buffer, body + CERT_NO, CERT_NO_LENGTH)) {
            return ResultCode.CERTIFICATE_MISMATCH;
        }
        if (!Fields.holds(person, at + Rows.PERSON_INSU_STAS, Rows.INSU_STAS_LENGTH, "1")) {
            return ResultCode.NOT_INSURED;
        }
        if (!Fields.equalPadded(
                person, at + Rows.PERSON_INSUTYPE, Rows.INSUTYPE_LENGTH, buffer, body + INSUTYPE, 6)) {
            return ResultCode.INSUTYPE_MISMATCH;
        }
        policyRow = policyLookup.find(
                state.regions.buffer(request.regionRow),
                state.regions.offset(request.regionRow) + Rows.REGION_POOLAREA,
                person,
                at,
                buffer,
                body + MED_TYPE,
                decoder.begntimeMs());
        if (policyRow < 0) {
            return ResultCode.NO_POLICY;
        }
        if (!isMedTypeOf(request)) {
            return ResultCode.MED_TYPE_NOT_ALLOWED;
        }
        return lines.findItems(request);
    }

    /** Pharmacies (P) settle 41, medical institutions (H) settle 11. */
    private boolean isMedTypeOf(final Request request) {
        final byte kind = state.institutions.getByte(request.institutionRow, 0);
        final String allowed = kind == 'P' ? PHARMACY : OUTPATIENT;
        return Fields.holds(request.buffer, request.body + MED_TYPE, 6, allowed);
    }

    private void computeBill(final int institution) {
        final int level = PolicyLookup.level(
                state.institutions.buffer(institution),
                state.institutions.offset(institution) + Rows.INSTITUTION_HOSP_LV);
        ratioE4 = policyLookup.ratioE4(policyRow, level);
        year = BusinessTime.yearOf(decoder.begntimeMs());
        lines.split(bill);
        final FlatTable persons = state.persons;
        final long deductibleLeft = Math.max(
                0,
                state.policies.getLong(policyRow, Rows.POLICY_DEDUCTIBLE)
                        - Persons.usedInYear(persons, personRow, year, Rows.YEAR_DEDC));
        final long capLeft = Math.max(
                0,
                state.policies.getLong(policyRow, Rows.POLICY_CAP)
                        - Persons.usedInYear(persons, personRow, year, Rows.YEAR_HIFP));
        final long balance = persons.getLong(personRow, Rows.PERSON_BALANCE);
        bill.finish(deductibleLeft, ratioE4, capLeft, decoder.acctUsedFlag() == 1 ? balance : 0);
        balanceAfterFen = balance - bill.acctFen;
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        return outcomeWriter.write(this, request, outcome, offset);
    }

    @Override
    public void commit(final Request request) {
        final FlatTable day = request.day;
        final int row = request.msgidRow;
        day.beginWrite(row);
        day.putBytes(row, Rows.MSGID_INSUTYPE, request.buffer, request.body + INSUTYPE, 6);
        day.putBytes(
                row,
                Rows.MSGID_POOLAREA,
                state.regions.buffer(request.regionRow),
                state.regions.offset(request.regionRow) + Rows.REGION_POOLAREA,
                6);
        day.putInt(row, Rows.MSGID_YEAR, (int) year);
        day.putLong(row, Rows.MSGID_MEDFEE, bill.medfeeFen);
        day.putLong(row, Rows.MSGID_HIFP, bill.hifpFen);
        day.putLong(row, Rows.MSGID_ACCT, bill.acctFen);
        day.putLong(row, Rows.MSGID_CASH, bill.cashFen);
        day.putLong(row, Rows.MSGID_DEDC, bill.dedcFen);
        day.endWrite(row);
        Persons.post(state.persons, personRow, -bill.acctFen, year, bill.dedcFen, bill.hifpFen);
        state.ledger.postInstitution(
                state.institutions.buffer(request.institutionRow),
                state.institutions.offset(request.institutionRow),
                bill.medfeeFen);
        state.ledger.postFund(
                day.buffer(row),
                day.offset(row) + Rows.MSGID_POOLAREA,
                day.buffer(row),
                day.offset(row) + Rows.MSGID_INSUTYPE,
                -bill.hifpFen);
        state.ledger.postCash(-bill.cashFen);
    }
}
