/** A person as the journal left them at a moment: the state replayed up to it, and the settlements that stood, from the records. */
package io.settlegate.gateway.past;
