package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.VoucherChunkDecoder;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes a checked import visible: rows come or change, kind by kind; money moves only by allocations. Cannot fail after
 * {@link ImportCheck} said NONE. Then tells the listener of each terminal that came or changed.
 */
final class ImportMerge {
    private static final int ALLOCATION_AMOUNT = 60;

    private final EngineState state;
    private final TerminalListener listener;
    private final StagedPolicies policyVersions;
    private final Chunk chunk = new Chunk();
    private final EntitlementRows entitlements;

    ImportMerge(final EngineState state, final TerminalListener listener, final StagedPolicies policyVersions) {
        this.state = state;
        this.listener = listener;
        this.policyVersions = policyVersions;
        this.entitlements = new EntitlementRows(state);
    }

    void merge() {
        for (final ImportKind kind : ImportKind.values()) {
            if (kind == ImportKind.ALLOCATIONS) {
                allocate();
                continue;
            }
            if (kind == ImportKind.POLICY_VERSIONS) {
                policyVersions.keep();
                continue;
            }
            for (final UnsafeBuffer staged : state.staged.chunks()) {
                chunk.wrap(staged, 0, staged.capacity());
                for (int row = 0; chunk.kind == kind && row < chunk.rowCount; row++) {
                    mergeRow(chunk.row(row));
                }
            }
        }
        for (final UnsafeBuffer staged : state.staged.chunks()) {
            chunk.wrap(staged, 0, staged.capacity());
            for (int row = 0; chunk.kind == ImportKind.TERMINALS && row < chunk.rowCount; row++) {
                TerminalRows.publish(state.terminals, state.terminals.find(chunk.buffer, chunk.row(row)), listener);
            }
        }
        state.staged.drop();
    }

    private void mergeRow(final int row) {
        switch (chunk.kind) {
            case REGIONS -> mergePlain(state.regions, row);
            case INSTITUTIONS -> mergePlain(state.institutions, row);
            case TERMINALS -> mergeTerminal(row);
            case PERSONS -> mergePerson(row);
            case CATALOGUE -> mergePlain(state.items, row);
            case POLICY_VERSIONS -> throw new IllegalStateException("policies are kept as a whole");
            case ALLOCATIONS -> allocate(row);
            case VOUCHERS -> mergeVoucher(row);
            case ITEM_TERMS -> ItemTerms.merge(state, chunk.buffer, row);
            case ENTITLEMENTS -> entitlements.merge(chunk.buffer, row);
        }
    }

    private void mergePlain(final FlatTable table, final int row) {
        final int target = open(table, row);
        table.putBytes(target, 0, chunk.buffer, row, chunk.kind.rowLength);
        table.endWrite(target);
    }

    /** The row of this key, out of the hash; a new one where there is none. */
    private int open(final FlatTable table, final int row) {
        final int existing = table.find(chunk.buffer, row);
        if (existing < 0) {
            return table.insert(chunk.buffer, row, chunk.kind.keyLength);
        }
        table.beginWrite(existing);
        return existing;
    }

    /**
     * A known terminal keeps its key, and an import may take its right to speak but not give it back: else running an older file
     * again would undo what an operator's act did to a terminal that was stolen.
     */
    private void mergeTerminal(final int row) {
        final FlatTable table = state.terminals;
        final int existing = table.find(chunk.buffer, row);
        final int target = open(table, row);
        final boolean sameInstitution = Fields.equal(
                table.buffer(target),
                table.offset(target) + Rows.TERMINAL_INSTITUTION,
                chunk.buffer,
                row + Rows.TERMINAL_INSTITUTION,
                Rows.INSTITUTION_KEY);
        if (existing < 0) {
            table.putBytes(target, 0, chunk.buffer, row, Rows.TERMINAL_IMPORTED);
            table.putInt(target, Rows.TERMINAL_KEY_VERSION, 1);
        } else {
            final int institution = Rows.TERMINAL_INSTITUTION;
            table.putBytes(target, institution, chunk.buffer, row + institution, Rows.INSTITUTION_KEY);
            final int model = Rows.TERMINAL_MODEL;
            table.putBytes(target, model, chunk.buffer, row + model, Rows.TERMINAL_IMPORTED - model);
            final byte status = chunk.buffer.getByte(row + Rows.TERMINAL_STATUS);
            if (status != TerminalRows.ACTIVE) {
                table.putByte(target, Rows.TERMINAL_STATUS, status);
            }
        }
        if (!sameInstitution) {
            final int institution = row + Rows.TERMINAL_INSTITUTION;
            final int ordinal = TerminalRows.takeOrdinal(state.institutions, chunk.buffer, institution);
            table.putInt(target, Rows.TERMINAL_ORDINAL, ordinal);
        }
        table.endWrite(target);
    }

    private void mergePerson(final int row) {
        final FlatTable table = state.persons;
        final int existing = table.find(chunk.buffer, row);
        if (existing >= 0) {
            state.certificates.remove(existing);
            if (hasCard(existing)) {
                state.cards.remove(existing);
            }
        }
        final int target = open(table, row);
        PersonRows.write(chunk.buffer, row, table.buffer(target), table.offset(target));
        state.certificates.put(target);
        if (hasCard(target)) {
            state.cards.put(target);
        }
        table.endWrite(target);
    }

    private boolean hasCard(final int person) {
        return state.persons.getByte(person, Rows.PERSON_CARD) != 0;
    }

    private void mergeVoucher(final int row) {
        final FlatTable table = state.vouchers;
        final int target = open(table, row);
        table.putBytes(target, 0, chunk.buffer, row, Rows.VOUCHER_KEY + Rows.PERSON_KEY);
        table.putLong(
                target,
                Rows.VOUCHER_EXPIRES_MS,
                chunk.buffer.getLong(
                        row + VoucherChunkDecoder.RowsDecoder.expiresMsEncodingOffset(), ByteOrder.LITTLE_ENDIAN));
        table.endWrite(target);
    }

    /** Credits what was not credited before, slice by slice; then the slices count as credited. */
    private void allocate() {
        if (state.staged.rowCount(ImportKind.ALLOCATIONS) == 0) {
            return;
        }
        final StagedSlices slices = new StagedSlices(state, state.staged.rowCount(ImportKind.ALLOCATIONS));
        slices.addAll(state.staged.chunks());
        for (final UnsafeBuffer staged : state.staged.chunks()) {
            chunk.wrap(staged, 0, staged.capacity());
            final boolean credited =
                    chunk.kind != ImportKind.ALLOCATIONS || chunk.rowCount == 0 || !slices.isNew(chunk);
            for (int row = 0; !credited && row < chunk.rowCount; row++) {
                mergeRow(chunk.row(row));
            }
        }
        slices.keep();
    }

    private void allocate(final int row) {
        final long amountFen = chunk.buffer.getLong(row + ALLOCATION_AMOUNT, ByteOrder.LITTLE_ENDIAN);
        final int person = state.persons.find(chunk.buffer, row + Rows.BATCH_ID_LENGTH);
        Persons.addBalance(state.persons, person, amountFen);
        state.ledger.postSource(-amountFen);
    }
}
