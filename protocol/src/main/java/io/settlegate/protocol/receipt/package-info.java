/** Proofs that anyone can check offline: leaves, Merkle trees, seals, and receipts. */
package io.settlegate.protocol.receipt;
