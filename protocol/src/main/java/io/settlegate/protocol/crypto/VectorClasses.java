package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm3.BlockLanes;

/** Opens the digest's class of the vector unit, which only loads where its incubator module is. Stateless. */
final class VectorClasses {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String BLOCK_LANES = "io.settlegate.protocol.crypto.lanes.VectorBlockLanes";

    private VectorClasses() {}

    /** Lanes of one thread, or null if the module is not there, or the vectors of this machine are shorter than eight lanes. */
    static BlockLanes nativeBlockLanes() {
        final BlockLanes lanes = blockLanes();
        return lanes != null && lanes.isNative() ? lanes : null;
    }

    /** Lanes of one thread, however slow, or null if the module is not there. */
    static BlockLanes blockLanes() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return null;
        }
        try {
            return Class.forName(BLOCK_LANES)
                    .asSubclass(BlockLanes.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (final ReflectiveOperationException | LinkageError | ClassCastException e) {
            // A later JDK may change the incubator's classes; scalar code is as right.
            return null;
        }
    }
}
