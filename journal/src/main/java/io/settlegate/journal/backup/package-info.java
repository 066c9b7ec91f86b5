/**
 * Copies of a journal: made of a running one, carried on where the last one ended, and put back. A copy is a journal directory
 * of its own, whose newest segment is cut behind a seal.
 */
package io.settlegate.journal.backup;
