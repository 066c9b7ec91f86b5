package io.settlegate.gateway.activity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The targets of a file. A region has the one that names it most closely. Immutable. */
public final class Targets {
    private static final String BUILT_IN = "/activity/targets.yaml";
    private static final Set<String> KEYS = Set.of("measure", "region", "percent", "until", "source");
    private static final int MOST_DECIMALS = 2;

    private final List<Target> targets;

    private Targets(final List<Target> targets) {
        this.targets = List.copyOf(targets);
    }

    /** Those of the national and local papers that stand in docs/CLEARING.md. */
    public static Targets builtIn() throws IOException {
        try (InputStream in = Targets.class.getResourceAsStream(BUILT_IN)) {
            return parse(in.readAllBytes(), "the built-in targets");
        }
    }

    /** @throws IOException if it cannot be read, or is no file of targets; the message says what is wrong where. */
    public static Targets read(final Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory, not a file of targets");
        }
        return parse(Files.readAllBytes(file), file.toString());
    }

    private static Targets parse(final byte[] bytes, final String name) throws IOException {
        final JsonNode root;
        try {
            root = YAMLMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(bytes);
        } catch (final JsonProcessingException e) {
            throw new IOException(
                    name + ", line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ": is no YAML: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
        if (!root.path("targets").isArray() || root.size() != 1) {
            throw new IOException(name + ": wants one key, targets, with a list; docs/CLEARING.md shows one");
        }
        final List<Target> targets = new ArrayList<>();
        final Set<String> seen = new HashSet<>();
        for (final JsonNode node : root.get("targets")) {
            final String where = name + ", target " + (targets.size() + 1) + ": ";
            final Target target = target(node, where);
            if (!seen.add(target.measure() + target.region())) {
                throw new IOException(where + target.region() + " has a target of this measure already");
            }
            targets.add(target);
        }
        return new Targets(targets);
    }

    private static Target target(final JsonNode node, final String where) throws IOException {
        for (final var field : node.properties()) {
            if (!KEYS.contains(field.getKey())) {
                throw new IOException(where + "there is no key " + field.getKey()
                        + "; the keys are measure, region, percent, until, source");
            }
        }
        final String measure = node.path("measure").asText();
        if (!measure.equals("activation") && !measure.equals("use")) {
            throw new IOException(where + "measure is activation or use, not " + measure);
        }
        final String region = node.path("region").asText();
        if (!region.matches("[0-9]{6}")) {
            throw new IOException(where + "region is an admdvs of six digits in quotes, not " + region);
        }
        if (node.path("source").asText().isBlank()) {
            throw new IOException(where + "names no source; a number that nobody said is no target");
        }
        return new Target(
                Target.Measure.valueOf(measure.toUpperCase(Locale.ROOT)),
                region,
                percent(node.path("percent").asText(), where),
                node.path("until").asText(),
                node.path("source").asText());
    }

    private static BigDecimal percent(final String text, final String where) throws IOException {
        try {
            final BigDecimal percent = new BigDecimal(text);
            if (percent.signum() > 0
                    && percent.compareTo(BigDecimal.valueOf(100)) <= 0
                    && percent.scale() <= MOST_DECIMALS) {
                return percent;
            }
        } catch (final NumberFormatException e) {
            throw new IOException(where + "percent is a number, not " + text, e);
        }
        throw new IOException(where + "percent is above 0 and at most 100, with two decimals at most, not " + text);
    }

    /** The target of a region: the one of the longest prefix. */
    Optional<Target> of(final Target.Measure measure, final String admdvs) {
        return targets.stream()
                .filter(target -> target.measure() == measure && target.isOf(admdvs))
                .max(Comparator.comparingInt(target -> target.prefix().length()));
    }

    List<Target> all() {
        return targets;
    }
}
