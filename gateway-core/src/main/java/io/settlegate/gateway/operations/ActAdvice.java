package io.settlegate.gateway.operations;

import io.settlegate.gateway.settlement.codec.ActReason;

/** What an operator can do about a refused act. Stateless; a test keeps docs/OPERATOR_PROTOCOL.md to it. */
public final class ActAdvice {
    private ActAdvice() {}

    /** A sentence without its full stop. */
    public static String of(final ActReason reason) {
        return switch (reason) {
            case NONE, NULL_VAL -> "nothing: the act was done";
            case MALFORMED, SBE_UNKNOWN -> "use a client of this gateway's version";
            case OTHER_GATEWAY -> "name this gateway's id, or connect to the gateway that is meant";
            case NO_IMPORT ->
                "run the import again from its beginning; another import took its place, or the gateway began anew";
            case CHUNK_OUT_OF_ORDER, COUNT_DIFFERS, DIGEST_DIFFERS ->
                "run the import again from its beginning; nothing of it is in force";
            case KEY_REPEATED -> "leave one row of those that have the same key, and import again";
            case REFERENCE_UNKNOWN -> "import what the row names first: region, institution, or person";
            case VALUE_WRONG -> "mend the value and send a new act";
            case OVERLAPS -> "end the earlier period on the day on which the next begins, and import again";
            case CERTIFICATE_TAKEN, CARD_TAKEN -> "find out whose it is; correct one of the two persons";
            case LANES_EXHAUSTED -> "this institution can have no further terminal on this gateway";
            case VERSION_CHANGED -> "give a changed policy a new version number";
            case VERSION_NOT_JOINED ->
                "let its dates begin where those of the version before end, with a higher number; and so the one after it";
            case BATCH_USED -> "nothing if this batch was meant; a further credit needs a batch id of its own";
            case LIMIT -> "import in smaller parts, or found the gateway with larger tables";
            case INTERNAL -> "tell the maintainers, with the record's number; the gateway is unharmed";
            case ACT_REPEATED -> "nothing if this very act was meant to be done once; else sign a new act";
            case ACT_STALE -> "compare this machine's clock with the gateway's, then sign the act anew";
            case TERMINAL_UNKNOWN -> "look at the serial number, or register the terminal first";
            case TERMINAL_REVOKED -> "register the device under another serial number";
            case TERMINAL_TAKEN -> "look at the serial number and the institution; one of them is another's";
            case PERIOD_NOT_OVER -> "close it up to yesterday at the latest";
            case PERIOD_ORDER -> "look at how far the office is closed; opening again needs an earlier day";
            case PERSON_UNKNOWN -> "look at the number, or import the person first";
        };
    }
}
