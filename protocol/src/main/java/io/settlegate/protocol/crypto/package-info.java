/** SM2 and SM3 (GB/T 32918, GB/T 32905). The only package that knows BouncyCastle's curve arithmetic. */
package io.settlegate.protocol.crypto;
