package io.settlegate.gateway.benefits.explain;

import io.settlegate.gateway.benefits.policy.Plan;
import io.settlegate.gateway.benefits.policy.Policy;

/**
 * By what a claim was computed.
 *
 * @param level of the institution.
 * @param outOfArea how the visit came to be out of area; local if it did not.
 * @param stayNumber in the year, from 1; 1 of visits that are no stay.
 * @param balanceFen of the person's own account before.
 */
public record ExplainedVisit(
        Policy policy, Plan plan, String level, String outOfArea, int stayNumber, long balanceFen) {}
