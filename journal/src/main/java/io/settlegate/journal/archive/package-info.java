/**
 * Segments that nobody needs every day: written into one compressed file each, taken out of the journal by command, and put back
 * bit for bit. What stays behind keeps the chain of seals verifiable across the cut.
 */
package io.settlegate.journal.archive;
