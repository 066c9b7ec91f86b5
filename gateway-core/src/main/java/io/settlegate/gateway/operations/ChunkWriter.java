package io.settlegate.gateway.operations;

import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.settlement.codec.ActHeaderEncoder;
import io.settlegate.gateway.settlement.codec.AllocationChunkEncoder;
import io.settlegate.gateway.settlement.codec.CatalogueChunkEncoder;
import io.settlegate.gateway.settlement.codec.EntitlementChunkEncoder;
import io.settlegate.gateway.settlement.codec.InstitutionChunkEncoder;
import io.settlegate.gateway.settlement.codec.ItemTermsChunkEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.settlement.codec.PersonChunkEncoder;
import io.settlegate.gateway.settlement.codec.PolicyVersionChunkEncoder;
import io.settlegate.gateway.settlement.codec.RegionChunkEncoder;
import io.settlegate.gateway.settlement.codec.TerminalChunkEncoder;
import io.settlegate.gateway.settlement.codec.VoucherChunkEncoder;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes rows as the chunk of their kind at the beginning of a buffer, and tells the length of header and body.
 *
 * <p>One thread. The act's header is the caller's to fill. Rows must have been checked.
 */
final class ChunkWriter {
    private final UnsafeBuffer buffer;
    private final Consumer<ActHeaderEncoder> header;
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private String importId = "";
    private int chunkIndex;
    private int slice;
    private int sliceCount;

    ChunkWriter(final UnsafeBuffer buffer, final Consumer<ActHeaderEncoder> header) {
        this.buffer = buffer;
        this.header = header;
    }

    /** Where the next chunk stands. */
    ChunkWriter at(final String ofImport, final int index) {
        importId = ofImport;
        chunkIndex = index;
        return this;
    }

    /** Which slice of its batch the next chunks of allocations belong to. */
    void slice(final int number, final int count) {
        slice = number;
        sliceCount = count;
    }

    int write(final ImportFile file, final List<String[]> rows) {
        final int length =
                switch (file) {
                    case REGIONS -> regions(rows);
                    case INSTITUTIONS -> institutions(rows);
                    case TERMINALS -> terminals(rows);
                    case PERSONS -> persons(rows);
                    case CATALOGUE -> catalogue(rows);
                    case ALLOCATIONS -> allocations(rows);
                    case VOUCHERS -> vouchers(rows);
                    case ITEM_TERMS -> itemTerms(rows);
                    case ENTITLEMENTS -> entitlements(rows);
                };
        return MessageHeaderEncoder.ENCODED_LENGTH + length;
    }

    /** A piece of a version's bytes. */
    int write(final PolicyDefinition policy, final byte[] bytes, final int piece, final int pieceLength) {
        final PolicyVersionChunkEncoder chunk =
                new PolicyVersionChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final int from = piece * pieceLength;
        chunk.importId(importId)
                .chunkIndex(chunkIndex)
                .poolarea(policy.region())
                .policyVersion(policy.version())
                .piece(piece)
                .pieceCount((bytes.length + pieceLength - 1) / pieceLength)
                .putPolicyBytes(bytes, from, Math.min(pieceLength, bytes.length - from));
        return MessageHeaderEncoder.ENCODED_LENGTH + chunk.encodedLength();
    }

    private int regions(final List<String[]> rows) {
        final RegionChunkEncoder chunk = new RegionChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final RegionChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(rows.size());
        rows.forEach(row -> group.next().admdvs(row[0]).poolarea(row[1]).name(row[2]));
        return chunk.encodedLength();
    }

    private int institutions(final List<String[]> rows) {
        final InstitutionChunkEncoder chunk =
                new InstitutionChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final InstitutionChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(rows.size());
        rows.forEach(row -> group.next()
                .fixmedinsCode(row[0])
                .admdvs(row[2])
                .hospLv(row[3])
                .status(Short.parseShort(row[4]))
                .fixmedinsName(row[1]));
        return chunk.encodedLength();
    }

    private int terminals(final List<String[]> rows) {
        final TerminalChunkEncoder chunk = new TerminalChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final TerminalChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(rows.size());
        rows.forEach(row -> group.next()
                .sn(row[0])
                .fixmedinsCode(row[2])
                .putPublicKey(Sm2PublicKey.decodeHex(row[3]).encoded(), 0, Sm2PublicKey.ENCODED_LENGTH)
                .status(Short.parseShort(row[4]))
                .model(row[1]));
        return chunk.encodedLength();
    }

    private int persons(final List<String[]> rows) {
        final PersonChunkEncoder chunk = new PersonChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final PersonChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(rows.size());
        rows.forEach(row -> group.next()
                .psnNo(row[0])
                .psnCertType(row[2])
                .certno(row[3])
                .insutype(row[4])
                .psnType(row[5])
                .insuplcAdmdvs(row[6])
                .psnInsuStas(row[7])
                .psnName(row[1])
                .cardNo(row[8]));
        return chunk.encodedLength();
    }

    private int catalogue(final List<String[]> rows) {
        final CatalogueChunkEncoder chunk = new CatalogueChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final CatalogueChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(rows.size());
        rows.forEach(row -> group.next()
                .medListCodg(row[0])
                .chrgitmLv(row[2])
                .selfpayPropE4((int) Columns.decimal(row[3], RowCheck.RATIO_PLACES, Long.MAX_VALUE))
                .pricUplmtAmtE6(Columns.decimal(row[4], RowCheck.PRICE_PLACES, Long.MAX_VALUE))
                .itemName(row[1])
                .basMednFlag(flag(row[5]))
                .rxFlag(flag(row[6]))
                .begnDay(Columns.begnDay(row[7]))
                .endDay(Columns.endDay(row[8])));
        return chunk.encodedLength();
    }

    private int allocations(final List<String[]> rows) {
        final AllocationChunkEncoder chunk = new AllocationChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final AllocationChunkEncoder.RowsEncoder group = chunk.importId(importId)
                .chunkIndex(chunkIndex)
                .slice(slice)
                .sliceCount(sliceCount)
                .rowsCount(rows.size());
        rows.forEach(row -> group.next()
                .batchId(row[0])
                .psnNo(row[1])
                .amountFen(Columns.decimal(row[2], RowCheck.AMOUNT_PLACES, Long.MAX_VALUE)));
        return chunk.encodedLength();
    }

    private int vouchers(final List<String[]> rows) {
        final VoucherChunkEncoder chunk = new VoucherChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final VoucherChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(rows.size());
        rows.forEach(row -> group.next().ecToken(row[0]).psnNo(row[1]).expiresMs(Columns.timeMs(row[2])));
        return chunk.encodedLength();
    }

    private int itemTerms(final List<String[]> rows) {
        final ItemTermsChunkEncoder chunk = new ItemTermsChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final ItemTermsChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(rows.size());
        rows.forEach(row -> group.next()
                .medListCodg(row[0])
                .admdvs(row[1])
                .begnDay(Columns.begnDay(row[2]))
                .endDay(Columns.endDay(row[3]))
                .chrgitmLv(row[4])
                .selfpayPropE4((int) Columns.decimal(row[5], RowCheck.RATIO_PLACES, Long.MAX_VALUE))
                .pricUplmtAmtE6(Columns.decimal(row[6], RowCheck.PRICE_PLACES, Long.MAX_VALUE))
                .basMednFlag(flag(row[7])));
        return chunk.encodedLength();
    }

    private int entitlements(final List<String[]> rows) {
        final EntitlementChunkEncoder chunk =
                new EntitlementChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header.accept(chunk.header());
        final EntitlementChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(rows.size());
        rows.forEach(row -> group.next()
                .psnNo(row[0])
                .kind(EntitlementWords.kind(row[1]))
                .entitlementCode(row[2])
                .begnDay(Columns.begnDay(row[3]))
                .endDay(Columns.endDay(row[4])));
        return chunk.encodedLength();
    }

    private static short flag(final String cell) {
        return (short) (cell.equals("1") ? 1 : 0);
    }
}
