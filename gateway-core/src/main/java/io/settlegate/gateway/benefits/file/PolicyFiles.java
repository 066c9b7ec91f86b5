package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyBook;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.benefits.policy.PolicyException;
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
    private final Map<String, List<PolicyDefinition>> byRegion = new TreeMap<>();

    private PolicyFiles() {}

    /** One version with its file. */
    private record Source(Path path, PolicyDefinition policy) {}

    /**
     * Reads files.
     *
     * @throws PolicyException naming each fault of each file by its line.
     */
    public static PolicyFiles read(final List<Path> paths) throws IOException {
        final List<String> faults = new ArrayList<>();
        final List<Source> sources = new ArrayList<>();
        for (final Path path : paths) {
            try {
                sources.add(new Source(path, PolicyFile.read(path)));
            } catch (final PolicyException e) {
                faults.add(e.getMessage());
            }
        }
        sources.sort(Comparator.comparing((Source source) -> source.policy().region())
                .thenComparing(source -> source.policy().effectiveFrom()));
        for (int i = 1; i < sources.size(); i++) {
            final PolicyDefinition earlier = sources.get(i - 1).policy();
            final PolicyDefinition later = sources.get(i).policy();
            final String fault =
                    earlier.region().equals(later.region()) ? PolicyBook.faultBetween(earlier, later) : null;
            if (fault != null) {
                faults.add(
                        sources.get(i).path() + ":" + lineOf(sources.get(i).path(), "effective_from") + ": " + fault);
            }
        }
        if (!faults.isEmpty()) {
            throw new PolicyException(faults);
        }
        final PolicyFiles files = new PolicyFiles();
        sources.forEach(source -> files.byRegion
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
