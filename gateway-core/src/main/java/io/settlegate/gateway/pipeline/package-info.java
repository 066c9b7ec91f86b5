/**
 * The ring: the stages that a request passes between socket and socket, and how they wait for each other. The only package
 * that knows the Disruptor.
 */
package io.settlegate.gateway.pipeline;
