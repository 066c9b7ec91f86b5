package io.settlegate.gateway.settlement;

/** Whose an act is and how often it may be played. */
enum ActKind {
    /** The gateway's own: no header, no signature; the seal vouches for it. */
    GATEWAY,
    /** An operator's, kept from a second effect by what it stands on: an import that is open, a time that only rises. */
    OPERATOR,
    /** An operator's that must be fresh and whose actId is new within the horizon, so that a captured one is worth nothing. */
    OPERATOR_ONCE
}
