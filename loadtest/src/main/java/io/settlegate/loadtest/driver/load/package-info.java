/**
 * The load: requests signed before the clock starts, an open loop from planned times or a closed loop, what was measured.
 */
package io.settlegate.loadtest.driver.load;
