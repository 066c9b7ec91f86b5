package io.settlegate.loadtest.books;

import io.settlegate.loadtest.wire.Outcome;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An institution's own file of settlements, as CSV, made of nothing but what its terminals were answered: one row for each settlement
 * that stands, none for what was undone.
 *
 * <p>One thread. It names persons, as a hospital's file does.
 */
public final class HospitalFile {
    private static final String HEADER =
            "setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag,msgid";

    private final Map<String, String> rowByMsgid = new LinkedHashMap<>();

    /** The rows of one institution, in the order of its answers. */
    public static HospitalFile of(final Books books, final String fixmedinsCode) {
        final HospitalFile file = new HospitalFile();
        final Map<String, String> undone = new LinkedHashMap<>();
        final Map<String, String> cancelled = new LinkedHashMap<>();
        for (final Acknowledged answer : books.acknowledged()) {
            if (answer.msgid().startsWith(fixmedinsCode)) {
                file.take(answer, undone, cancelled);
            }
        }
        file.rowByMsgid.keySet().removeAll(undone.keySet());
        return file;
    }

    /** Books may have heard of a reversal before the settlement, so what is undone is taken out at the end. */
    private void take(
            final Acknowledged answer, final Map<String, String> undone, final Map<String, String> cancelled) {
        final UnsafeBuffer outcome = new UnsafeBuffer(answer.outcome());
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        switch (Outcome.read(answer.outcome()).kind()) {
            case SETTLED -> {
                final PharmacySettleOutcomeDecoder settled =
                        new PharmacySettleOutcomeDecoder().wrapAndApplyHeader(outcome, 0, header);
                rowByMsgid.put(answer.msgid(), row(answer.msgid(), settled));
            }
            case REVERSED ->
                undone.put(
                        new ReversalOutcomeDecoder()
                                .wrapAndApplyHeader(outcome, 0, header)
                                .omsgid(),
                        answer.msgid());
            case CANCELLED -> {
                final String original = new PharmacyCancelOutcomeDecoder()
                        .wrapAndApplyHeader(outcome, 0, header)
                        .originalMsgid();
                undone.put(original, answer.msgid());
                cancelled.put(answer.msgid(), original);
            }
            case CANCEL_REVERSED ->
                undone.remove(cancelled.get(new ReversalOutcomeDecoder()
                        .wrapAndApplyHeader(outcome, 0, header)
                        .omsgid()));
            default -> {
                // A refusal or a read: no row.
            }
        }
    }

    private static String row(final String msgid, final PharmacySettleOutcomeDecoder settled) {
        return String.join(
                ",",
                settled.setlId(),
                settled.mdtrtId(),
                settled.psnNo(),
                yuan(settled.medfeeSumamtFen()),
                yuan(settled.fundPaySumamtFen()),
                yuan(settled.acctPayFen()),
                "0",
                msgid);
    }

    private static String yuan(final long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    /** Leaves a settlement out, as a till does that never heard of it; false if it is not in the file. */
    public boolean leaveOut(final String msgid) {
        return rowByMsgid.remove(msgid) != null;
    }

    public int rowCount() {
        return rowByMsgid.size();
    }

    /** Writes a header and the rows. */
    public void write(final Path file) throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        lines.addAll(rowByMsgid.values());
        Files.write(file, lines, StandardCharsets.US_ASCII);
    }
}
