package io.settlegate.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.documents.MessageLayout.Field;
import io.settlegate.gateway.documents.MessageLayout.Variable;
import io.settlegate.gateway.pipeline.WorkedFrame;
import io.settlegate.gateway.pipeline.WorkedProof;
import io.settlegate.gateway.pipeline.WorkedSession;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** messages.json and session.json: every message taken apart, and the worked session with its receipts and seals. */
final class SessionVectors {
    private static final HexFormat HEX = HexFormat.of();
    private static final int SEAL_TEMPLATE = 6;
    private static final int PATH_OFFSET = 8 + 84 + 4;

    private final MessageLayouts layouts;
    private final WorkedSession session;
    private final Set<Integer> shown = new HashSet<>();

    SessionVectors(final MessageLayouts layouts, final WorkedSession session) {
        this.layouts = layouts;
        this.session = session;
    }

    Map<String, Object> messages() {
        final List<Object> entries = new ArrayList<>();
        for (final WorkedFrame frame : session.frames()) {
            if (frame.name().equals("request with a bad signature")) {
                continue;
            }
            addMessage(entries, frame.name(), message(frame));
        }
        addSamples(entries);
        final Map<String, Object> content = new LinkedHashMap<>();
        final Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("gateway", session.gatewayKey().toHex());
        keys.put("terminal", session.terminalKey().toHex());
        content.put("keys", keys);
        content.put("messages", entries);
        return content;
    }

    /** Of what the session does not show: each message at least once. */
    private void addSamples(final List<Object> entries) {
        final SampleMessages samples = new SampleMessages(session.terminalKey());
        for (final MessageLayout layout : layouts.all()) {
            if (shown.add(layout.templateId())) {
                addMessage(entries, "sample " + layout.templateId(), samples.of(layout));
            }
        }
    }

    /** The message and the messages within it. */
    private void addMessage(final List<Object> entries, final String name, final byte[] message) {
        final Map<String, Object> vector = MessageFields.vector(layouts, name, message);
        final int template = (int) vector.get("template");
        shown.add(template);
        if (layouts.of(template).isSigned()) {
            vector.put("signedBy", template == SEAL_TEMPLATE ? "gateway" : "terminal");
        }
        entries.add(vector);
        final Inner inner = new Inner(name);
        new MessageWalk(layouts, message).walk(0, message.length, inner);
        inner.found.forEach(
                (path, range) -> addMessage(entries, path, Arrays.copyOfRange(message, range[0], range[1])));
    }

    Map<String, Object> session() {
        final Map<String, Object> content = new LinkedHashMap<>();
        content.put("gatewayId", session.gatewayId());
        content.put("gatewayKey", session.gatewayKey().toHex());
        content.put("terminalKey", session.terminalKey().toHex());
        content.put(
                "frames", session.frames().stream().map(SessionVectors::frame).toList());
        final List<Object> receipts = new ArrayList<>();
        session.proofs().forEach(proof -> receipts.add(receipt(proof, true)));
        invalid().forEach(proof -> receipts.add(receipt(proof, false)));
        content.put("receipts", receipts);
        content.put("seals", seals());
        return content;
    }

    private static Map<String, Object> frame(final WorkedFrame frame) {
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", frame.name());
        entry.put("from", frame.sender().name().toLowerCase(java.util.Locale.ROOT));
        if (frame.nonce().length > 0) {
            entry.put("k", HEX.formatHex(frame.nonce()));
        }
        entry.put("frame", HEX.formatHex(frame.bytes()));
        return entry;
    }

    private Map<String, Object> receipt(final WorkedProof proof, final boolean valid) {
        final byte[] request = proof.request().length == 0 ? null : proof.request();
        assertThat(new ReceiptVerifier(session.gatewayKey(), new BouncyCastleVerifier())
                        .verify(proof.receipt(), proof.outcome(), request)
                        .isValid())
                .as("receipt %s", proof.name())
                .isEqualTo(valid);
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", proof.name());
        entry.put("valid", valid);
        entry.put("request", request == null ? null : HEX.formatHex(request));
        entry.put("outcome", HEX.formatHex(proof.outcome()));
        entry.put("receipt", HEX.formatHex(proof.receipt()));
        return entry;
    }

    /** The settlement's receipt, spoilt in each way that a verifier has to find. */
    private List<WorkedProof> invalid() {
        final WorkedProof good = settlement();
        final Receipt receipt = Receipt.decode(good.receipt());
        final List<WorkedProof> entries = new ArrayList<>();
        entries.add(new WorkedProof(
                "the outcome changed",
                good.request(),
                changed(good.outcome(), good.outcome().length - 1),
                good.receipt()));
        entries.add(new WorkedProof(
                "the request changed",
                changed(good.request(), good.request().length - 1),
                good.outcome(),
                good.receipt()));
        entries.add(new WorkedProof(
                "a hash of the path changed", good.request(), good.outcome(), changed(good.receipt(), PATH_OFFSET)));
        entries.add(new WorkedProof(
                "the seal's signature changed",
                good.request(),
                good.outcome(),
                changed(good.receipt(), good.receipt().length - 1)));
        entries.add(new WorkedProof(
                "a path one hash short",
                good.request(),
                good.outcome(),
                with(receipt, receipt.leafIndex(), Arrays.copyOf(receipt.path(), receipt.path().length - Sm3.LENGTH))));
        entries.add(new WorkedProof(
                "a path one hash long",
                good.request(),
                good.outcome(),
                with(receipt, receipt.leafIndex(), Arrays.copyOf(receipt.path(), receipt.path().length + Sm3.LENGTH))));
        entries.add(new WorkedProof(
                "another place in the batch", good.request(), good.outcome(), with(receipt, 0, receipt.path())));
        return entries;
    }

    private WorkedProof settlement() {
        return session.proofs().stream()
                .filter(proof -> proof.name().equals("2102"))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] with(final Receipt receipt, final long leafIndex, final byte[] path) {
        return new Receipt(
                        receipt.sequence(),
                        receipt.timeMs(),
                        receipt.commandHash(),
                        receipt.internalHash(),
                        leafIndex,
                        path,
                        receipt.seal())
                .toBytes();
    }

    private static byte[] changed(final byte[] bytes, final int at) {
        final byte[] result = bytes.clone();
        result[at] ^= 1;
        return result;
    }

    private List<Object> seals() {
        final List<Object> entries = new ArrayList<>();
        for (final byte[] seal : session.seals()) {
            final Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("sealNumber", entries.size());
            entry.put("seal", HEX.formatHex(seal));
            entry.put("hash", HEX.formatHex(Sm3.hash(seal)));
            entries.add(entry);
        }
        return entries;
    }

    private static byte[] message(final WorkedFrame frame) {
        return Arrays.copyOfRange(frame.bytes(), Limits.FRAME_LENGTH_LENGTH, frame.bytes().length);
    }

    /** Finds the messages that stand in a message's variable fields. */
    private static final class Inner implements MessageVisitor {
        private final String name;
        private final Map<String, int[]> found = new LinkedHashMap<>();
        private String where = "";

        private Inner(final String name) {
            this.name = name;
        }

        @Override
        public void message(final int offset, final MessageLayout layout) {
            // The outer message itself.
        }

        @Override
        public void field(final int offset, final Field field) {
            // Fixed fields hold no messages.
        }

        @Override
        public void group(final int offset, final String group, final int entryCount) {
            // Its entries may hold messages.
        }

        @Override
        public void entry(final int index) {
            where = " of entry " + (index + 1);
        }

        @Override
        public void endOfGroup() {
            where = "";
        }

        @Override
        public void variable(final int offset, final Variable variable, final int length) {
            final int from = offset + MessageWalk.VARIABLE_HEADER_LENGTH;
            if (variable.kind() == Variable.Kind.BYTES && length > 0) {
                found.put(name + ", " + variable.name() + where, new int[] {from, from + length});
            }
        }

        @Override
        public void signature(final int offset) {
            // The end.
        }
    }
}
