package io.settlegate.benchmarks;

import io.settlegate.gateway.operations.ActSink;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderEncoder;
import io.settlegate.gateway.settlement.codec.ImportBeginEncoder;
import io.settlegate.gateway.settlement.codec.ImportCommitEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.settlement.codec.PersonChunkEncoder;
import io.settlegate.gateway.settlement.codec.PersonChunkEncoder.RowsEncoder;
import io.settlegate.loadtest.population.Region;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.RequestHeaderEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Insured persons told apart by a number alone, so that ten million need not be held beside the engine: residents of one
 * county, each with an identity number and a social card. They come in as an import's acts, written in place and not signed.
 *
 * <pre>
 * psn_no:  S, number 9      certno:  99, number 9, 0000000      card:  C, number 9
 * </pre>
 *
 * <p>One thread. Ten million take the engine about half a minute.
 */
final class SyntheticPersons {
    private static final String INSUTYPE = "390";
    private static final String COUNTY = Region.COUNTIES.get(0).admdvs();
    private static final int DIGITS = 9;
    private static final int CHUNK_ROWS = 150;
    private static final int PART_ROWS = 200 * CHUNK_ROWS;
    private static final int FRAME_LENGTH = 32 * 1024;
    private static final int SIGNATURE_LENGTH = 64;
    private static final int FIRST_ROW =
            MessageHeaderEncoder.ENCODED_LENGTH + PersonChunkEncoder.BLOCK_LENGTH + RowsEncoder.HEADER_SIZE;

    private final int count;
    private final byte[] frame = new byte[FRAME_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(frame);
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final MessageDigest digest;
    private int actNumber;

    SyntheticPersons(final int count) {
        this.count = count;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    int count() {
        return count;
    }

    /** Hands the acts that import all of them to {@code sink}. The county must be there. */
    void importInto(final ActSink sink, final long timeMs) {
        for (int first = 0; first < count; first += PART_ROWS) {
            importPart(sink, timeMs, first, Math.min(PART_ROWS, count - first));
        }
    }

    private void importPart(final ActSink sink, final long timeMs, final int first, final int rows) {
        final String importId = "synthetic." + first;
        final ImportBeginEncoder begin = new ImportBeginEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(begin.header(), timeMs);
        begin.importId(importId);
        send(sink, begin.encodedLength());
        for (int done = 0, chunk = 0; done < rows; done += CHUNK_ROWS, chunk++) {
            final int length = putChunk(importId, chunk, timeMs, first + done, Math.min(CHUNK_ROWS, rows - done));
            digest.update(frame, 0, MessageHeaderEncoder.ENCODED_LENGTH + length);
            send(sink, length);
        }
        final ImportCommitEncoder commit = new ImportCommitEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(commit.header(), timeMs);
        commit.importId(importId).rowCount(rows).putDigest(digest.digest(), 0, digest.getDigestLength());
        send(sink, commit.encodedLength());
    }

    private int putChunk(final String importId, final int index, final long timeMs, final int first, final int rows) {
        final PersonChunkEncoder chunk = new PersonChunkEncoder().wrapAndApplyHeader(buffer, 0, messageHeader);
        header(chunk.header(), timeMs);
        final RowsEncoder group = chunk.importId(importId).chunkIndex(index).rowsCount(rows);
        for (int i = 0; i < rows; i++) {
            final int number = first + i;
            final int row = FIRST_ROW + i * RowsEncoder.sbeBlockLength();
            group.next()
                    .psnNo("S")
                    .psnCertType("01")
                    .certno("99")
                    .insutype(INSUTYPE)
                    .psnType("1401")
                    .insuplcAdmdvs(COUNTY)
                    .psnInsuStas("1")
                    .psnName("synthetic")
                    .cardNo("C");
            putNumber(buffer, row + RowsEncoder.psnNoEncodingOffset() + 1, number);
            putCertno(buffer, row + RowsEncoder.certnoEncodingOffset(), number);
            putNumber(buffer, row + RowsEncoder.cardNoEncodingOffset() + 1, number);
        }
        return chunk.encodedLength();
    }

    /** Makes an encoded settlement that of this person: the parts that are the same for all, once for each frame. */
    static void putConstants(final PharmacySettleEncoder settle, final RequestHeaderEncoder header) {
        settle.psnNo("S").insutype(INSUTYPE).mdtrtCertType("02").mdtrtCertNo("99");
        header.insuplcAdmdvs(COUNTY);
    }

    /** Makes an encoded settlement that of this person: what tells them apart. */
    static void putPerson(final MutableDirectBuffer settle, final int psnNo, final int certno, final int number) {
        putNumber(settle, psnNo + 1, number);
        putCertno(settle, certno, number);
    }

    private static void putCertno(final MutableDirectBuffer target, final int offset, final int number) {
        putNumber(target, offset + 2, number);
        target.putNaturalPaddedIntAscii(offset + 2 + DIGITS, 7, 0);
    }

    private static void putNumber(final MutableDirectBuffer target, final int offset, final int number) {
        target.putNaturalPaddedIntAscii(offset, DIGITS, number);
    }

    private void header(final ActHeaderEncoder header, final long timeMs) {
        header.domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId(SampleJournal.GATEWAY_ID)
                .actId("synthetic-" + actNumber)
                .sentAtMs(timeMs);
        actNumber++;
    }

    private void send(final ActSink sink, final int bodyLength) {
        sink.accept(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength + SIGNATURE_LENGTH);
    }
}
