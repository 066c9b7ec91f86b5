package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.NoRecording;
import io.settlegate.gateway.benefits.policy.Fund;
import io.settlegate.gateway.benefits.policy.Money;
import io.settlegate.gateway.benefits.policy.Plan;
import io.settlegate.gateway.benefits.policy.Scheme;
import io.settlegate.gateway.benefits.policy.Tiers;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.EntitlementCheckDecoder;
import io.settlegate.protocol.codec.EntitlementCheckOutcomeEncoder;
import io.settlegate.protocol.codec.EntitlementCheckOutcomeEncoder.TrtinfoEncoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * 2001: whether a person may settle a kind of visit on a day, by the checks that the settlement itself makes, and which funds take part.
 * What forbids it is in the outcome and no refusal. Changes nothing. Owned by the engine's thread.
 */
final class EntitlementCheckTransaction implements Transaction {
    private static final int PSN_NO = EntitlementCheckDecoder.psnNoEncodingOffset();
    private static final int INSUTYPE = EntitlementCheckDecoder.insutypeEncodingOffset();
    private static final int MED_TYPE = EntitlementCheckDecoder.medTypeEncodingOffset();
    private static final int DISE_CODG = EntitlementCheckDecoder.diseCodgEncodingOffset();
    private static final int CODE_LENGTH = 6;
    private static final int PHARMACY = 41;
    private static final int GROUP_BOUND = 100;
    private static final Fund[] FUNDS = Fund.values();

    private final EngineState state;
    private final MsgidRule msgidRule;
    private final Parties parties;
    private final OutcomeWriter writer;
    private final Bill bill;
    private final Accumulators used = new Accumulators();
    private final EntitlementCheckDecoder decoder = new EntitlementCheckDecoder();
    private final EntitlementCheckOutcomeEncoder encoder = new EntitlementCheckOutcomeEncoder();
    private ResultCode verdict;
    private Plan plan;

    EntitlementCheckTransaction(
            final EngineState state, final MsgidRule msgidRule, final Parties parties, final OutcomeWriter writer) {
        this.state = state;
        this.msgidRule = msgidRule;
        this.parties = parties;
        this.writer = writer;
        this.bill = new Bill(state, NoRecording.INSTANCE);
    }

    @Override
    public int templateId() {
        return EntitlementCheckDecoder.TEMPLATE_ID;
    }

    @Override
    public int blockLength() {
        return EntitlementCheckDecoder.BLOCK_LENGTH;
    }

    @Override
    public MsgidUse msgidUse() {
        return MsgidUse.BOUND_AND_FRESH;
    }

    @Override
    public ResultCode compute(final Request request) {
        decoder.wrap(request.buffer, request.body, request.blockLength, request.version);
        final DirectBuffer buffer = request.buffer;
        final int body = request.body;
        final boolean codes = Fields.isCode(buffer, body + PSN_NO, Rows.PERSON_KEY)
                && Fields.isCode(buffer, body + INSUTYPE, CODE_LENGTH)
                && Fields.isCode(buffer, body + MED_TYPE, CODE_LENGTH)
                && Fields.isCodeOrEmpty(buffer, body + DISE_CODG, PersonYears.DISEASE_CODE_LENGTH);
        if (!codes || !msgidRule.isWithinHorizon(decoder.begntimeMs(), request.timeMs)) {
            return ResultCode.FIELD_MALFORMED;
        }
        final ResultCode person = parties.checkPerson(request);
        if (person == ResultCode.OK) {
            verdict = judge(request);
        }
        return person;
    }

    private ResultCode judge(final Request request) {
        final int body = request.body;
        final long atMs = decoder.begntimeMs();
        plan = null;
        final ResultCode insured = parties.checkInsurance(request, body + INSUTYPE, atMs);
        final ResultCode covered =
                bill.cover(request, request.personRow, request.buffer, body + MED_TYPE, body + DISE_CODG, atMs);
        state.personYears.load(request.personRow, bill.year, bill.claim.insutype, used);
        if (insured != ResultCode.OK || covered != ResultCode.OK) {
            return insured == ResultCode.OK ? covered : insured;
        }
        plan = bill.plan();
        return settles(request) ? bill.checkQualification() : ResultCode.MED_TYPE_NOT_ALLOWED;
    }

    /** Pharmacies settle 41 and nothing else does. */
    private boolean settles(final Request request) {
        int group = bill.claim.medType;
        while (group >= GROUP_BOUND) {
            group /= 10;
        }
        return parties.isHospital(request) != (group == PHARMACY);
    }

    @Override
    public int encode(final Request request, final MutableDirectBuffer outcome, final int offset) {
        OutcomeWriter.clear(outcome, offset, EntitlementCheckOutcomeEncoder.BLOCK_LENGTH);
        encoder.wrapAndApplyHeader(outcome, offset, writer.messageHeader);
        writer.header(encoder.header(), outcome, request);
        final int block = encoder.offset();
        outcome.putBytes(
                block + EntitlementCheckOutcomeEncoder.psnNoEncodingOffset(),
                request.buffer,
                request.body + PSN_NO,
                Rows.PERSON_KEY);
        outcome.putBytes(
                block + EntitlementCheckOutcomeEncoder.insutypeEncodingOffset(),
                request.buffer,
                request.body + INSUTYPE,
                CODE_LENGTH);
        outcome.putBytes(
                block + EntitlementCheckOutcomeEncoder.medTypeEncodingOffset(),
                request.buffer,
                request.body + MED_TYPE,
                CODE_LENGTH);
        outcome.putBytes(
                block + EntitlementCheckOutcomeEncoder.diseCodgEncodingOffset(),
                request.buffer,
                request.body + DISE_CODG,
                PersonYears.DISEASE_CODE_LENGTH);
        outcome.putBytes(
                block + EntitlementCheckOutcomeEncoder.psnInsuStasEncodingOffset(),
                state.persons.buffer(request.personRow),
                state.persons.offset(request.personRow) + Rows.PERSON_INSU_STAS,
                Rows.INSU_STAS_LENGTH);
        encoder.policyVersion(plan == null ? 0 : bill.policy.version())
                .trtEnjymntFlag((short) (verdict == ResultCode.OK ? 1 : 0))
                .trtChkRslt(verdict.code())
                .frozenFlag((short) (Persons.isFrozen(state.persons, request.personRow) ? 1 : 0));
        writeFunds(outcome);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private void writeFunds(final MutableDirectBuffer outcome) {
        int count = plan == null ? 0 : 1;
        for (int i = 0; plan != null && i < FUNDS.length; i++) {
            count += plan.scheme(FUNDS[i]) == null ? 0 : 1;
        }
        final TrtinfoEncoder group = encoder.trtinfoCount(count);
        if (plan == null) {
            return;
        }
        final int insutype = bill.claim.insutype;
        final Tiers tiers = plan.tiers(bill.claim.level);
        final boolean takesPart = !tiers.isZero() && bill.policy.outOfAreaE4(bill.claim.outOfArea) > 0;
        final long capFen = bill.claim.hasFamilyDoctor
                ? plan.cap().withFamilyDoctorFen()
                : plan.cap().fen();
        write(
                group,
                outcome,
                FundType.basic(insutype),
                takesPart && verdict == ResultCode.OK,
                used.slots[Accumulators.paid(plan.pool())],
                capFen);
        for (final Fund fund : FUNDS) {
            final Scheme scheme = plan.scheme(fund);
            if (scheme != null) {
                final boolean isHis = isHis(fund, scheme);
                write(
                        group,
                        outcome,
                        FundType.of(fund, insutype),
                        isHis && verdict == ResultCode.OK,
                        used.slots[Accumulators.paid(fund)],
                        isHis ? scheme.annualCapFen(bill.claim.aid) : Money.UNLIMITED_FEN);
            }
        }
    }

    private boolean isHis(final Fund fund, final Scheme scheme) {
        return scheme.tiers(bill.claim.aid) != null
                && (fund != Fund.CVLSERV || bill.claim.isCivilServant)
                && (fund != Fund.HIFES || bill.claim.hasSupplement);
    }

    private void write(
            final TrtinfoEncoder group,
            final MutableDirectBuffer outcome,
            final String fundPayType,
            final boolean takesPart,
            final long paidFen,
            final long capFen) {
        group.next();
        final int entry = encoder.limit() - TrtinfoEncoder.sbeBlockLength();
        outcome.putStringWithoutLengthAscii(entry + TrtinfoEncoder.fundPayTypeEncodingOffset(), fundPayType);
        group.trtEnjymntFlag((short) (takesPart ? 1 : 0))
                .paidFen(paidFen)
                .leftFen(capFen == Money.UNLIMITED_FEN ? -1 : Math.max(0, capFen - paidFen));
    }

    @Override
    public void commit(final Request request) {
        // A read leaves its record and its msgid, nothing else.
    }
}
