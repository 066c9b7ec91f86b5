package io.settlegate.protocol.crypto;

/**
 * Where a key's table lies: good as long as the slot is of that generation.
 *
 * @param owner the tables that gave it.
 */
record KeyTableTicket(KeyTables owner, int slot, int generation) {}
