package io.settlegate.loadtest.driver.load;

import io.settlegate.loadtest.population.Person;

/**
 * A request that is to be made from an answer.
 *
 * @param index the place in the phase at which it is to be sent.
 */
record FollowOrder(int phase, int index, RequestKind kind, Subject subject) {
    /** What it is about. */
    sealed interface Subject {}

    /** A settlement that is to be cancelled. */
    record Settled(String setlId, String psnNo, String insuplcAdmdvs) implements Subject {
        @Override
        public String toString() {
            return "Settled";
        }
    }

    /**
     * A visit or stay that goes on.
     *
     * @param splitOutcome the outcome of its upload, header included; empty before that.
     * @param endtimeMs of a stay, which its discharge and its settlement name alike: when its upload was answered.
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Course(Person person, String mdtrtId, byte[] splitOutcome, long endtimeMs) implements Subject {
        @Override
        public String toString() {
            return "Course";
        }
    }

    @Override
    public String toString() {
        return "FollowOrder " + kind + " " + phase + "/" + index;
    }
}
