package io.settlegate.gateway.benefits.policy;

/** Where the numbers of a policy come from and how far to trust them. */
public record Provenance(PolicyKind kind, String source, String trust) {}
