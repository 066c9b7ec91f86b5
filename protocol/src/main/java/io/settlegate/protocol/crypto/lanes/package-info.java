/**
 * Eight SM2 verifications in the eight 64-bit lanes of a vector unit (module {@code jdk.incubator.vector}). Loaded only where that module
 * is present; nothing outside names its classes.
 */
package io.settlegate.protocol.crypto.lanes;
