package io.settlegate.gateway.operations;

import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderEncoder;
import io.settlegate.gateway.settlement.codec.AllocationChunkEncoder;
import io.settlegate.gateway.settlement.codec.CatalogueChunkEncoder;
import io.settlegate.gateway.settlement.codec.ImportBeginEncoder;
import io.settlegate.gateway.settlement.codec.ImportCommitEncoder;
import io.settlegate.gateway.settlement.codec.InstitutionChunkEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.settlement.codec.PersonChunkEncoder;
import io.settlegate.gateway.settlement.codec.PolicyChunkEncoder;
import io.settlegate.gateway.settlement.codec.RegionChunkEncoder;
import io.settlegate.gateway.settlement.codec.TerminalChunkEncoder;
import io.settlegate.gateway.settlement.codec.VoucherChunkEncoder;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the signed acts of one import: begin, chunks of rows, commit with count and digest, each handed to an
 * {@link ActSink} as a frame.
 *
 * <p>One thread; at most one chunk of rows is held. Rows must have been checked.
 */
public final class ImportActs {
    /** Rows of one chunk: the longest row is below 190 bytes, so that a chunk stays well within a frame. */
    private static final int CHUNK_ROWS = 150;

    private static final int POLICY_ROWS = 400;

    private final ActSink sink;
    private final Sm2Signer signer;
    private final String gatewayId;
    private final String importId;
    private final long sentAtMs;
    private final MessageDigest digest;
    private final byte[] frame = new byte[32 * 1024];
    private final UnsafeBuffer buffer = new UnsafeBuffer(frame);
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final List<String[]> pending = new ArrayList<>(CHUNK_ROWS);
    private ImportFile pendingFile;
    private int chunkIndex;
    private int actNumber;
    private long rowCount;

    /**
     * @param importId up to 24 visible ASCII characters, new for each import.
     * @param sentAtMs the operator's time.
     */
    public ImportActs(
            final ActSink sink,
            final Sm2Signer signer,
            final String gatewayId,
            final String importId,
            final long sentAtMs) {
        if (importId.length() > 24 || Columns.code(importId, 24) != null) {
            throw new IllegalArgumentException("an import id is 1 to 24 visible ASCII characters");
        }
        this.sink = sink;
        this.signer = signer;
        this.gatewayId = gatewayId;
        this.importId = importId;
        this.sentAtMs = sentAtMs;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Rows handed over so far. */
    public long rowCount() {
        return rowCount;
    }

    void begin() {
        final ImportBeginEncoder begin = new ImportBeginEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(begin.header());
        begin.importId(importId);
        send(begin.encodedLength());
    }

    void row(final ImportFile file, final String[] row) {
        pendingFile = file;
        pending.add(row);
        if (pending.size() == CHUNK_ROWS) {
            flush();
        }
    }

    /** Sends what is pending. */
    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        final int length =
                switch (pendingFile) {
                    case REGIONS -> regions();
                    case INSTITUTIONS -> institutions();
                    case TERMINALS -> terminals();
                    case PERSONS -> persons();
                    case CATALOGUE -> catalogue();
                    case ALLOCATIONS -> allocations();
                    case VOUCHERS -> vouchers();
                };
        sendChunk(length, pending.size());
        pending.clear();
    }

    void policy(final Policy policy) {
        for (int from = 0; from < policy.rows.size(); from += POLICY_ROWS) {
            final List<Policy.Row> rows = policy.rows.subList(from, Math.min(policy.rows.size(), from + POLICY_ROWS));
            final PolicyChunkEncoder chunk = new PolicyChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
            header(chunk.header());
            chunk.importId(importId)
                    .chunkIndex(chunkIndex)
                    .poolarea(policy.poolarea)
                    .policyVersion(policy.version)
                    .effectiveFromMs(policy.fromMs)
                    .effectiveToMs(policy.toMs)
                    .source(policy.source)
                    .trust(policy.trust);
            final PolicyChunkEncoder.RowsEncoder group = chunk.rowsCount(rows.size());
            for (final Policy.Row row : rows) {
                group.next()
                        .insutype(row.insutype)
                        .psnTypeGroup(row.psnTypeGroup)
                        .medType(row.medType)
                        .deductibleFen(row.deductibleFen)
                        .capFen(row.capFen)
                        .level1RatioE4(row.ratiosE4[0])
                        .level2RatioE4(row.ratiosE4[1])
                        .level3RatioE4(row.ratiosE4[2])
                        .ungradedRatioE4(row.ratiosE4[3]);
            }
            sendChunk(chunk.encodedLength(), rows.size());
        }
    }

    void commit() {
        final ImportCommitEncoder commit = new ImportCommitEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(commit.header());
        commit.importId(importId).rowCount(rowCount).putDigest(digest.digest(), 0, 32);
        send(commit.encodedLength());
    }

    private int regions() {
        final RegionChunkEncoder chunk = new RegionChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(chunk.header());
        final RegionChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(pending.size());
        pending.forEach(row -> group.next().admdvs(row[0]).poolarea(row[1]).name(row[2]));
        return chunk.encodedLength();
    }

    private int institutions() {
        final InstitutionChunkEncoder chunk =
                new InstitutionChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(chunk.header());
        final InstitutionChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(pending.size());
        pending.forEach(row -> group.next()
                .fixmedinsCode(row[0])
                .admdvs(row[2])
                .hospLv(row[3])
                .status(Short.parseShort(row[4]))
                .fixmedinsName(row[1]));
        return chunk.encodedLength();
    }

    private int terminals() {
        final TerminalChunkEncoder chunk = new TerminalChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(chunk.header());
        final TerminalChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(pending.size());
        pending.forEach(row -> group.next()
                .sn(row[0])
                .fixmedinsCode(row[2])
                .putPublicKey(Sm2PublicKey.decodeHex(row[3]).encoded(), 0, Sm2PublicKey.ENCODED_LENGTH)
                .status(Short.parseShort(row[4]))
                .model(row[1]));
        return chunk.encodedLength();
    }

    private int persons() {
        final PersonChunkEncoder chunk = new PersonChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(chunk.header());
        final PersonChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(pending.size());
        pending.forEach(row -> group.next()
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

    private int catalogue() {
        final CatalogueChunkEncoder chunk = new CatalogueChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(chunk.header());
        final CatalogueChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(pending.size());
        pending.forEach(row -> group.next()
                .medListCodg(row[0])
                .chrgitmLv(row[2])
                .selfpayPropE4((int) Columns.decimal(row[3], RowCheck.RATIO_PLACES, Long.MAX_VALUE))
                .pricUplmtAmtE6(Columns.decimal(row[4], RowCheck.PRICE_PLACES, Long.MAX_VALUE))
                .itemName(row[1]));
        return chunk.encodedLength();
    }

    private int allocations() {
        final AllocationChunkEncoder chunk = new AllocationChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(chunk.header());
        final AllocationChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(pending.size());
        pending.forEach(row -> group.next()
                .batchId(row[0])
                .psnNo(row[1])
                .amountFen(Columns.decimal(row[2], RowCheck.AMOUNT_PLACES, Long.MAX_VALUE)));
        return chunk.encodedLength();
    }

    private int vouchers() {
        final VoucherChunkEncoder chunk = new VoucherChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(chunk.header());
        final VoucherChunkEncoder.RowsEncoder group =
                chunk.importId(importId).chunkIndex(chunkIndex).rowsCount(pending.size());
        pending.forEach(row -> group.next().ecToken(row[0]).psnNo(row[1]).expiresMs(Columns.timeMs(row[2])));
        return chunk.encodedLength();
    }

    private void header(final ActHeaderEncoder header) {
        header.domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId(gatewayId)
                .actId(importId + '-' + actNumber)
                .sentAtMs(sentAtMs);
        actNumber++;
    }

    private void sendChunk(final int encodedLength, final int rows) {
        digest.update(frame, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        chunkIndex++;
        rowCount += rows;
        send(encodedLength);
    }

    private void send(final int encodedLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        signer.sign(frame, 0, length, frame, length);
        sink.accept(buffer, 0, length + Sm2Signer.SIGNATURE_LENGTH);
    }
}
