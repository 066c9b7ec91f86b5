package io.settlegate.gateway.replay;

import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.gateway.settlement.RegisteredParties;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.GatewayStartedDecoder;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import io.settlegate.protocol.crypto.SignatureBatch;
import io.settlegate.protocol.crypto.SignatureVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks the signature of each command under the key that was in force: a terminal's as the state had it before the command, which must be
 * of the version that the record's internal part names; the operator's for acts. The gateway's own acts are not signed: the seal
 * vouches for them.
 *
 * <p>One thread. Signatures are checked in batches of what a vector unit takes, so a bad one is found up to {@value #BATCH_COUNT}
 * commands later, under its own sequence. Counts all findings and keeps the first {@value #MAX_KEPT_COUNT}.
 */
public final class SignatureAudit {
    private static final int BATCH_COUNT = 8;
    private static final int MAX_KEPT_COUNT = 20;
    private static final int SN = MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.snEncodingOffset();
    private static final int LEAST_REQUEST_LENGTH =
            MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.ENCODED_LENGTH + Sm2Signer.SIGNATURE_LENGTH;
    private static final int LEAST_ACT_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH + 1 + Sm2Signer.SIGNATURE_LENGTH;

    private final SignatureVerifier verifier;
    private final SignatureBatch batch = new SignatureBatch(BATCH_COUNT);
    private final long[] sequences = new long[BATCH_COUNT];
    private final byte[][] commands = new byte[BATCH_COUNT][0];
    private final MessageHeaderDecoder type = new MessageHeaderDecoder();
    private final List<SignatureFinding> findings = new ArrayList<>();
    private RegisteredParties parties;
    private Sm2PublicKey operatorKey;
    private Sm2PublicKey[] terminalKeys = new Sm2PublicKey[16];
    private int[] keyVersions = new int[16];
    private long checkedCount;
    private long unsignedCount;
    private long findingCount;

    /** @param verifier belongs to the replay's thread. */
    public SignatureAudit(final SignatureVerifier verifier) {
        this.verifier = verifier;
    }

    /** The engine's state is that before the first command that will be added. */
    void begin(final SettlementEngine engine, final Sm2PublicKey ofOperator) {
        parties = new RegisteredParties(engine);
        operatorKey = ofOperator;
    }

    /** Takes a record that the engine has not applied yet. */
    void add(final RecordView record) {
        if (record.kind() != RecordKind.COMMAND) {
            return;
        }
        type.wrap(record.buffer(), record.commandOffset());
        if (type.schemaId() == MessageHeaderDecoder.SCHEMA_ID) {
            addRequest(record);
        } else if (isGatewayAct(record)) {
            unsignedCount++;
        } else if (record.commandLength() < LEAST_ACT_LENGTH) {
            find(record.sequence(), SignatureFinding.What.UNSIGNED);
        } else {
            enqueue(record, operatorKey);
        }
    }

    /** Both, because an operator's act must not pass as the gateway's. */
    private boolean isGatewayAct(final RecordView record) {
        return type.templateId() == GatewayStartedDecoder.TEMPLATE_ID
                && record.buffer().getByte(record.commandOffset() + MessageHeaderDecoder.ENCODED_LENGTH)
                        == ActDomainTag.GATEWAY_ACT.value();
    }

    private void addRequest(final RecordView record) {
        if (record.commandLength() < LEAST_REQUEST_LENGTH) {
            find(record.sequence(), SignatureFinding.What.UNSIGNED);
            return;
        }
        final int row = parties.terminal(record.buffer(), record.commandOffset() + SN);
        if (row < 0) {
            find(record.sequence(), SignatureFinding.What.TERMINAL_UNKNOWN);
            return;
        }
        final int version = parties.terminalKeyVersion(row);
        final boolean isRead =
                InternalPart.isReadable(record.buffer(), record.internalOffset(), record.internalLength());
        if (!isRead || InternalPart.keyVersion(record.buffer(), record.internalOffset()) != version) {
            find(record.sequence(), SignatureFinding.What.KEY_VERSION);
            return;
        }
        enqueue(record, keyOf(row, version));
    }

    /** Each key is decoded once, and again after it has changed. */
    private Sm2PublicKey keyOf(final int row, final int version) {
        if (row >= terminalKeys.length) {
            final int length = Math.max(row + 1, terminalKeys.length * 2);
            terminalKeys = Arrays.copyOf(terminalKeys, length);
            keyVersions = Arrays.copyOf(keyVersions, length);
        }
        if (keyVersions[row] != version) {
            keyVersions[row] = version;
            terminalKeys[row] = decode(parties.terminalPublicKey(row));
        }
        return terminalKeys[row];
    }

    /** Null where the bytes are no point of the curve: nobody can have signed with that. */
    private static Sm2PublicKey decode(final byte[] encoded) {
        try {
            return Sm2PublicKey.decode(encoded);
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    /** The record's bytes are gone after the call, so they are copied. */
    private void enqueue(final RecordView record, final Sm2PublicKey key) {
        if (key == null) {
            find(record.sequence(), SignatureFinding.What.BAD_SIGNATURE);
            return;
        }
        final int index = batch.count();
        final int length = record.commandLength();
        if (commands[index].length < length) {
            commands[index] = new byte[Integer.highestOneBit(length) << 1];
        }
        record.buffer().getBytes(record.commandOffset(), commands[index], 0, length);
        sequences[index] = record.sequence();
        batch.add(key, commands[index], 0, length - Sm2Signer.SIGNATURE_LENGTH);
        if (batch.isFull()) {
            finish();
        }
    }

    /** Checks what is waiting. */
    void finish() {
        if (batch.count() == 0) {
            return;
        }
        verifier.verify(batch);
        for (int i = 0; i < batch.count(); i++) {
            if (!batch.verdict(i)) {
                find(sequences[i], SignatureFinding.What.BAD_SIGNATURE);
            }
        }
        checkedCount += batch.count();
        batch.clear();
    }

    private void find(final long sequence, final SignatureFinding.What what) {
        findingCount++;
        if (findings.size() < MAX_KEPT_COUNT) {
            findings.add(new SignatureFinding(sequence, what));
        }
    }

    /** Signatures that were checked, good and bad. */
    long checkedCount() {
        return checkedCount;
    }

    /** Acts of the gateway itself. */
    long unsignedCount() {
        return unsignedCount;
    }

    long findingCount() {
        return findingCount;
    }

    /** The first of them, by sequence. */
    List<SignatureFinding> findings() {
        final List<SignatureFinding> sorted = new ArrayList<>(findings);
        sorted.sort((a, b) -> Long.compare(a.sequence(), b.sequence()));
        return sorted;
    }
}
