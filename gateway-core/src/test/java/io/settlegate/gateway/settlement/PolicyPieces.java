package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderEncoder;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.ImportBeginEncoder;
import io.settlegate.gateway.settlement.codec.ImportCommitEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.settlement.codec.PolicyVersionChunkEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** One import of pieces of policies, right ones and wrong ones. One use. */
final class PolicyPieces {
    private static final int SIGNATURE_LENGTH = 64;

    private final EngineFixture city;
    private final String poolarea;
    private final String importId;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[64 * 1024]);
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final MessageDigest digest;
    private int chunkIndex;

    PolicyPieces(final EngineFixture city, final String poolarea, final String importId) {
        this.city = city;
        this.poolarea = poolarea;
        this.importId = importId;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        final ImportBeginEncoder begin = new ImportBeginEncoder().wrapAndApplyHeader(frame, 0, messageHeader);
        header(begin.header());
        begin.importId(importId);
        expectDone(send(MessageHeaderEncoder.ENCODED_LENGTH + begin.encodedLength()));
    }

    /** All of a version's bytes in pieces of this length. */
    PolicyPieces whole(final int version, final byte[] bytes, final int pieceLength) {
        final int count = (bytes.length + pieceLength - 1) / pieceLength;
        for (int piece = 0; piece < count; piece++) {
            final int from = piece * pieceLength;
            piece(version, piece, count, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + pieceLength)));
        }
        return this;
    }

    PolicyPieces piece(final int version, final int piece, final int pieceCount, final byte[] bytes) {
        final PolicyVersionChunkEncoder chunk =
                new PolicyVersionChunkEncoder().wrapAndApplyHeader(frame, 0, messageHeader);
        header(chunk.header());
        chunk.importId(importId)
                .chunkIndex(chunkIndex++)
                .poolarea(poolarea)
                .policyVersion(version)
                .piece(piece)
                .pieceCount(pieceCount)
                .putPolicyBytes(bytes, 0, bytes.length);
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + chunk.encodedLength();
        digest.update(frame.byteArray(), 0, length);
        expectDone(send(length));
        return this;
    }

    /** Why the import was refused; null if it was not. */
    ActReason commit() {
        final ImportCommitEncoder commit = new ImportCommitEncoder().wrapAndApplyHeader(frame, 0, messageHeader);
        header(commit.header());
        commit.importId(importId).rowCount(chunkIndex).putDigest(digest.digest(), 0, 32);
        return send(MessageHeaderEncoder.ENCODED_LENGTH + commit.encodedLength());
    }

    private void header(final ActHeaderEncoder header) {
        header.domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId("GW1")
                .actId(importId + "-" + chunkIndex + "-" + city.sequence)
                .sentAtMs(city.nowMs);
    }

    private ActReason send(final int length) {
        city.apply(frame, 0, length + SIGNATURE_LENGTH);
        return city.template() == ActRefusedDecoder.TEMPLATE_ID
                ? new ActRefusedDecoder()
                        .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                        .reason()
                : null;
    }

    private static void expectDone(final ActReason reason) {
        if (reason != null) {
            throw new AssertionError("refused: " + reason);
        }
    }
}
