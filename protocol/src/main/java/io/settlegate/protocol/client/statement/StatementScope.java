package io.settlegate.protocol.client.statement;

import io.settlegate.protocol.client.visit.Flag;

/**
 * What a statement is about.
 *
 * @param setlOptins     the clearing office: where the persons are insured.
 * @param stmtBegndateMs any time of the first business day.
 * @param stmtEnddateMs  any time of the last one; today at the latest.
 * @param refdSetlFlag   YES: settlements and refunds, each on its own day. NO: what stands of the days' settlements.
 */
public record StatementScope(String setlOptins, long stmtBegndateMs, long stmtEnddateMs, Flag refdSetlFlag) {}
