/** Sockets: frames in, frames out, sessions, admission. The only package that knows Netty. Nothing pooled leaves it. */
package io.settlegate.gateway.transport;
