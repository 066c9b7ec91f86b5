package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.protocol.Limits;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks at a whole staged import against the state and against itself, and reserves room for it, so that its merge cannot
 * fail. Changes nothing that is hashed. One instance for one commit; allocates sets of the staged keys.
 */
final class ImportCheck {
    private static final int WIRE_CERTIFICATE_LENGTH = 56;

    int chunkIndex = -1;
    int rowIndex = -1;

    private final EngineState state;
    private final List<UnsafeBuffer> chunks;
    private final RowRules rules;
    private final Chunk chunk = new Chunk();
    private final FlatTable[] seen = new FlatTable[ImportKind.values().length];
    private final FlatTable certificates;
    private final FlatTable cards;
    private final FlatTable batches;
    private final FlatTable lanes;
    private final int[] newRows = new int[seen.length];

    ImportCheck(final EngineState state) {
        this.state = state;
        this.chunks = state.staged.chunks();
        this.rules = new RowRules();
        for (final ImportKind kind : ImportKind.values()) {
            // A policy's key is completed by what stands in its chunk's block: pooling region and version.
            final int keyLength =
                    kind == ImportKind.POLICIES ? kind.keyLength + PolicyRows.SCOPE_LENGTH : kind.keyLength;
            seen[kind.ordinal()] = scratch(keyLength, keyLength);
        }
        certificates = scratch(WIRE_CERTIFICATE_LENGTH, WIRE_CERTIFICATE_LENGTH);
        cards = scratch(Rows.CARD_LENGTH, Rows.CARD_LENGTH);
        batches = scratch(Rows.BATCH_KEY, Rows.BATCH_KEY);
        lanes = scratch(Rows.INSTITUTION_KEY, Rows.INSTITUTION_KEY + Integer.BYTES);
    }

    /** NONE if the merge may go on; else why not, with the place in {@link #chunkIndex} and {@link #rowIndex}. */
    ActReason check() {
        for (final ImportKind kind : ImportKind.values()) {
            for (int i = 0; i < chunks.size(); i++) {
                chunk.wrap(chunks.get(i), 0, chunks.get(i).capacity());
                if (chunk.kind != kind) {
                    continue;
                }
                for (int row = 0; row < chunk.rowCount; row++) {
                    final ActReason reason = checkRow(chunk.row(row));
                    if (reason != ActReason.NONE) {
                        chunkIndex = i;
                        rowIndex = row;
                        return reason;
                    }
                }
            }
        }
        return reserve() ? ActReason.NONE : ActReason.LIMIT;
    }

    private ActReason checkRow(final int row) {
        if (!rules.isValid(chunk, row)) {
            return ActReason.VALUE_WRONG;
        }
        return switch (chunk.kind) {
            case REGIONS -> checkKey(state.regions, row);
            case INSTITUTIONS ->
                isRegion(row + Rows.INSTITUTION_ADMDVS)
                        ? checkKey(state.institutions, row)
                        : ActReason.REFERENCE_UNKNOWN;
            case TERMINALS -> checkTerminal(row);
            case PERSONS -> checkPerson(row);
            case CATALOGUE -> checkKey(state.items, row);
            case POLICIES -> checkPolicy(row);
            case ALLOCATIONS -> checkAllocation(row);
            case VOUCHERS -> checkVoucher(row);
        };
    }

    private ActReason checkKey(final FlatTable table, final int row) {
        if (!isFirst(seen[chunk.kind.ordinal()], chunk.buffer, row, chunk.kind.keyLength)) {
            return ActReason.KEY_REPEATED;
        }
        if (table.find(chunk.buffer, row) < 0) {
            newRows[chunk.kind.ordinal()]++;
        }
        return ActReason.NONE;
    }

    private ActReason checkTerminal(final int row) {
        final int institution = row + Rows.TERMINAL_INSTITUTION;
        if (!isKnown(state.institutions, ImportKind.INSTITUTIONS, institution)) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        final int existing = state.terminals.find(chunk.buffer, row);
        if (existing >= 0
                && state.terminals.getByte(existing, Rows.TERMINAL_STATUS) == Rows.TERMINAL_REVOKED
                && chunk.buffer.getByte(row + Rows.TERMINAL_STATUS) != Rows.TERMINAL_REVOKED) {
            return ActReason.TERMINAL_REVOKED;
        }
        final boolean stays = existing >= 0
                && Fields.equal(
                        chunk.buffer,
                        institution,
                        state.terminals.buffer(existing),
                        state.terminals.offset(existing) + Rows.TERMINAL_INSTITUTION,
                        Rows.INSTITUTION_KEY);
        return stays || takeLane(institution) ? checkKey(state.terminals, row) : ActReason.LANES_EXHAUSTED;
    }

    private boolean takeLane(final int institution) {
        int lane = lanes.find(chunk.buffer, institution);
        if (lane < 0) {
            lanes.reserve(1);
            lane = lanes.insert(chunk.buffer, institution, Rows.INSTITUTION_KEY);
            final int known = state.institutions.find(chunk.buffer, institution);
            lanes.putInt(
                    lane,
                    Rows.INSTITUTION_KEY,
                    known < 0 ? 0 : state.institutions.getInt(known, Rows.INSTITUTION_TERMINALS));
        }
        final int taken = lanes.getInt(lane, Rows.INSTITUTION_KEY) + 1;
        lanes.putInt(lane, Rows.INSTITUTION_KEY, taken);
        return taken <= Limits.LANES;
    }

    private ActReason checkPerson(final int row) {
        if (!isRegion(row + PersonRows.INSUPLC)) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        final int certificate = row + PersonRows.CERTIFICATE;
        final int holder = state.personByCertificate(chunk.buffer, certificate);
        if (holder >= 0 && holder != state.persons.find(chunk.buffer, row)
                || !isFirst(certificates, chunk.buffer, certificate, WIRE_CERTIFICATE_LENGTH)) {
            return ActReason.CERTIFICATE_TAKEN;
        }
        final int card = row + PersonRows.CARD_NO;
        if (!Fields.isZero(chunk.buffer, card, Rows.CARD_LENGTH)) {
            final int owner = state.personByCard(chunk.buffer, card);
            if (owner >= 0 && owner != state.persons.find(chunk.buffer, row)
                    || !isFirst(cards, chunk.buffer, card, Rows.CARD_LENGTH)) {
                return ActReason.CARD_TAKEN;
            }
        }
        return checkKey(state.persons, row);
    }

    private ActReason checkPolicy(final int row) {
        final UnsafeBuffer identity = PolicyRows.identity(chunk, row);
        if (!isPoolarea(identity)) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        if (!isFirst(seen[ImportKind.POLICIES.ordinal()], identity, 0, identity.capacity())) {
            return ActReason.KEY_REPEATED;
        }
        final UnsafeBuffer policyRow = PolicyRows.row(chunk, row);
        final int existing = PolicyRows.findVersion(state.policies, policyRow);
        if (existing < 0) {
            newRows[ImportKind.POLICIES.ordinal()]++;
            return ActReason.NONE;
        }
        final int rest = Rows.POLICY_KEY;
        return Fields.equal(
                        policyRow,
                        rest,
                        state.policies.buffer(existing),
                        state.policies.offset(existing) + rest,
                        Rows.POLICY_LENGTH - rest)
                ? ActReason.NONE
                : ActReason.VERSION_CHANGED;
    }

    private ActReason checkAllocation(final int row) {
        if (state.batches.find(chunk.buffer, row) >= 0) {
            return ActReason.BATCH_USED;
        }
        if (!isKnown(state.persons, ImportKind.PERSONS, row + Rows.BATCH_KEY)) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        if (isFirst(batches, chunk.buffer, row, Rows.BATCH_KEY)) {
            newRows[ImportKind.ALLOCATIONS.ordinal()]++;
        }
        return isFirst(seen[ImportKind.ALLOCATIONS.ordinal()], chunk.buffer, row, ImportKind.ALLOCATIONS.keyLength)
                ? ActReason.NONE
                : ActReason.KEY_REPEATED;
    }

    /** A token may be renewed, but never becomes another person's. */
    private ActReason checkVoucher(final int row) {
        final int person = row + Rows.VOUCHER_PSN_NO;
        if (!isKnown(state.persons, ImportKind.PERSONS, person)) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        final int existing = state.vouchers.find(chunk.buffer, row);
        final boolean stays = existing < 0
                || Fields.equal(
                        chunk.buffer,
                        person,
                        state.vouchers.buffer(existing),
                        state.vouchers.offset(existing) + Rows.VOUCHER_PSN_NO,
                        Rows.PERSON_KEY);
        return stays ? checkKey(state.vouchers, row) : ActReason.CERTIFICATE_TAKEN;
    }

    private boolean isRegion(final int admdvs) {
        return isKnown(state.regions, ImportKind.REGIONS, admdvs);
    }

    private boolean isKnown(final FlatTable table, final ImportKind kind, final int key) {
        return table.find(chunk.buffer, key) >= 0 || seen[kind.ordinal()].find(chunk.buffer, key) >= 0;
    }

    /** Whether some region, known or staged, belongs to the pooling region that opens the policy's identity. */
    private boolean isPoolarea(final UnsafeBuffer identity) {
        for (int row = 0; row < state.regions.count(); row++) {
            if (Fields.equal(
                    identity, 0, state.regions.buffer(row), state.regions.offset(row) + Rows.REGION_POOLAREA, 6)) {
                return true;
            }
        }
        final Chunk regions = new Chunk();
        for (final UnsafeBuffer staged : chunks) {
            regions.wrap(staged, 0, staged.capacity());
            for (int row = 0; regions.kind == ImportKind.REGIONS && row < regions.rowCount; row++) {
                if (Fields.equal(identity, 0, staged, regions.row(row) + Rows.REGION_POOLAREA, 6)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean reserve() {
        final boolean room = state.regions.reserve(newRows[ImportKind.REGIONS.ordinal()])
                && state.institutions.reserve(newRows[ImportKind.INSTITUTIONS.ordinal()])
                && state.terminals.reserve(newRows[ImportKind.TERMINALS.ordinal()])
                && state.persons.reserve(newRows[ImportKind.PERSONS.ordinal()])
                && state.items.reserve(newRows[ImportKind.CATALOGUE.ordinal()])
                && state.policies.reserve(newRows[ImportKind.POLICIES.ordinal()])
                && state.batches.reserve(newRows[ImportKind.ALLOCATIONS.ordinal()])
                && state.vouchers.reserve(newRows[ImportKind.VOUCHERS.ordinal()])
                && state.ledger.reserve(1);
        state.certificates.reserve(state.persons.count() + newRows[ImportKind.PERSONS.ordinal()]);
        state.cards.reserve(state.persons.count() + newRows[ImportKind.PERSONS.ordinal()]);
        return room;
    }

    private static boolean isFirst(final FlatTable set, final DirectBuffer key, final int offset, final int length) {
        if (set.find(key, offset) >= 0) {
            return false;
        }
        set.reserve(1);
        set.insert(key, offset, length);
        return true;
    }

    private FlatTable scratch(final int keyLength, final int rowLength) {
        return new FlatTable(TableId.SCRATCH, keyLength, rowLength, Integer.MAX_VALUE / 4, state.hash);
    }
}
