/** Compares the gateway's books with files of a hospital and of the bureau, with bounded memory: who has what, and what mends it. */
package io.settlegate.gateway.reconciliation;
