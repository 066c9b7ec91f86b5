package io.settlegate.loadtest.driver;

/**
 * How a fleet behaves.
 *
 * @param ratePerSecond requests of all terminals together; each terminal waits its share of time between two.
 * @param reversalPercent requests that reverse one of the terminal's own settlements.
 * @param personInfoPercent requests that only ask about a person.
 */
public record FleetPlan(String gatewayId, int ratePerSecond, int reversalPercent, int personInfoPercent, long seed) {
    public FleetPlan {
        if (ratePerSecond < 1 || ratePerSecond > 100_000) {
            throw new IllegalArgumentException("rate: " + ratePerSecond + " is outside 1 to 100000 per second");
        }
        if (reversalPercent < 0 || personInfoPercent < 0 || reversalPercent + personInfoPercent > 100) {
            throw new IllegalArgumentException("shares of reversals and person queries are percentages");
        }
    }
}
