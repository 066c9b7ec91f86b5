package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.policy.Policy;
import java.util.Map;

/**
 * How the person of a settlement stands at a moment: what is used of the insurance in the settlement's year, and the account.
 *
 * @param accumulatorsFen by name, in the order of the slots.
 * @param policy that by which the settlement was computed.
 */
public record Standing(int year, int insutype, Map<String, Long> accumulatorsFen, long balanceFen, Policy policy) {}
