/**
 * The curve sm2p256v1 (GB/T 32918.5) in plain Java: field, scalars, points, comb tables, and what verification and signing
 * need of them. Knows no message format, no digest, and no library.
 */
package io.settlegate.protocol.crypto.sm2;
