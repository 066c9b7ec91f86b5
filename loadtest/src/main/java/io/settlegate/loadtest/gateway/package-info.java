/** The gateway as a process: its class path, its commands, its start, its end by signal, its processor time. */
package io.settlegate.loadtest.gateway;
