package io.settlegate.gateway.replay;

/** Where a replay begins. */
public enum ReplayStart {
    /** At the founding: an audit believes nothing that was computed before. */
    FOUNDING,
    /** At the newest good snapshot that does not lie behind the end; at the founding where there is none. */
    SNAPSHOT
}
