/** What the protocol document and the test vectors show is made here, from fixed keys, nonces, and times, and compared. */
package io.settlegate.gateway.documents;
