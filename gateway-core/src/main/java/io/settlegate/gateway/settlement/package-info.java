/**
 * The settlement engine: state and outcomes as a function of the journal. No clock, random, I/O, thread, or float. It imports
 * the JDK, Agrona, and generated codecs, and runs the same in the ring, in a replay, and in a test.
 */
package io.settlegate.gateway.settlement;
