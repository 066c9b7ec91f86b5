package io.settlegate.gateway.inspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.JournalReader;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.SegmentNotice;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import io.settlegate.protocol.receipt.Seal;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One record as a JSON object, masked unless that is lifted: as a line of what matters, or whole with the verdict on its proof. Neither the request's
 * signature nor a hash of the request or the outcome is shown: whoever has one can try the masked digits until it fits.
 * docs/JOURNAL_FORMAT.md lists what programs may rely on.
 *
 * <p>One thread at a time. Blocks on the disk where a receipt is made. A payload that is no message of this build is shown by
 * its lengths alone.
 */
public final class RecordDocument {
    private static final String[] AMOUNTS = {"medfeeSumamtFen", "fundPaySumamtFen", "acctPayFen", "psnCashPayFen"};
    private static final int INSTITUTION_LENGTH = 12;

    private final MessageDecoder decoder;
    private final ReceiptVerifier verifier;

    /** Masks what names a person. */
    public RecordDocument(final Genesis genesis, final MessageDecoder.Rows rows) {
        this(genesis, rows, Masking.MASKED);
    }

    public RecordDocument(final Genesis genesis, final MessageDecoder.Rows rows, final Masking masking) {
        this.decoder = new MessageDecoder(rows, masking);
        this.verifier = new ReceiptVerifier(genesis.gatewayKey(), new BouncyCastleVerifier());
    }

    /** What a line of `journal tail` says. Fields that the record has not are absent. */
    public ObjectNode line(final RecordView record) {
        final ObjectNode line = opening(record);
        if (record.kind() != RecordKind.COMMAND) {
            return line;
        }
        final ObjectNode request = decode(record, Part.COMMAND);
        final ObjectNode outcome = decode(record, Part.OUTCOME);
        final JsonNode header = request.path("header");
        copy(header, "sn", "terminal", line);
        copy(header, "actId", "actId", line);
        copy(header, "msgid", "msgid", line);
        final String msgid = header.path("msgid").asText();
        if (msgid.length() >= INSTITUTION_LENGTH) {
            line.put("institution", msgid.substring(0, INSTITUTION_LENGTH));
        }
        putCode(outcome, line);
        for (final String amount : AMOUNTS) {
            copy(outcome, amount, amount, line);
        }
        copy(request, "rowCount", "rowCount", line);
        copy(outcome, "setlId", "setlId", line);
        return line;
    }

    private ObjectNode opening(final RecordView record) {
        final ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("sequence", record.sequence())
                .put("time", ShownTime.of(record.timeMs()))
                .put("kind", record.kind().name());
        if (record.kind() == RecordKind.COMMAND) {
            final String name = decoder.nameOf(record.buffer(), record.commandOffset(), record.commandLength());
            object.put("message", name);
            final String infno =
                    decode(record, Part.OUTCOME).path("header").path("infno").asText();
            object.put("transaction", infno.isEmpty() ? name : infno);
        }
        return object;
    }

    /** The outcome's own code, or that of a refused act; an act that was done has none in its message. */
    private static void putCode(final ObjectNode outcome, final ObjectNode target) {
        final JsonNode ofRequest = outcome.path("header").path("code");
        final JsonNode code = ofRequest.isMissingNode() ? outcome.path("code") : ofRequest;
        final int number = code.asInt(0);
        target.put("code", number);
        target.put("codeName", ResultNames.of(number));
        copy(outcome, "reason", "reason", target);
    }

    private static void copy(final JsonNode from, final String name, final String targetName, final ObjectNode target) {
        if (from.has(name)) {
            target.set(targetName, from.get(name));
        }
    }

    /** A part of a record. */
    private enum Part {
        COMMAND,
        OUTCOME
    }

    /** What cannot be read as a message is shown by its length: nobody knows what would have to be masked in it. */
    private ObjectNode decode(final RecordView record, final Part part) {
        final boolean isCommand = part == Part.COMMAND;
        final int offset = isCommand ? record.commandOffset() : record.outcomeOffset();
        final int length = isCommand ? record.commandLength() : record.outcomeLength();
        ObjectNode decoded;
        try {
            decoded = decoder.decode(record.buffer(), offset, length);
        } catch (final IndexOutOfBoundsException e) {
            decoded = JsonNodeFactory.instance.objectNode();
        }
        return decoded.isEmpty() ? decoded.put("unreadableLength", length) : decoded;
    }

    /** Everything of a record of the batch at which the follower stands, with its receipt made anew and checked. */
    public ObjectNode whole(final JournalFollower follower, final int leafIndex) {
        final RecordView record = follower.get(leafIndex);
        final ObjectNode object = opening(record);
        object.put("timeMs", record.timeMs())
                .put("schemaVersion", record.schemaVersion())
                .put("rulesVersion", record.rulesVersion())
                .put("keyVersion", record.keyVersion());
        switch (record.kind()) {
            case GENESIS -> object.set("founding", founding(Genesis.of(record)));
            case SEGMENT -> object.set("segment", notice(SegmentNotice.of(record)));
            default -> putCommand(record, object);
        }
        object.set("receipt", receipt(follower, record));
        return object;
    }

    private void putCommand(final RecordView record, final ObjectNode object) {
        final ObjectNode outcome = decode(record, Part.OUTCOME);
        putCode(outcome, object);
        final ObjectNode request = decode(record, Part.COMMAND);
        object.set("request", request);
        object.put("outcomeMessage", decoder.nameOf(record.buffer(), record.outcomeOffset(), record.outcomeLength()));
        object.set("outcome", outcome);
        final int internal = record.internalOffset();
        if (InternalPart.isReadable(record.buffer(), internal, record.internalLength())) {
            object.put(
                    "stateHash",
                    String.format(
                            "%016x%016x",
                            InternalPart.stateHashHigh(record.buffer(), internal),
                            InternalPart.stateHashLow(record.buffer(), internal)));
        }
    }

    /** The engine's parameters hold the keys of its state hash, so their length is all that is shown. */
    private static ObjectNode founding(final Genesis genesis) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("gatewayId", genesis.gatewayId())
                .put("insuplcAdmdvs", genesis.insuplcAdmdvs())
                .put("gatewayKey", genesis.gatewayKey().toHex())
                .put("operatorKey", genesis.operatorKey().toHex())
                .put("schemaVersion", genesis.schemaVersion())
                .put("rulesVersion", genesis.rulesVersion())
                .put("engineParametersLength", genesis.engineParameters().length);
    }

    private static ObjectNode notice(final SegmentNotice notice) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("previousSegment", notice.previousSegment())
                .put("sealNumber", notice.sealNumber())
                .put("lastSequence", notice.lastSequence())
                .put("sealHash", HexFormat.of().formatHex(notice.sealHash()))
                .put("stop", notice.stop().name())
                .put("setAsideLength", notice.setAsideLength())
                .put("setAsideName", notice.setAsideName())
                .put("reason", notice.reason());
    }

    private ObjectNode receipt(final JournalFollower follower, final RecordView record) {
        final byte[] outcome = new byte[record.outcomeLength()];
        record.buffer().getBytes(record.outcomeOffset(), outcome);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[JournalReader.maxReceiptLength()]);
        final byte[] bytes;
        try (JournalReader reader = follower.newReader()) {
            bytes = Arrays.copyOf(buffer.byteArray(), reader.encodeReceipt(record.sequence(), buffer, 0));
        }
        final Receipt receipt = Receipt.decode(bytes);
        final Seal seal = receipt.seal();
        final HexFormat hex = HexFormat.of();
        return JsonNodeFactory.instance
                .objectNode()
                .put("verdict", verifier.verify(bytes, outcome).step().name())
                .put("durability", seal.durability().name())
                .put("segment", follower.segment())
                .put("sealNumber", seal.sealNumber())
                .put("sealHash", hex.formatHex(seal.hash()))
                .put("sealTime", ShownTime.of(seal.timeMs()))
                .put("firstSequence", seal.firstSequence())
                .put("lastSequence", seal.lastSequence())
                .put("leafIndex", receipt.leafIndex())
                .put("internalHash", hex.formatHex(receipt.internalHash()));
    }
}
