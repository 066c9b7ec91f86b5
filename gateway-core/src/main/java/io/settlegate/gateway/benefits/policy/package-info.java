/**
 * The policies of a pooling region: what a policy says ({@code PolicyDefinition}), what is wrong with it ({@code PolicyCheck}), and
 * what the computation reads ({@code Policy}, {@code PolicyBook}). The JDK alone; no clock, no I/O, no float.
 */
package io.settlegate.gateway.benefits.policy;
