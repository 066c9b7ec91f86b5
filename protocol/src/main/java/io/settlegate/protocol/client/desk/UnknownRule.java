package io.settlegate.protocol.client.desk;

import java.time.Duration;

/**
 * What a desk does where no answer came in time and the outcome is unknown.
 *
 * @param move          the first thing to do.
 * @param answerTimeout how long each answer is waited for, at least 1 ms.
 * @param tries         how many times it asks or resends before it reverses.
 * @param giveUpAfter   reverses in any case after this time since the request was handed in, or since the restart that took it
 *                      up again.
 */
public record UnknownRule(Move move, Duration answerTimeout, int tries, Duration giveUpAfter) {
    /** The first thing to do about an unknown outcome. */
    public enum Move {
        /** Asks by msgid (101); sends the same bytes again where the gateway has not seen them. */
        ASK,
        /** Sends the same bytes again. */
        RESEND,
        /** Reverses (2601) at once. */
        REVERSE
    }

    private static final Duration USUAL_GIVE_UP = Duration.ofMinutes(2);

    public UnknownRule {
        if (answerTimeout.toMillis() < 1 || giveUpAfter.isNegative()) {
            throw new IllegalArgumentException("answerTimeout " + answerTimeout + " is at least 1 ms, and giveUpAfter "
                    + giveUpAfter + " is not negative");
        }
        if (tries < 0) {
            throw new IllegalArgumentException("tries " + tries + " is not negative");
        }
    }

    /** Ask, and reverse after so many tries or two minutes. */
    public static UnknownRule ask(final Duration answerTimeout, final int tries) {
        return new UnknownRule(Move.ASK, answerTimeout, tries, USUAL_GIVE_UP);
    }

    /** Send the same bytes again, and reverse after so many tries or two minutes. */
    public static UnknownRule resend(final Duration answerTimeout, final int tries) {
        return new UnknownRule(Move.RESEND, answerTimeout, tries, USUAL_GIVE_UP);
    }

    /** Reverse when the first answer does not come in time. */
    public static UnknownRule reverse(final Duration answerTimeout) {
        return new UnknownRule(Move.REVERSE, answerTimeout, 0, USUAL_GIVE_UP);
    }

    /** The same rule with another limit of time. */
    public UnknownRule withGiveUpAfter(final Duration limit) {
        return new UnknownRule(move, answerTimeout, tries, limit);
    }
}
