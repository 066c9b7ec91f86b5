package io.settlegate.gateway.benefits.file;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one policy file, by line. */
final class PolicyProblems {
    private static final int MOST = 100;

    private final String file;
    private final List<String> problems = new ArrayList<>();

    PolicyProblems(final String file) {
        this.file = file;
    }

    void add(final long line, final String path, final String reason) {
        if (problems.size() < MOST) {
            problems.add(file + ":" + line + ": " + (path.isEmpty() ? "" : path + " ") + reason);
        }
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<String> list() {
        return List.copyOf(problems);
    }
}
