package io.settlegate.gateway.settlement;

import io.settlegate.protocol.codec.InpatientCancelDecoder;
import io.settlegate.protocol.codec.OutpatientCancelDecoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;

/** The cancels, and where their requests name what. Their outcomes have one layout. */
enum CancelKind {
    /** 2103, of one-shot settlements. */
    PHARMACY(
            PharmacyCancelDecoder.TEMPLATE_ID,
            PharmacyCancelDecoder.BLOCK_LENGTH,
            PharmacyCancelDecoder.setlIdEncodingOffset()),
    /** 2208. */
    OUTPATIENT(
            OutpatientCancelDecoder.TEMPLATE_ID,
            OutpatientCancelDecoder.BLOCK_LENGTH,
            OutpatientCancelDecoder.setlIdEncodingOffset()),
    /** 2305. */
    STAY(
            InpatientCancelDecoder.TEMPLATE_ID,
            InpatientCancelDecoder.BLOCK_LENGTH,
            InpatientCancelDecoder.setlIdEncodingOffset());

    final int templateId;
    final int blockLength;
    final int setlId;

    CancelKind(final int templateId, final int blockLength, final int setlId) {
        this.templateId = templateId;
        this.blockLength = blockLength;
        this.setlId = setlId;
    }

    /** Whether its requests name a visit, at {@link KnownVisit#MDTRT_ID}. */
    boolean namesVisit() {
        return this != PHARMACY;
    }

    /** The kind of the visits whose settlements it cancels; null for one-shot settlements. */
    VisitKind visitKind() {
        return switch (this) {
            case PHARMACY -> null;
            case OUTPATIENT -> VisitKind.OUTPATIENT;
            case STAY -> VisitKind.STAY;
        };
    }
}
