package io.settlegate.gateway.inspection.filter;

/** Says whether a command's record is wanted. */
@FunctionalInterface
public interface RecordFilter {
    boolean accepts(RecordParts parts);
}
