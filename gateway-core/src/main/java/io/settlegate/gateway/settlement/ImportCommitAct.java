package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ImportCommitDecoder;

/** Checks the open import as a whole and makes it visible, all or none. Owned by the engine's thread. */
final class ImportCommitAct implements Act {
    private static final int IMPORT_ID = ImportCommitDecoder.importIdEncodingOffset();
    private static final int ROW_COUNT = ImportCommitDecoder.rowCountEncodingOffset();
    private static final int DIGEST = ImportCommitDecoder.digestEncodingOffset();

    private final EngineState state;
    private final TerminalListener listener;
    private StagedPolicies policyVersions;

    ImportCommitAct(final EngineState state, final TerminalListener listener) {
        this.state = state;
        this.listener = listener;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        if (!state.staged.isOpen(command.buffer, command.body + IMPORT_ID)) {
            return ActReason.NO_IMPORT;
        }
        if (command.getLong(ROW_COUNT) != state.staged.rowCount()) {
            return ActReason.COUNT_DIFFERS;
        }
        if (!state.staged.digestIs(command.buffer, command.body + DIGEST)) {
            return ActReason.DIGEST_DIFFERS;
        }
        final ImportCheck check = new ImportCheck(state);
        final ActReason reason = check.check();
        command.chunkIndex = check.chunkIndex;
        command.rowIndex = check.rowIndex;
        command.rowCount = check.appliedRowCount();
        policyVersions = reason == ActReason.NONE ? check.policyVersions() : null;
        return reason;
    }

    @Override
    public void commit(final ActCommand command) {
        new ImportMerge(state, listener, policyVersions).merge();
        policyVersions = null;
    }
}
