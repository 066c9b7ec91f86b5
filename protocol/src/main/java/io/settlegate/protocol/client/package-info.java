/**
 * A terminal's client on JDK sockets: challenge, sign-in, pipelined requests, resend after reconnect, receipt check. What a hospital
 * asks about visits and stays has values of its own in {@code .visit}.
 */
package io.settlegate.protocol.client;
