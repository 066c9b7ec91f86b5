/**
 * The compression of SM3 (GB/T 32905) in plain Java, and the form in which eight blocks are compressed together. Knows no padding
 * and no message.
 */
package io.settlegate.protocol.crypto.sm3;
