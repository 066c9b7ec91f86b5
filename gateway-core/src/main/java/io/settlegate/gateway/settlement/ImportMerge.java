package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.VoucherChunkDecoder;
import io.settlegate.protocol.Limits;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes a checked import visible: rows come or change, kind by kind; money moves only by allocations. Cannot fail after
 * {@link ImportCheck} said NONE. Then tells the listener of each terminal that came or changed.
 */
final class ImportMerge {
    private static final int ALLOCATION_AMOUNT = 60;

    private final EngineState state;
    private final TerminalListener listener;
    private final Chunk chunk = new Chunk();

    ImportMerge(final EngineState state, final TerminalListener listener) {
        this.state = state;
        this.listener = listener;
    }

    void merge() {
        for (final ImportKind kind : ImportKind.values()) {
            if (kind == ImportKind.ALLOCATIONS) {
                allocate();
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
                publish(state.terminals.find(chunk.buffer, chunk.row(row)));
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
            case POLICIES -> mergePolicy(row);
            case ALLOCATIONS -> allocate(row);
            case VOUCHERS -> mergeVoucher(row);
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

    private void mergeTerminal(final int row) {
        final FlatTable table = state.terminals;
        final int target = open(table, row);
        final int at = table.offset(target);
        final DirectBuffer known = table.buffer(target);
        final boolean sameKey = Fields.equal(
                known,
                at + Rows.TERMINAL_PUBLIC_KEY,
                chunk.buffer,
                row + Rows.TERMINAL_PUBLIC_KEY,
                Rows.PUBLIC_KEY_LENGTH);
        final boolean sameInstitution = Fields.equal(
                known,
                at + Rows.TERMINAL_INSTITUTION,
                chunk.buffer,
                row + Rows.TERMINAL_INSTITUTION,
                Rows.INSTITUTION_KEY);
        table.putBytes(target, 0, chunk.buffer, row, Rows.TERMINAL_IMPORTED);
        if (!sameKey) {
            table.putInt(target, Rows.TERMINAL_KEY_VERSION, table.getInt(target, Rows.TERMINAL_KEY_VERSION) + 1);
        }
        if (!sameInstitution) {
            table.putInt(target, Rows.TERMINAL_ORDINAL, takeOrdinal(row + Rows.TERMINAL_INSTITUTION));
        }
        table.endWrite(target);
    }

    /** Ordinals are given once: a terminal that leaves takes no lane of another with it. */
    private int takeOrdinal(final int institution) {
        final FlatTable table = state.institutions;
        final int row = table.find(chunk.buffer, institution);
        table.beginWrite(row);
        final int ordinal = table.getInt(row, Rows.INSTITUTION_TERMINALS);
        table.putInt(row, Rows.INSTITUTION_TERMINALS, ordinal + 1);
        table.endWrite(row);
        return ordinal;
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

    private void mergePolicy(final int row) {
        final UnsafeBuffer policyRow = PolicyRows.row(chunk, row);
        if (PolicyRows.findVersion(state.policies, policyRow) < 0) {
            final int target = state.policies.insert(policyRow, 0, Rows.POLICY_KEY);
            state.policies.putBytes(target, 0, policyRow, 0, Rows.POLICY_LENGTH);
            state.policies.endWrite(target);
        }
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
        Persons.post(state.persons, person, amountFen, 0, 0, 0);
        state.ledger.postSource(-amountFen);
    }

    private void publish(final int row) {
        final FlatTable table = state.terminals;
        final UnsafeBuffer buffer = table.buffer(row);
        final int at = table.offset(row);
        final byte[] publicKey = new byte[Rows.PUBLIC_KEY_LENGTH];
        buffer.getBytes(at + Rows.TERMINAL_PUBLIC_KEY, publicKey);
        listener.onTerminal(
                Fields.text(buffer, at, Rows.TERMINAL_KEY),
                publicKey,
                table.getInt(row, Rows.TERMINAL_KEY_VERSION),
                table.getByte(row, Rows.TERMINAL_STATUS),
                Fields.text(buffer, at + Rows.TERMINAL_INSTITUTION, Rows.INSTITUTION_KEY),
                table.getInt(row, Rows.TERMINAL_ORDINAL) * Limits.LANE_COUNT);
    }
}
