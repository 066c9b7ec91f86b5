package io.settlegate.loadtest.driver.load;

import io.settlegate.loadtest.population.LineCount;

/**
 * Who sends what.
 *
 * @param inFlightCount requests in flight on each connection; 0 for as many as the gateway's window allows.
 */
public record LoadPlan(int connectionCount, int inFlightCount, LineCount lines, RequestMix mix, long seed) {
    public LoadPlan {
        if (connectionCount < 1 || connectionCount > 10_000) {
            throw new IllegalArgumentException("connections: " + connectionCount + " is outside 1 to 10000");
        }
        if (inFlightCount < 0 || inFlightCount > 1_000) {
            throw new IllegalArgumentException("in-flight: " + inFlightCount + " is outside 1 to 1000");
        }
    }
}
