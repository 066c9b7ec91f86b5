/** A terminal's client on JDK sockets: challenge, sign-in, pipelined requests, resend after reconnect, receipt check. */
package io.settlegate.protocol.client;
