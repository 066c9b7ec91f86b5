/** The computation in words: a recorder that keeps each step with its rule, base, ratio, rounding, and accumulators. Off the hot path. */
package io.settlegate.gateway.benefits.explain;
