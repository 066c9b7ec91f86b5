package io.settlegate.gateway.explanation;

import io.settlegate.protocol.codec.InpatientCancelDecoder;
import io.settlegate.protocol.codec.InpatientPresettleDecoder;
import io.settlegate.protocol.codec.InpatientSettleDecoder;
import io.settlegate.protocol.codec.OutpatientCancelDecoder;
import io.settlegate.protocol.codec.OutpatientPresettleDecoder;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;

/** What can be explained. */
enum ExplainedKind {
    SETTLEMENT,
    PRESETTLEMENT,
    CANCEL,
    /** Every other request: nobody's share is computed. */
    NOTHING;

    static ExplainedKind of(final int templateId) {
        return switch (templateId) {
            case PharmacySettleDecoder.TEMPLATE_ID,
                    OutpatientSettleDecoder.TEMPLATE_ID,
                    InpatientSettleDecoder.TEMPLATE_ID -> SETTLEMENT;
            case PharmacyPresettleDecoder.TEMPLATE_ID,
                    OutpatientPresettleDecoder.TEMPLATE_ID,
                    InpatientPresettleDecoder.TEMPLATE_ID -> PRESETTLEMENT;
            case PharmacyCancelDecoder.TEMPLATE_ID,
                    OutpatientCancelDecoder.TEMPLATE_ID,
                    InpatientCancelDecoder.TEMPLATE_ID -> CANCEL;
            default -> NOTHING;
        };
    }
}
