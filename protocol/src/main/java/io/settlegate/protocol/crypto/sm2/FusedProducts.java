package io.settlegate.protocol.crypto.sm2;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Whether this machine multiplies and adds doubles in one instruction. Stateless; never fails. */
final class FusedProducts {
    private FusedProducts() {}

    /** False also if the virtual machine does not tell: {@link Math#fma} in software is slower than two steps by far. */
    static boolean areNative() {
        try {
            final HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return machine != null
                    && Boolean.parseBoolean(machine.getVMOption("UseFMA").getValue());
        } catch (final IllegalArgumentException | LinkageError e) {
            // Another virtual machine, or one that was assembled without management.
            return false;
        }
    }
}
