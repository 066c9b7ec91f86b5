/** Proofs between heads: that a record stands under a later seal, and that a later seal goes on from an earlier one. */
package io.settlegate.protocol.receipt.proof;
