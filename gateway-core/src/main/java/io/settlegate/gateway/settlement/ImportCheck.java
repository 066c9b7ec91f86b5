package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.protocol.Limits;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks at a whole staged import against the state and against itself, and reserves room for it, so that its merge cannot
 * fail. Changes nothing that is hashed.
 *
 * <p>One instance for one commit. Of the staged keys it holds the places and not the bytes, so that its memory is a fraction
 * of the chunks', which are bounded.
 */
final class ImportCheck {
    private static final int WIRE_CERTIFICATE_LENGTH = 56;
    private static final int POOLAREA_LENGTH = 6;

    int chunkIndex = -1;
    int rowIndex = -1;

    private final EngineState state;
    private final List<UnsafeBuffer> chunks;
    private final RowRules rules = new RowRules();
    private final Chunk chunk = new Chunk();
    private final StagedKeys[] seen = new StagedKeys[ImportKind.values().length];
    private final StagedKeys certificates;
    private final StagedKeys cards;
    private final int[] newRows = new int[seen.length];
    private FlatTable lanes;
    private StagedSlices slices;
    private final StagedPolicies policyVersions;
    private StagedTerms terms;
    private StagedEntitlements entitlements;

    ImportCheck(final EngineState state) {
        this.state = state;
        this.chunks = state.staged.chunks();
        for (final ImportKind kind : ImportKind.values()) {
            seen[kind.ordinal()] = keys(kind.keyLength, kind);
        }
        certificates = keys(WIRE_CERTIFICATE_LENGTH, ImportKind.PERSONS);
        cards = keys(Rows.CARD_LENGTH, ImportKind.PERSONS);
        policyVersions = new StagedPolicies(state.policyShelf, chunks);
    }

    /** NONE if the merge may go on; else why not, with the place in {@link #chunkIndex} and {@link #rowIndex}. */
    ActReason check() {
        for (final ImportKind kind : ImportKind.values()) {
            for (int i = 0; i < chunks.size() && state.staged.rowCount(kind) > 0; i++) {
                chunk.wrap(chunks.get(i), 0, chunks.get(i).capacity());
                final ActReason reason = chunk.kind == kind ? checkChunk(i) : ActReason.NONE;
                if (reason != ActReason.NONE) {
                    return reason;
                }
            }
        }
        if (state.staged.rowCount(ImportKind.POLICY_VERSIONS) > 0) {
            final ActReason reason = checkPolicyVersions();
            if (reason != ActReason.NONE) {
                return reason;
            }
        }
        if (state.staged.rowCount(ImportKind.ALLOCATIONS) > 0) {
            final ActReason reason = checkSlices();
            if (reason != ActReason.NONE) {
                return reason;
            }
        }
        if (terms != null) {
            final ActReason reason = terms.checkOverlaps(seen[ImportKind.ITEM_TERMS.ordinal()]);
            if (reason != ActReason.NONE) {
                chunkIndex = terms.refusedChunk();
                rowIndex = terms.refusedRow();
                return reason;
            }
        }
        return reserve() ? ActReason.NONE : ActReason.LIMIT;
    }

    /** Rows that the merge will make visible: all but the allocations that were credited before. */
    long appliedRowCount() {
        return state.staged.rowCount() - (slices == null ? 0 : slices.repeatedRowCount());
    }

    /** The versions of policies that the merge will put on the shelf. */
    StagedPolicies policyVersions() {
        return policyVersions;
    }

    private ActReason checkChunk(final int index) {
        for (int row = 0; row < chunk.rowCount; row++) {
            final ActReason reason = checkRow(index, chunk.row(row));
            if (reason != ActReason.NONE) {
                chunkIndex = index;
                rowIndex = row;
                return reason;
            }
        }
        return ActReason.NONE;
    }

    private ActReason checkRow(final int index, final int row) {
        if (!rules.isValid(chunk, row)) {
            return ActReason.VALUE_WRONG;
        }
        if (chunk.kind == ImportKind.POLICY_VERSIONS) {
            return isPoolarea(chunk.buffer, chunk.body + StagedPolicies.POOLAREA)
                    ? ActReason.NONE
                    : ActReason.REFERENCE_UNKNOWN;
        }
        final ActReason reason =
                switch (chunk.kind) {
                    case INSTITUTIONS -> checkRegion(row + Rows.INSTITUTION_ADMDVS);
                    case TERMINALS -> checkTerminal(row);
                    case PERSONS -> checkPerson(index, row);
                    case ALLOCATIONS -> checkPersonKnown(row + Rows.BATCH_ID_LENGTH);
                    case VOUCHERS -> checkVoucher(row);
                    case ITEM_TERMS -> checkTerms(index, row);
                    case ENTITLEMENTS -> checkEntitlement(row);
                    default -> ActReason.NONE;
                };
        if (reason != ActReason.NONE) {
            return reason;
        }
        if (!seen[chunk.kind.ordinal()].add(index, row)) {
            return ActReason.KEY_REPEATED;
        }
        final FlatTable table = tableOf(chunk.kind);
        if (table != null && table.find(chunk.buffer, row) < 0) {
            newRows[chunk.kind.ordinal()]++;
        }
        return ActReason.NONE;
    }

    /** The table whose key opens the imported row, or null. */
    private FlatTable tableOf(final ImportKind kind) {
        return switch (kind) {
            case REGIONS -> state.regions;
            case INSTITUTIONS -> state.institutions;
            case TERMINALS -> state.terminals;
            case PERSONS -> state.persons;
            case CATALOGUE -> state.items;
            case VOUCHERS -> state.vouchers;
            case ITEM_TERMS -> state.itemTerms;
            case POLICY_VERSIONS, ALLOCATIONS, ENTITLEMENTS -> null;
        };
    }

    private ActReason checkRegion(final int admdvs) {
        return isKnown(state.regions, ImportKind.REGIONS, admdvs) ? ActReason.NONE : ActReason.REFERENCE_UNKNOWN;
    }

    private ActReason checkPersonKnown(final int psnNo) {
        return isKnown(state.persons, ImportKind.PERSONS, psnNo) ? ActReason.NONE : ActReason.REFERENCE_UNKNOWN;
    }

    private ActReason checkTerminal(final int row) {
        final int institution = row + Rows.TERMINAL_INSTITUTION;
        if (!isKnown(state.institutions, ImportKind.INSTITUTIONS, institution)) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        final FlatTable table = state.terminals;
        final int existing = table.find(chunk.buffer, row);
        if (existing < 0) {
            return takeLane(institution);
        }
        if (table.getByte(existing, Rows.TERMINAL_STATUS) == Rows.TERMINAL_REVOKED
                && chunk.buffer.getByte(row + Rows.TERMINAL_STATUS) != Rows.TERMINAL_REVOKED) {
            return ActReason.TERMINAL_REVOKED;
        }
        final boolean stays = Fields.equal(
                chunk.buffer,
                institution,
                table.buffer(existing),
                table.offset(existing) + Rows.TERMINAL_INSTITUTION,
                Rows.INSTITUTION_KEY);
        return stays ? ActReason.NONE : takeLane(institution);
    }

    private ActReason takeLane(final int institution) {
        if (lanes == null) {
            lanes = scratch(Rows.INSTITUTION_KEY, Rows.INSTITUTION_KEY + Integer.BYTES, ImportKind.TERMINALS);
        }
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
        return taken <= Limits.LANES ? ActReason.NONE : ActReason.LANES_EXHAUSTED;
    }

    private ActReason checkPerson(final int index, final int row) {
        if (checkRegion(row + PersonRows.INSUPLC) != ActReason.NONE) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        final int existing = state.persons.find(chunk.buffer, row);
        final int certificate = row + PersonRows.CERTIFICATE;
        final int holder = state.personByCertificate(chunk.buffer, certificate);
        if ((holder >= 0 && holder != existing) || !certificates.add(index, certificate)) {
            return ActReason.CERTIFICATE_TAKEN;
        }
        final int card = row + PersonRows.CARD_NO;
        if (Fields.isZero(chunk.buffer, card, Rows.CARD_LENGTH)) {
            return ActReason.NONE;
        }
        final int owner = state.personByCard(chunk.buffer, card);
        return (owner >= 0 && owner != existing) || !cards.add(index, card) ? ActReason.CARD_TAKEN : ActReason.NONE;
    }

    /** A token may be renewed, but never becomes another person's. */
    private ActReason checkVoucher(final int row) {
        final int person = row + Rows.VOUCHER_PSN_NO;
        final int existing = state.vouchers.find(chunk.buffer, row);
        if (existing >= 0
                && !Fields.equal(
                        chunk.buffer,
                        person,
                        state.vouchers.buffer(existing),
                        state.vouchers.offset(existing) + Rows.VOUCHER_PSN_NO,
                        Rows.PERSON_KEY)) {
            return ActReason.CERTIFICATE_TAKEN;
        }
        return checkPersonKnown(person);
    }

    private ActReason checkPolicyVersions() {
        final ActReason reason = policyVersions.check();
        if (reason != ActReason.NONE) {
            chunkIndex = policyVersions.refusedChunk;
            rowIndex = 0;
        }
        newRows[ImportKind.POLICY_VERSIONS.ordinal()] = policyVersions.newCount();
        return reason;
    }

    private ActReason checkSlices() {
        slices = new StagedSlices(state, state.staged.rowCount(ImportKind.ALLOCATIONS));
        ActReason reason = slices.addAll(chunks);
        if (reason == ActReason.NONE) {
            reason = slices.check();
        }
        if (reason != ActReason.NONE) {
            chunkIndex = slices.refusedChunk;
            rowIndex = 0;
        }
        newRows[ImportKind.ALLOCATIONS.ordinal()] = slices.newSliceCount();
        return reason;
    }

    private ActReason checkTerms(final int index, final int row) {
        if (!isKnown(state.items, ImportKind.CATALOGUE, row)) {
            return ActReason.REFERENCE_UNKNOWN;
        }
        if (terms == null) {
            terms = new StagedTerms(state, chunks);
        }
        return terms.add(index, chunk.buffer, row);
    }

    private ActReason checkEntitlement(final int row) {
        final ActReason reason = checkPersonKnown(row);
        if (reason != ActReason.NONE) {
            return reason;
        }
        if (entitlements == null) {
            entitlements = new StagedEntitlements(state);
        }
        final ActReason counted = entitlements.add(chunk.buffer, row);
        newRows[ImportKind.ENTITLEMENTS.ordinal()] = entitlements.newRowCount();
        return counted;
    }

    private boolean isKnown(final FlatTable table, final ImportKind kind, final int key) {
        return table.find(chunk.buffer, key) >= 0 || seen[kind.ordinal()].contains(chunk.buffer, key);
    }

    /** Whether some region, known or staged, belongs to this pooling region. */
    private boolean isPoolarea(final DirectBuffer key, final int offset) {
        for (int row = 0; row < state.regions.count(); row++) {
            final int poolarea = state.regions.offset(row) + Rows.REGION_POOLAREA;
            if (Fields.equal(key, offset, state.regions.buffer(row), poolarea, POOLAREA_LENGTH)) {
                return true;
            }
        }
        final Chunk regions = new Chunk();
        for (final UnsafeBuffer staged : chunks) {
            regions.wrap(staged, 0, staged.capacity());
            for (int row = 0; regions.kind == ImportKind.REGIONS && row < regions.rowCount; row++) {
                if (Fields.equal(key, offset, staged, regions.row(row) + Rows.REGION_POOLAREA, POOLAREA_LENGTH)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean reserve() {
        return state.regions.reserve(newRows[ImportKind.REGIONS.ordinal()])
                && state.institutions.reserve(newRows[ImportKind.INSTITUTIONS.ordinal()])
                && state.terminals.reserve(newRows[ImportKind.TERMINALS.ordinal()])
                && state.persons.reserve(newRows[ImportKind.PERSONS.ordinal()])
                && state.items.reserve(newRows[ImportKind.CATALOGUE.ordinal()])
                && state.policyShelf.reserve(newRows[ImportKind.POLICY_VERSIONS.ordinal()])
                && state.batches.reserve(newRows[ImportKind.ALLOCATIONS.ordinal()])
                && state.vouchers.reserve(newRows[ImportKind.VOUCHERS.ordinal()])
                && state.itemTerms.reserve(newRows[ImportKind.ITEM_TERMS.ordinal()])
                && state.entitlements.reserve(newRows[ImportKind.ENTITLEMENTS.ordinal()])
                && state.ledger.reserve(1);
    }

    private StagedKeys keys(final int length, final ImportKind kind) {
        return new StagedKeys(state.hash, chunks, length, state.staged.rowCount(kind));
    }

    private FlatTable scratch(final int keyLength, final int rowLength, final ImportKind kind) {
        return new FlatTable(TableId.SCRATCH, keyLength, rowLength, state.staged.rowCount(kind), state.hash);
    }
}
