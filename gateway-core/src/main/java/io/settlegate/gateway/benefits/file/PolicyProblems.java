package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.PolicyException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one policy file, by line. */
final class PolicyProblems {
    private static final int MOST = 100;

    private final String file;
    private final List<PolicyProblem> problems = new ArrayList<>();

    PolicyProblems(final String file) {
        this.file = file;
    }

    void add(final long line, final String path, final String reason) {
        if (problems.size() < MOST) {
            problems.add(new PolicyProblem(file, line, path, reason));
        }
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<PolicyProblem> list() {
        return List.copyOf(problems);
    }

    /** Ends the reading of a file that has faults. */
    void throwIfAny() {
        throwIfAny(problems);
    }

    static void throwIfAny(final List<PolicyProblem> found) {
        if (!found.isEmpty()) {
            throw new PolicyException(
                    found.stream().map(PolicyProblem::toString).toList());
        }
    }
}
