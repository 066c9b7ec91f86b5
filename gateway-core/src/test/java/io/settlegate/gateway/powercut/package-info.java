/** The power-cut test: a gateway process on a store that keeps an image of its files at each successful force. */
package io.settlegate.gateway.powercut;
