package io.settlegate.benchmarks;

/** What signatures in lanes, Chronicle, and Agrona need of a forked JVM; the launcher passes the same. */
final class JvmFlags {
    static final String ADD_VECTORS = "--add-modules=jdk.incubator.vector";
    static final String OPEN_CHANNELS = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";
    static final String OPEN_REFLECTION = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
    static final String OPEN_MISC = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";
    static final String EXPORT_REF = "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED";
    static final String NO_ANALYTICS = "-Dchronicle.analytics.disable=true";
    static final String NO_ANNOUNCER = "-Dchronicle.announcer.disable=true";
    static final String HEAP = "-Xmx2g";
    /** Ten million persons and some days' msgids, off the heap. */
    static final String TABLES = "-XX:MaxDirectMemorySize=6g";

    private JvmFlags() {}
}
