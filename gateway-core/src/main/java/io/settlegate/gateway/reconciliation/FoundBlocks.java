package io.settlegate.gateway.reconciliation;

import io.settlegate.protocol.codec.MendingAct;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.StatementPageEncoder;
import io.settlegate.protocol.codec.StatementPageEncoder.DifferencesEncoder;
import java.io.IOException;
import java.io.OutputStream;
import org.agrona.concurrent.UnsafeBuffer;

/** Findings as the rows of 9102's page, one behind the other, each of {@link DifferencesEncoder#sbeBlockLength()} bytes. One thread. */
final class FoundBlocks {
    private static final int BLOCK = MessageHeaderEncoder.ENCODED_LENGTH
            + StatementPageEncoder.BLOCK_LENGTH
            + DifferencesEncoder.sbeHeaderSize();
    /** The fields that a page has bits for. */
    private static final int BITS = Field.MSGID.ordinal() + 1;

    private final byte[] bytes = new byte[BLOCK + DifferencesEncoder.sbeBlockLength()];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final StatementPageEncoder page = new StatementPageEncoder();
    private final OutputStream out;
    private int count;

    FoundBlocks(final OutputStream out) {
        this.out = out;
    }

    int count() {
        return count;
    }

    void write(final Finding finding, final MendingAct act) throws IOException {
        final Group group = finding.group();
        final Row row = group.leading();
        buffer.setMemory(0, bytes.length, (byte) 0);
        final DifferencesEncoder block = page.wrapAndApplyHeader(buffer, 0, header)
                .differencesCount(1)
                .next()
                .difference(finding.difference().code())
                .act(act)
                .fields(bits(finding))
                .setlId(row.setlId().isEmpty() ? row.undoesSetlId() : row.setlId())
                .msgid(row.msgid())
                .otherMsgid(finding.otherMsgid())
                .psnNo(row.psnNo())
                .mdtrtId(row.mdtrtId());
        final Row gateway = group.row(Book.GATEWAY);
        if (gateway != null) {
            block.medfeeSumamtFen(gateway.medfeeFen())
                    .fundPaySumamtFen(gateway.fundFen())
                    .acctPayFen(gateway.acctFen());
        }
        final Row upload = group.row(Book.HOSPITAL);
        if (upload != null) {
            block.uploadedMedfeeSumamtFen(upload.medfeeFen())
                    .uploadedFundPaySumamtFen(upload.fundFen())
                    .uploadedAcctPayFen(upload.acctFen());
        }
        out.write(bytes, BLOCK, DifferencesEncoder.sbeBlockLength());
        count++;
    }

    private static int bits(final Finding finding) {
        int bits = 0;
        for (final Field field : finding.fields()) {
            if (field.ordinal() < BITS) {
                bits |= 1 << field.ordinal();
            }
        }
        return bits;
    }
}
