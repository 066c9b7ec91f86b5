/**
 * Who pays what, as a pure function: a policy, a claim, and the accumulators of the year give the shares of everybody, as
 * {@code docs/BENEFITS.md} defines it. No clock, random, I/O, thread, or float; the computation allocates nothing.
 */
package io.settlegate.gateway.benefits;
