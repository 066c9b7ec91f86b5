/** Terminals on one Netty event loop: the pre-signed closed loop of the load test and the fleet of the demo. */
package io.settlegate.loadtest.driver;
