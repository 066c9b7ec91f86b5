package io.settlegate.gateway.benefits.policy;

/**
 * What is wrong with a policy, and where.
 *
 * @param path the place as keys and positions, such as {@code plans[2].segments[1].from}.
 */
public record PolicyFault(String path, String reason) {}
