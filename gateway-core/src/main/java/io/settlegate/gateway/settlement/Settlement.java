package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import org.agrona.DirectBuffer;

/**
 * The settlement under work, which 2101 only shows and 2102 also books: checks in the order of {@link ResultCode}, then who
 * pays what.
 *
 * <p>Owned by the engine's thread. One instance for both; what {@link #compute} found stands in the fields until the next.
 */
final class Settlement {
    private static final String PHARMACY = "41";
    private static final String OUTPATIENT = "11";
    private static final int PSN_NO = PharmacySettleDecoder.psnNoEncodingOffset();
    private static final int CERT_TYPE = PharmacySettleDecoder.mdtrtCertTypeEncodingOffset();
    private static final int CERT_NO = PharmacySettleDecoder.mdtrtCertNoEncodingOffset();
    private static final int INSUTYPE = PharmacySettleDecoder.insutypeEncodingOffset();
    private static final int MED_TYPE = PharmacySettleDecoder.medTypeEncodingOffset();

    private static final int POSTINGS = 3;

    final BenefitComputation bill = new BenefitComputation();
    final PharmacySettleDecoder decoder = new PharmacySettleDecoder();
    final SettleLines lines;
    int personRow;
    int policyRow;
    int ratioE4;
    long year;
    long balanceAfterFen;

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final PolicyLookup policyLookup;
    private final Credentials credentials;

    Settlement(final EngineState state, final MsgidRule msgidRule, final Credentials credentials) {
        this.state = state;
        this.msgidRule = msgidRule;
        this.credentials = credentials;
        this.policyLookup = new PolicyLookup(state.policies);
        this.lines = new SettleLines(state);
    }

    /** The first fault, or OK and a bill; room in the ledger is reserved then. Changes nothing that is hashed. */
    ResultCode compute(final Request request) {
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
        if (!state.ledger.reserve(POSTINGS)) {
            return ResultCode.CAPACITY;
        }
        computeBill(request.institutionRow);
        return ResultCode.OK;
    }

    private ResultCode checkForm(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final boolean codes = Fields.isCode(buffer, body + PSN_NO, Rows.PERSON_KEY)
                && Credentials.isForm(buffer, body + CERT_TYPE, body + CERT_NO)
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
        final ResultCode entitled = checkEntitlement(request);
        if (entitled != ResultCode.OK) {
            return entitled;
        }
        policyRow = policyLookup.find(
                state.regions.buffer(request.regionRow),
                state.regions.offset(request.regionRow) + Rows.REGION_POOLAREA,
                state.persons.buffer(personRow),
                state.persons.offset(personRow),
                buffer,
                body + MED_TYPE,
                decoder.begntimeMs());
        if (policyRow < 0) {
            return ResultCode.NO_POLICY;
        }
        if (!isMedTypeOf(request)) {
            return ResultCode.MED_TYPE_NOT_ALLOWED;
        }
        return lines.findItems(request, decoder.begntimeMs());
    }

    private ResultCode checkEntitlement(final Request request) {
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final ResultCode credential = credentials.find(buffer, body + CERT_TYPE, body + CERT_NO, request.timeMs);
        if (credential == ResultCode.VOUCHER_EXPIRED) {
            return ResultCode.VOUCHER_EXPIRED;
        }
        if (credentials.personRow != personRow) {
            return ResultCode.CERTIFICATE_MISMATCH;
        }
        if (Persons.isFrozen(state.persons, personRow)) {
            return ResultCode.PERSON_FROZEN;
        }
        final DirectBuffer person = state.persons.buffer(personRow);
        final int at = state.persons.offset(personRow);
        if (!Fields.holds(person, at + Rows.PERSON_INSU_STAS, Rows.INSU_STAS_LENGTH, "1")) {
            return ResultCode.NOT_INSURED;
        }
        return Fields.equalPadded(person, at + Rows.PERSON_INSUTYPE, Rows.INSUTYPE_LENGTH, buffer, body + INSUTYPE, 6)
                ? ResultCode.OK
                : ResultCode.INSUTYPE_MISMATCH;
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

    /** Books the bill and keeps in the msgid's row what undoing it needs. Cannot throw. */
    void commit(final Request request) {
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
        day.buffer(row).putShort(day.offset(row) + Rows.MSGID_SETL_DAY, (short) BusinessTime.dayOf(request.timeMs));
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
