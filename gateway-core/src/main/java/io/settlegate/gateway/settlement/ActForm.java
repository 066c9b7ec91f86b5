package io.settlegate.gateway.settlement;

/**
 * One row of the table of acts.
 *
 * @param templateId  of its message.
 * @param blockLength the least length of its block.
 */
record ActForm(int templateId, int blockLength, ActKind kind, Act act) {}
