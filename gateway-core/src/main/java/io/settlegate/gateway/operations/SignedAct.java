package io.settlegate.gateway.operations;

/**
 * An act ready to be sent.
 *
 * @param actId that the gateway echoes.
 * @param effect what is so once it is done, in a few words that name no person in full.
 * @param frame SBE header, body, and signature.
 */
public record SignedAct(String actId, String effect, byte[] frame) {}
