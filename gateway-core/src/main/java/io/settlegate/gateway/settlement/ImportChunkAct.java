package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ImportBeginDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Adds a chunk to the open import, invisible until its commit. Owned by the engine's thread; copies the chunk. */
final class ImportChunkAct implements Act {
    private static final int IMPORT_ID = ImportBeginDecoder.importIdEncodingOffset();

    private final EngineState state;
    private final Chunk chunk = new Chunk();
    private UnsafeBuffer copy;

    ImportChunkAct(final EngineState state) {
        this.state = state;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        final int chunkLength = command.length - Request.SIGNATURE_LENGTH;
        if (!chunk.wrap(command.buffer, command.offset, chunkLength)) {
            return ActReason.MALFORMED;
        }
        command.chunkIndex = chunk.index();
        if (!state.staged.isOpen(command.buffer, command.body + IMPORT_ID)) {
            return ActReason.NO_IMPORT;
        }
        if (command.chunkIndex != state.staged.chunks().size()) {
            return ActReason.CHUNK_OUT_OF_ORDER;
        }
        if (!state.staged.hasRoom(chunkLength)) {
            return ActReason.LIMIT;
        }
        copy = StagedImport.copy(command.buffer, command.offset, chunkLength);
        command.rowCount = chunk.rowCount;
        return ActReason.NONE;
    }

    @Override
    public void commit(final ActCommand command) {
        state.staged.add(copy, chunk.rowCount);
        copy = null;
    }
}
