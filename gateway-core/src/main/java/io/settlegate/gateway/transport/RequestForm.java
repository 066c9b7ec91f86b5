package io.settlegate.gateway.transport;

import io.settlegate.protocol.codec.AdmissionCancelDecoder;
import io.settlegate.protocol.codec.AdmissionDecoder;
import io.settlegate.protocol.codec.DischargeCancelDecoder;
import io.settlegate.protocol.codec.DischargeDecoder;
import io.settlegate.protocol.codec.EntitlementCheckDecoder;
import io.settlegate.protocol.codec.InpatientCancelDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.InpatientFeeLinesDecoder;
import io.settlegate.protocol.codec.InpatientPresettleDecoder;
import io.settlegate.protocol.codec.InpatientSettleDecoder;
import io.settlegate.protocol.codec.OutpatientCancelDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesDecoder;
import io.settlegate.protocol.codec.OutpatientPresettleDecoder;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import io.settlegate.protocol.codec.PersonInfoDecoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.QueryByMsgidDecoder;
import io.settlegate.protocol.codec.RegistrationCancelDecoder;
import io.settlegate.protocol.codec.RegistrationDecoder;
import io.settlegate.protocol.codec.ReversalDecoder;
import io.settlegate.protocol.codec.SettlementQueryDecoder;
import io.settlegate.protocol.codec.SignInDecoder;
import io.settlegate.protocol.codec.SignOutDecoder;
import io.settlegate.protocol.codec.StatementDetailsDecoder;
import io.settlegate.protocol.codec.StatementDownloadDecoder;
import io.settlegate.protocol.codec.StatementTotalsDecoder;
import io.settlegate.protocol.codec.StatementUploadDecoder;
import io.settlegate.protocol.codec.VisitDecoder;

/** The requests that are spoken here: how long each is by the schema, and what it asks of the journal's disk. */
enum RequestForm {
    SIGN_IN(SignInDecoder.TEMPLATE_ID, SignInDecoder.BLOCK_LENGTH, Need.READ),
    SIGN_OUT(SignOutDecoder.TEMPLATE_ID, SignOutDecoder.BLOCK_LENGTH, Need.READ),
    PERSON_INFO(PersonInfoDecoder.TEMPLATE_ID, PersonInfoDecoder.BLOCK_LENGTH, Need.READ),
    QUERY_BY_MSGID(QueryByMsgidDecoder.TEMPLATE_ID, QueryByMsgidDecoder.BLOCK_LENGTH, Need.READ),
    PHARMACY_PRESETTLE(
            PharmacyPresettleDecoder.TEMPLATE_ID,
            PharmacyPresettleDecoder.BLOCK_LENGTH,
            PharmacyPresettleDecoder.DrugdetailDecoder.sbeBlockLength(),
            Need.WRITE),
    PHARMACY_SETTLE(
            PharmacySettleDecoder.TEMPLATE_ID,
            PharmacySettleDecoder.BLOCK_LENGTH,
            PharmacySettleDecoder.DrugdetailDecoder.sbeBlockLength(),
            Need.WRITE),
    PHARMACY_CANCEL(PharmacyCancelDecoder.TEMPLATE_ID, PharmacyCancelDecoder.BLOCK_LENGTH, Need.WRITE),
    ENTITLEMENT_CHECK(EntitlementCheckDecoder.TEMPLATE_ID, EntitlementCheckDecoder.BLOCK_LENGTH, Need.READ),
    REGISTRATION(RegistrationDecoder.TEMPLATE_ID, RegistrationDecoder.BLOCK_LENGTH, Need.WRITE),
    REGISTRATION_CANCEL(RegistrationCancelDecoder.TEMPLATE_ID, RegistrationCancelDecoder.BLOCK_LENGTH, Need.WRITE),
    VISIT(
            VisitDecoder.TEMPLATE_ID,
            VisitDecoder.BLOCK_LENGTH,
            VisitDecoder.DiseinfoDecoder.sbeBlockLength(),
            Need.WRITE),
    OUTPATIENT_FEE_LINES(
            OutpatientFeeLinesDecoder.TEMPLATE_ID,
            OutpatientFeeLinesDecoder.BLOCK_LENGTH,
            OutpatientFeeLinesDecoder.FeedetailDecoder.sbeBlockLength(),
            Need.WRITE),
    OUTPATIENT_FEE_LINES_CANCEL(
            OutpatientFeeLinesCancelDecoder.TEMPLATE_ID, OutpatientFeeLinesCancelDecoder.BLOCK_LENGTH, Need.WRITE),
    OUTPATIENT_PRESETTLE(OutpatientPresettleDecoder.TEMPLATE_ID, OutpatientPresettleDecoder.BLOCK_LENGTH, Need.WRITE),
    OUTPATIENT_SETTLE(OutpatientSettleDecoder.TEMPLATE_ID, OutpatientSettleDecoder.BLOCK_LENGTH, Need.WRITE),
    OUTPATIENT_CANCEL(OutpatientCancelDecoder.TEMPLATE_ID, OutpatientCancelDecoder.BLOCK_LENGTH, Need.WRITE),
    INPATIENT_FEE_LINES(
            InpatientFeeLinesDecoder.TEMPLATE_ID,
            InpatientFeeLinesDecoder.BLOCK_LENGTH,
            InpatientFeeLinesDecoder.FeedetailDecoder.sbeBlockLength(),
            Need.WRITE),
    INPATIENT_FEE_LINES_CANCEL(
            InpatientFeeLinesCancelDecoder.TEMPLATE_ID, InpatientFeeLinesCancelDecoder.BLOCK_LENGTH, Need.WRITE),
    INPATIENT_PRESETTLE(InpatientPresettleDecoder.TEMPLATE_ID, InpatientPresettleDecoder.BLOCK_LENGTH, Need.WRITE),
    INPATIENT_SETTLE(InpatientSettleDecoder.TEMPLATE_ID, InpatientSettleDecoder.BLOCK_LENGTH, Need.WRITE),
    INPATIENT_CANCEL(InpatientCancelDecoder.TEMPLATE_ID, InpatientCancelDecoder.BLOCK_LENGTH, Need.WRITE),
    ADMISSION(
            AdmissionDecoder.TEMPLATE_ID,
            AdmissionDecoder.BLOCK_LENGTH,
            AdmissionDecoder.DiseinfoDecoder.sbeBlockLength(),
            Need.WRITE),
    DISCHARGE(
            DischargeDecoder.TEMPLATE_ID,
            DischargeDecoder.BLOCK_LENGTH,
            DischargeDecoder.DiseinfoDecoder.sbeBlockLength(),
            Need.WRITE),
    ADMISSION_CANCEL(AdmissionCancelDecoder.TEMPLATE_ID, AdmissionCancelDecoder.BLOCK_LENGTH, Need.WRITE),
    DISCHARGE_CANCEL(DischargeCancelDecoder.TEMPLATE_ID, DischargeCancelDecoder.BLOCK_LENGTH, Need.WRITE),
    SETTLEMENT_QUERY(SettlementQueryDecoder.TEMPLATE_ID, SettlementQueryDecoder.BLOCK_LENGTH, Need.READ),
    STATEMENT_TOTALS(StatementTotalsDecoder.TEMPLATE_ID, StatementTotalsDecoder.BLOCK_LENGTH, Need.READ),
    STATEMENT_UPLOAD(
            StatementUploadDecoder.TEMPLATE_ID,
            StatementUploadDecoder.BLOCK_LENGTH,
            StatementUploadDecoder.RowsDecoder.sbeBlockLength(),
            Need.WRITE),
    STATEMENT_DETAILS(StatementDetailsDecoder.TEMPLATE_ID, StatementDetailsDecoder.BLOCK_LENGTH, Need.WRITE),
    STATEMENT_DOWNLOAD(StatementDownloadDecoder.TEMPLATE_ID, StatementDownloadDecoder.BLOCK_LENGTH, Need.READ),
    REVERSAL(ReversalDecoder.TEMPLATE_ID, ReversalDecoder.BLOCK_LENGTH, Need.WRITE);

    /** What a request asks of the disk. A presettlement is a large record, and what follows it would be refused. */
    enum Need {
        READ,
        WRITE
    }

    /** Above every transaction number of the national interface; outcomes begin here. */
    private static final int TEMPLATE_ID_LIMIT = 10_000;

    private static final RequestForm[] BY_TEMPLATE = new RequestForm[TEMPLATE_ID_LIMIT];

    static {
        for (final RequestForm form : values()) {
            BY_TEMPLATE[form.templateId] = form;
        }
    }

    private static final int NO_GROUP = 0;

    private final int templateId;
    private final int blockLength;
    private final int entryLength;
    private final Need need;

    RequestForm(final int templateId, final int blockLength, final Need need) {
        this(templateId, blockLength, NO_GROUP, need);
    }

    RequestForm(final int templateId, final int blockLength, final int entryLength, final Need need) {
        this.templateId = templateId;
        this.blockLength = blockLength;
        this.entryLength = entryLength;
        this.need = need;
    }

    /** The form of a template, an unsigned number; null if it is no request of this version. */
    static RequestForm of(final int templateId) {
        return templateId < TEMPLATE_ID_LIMIT ? BY_TEMPLATE[templateId] : null;
    }

    int templateId() {
        return templateId;
    }

    int blockLength() {
        return blockLength;
    }

    boolean hasGroup() {
        return entryLength != NO_GROUP;
    }

    /** Bytes of one entry of its group. */
    int entryLength() {
        return entryLength;
    }

    Need need() {
        return need;
    }
}
