package io.settlegate.protocol.client.desk;

import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.codec.AdmissionDecoder;
import io.settlegate.protocol.codec.InpatientCancelDecoder;
import io.settlegate.protocol.codec.InpatientSettleDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientCancelDecoder;
import io.settlegate.protocol.codec.OutpatientSettleDecoder;
import io.settlegate.protocol.codec.PharmacyCancelDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.crypto.Sm3;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A request that a reversal can name, and what the reversal says of it. Read from its bytes, so that a restart needs nothing else.
 */
final class MoneyRequest {
    /** In a msgid, the second it was made, in digits. */
    private static final int TIME_BEGIN = 12;

    private static final int TIME_END = 26;

    private final SignedRequest request;
    private final String infno;
    private final String insuplcAdmdvs;
    private final String psnNo;
    private final byte[] hash;

    /** @throws IllegalArgumentException if a reversal cannot name it. */
    MoneyRequest(final SignedRequest request) {
        this.request = request;
        final UnsafeBuffer buffer = new UnsafeBuffer(request.frame());
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        if (!isReversible(header.templateId())) {
            throw new IllegalArgumentException(
                    "message " + header.templateId() + " cannot be reversed: send it without a desk");
        }
        // Header and psn_no open each of these messages; a test holds it.
        final PharmacyCancelDecoder decoder = new PharmacyCancelDecoder()
                .wrap(buffer, header.encodedLength(), header.blockLength(), header.version());
        this.infno = String.valueOf(header.templateId());
        this.insuplcAdmdvs = decoder.header().insuplcAdmdvs();
        this.psnNo = decoder.psnNo();
        this.hash = Sm3.hash(request.frame());
    }

    private static boolean isReversible(final int templateId) {
        return switch (templateId) {
            case PharmacySettleDecoder.TEMPLATE_ID,
                    PharmacyCancelDecoder.TEMPLATE_ID,
                    OutpatientSettleDecoder.TEMPLATE_ID,
                    OutpatientCancelDecoder.TEMPLATE_ID,
                    InpatientSettleDecoder.TEMPLATE_ID,
                    InpatientCancelDecoder.TEMPLATE_ID,
                    AdmissionDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    SignedRequest request() {
        return request;
    }

    String msgid() {
        return request.msgid();
    }

    /** Its transaction number. */
    String infno() {
        return infno;
    }

    String insuplcAdmdvs() {
        return insuplcAdmdvs;
    }

    String psnNo() {
        return psnNo;
    }

    /**
     * Whether this request's own msgid is beyond the horizon if a request of this other msgid that names it was refused for being so.
     * Of two msgids the older is beyond it first; one that a slow clock has made older than this says nothing of this.
     */
    boolean isStaleWith(final String otherMsgid) {
        return msgid().substring(TIME_BEGIN, TIME_END).compareTo(otherMsgid.substring(TIME_BEGIN, TIME_END)) <= 0;
    }

    /** Whether a receipt's command hash is that of these very bytes. */
    boolean isProvedBy(final byte[] commandHash) {
        return Arrays.equals(hash, commandHash);
    }
}
