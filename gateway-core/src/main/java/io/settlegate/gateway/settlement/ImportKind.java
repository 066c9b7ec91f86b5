package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.AllocationChunkDecoder;
import io.settlegate.gateway.settlement.codec.CatalogueChunkDecoder;
import io.settlegate.gateway.settlement.codec.EntitlementChunkDecoder;
import io.settlegate.gateway.settlement.codec.InstitutionChunkDecoder;
import io.settlegate.gateway.settlement.codec.ItemTermsChunkDecoder;
import io.settlegate.gateway.settlement.codec.PersonChunkDecoder;
import io.settlegate.gateway.settlement.codec.PolicyVersionChunkDecoder;
import io.settlegate.gateway.settlement.codec.RegionChunkDecoder;
import io.settlegate.gateway.settlement.codec.TerminalChunkDecoder;
import io.settlegate.gateway.settlement.codec.VoucherChunkDecoder;

/** What a chunk holds, in the order in which kinds are checked and made visible: a row may name rows of earlier kinds. */
enum ImportKind {
    REGIONS(RegionChunkDecoder.TEMPLATE_ID, RegionChunkDecoder.BLOCK_LENGTH, Rows.REGION_IMPORTED, Rows.REGION_KEY),
    INSTITUTIONS(
            InstitutionChunkDecoder.TEMPLATE_ID,
            InstitutionChunkDecoder.BLOCK_LENGTH,
            Rows.INSTITUTION_IMPORTED,
            Rows.INSTITUTION_KEY),
    TERMINALS(
            TerminalChunkDecoder.TEMPLATE_ID,
            TerminalChunkDecoder.BLOCK_LENGTH,
            Rows.TERMINAL_IMPORTED,
            Rows.TERMINAL_KEY),
    PERSONS(
            PersonChunkDecoder.TEMPLATE_ID,
            PersonChunkDecoder.BLOCK_LENGTH,
            PersonChunkDecoder.RowsDecoder.sbeBlockLength(),
            Rows.PERSON_KEY),
    CATALOGUE(CatalogueChunkDecoder.TEMPLATE_ID, CatalogueChunkDecoder.BLOCK_LENGTH, Rows.ITEM_IMPORTED, Rows.ITEM_KEY),
    POLICY_VERSIONS(PolicyVersionChunkDecoder.TEMPLATE_ID, PolicyVersionChunkDecoder.BLOCK_LENGTH, 0, 0),
    ALLOCATIONS(
            AllocationChunkDecoder.TEMPLATE_ID,
            AllocationChunkDecoder.BLOCK_LENGTH,
            AllocationChunkDecoder.RowsDecoder.sbeBlockLength(),
            60),
    VOUCHERS(
            VoucherChunkDecoder.TEMPLATE_ID,
            VoucherChunkDecoder.BLOCK_LENGTH,
            VoucherChunkDecoder.RowsDecoder.sbeBlockLength(),
            Rows.VOUCHER_KEY),
    ITEM_TERMS(
            ItemTermsChunkDecoder.TEMPLATE_ID,
            ItemTermsChunkDecoder.BLOCK_LENGTH,
            ItemTermsChunkDecoder.RowsDecoder.sbeBlockLength(),
            Rows.TERMS_KEY),
    ENTITLEMENTS(
            EntitlementChunkDecoder.TEMPLATE_ID,
            EntitlementChunkDecoder.BLOCK_LENGTH,
            EntitlementChunkDecoder.RowsDecoder.sbeBlockLength(),
            EntitlementRows.WIRE_KEY);

    private static final ImportKind[] ALL = values();

    final int templateId;
    final int blockLength;
    /** 0 where a chunk is one row of any length. */
    final int rowLength;
    /** Leading bytes of a row that may not occur twice in one import. */
    final int keyLength;

    ImportKind(final int templateId, final int blockLength, final int rowLength, final int keyLength) {
        this.templateId = templateId;
        this.blockLength = blockLength;
        this.rowLength = rowLength;
        this.keyLength = keyLength;
    }

    /** The kind of this chunk template, or null. */
    static ImportKind of(final int templateId) {
        for (final ImportKind kind : ALL) {
            if (kind.templateId == templateId) {
                return kind;
            }
        }
        return null;
    }
}
