/**
 * What the gateway tells of itself: metrics, health, readiness, on a port of their own. The only package that knows the
 * Prometheus library. No label ever holds a person's or a terminal's identity.
 */
package io.settlegate.gateway.metrics;
