package io.settlegate.gateway.settlement;

/** What a transaction asks of its msgid. */
enum MsgidUse {
    /** Neither checked nor bound: a sign-in, which its nonce keeps from being played twice. */
    NONE,
    /** Bound, and the request must be fresh: it tells personal data or the fate of another request. */
    BOUND_AND_FRESH,
    /** Bound. */
    BOUND,
    /** Bound together with the person, whom a reversal has to name even where the settlement was refused. */
    BOUND_WITH_PERSON,
    /** The same from rules 3 on; {@link #BOUND} before. */
    BOUND_WITH_PERSON_FROM_RULES_3;

    /** Whether the msgid's row names the person. */
    boolean isWithPerson(final int rules) {
        return this == BOUND_WITH_PERSON
                || (this == BOUND_WITH_PERSON_FROM_RULES_3 && rules >= EngineRules.REVERSED_CANCELS);
    }
}
