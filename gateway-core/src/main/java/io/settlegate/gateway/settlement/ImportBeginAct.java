package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ImportBeginDecoder;

/** Opens an import; one that was open is dropped. Owned by the engine's thread. */
final class ImportBeginAct implements Act {
    private static final int IMPORT_ID = ImportBeginDecoder.importIdEncodingOffset();

    private final EngineState state;

    ImportBeginAct(final EngineState state) {
        this.state = state;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        return Fields.isCode(command.buffer, command.body + IMPORT_ID, ActCommand.ID_LENGTH)
                ? ActReason.NONE
                : ActReason.MALFORMED;
    }

    @Override
    public void commit(final ActCommand command) {
        state.staged.begin(command.buffer, command.body + IMPORT_ID);
    }
}
