package io.settlegate.gateway.transport;

import io.settlegate.protocol.codec.PersonInfoDecoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.QueryByMsgidDecoder;
import io.settlegate.protocol.codec.ReversalDecoder;
import io.settlegate.protocol.codec.SignInDecoder;
import io.settlegate.protocol.codec.SignOutDecoder;

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
    REVERSAL(ReversalDecoder.TEMPLATE_ID, ReversalDecoder.BLOCK_LENGTH, Need.WRITE);

    /** What a request asks of the disk. A presettlement is a large record, and what follows it would be refused. */
    enum Need {
        READ,
        WRITE
    }

    private static final RequestForm[] FORMS = values();
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

    /** The form of a template; null if it is no request of this version. */
    static RequestForm of(final int templateId) {
        for (final RequestForm form : FORMS) {
            if (form.templateId == templateId) {
                return form;
            }
        }
        return null;
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
