package io.settlegate.gateway.operations;

import io.settlegate.gateway.benefits.file.PolicyFiles;
import io.settlegate.gateway.benefits.file.PolicyProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The policy files of an import, read and checked as docs/BENEFITS.md says before anything is sent.
 *
 * <p>One thread. Blocks on the disk. Holds all that it read; a file is at most 1 MiB.
 */
final class PolicyImport {
    private static final String DIRECTORY = "policies";
    private static final String SUFFIX = ".yaml";
    private static final String SINGLE = "policy.yaml";

    private final List<Path> paths;
    private List<PolicyFiles.Source> versions = List.of();

    PolicyImport(final List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /** The policy files of a directory: policy.yaml, and all of its directory policies by their names' order. */
    static PolicyImport of(final Path directory) throws IOException {
        final List<Path> found = new ArrayList<>();
        final Path single = directory.resolve(SINGLE);
        if (Files.exists(single)) {
            found.add(single);
        }
        final Path several = directory.resolve(DIRECTORY);
        if (Files.isDirectory(several)) {
            try (Stream<Path> files = Files.list(several)) {
                files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return new PolicyImport(found);
    }

    /** Reads all files; each fault goes into the list with its file's own name and line. */
    void read(final ProblemList problems) throws IOException {
        final List<PolicyProblem> found = new ArrayList<>();
        versions = PolicyFiles.read(paths, found).sources();
        for (final PolicyProblem problem : found) {
            problems.add(
                    nameOf(Path.of(problem.file())),
                    problem.line(),
                    problem.key().isEmpty() ? "-" : problem.key(),
                    problem.reason());
        }
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    /** Sends what was read; gives the number of rows that this makes. */
    long send(final ImportActs acts) {
        long rows = 0;
        for (final PolicyFiles.Source version : versions) {
            rows += acts.policy(nameOf(version.path()), version.line(), version.policy());
        }
        return rows;
    }

    private static String nameOf(final Path path) {
        final Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
