package io.settlegate.gateway.settlement;

import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.GatewayStartedDecoder;

/** What a start promises to sessions, kept for the sign-ins that come. Owned by the engine's thread. */
final class GatewayStartedAct implements Act {
    private final FlatTable globals;
    private final GatewayStartedDecoder started = new GatewayStartedDecoder();

    GatewayStartedAct(final EngineState state) {
        this.globals = state.globals;
    }

    @Override
    public ActReason compute(final ActCommand command) {
        return ActReason.NONE;
    }

    @Override
    public void commit(final ActCommand command) {
        started.wrap(command.buffer, command.body, command.blockLength, command.version);
        globals.beginWrite(0);
        globals.putByte(0, Rows.GLOBALS_DURABILITY, (byte) started.durability());
        globals.putInt(0, Rows.GLOBALS_WINDOW, started.windowCount());
        globals.putInt(0, Rows.GLOBALS_MAX_LINES, started.maxLines());
        globals.putInt(0, Rows.GLOBALS_MAX_FRAME, (int) started.maxFrameLength());
        globals.putInt(0, Rows.GLOBALS_HEARTBEAT, (int) started.heartbeatIntervalMs());
        globals.putInt(0, Rows.GLOBALS_IDLE, (int) started.idleTimeoutMs());
        globals.endWrite(0);
    }
}
