package io.settlegate.gateway.settlement;

import io.settlegate.protocol.codec.AdmissionCancelDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesDecoder;
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
            final Credentials credentials,
            final OutcomeWriter writer) {
        final VisitPerson person = new VisitPerson(state, credentials);
        final KnownVisit visit = new KnownVisit(state);
        final UploadedLines lines = new UploadedLines(new LineTerms(state), msgidRule);
        final VisitOutcomeWriter outcomes = new VisitOutcomeWriter(writer);
        final FeeLinesOutcomeWriter splits = new FeeLinesOutcomeWriter(writer);
        final VisitKind outpatient = VisitKind.OUTPATIENT;
        final VisitKind stay = VisitKind.STAY;
        return new Transaction[] {
            new RegistrationTransaction(state, msgidRule, person, outcomes),
            new VisitCancelTransaction(RegistrationCancelDecoder.TEMPLATE_ID, outpatient, state, visit, outcomes),
            new VisitTransaction(state, msgidRule, visit, outcomes),
            new FeeLinesTransaction(OutpatientFeeLinesDecoder.TEMPLATE_ID, outpatient, state, visit, lines, splits),
            new FeeLinesCancelTransaction(
                    OutpatientFeeLinesCancelDecoder.TEMPLATE_ID, outpatient, state, visit, writer),
            new FeeLinesTransaction(InpatientFeeLinesDecoder.TEMPLATE_ID, stay, state, visit, lines, splits),
            new FeeLinesCancelTransaction(InpatientFeeLinesCancelDecoder.TEMPLATE_ID, stay, state, visit, writer),
            new AdmissionTransaction(state, msgidRule, person, outcomes),
            new VisitCancelTransaction(AdmissionCancelDecoder.TEMPLATE_ID, stay, state, visit, outcomes),
            new DischargeTransaction(state, msgidRule, visit, outcomes),
            new DischargeCancelTransaction(state, visit, outcomes)
        };
    }
}
