/**
 * Opaque records in order: appended, sealed batch by batch, forced, and verified when they are read again.
 *
 * <p>Start with {@link io.settlegate.journal.Journal}. What lies on the disk is drawn in
 * {@link io.settlegate.journal.RecordFormat}; below it is a small {@link io.settlegate.journal.store.Store}.
 */
package io.settlegate.journal;
