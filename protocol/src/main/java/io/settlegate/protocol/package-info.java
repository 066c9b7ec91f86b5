/** What a terminal vendor needs: messages, result codes, limits; below it signatures, receipts, and a client. */
package io.settlegate.protocol;
