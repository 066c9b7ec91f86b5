/**
 * Settle or reverse: a request that changes money always ends in a known state, over lost replies, broken connections, and restarts
 * of the terminal. {@link io.settlegate.protocol.client.desk.SettlementDesk} is the entrance.
 */
package io.settlegate.protocol.client.desk;
