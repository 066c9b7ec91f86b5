/** What each bad input gets: one list that a test plays against a real gateway and that the protocol document shows. */
package io.settlegate.gateway.badinput;
