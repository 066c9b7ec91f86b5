/** From the journal back to the engine's state, with every outcome and state hash compared on the way. */
package io.settlegate.gateway.recovery;
