package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyBook;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Several policy files together: the versions of each region must follow one another without gap and overlap. */
public final class PolicyFiles {
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, List<PolicyDefinition>> byRegion = new TreeMap<>();

    private PolicyFiles() {}

    /**
     * One version with its file.
     *
     * @param line where the file says which version it is.
     */
    public record Source(Path path, long line, PolicyDefinition policy) {}

    /**
     * Reads files.
     *
     * @throws io.settlegate.gateway.benefits.policy.PolicyException naming each fault of each file by its line.
     */
    public static PolicyFiles read(final List<Path> paths) throws IOException {
        final List<PolicyProblem> found = new ArrayList<>();
        final PolicyFiles files = read(paths, found);
        PolicyProblems.throwIfAny(found);
        return files;
    }

    /** As above, but faults only go into the list; then the files that have none are all that is answered. */
    public static PolicyFiles read(final List<Path> paths, final List<PolicyProblem> found) throws IOException {
        final PolicyFiles files = new PolicyFiles();
        for (final Path path : paths) {
            final PolicyProblems problems = new PolicyProblems(path.toString());
            final PolicyDefinition policy = PolicyFile.read(path, problems);
            if (problems.isEmpty()) {
                files.sources.add(new Source(path, lineOf(path, "version"), policy));
            }
            found.addAll(problems.list());
        }
        files.sources.sort(
                Comparator.comparing((Source source) -> source.policy().region())
                        .thenComparing(source -> source.policy().effectiveFrom()));
        for (int i = 1; i < files.sources.size(); i++) {
            final PolicyDefinition earlier = files.sources.get(i - 1).policy();
            final Source source = files.sources.get(i);
            final String fault = earlier.region().equals(source.policy().region())
                    ? PolicyBook.faultBetween(earlier, source.policy())
                    : null;
            if (fault != null) {
                found.add(new PolicyProblem(
                        source.path().toString(), lineOf(source.path(), "effective_from"), "", fault));
            }
        }
        files.sources.forEach(source -> files.byRegion
                .computeIfAbsent(source.policy().region(), region -> new ArrayList<>())
                .add(source.policy()));
        return files;
    }

    private static int lineOf(final Path path, final String key) throws IOException {
        final List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(key + ":")) {
                return i + 1;
            }
        }
        return 1;
    }

    /** The versions with their files, by region, and in each the oldest first. */
    public List<Source> sources() {
        return List.copyOf(sources);
    }

    /** The versions of each region, oldest first. */
    public Map<String, List<PolicyDefinition>> byRegion() {
        return byRegion;
    }

    /** The book of a region; null if no file is of it. */
    public PolicyBook book(final String region) {
        final List<PolicyDefinition> versions = byRegion.get(region);
        return versions == null
                ? null
                : new PolicyBook(versions.stream().map(Policy::compile).toList());
    }
}
