package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.PolicyCheck;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.benefits.policy.PolicyException;
import io.settlegate.gateway.benefits.policy.PolicyFault;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads one version of a policy from its file. What is unknown, missing, or wrong is refused and named by file and line. */
public final class PolicyFile {
    private static final long MOST_BYTES = 1 << 20;

    private PolicyFile() {}

    /**
     * Reads a file.
     *
     * @throws PolicyException naming each fault as {@code file:line: key reason}.
     */
    public static PolicyDefinition read(final Path path) throws IOException {
        final PolicyProblems problems = new PolicyProblems(path.toString());
        final PolicyDefinition definition = read(path, problems);
        problems.throwIfAny();
        return definition;
    }

    /** The same of a text, with a name for the messages. */
    public static PolicyDefinition read(final String name, final String text) throws IOException {
        final PolicyProblems problems = new PolicyProblems(name);
        final PolicyDefinition definition = read(new StringReader(text), problems);
        problems.throwIfAny();
        return definition;
    }

    /** As above, but faults only go into the list; what is answered then is of no use. */
    static PolicyDefinition read(final Path path, final PolicyProblems problems) throws IOException {
        if (!Files.isReadable(path)) {
            throw new IOException(path + " cannot be read; name a policy file");
        }
        if (Files.size(path) > MOST_BYTES) {
            throw new IOException(path + " is larger than a policy can be (" + MOST_BYTES + " bytes)");
        }
        try (Reader reader = Files.newBufferedReader(path)) {
            return read(reader, problems);
        } catch (final CharacterCodingException e) {
            problems.add(1, "", "is no UTF-8");
            return null;
        }
    }

    private static PolicyDefinition read(final Reader reader, final PolicyProblems problems) throws IOException {
        final YamlNode root = new YamlTree(problems).read(reader);
        if (root == null) {
            return null;
        }
        final PolicyDefinition definition = new PolicyReader(problems).read(root);
        if (problems.isEmpty()) {
            final List<PolicyFault> faults = PolicyCheck.faultsOf(definition);
            faults.forEach(fault -> problems.add(lineOf(root, fault.path()), fault.path(), fault.reason()));
        }
        return definition;
    }

    /** The line of a place such as {@code plans[2].segments[1].from}, or of the nearest place above it that the file has. */
    static long lineOf(final YamlNode root, final String path) {
        YamlNode node = root;
        for (final String part : path.replace("[", ".[").split("\\.", -1)) {
            final YamlNode next = part.startsWith("[") ? itemOf(node, part) : node.entries.get(part);
            if (next == null) {
                break;
            }
            node = next;
        }
        return node.line;
    }

    private static YamlNode itemOf(final YamlNode node, final String part) {
        final int index = Integer.parseInt(part.substring(1, part.length() - 1));
        return index < node.items.size() ? node.items.get(index) : null;
    }
}
