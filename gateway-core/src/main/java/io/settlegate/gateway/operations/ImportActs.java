package io.settlegate.gateway.operations;

import io.settlegate.gateway.benefits.policy.PolicyBytes;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderEncoder;
import io.settlegate.gateway.settlement.codec.ImportBeginEncoder;
import io.settlegate.gateway.settlement.codec.ImportCommitEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the signed acts of one import, each handed to an {@link ActSink} as a frame. A large import comes in parts, each of
 * them begun, sent as chunks of rows, and committed with count and digest: all or none of a part.
 *
 * <p>Rows of one allocation batch come in slices of a part's size, counted from the batch's first row, and a slice is never
 * cut by a part's end: so the same file makes the same slices each time, and the gateway knows those that it has credited.
 *
 * <p>One thread; at most one chunk of rows is held. Rows must have been checked.
 */
public final class ImportActs {
    /** Rows of one part. Changing it would make other slices of the same batch, which the gateway would refuse. */
    static final int PART_ROWS = 50_000;

    /** Rows of one chunk: the longest row is below 200 bytes, so that a chunk stays well within a frame. */
    private static final int CHUNK_ROWS = 150;

    /** Bytes of a policy in one chunk. */
    private static final int PIECE_LENGTH = 24 * 1024;

    /** Bytes of policies in one part; what the gateway takes in one is several times as much. */
    private static final int PART_POLICY_BYTES = 8 << 20;

    private static final int ID_LENGTH = 20;
    private static final int FRAME_LENGTH = 32 * 1024;

    private final ActSink sink;
    private final Sm2Signer signer;
    private final String gatewayId;
    private final String importId;
    private final Clock clock;
    private final int partRows;
    private final MessageDigest digest;
    private final byte[] frame = new byte[FRAME_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(frame);
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final ChunkWriter writer = new ChunkWriter(buffer, this::header);
    private final List<String[]> pending = new ArrayList<>(CHUNK_ROWS);
    private final PartPlaces places = new PartPlaces();
    private ImportFile pendingFile = ImportFile.REGIONS;
    private String batchId = "";
    private long batchRows;
    private long batchRowCount;
    private String partId = "";
    private boolean isOpen;
    private int chunkIndex;
    private int actNumber;
    private int partRowCount;
    private int partPolicyBytes;
    private int partCount;
    private long committedRowCount;

    /**
     * @param importId up to 20 visible ASCII characters, new for each import.
     * @param clock    the operator's: an import that has just begun must be fresh.
     */
    public ImportActs(
            final ActSink sink,
            final Sm2Signer signer,
            final String gatewayId,
            final String importId,
            final Clock clock) {
        this(sink, signer, gatewayId, importId, clock, PART_ROWS);
    }

    /** As above, with parts of another size. */
    public ImportActs(
            final ActSink sink,
            final Sm2Signer signer,
            final String gatewayId,
            final String importId,
            final Clock clock,
            final int partRows) {
        if (Columns.code(importId, ID_LENGTH) != null) {
            throw new IllegalArgumentException("an import id is 1 to 20 visible ASCII characters");
        }
        this.sink = sink;
        this.signer = signer;
        this.gatewayId = gatewayId;
        this.importId = importId;
        this.clock = clock;
        this.partRows = partRows;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Rows of the parts that are committed. */
    public long rowCount() {
        return committedRowCount;
    }

    /** Parts that are committed. */
    public int partCount() {
        return partCount;
    }

    /** File and line of a row of the part that was sent last, as a refusal names it; empty if it is none of a file. */
    public String placeOf(final int ofChunk, final int row) {
        return places.find(ofChunk, row);
    }

    /** Sends a row of any kind but allocations, in a part with others. */
    void row(final ImportFile file, final long line, final String[] row) {
        if (file != pendingFile) {
            flush();
        }
        if (partRowCount == partRows) {
            commit();
        }
        take(file, line, row);
    }

    /** Sends a row of a batch that has {@code rowsOfBatch} in all. */
    void allocation(final long line, final String[] row, final long rowsOfBatch) {
        if (pendingFile != ImportFile.ALLOCATIONS || !row[0].equals(batchId)) {
            flush();
            batchId = row[0];
            batchRows = 0;
            batchRowCount = rowsOfBatch;
        }
        if (batchRows % partRows == 0) {
            flush();
            if (partRowCount + Math.min(partRows, batchRowCount - batchRows) > partRows) {
                commit();
            }
            final long sliceCount = (batchRowCount + partRows - 1) / partRows;
            writer.slice((int) (batchRows / partRows), (int) sliceCount);
        }
        batchRows++;
        take(ImportFile.ALLOCATIONS, line, row);
    }

    /**
     * Sends one version of a policy in pieces, whole in one part; gives how many pieces, each of which counts as a row.
     *
     * @param fileName and {@code line} are what a refusal names.
     */
    int policy(final String fileName, final long line, final PolicyDefinition policy) {
        flush();
        final byte[] bytes = PolicyBytes.of(policy);
        final int pieceCount = (bytes.length + PIECE_LENGTH - 1) / PIECE_LENGTH;
        if (partRowCount + pieceCount > partRows || partPolicyBytes + bytes.length > PART_POLICY_BYTES) {
            commit();
        }
        open();
        for (int piece = 0; piece < pieceCount; piece++) {
            places.addChunk(fileName, line, chunkIndex);
            sendChunk(writer.at(partId, chunkIndex).write(policy, bytes, piece, PIECE_LENGTH), 1);
        }
        partPolicyBytes += bytes.length;
        return pieceCount;
    }

    /** Commits the part that is open, if one is. */
    void commit() {
        flush();
        if (!isOpen) {
            return;
        }
        final ImportCommitEncoder commit = new ImportCommitEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(commit.header());
        commit.importId(partId).rowCount(partRowCount).putDigest(digest.digest(), 0, 32);
        send(MessageHeaderEncoder.ENCODED_LENGTH + commit.encodedLength());
        isOpen = false;
        committedRowCount += partRowCount;
        partRowCount = 0;
        partPolicyBytes = 0;
        partCount++;
    }

    private void take(final ImportFile file, final long line, final String[] row) {
        pendingFile = file;
        pending.add(row);
        places.add(line);
        partRowCount++;
        if (pending.size() == CHUNK_ROWS) {
            flush();
        }
    }

    private void flush() {
        if (pending.isEmpty()) {
            return;
        }
        open();
        places.endChunk(pendingFile, chunkIndex);
        partRowCount -= pending.size();
        sendChunk(writer.at(partId, chunkIndex).write(pendingFile, pending), pending.size());
        pending.clear();
    }

    private void open() {
        if (isOpen) {
            return;
        }
        isOpen = true;
        partId = importId + '.' + partCount;
        chunkIndex = 0;
        places.startPart();
        final ImportBeginEncoder begin = new ImportBeginEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(begin.header());
        begin.importId(partId);
        send(MessageHeaderEncoder.ENCODED_LENGTH + begin.encodedLength());
    }

    private void header(final ActHeaderEncoder header) {
        header.domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId(gatewayId)
                .actId(importId + '-' + actNumber)
                .sentAtMs(clock.millis());
        actNumber++;
    }

    private void sendChunk(final int length, final int rows) {
        digest.update(frame, 0, length);
        chunkIndex++;
        partRowCount += rows;
        send(length);
    }

    private void send(final int length) {
        signer.sign(frame, 0, length, frame, length);
        sink.accept(buffer, 0, length + Sm2Signer.SIGNATURE_LENGTH);
    }
}
