/** Terminals on one Netty event loop: frames, and the fleet of the demo. */
package io.settlegate.loadtest.driver;
