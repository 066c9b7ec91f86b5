package io.settlegate.gateway;

/** The settings of settlegate.yaml, named and measured as `settlegate serve --help` says. Absent ones keep their defaults. */
record Settings(
        String listen,
        String operatorListen,
        String metricsListen,
        String durability,
        Boolean insecure,
        Integer backgroundForceMs,
        Long segmentLength,
        Integer windowCount,
        Integer maxConnections,
        Integer heartbeatIntervalMs,
        Integer idleTimeoutMs,
        Integer signInTimeoutMs,
        Integer frameTimeoutMs,
        Integer stallTimeoutMs,
        Integer maxOutboundLength,
        Integer ringSize,
        Integer verifierCount,
        String signature,
        Integer keyTablesLength,
        Integer maxBatchSize,
        Integer snapshotIntervalMs) {

    /** No file: all defaults. */
    static final Settings NONE = new Settings(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null);
}
