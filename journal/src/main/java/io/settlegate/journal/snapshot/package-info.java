/**
 * The file that a snapshot is: blocks with a length and a checksum each, written through
 * {@link io.settlegate.journal.snapshot.SnapshotOutput} and read through {@link io.settlegate.journal.snapshot.SnapshotInput}.
 *
 * <p>What the blocks hold is opaque here; whether a snapshot may be believed is the journal's to say.
 */
package io.settlegate.journal.snapshot;
