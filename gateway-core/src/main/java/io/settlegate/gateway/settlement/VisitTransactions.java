package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.StepRecorder;
import io.settlegate.protocol.codec.AdmissionCancelDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesDecoder;
import io.settlegate.protocol.codec.InpatientPresettleDecoder;
import io.settlegate.protocol.codec.InpatientSettleDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesDecoder;
import io.settlegate.protocol.codec.OutpatientPresettleDecoder;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import io.settlegate.protocol.codec.RegistrationCancelDecoder;

/**
 * The transactions about visits and their fee lines, which share what they look at: an upload is one under work at a
 * time, and one known visit.
 */
final class VisitTransactions {
    private VisitTransactions() {}

    static Transaction[] of(
            final EngineState state,
            final MsgidRule msgidRule,
            final Parties parties,
            final OutcomeWriter writer,
            final StepRecorder recorder) {
        final KnownVisit visit = new KnownVisit(state);
        final UploadedLines lines = new UploadedLines(new LineTerms(state), msgidRule);
        final VisitOutcomeWriter outcomes = new VisitOutcomeWriter(writer);
        final FeeLinesOutcomeWriter splits = new FeeLinesOutcomeWriter(writer);
        final VisitSettlement settlement = new VisitSettlement(state, parties, visit, recorder);
        final SettleOutcomeWriter settled = new SettleOutcomeWriter(state, writer);
        final String region = writer.region();
        final VisitKind outpatient = VisitKind.OUTPATIENT;
        final VisitKind stay = VisitKind.STAY;
        return new Transaction[] {
            new RegistrationTransaction(state, msgidRule, parties, outcomes),
            new VisitCancelTransaction(RegistrationCancelDecoder.TEMPLATE_ID, outpatient, state, visit, outcomes),
            new VisitTransaction(state, msgidRule, visit, outcomes),
            new FeeLinesTransaction(OutpatientFeeLinesDecoder.TEMPLATE_ID, outpatient, state, visit, lines, splits),
            new FeeLinesCancelTransaction(
                    OutpatientFeeLinesCancelDecoder.TEMPLATE_ID, outpatient, state, visit, writer),
            new FeeLinesTransaction(InpatientFeeLinesDecoder.TEMPLATE_ID, stay, state, visit, lines, splits),
            new FeeLinesCancelTransaction(InpatientFeeLinesCancelDecoder.TEMPLATE_ID, stay, state, visit, writer),
            new AdmissionTransaction(state, msgidRule, parties, outcomes),
            new VisitCancelTransaction(AdmissionCancelDecoder.TEMPLATE_ID, stay, state, visit, outcomes),
            new DischargeTransaction(state, msgidRule, visit, outcomes),
            new DischargeCancelTransaction(state, visit, outcomes),
            new VisitPresettleTransaction(OutpatientPresettleDecoder.TEMPLATE_ID, outpatient, settlement, settled),
            new VisitSettleTransaction(OutpatientSettleDecoder.TEMPLATE_ID, outpatient, settlement, settled, region),
            new VisitPresettleTransaction(InpatientPresettleDecoder.TEMPLATE_ID, stay, settlement, settled),
            new VisitSettleTransaction(InpatientSettleDecoder.TEMPLATE_ID, stay, settlement, settled, region)
        };
    }
}
