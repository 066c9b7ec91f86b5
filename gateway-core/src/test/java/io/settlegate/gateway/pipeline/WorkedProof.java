package io.settlegate.gateway.pipeline;

/**
 * An outcome of the worked session with what proves it.
 *
 * @param name of the request's frame.
 * @param request as signed, without frame length; empty where the receipt was given for an earlier request.
 * @param outcome as in the reply.
 * @param receipt as in the reply.
 */
public record WorkedProof(String name, byte[] request, byte[] outcome, byte[] receipt) {}
