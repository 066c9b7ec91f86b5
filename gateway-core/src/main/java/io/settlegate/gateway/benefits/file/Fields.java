package io.settlegate.gateway.benefits.file;

import io.settlegate.gateway.benefits.policy.Money;
import io.settlegate.gateway.benefits.policy.Ratio;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The keys of one mapping: each is asked for by name and kind, and what nobody asked for is refused at the end. A fault is told to the
 * problems, and a harmless value is given in its place.
 */
final class Fields {
    private static final int AMOUNT_PLACES = 2;
    private static final int RATIO_PLACES = 4;
    private static final String NONE = "none";

    private final YamlNode node;
    private final String path;
    private final PolicyProblems problems;
    private final Set<String> asked = new LinkedHashSet<>();

    Fields(final YamlNode node, final String path, final PolicyProblems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (node.kind != YamlNode.Kind.MAPPING) {
            problems.add(node.line, path, "must be " + YamlNode.Kind.MAPPING.words);
        }
    }

    /** Refuses the keys that nobody asked for. */
    void end() {
        node.entries.forEach((key, value) -> {
            if (!asked.contains(key)) {
                problems.add(value.line, path(key), "is no key here; known are " + String.join(", ", asked));
            }
        });
    }

    boolean has(final String key) {
        asked.add(key);
        return node.entries.containsKey(key);
    }

    private String path(final String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The value; null where it is missing or of another kind. */
    private YamlNode value(final String key, final YamlNode.Kind kind) {
        asked.add(key);
        final YamlNode value = node.entries.get(key);
        if (value == null) {
            if (node.kind == YamlNode.Kind.MAPPING) {
                problems.add(node.line, path(key), "is missing");
            }
            return null;
        }
        if (value.kind != kind) {
            problems.add(value.line, path(key), "must be " + kind.words);
            return null;
        }
        return value;
    }

    String text(final String key) {
        final YamlNode value = value(key, YamlNode.Kind.SCALAR);
        if (value == null) {
            return "";
        }
        if (value.text.isBlank() || value.text.length() > 200) {
            problems.add(value.line, path(key), "must be 1 to 200 characters");
        }
        return value.text;
    }

    int whole(final String key, final int least, final int most) {
        final YamlNode value = value(key, YamlNode.Kind.SCALAR);
        return value == null ? least : (int) decimal(value, key, 0, least, most);
    }

    LocalDate date(final String key) {
        final YamlNode value = value(key, YamlNode.Kind.SCALAR);
        if (value != null) {
            try {
                return LocalDate.parse(value.text);
            } catch (final DateTimeParseException e) {
                problems.add(value.line, path(key), "must be a date yyyy-MM-dd");
            }
        }
        return LocalDate.EPOCH;
    }

    long amountFen(final String key) {
        final YamlNode value = value(key, YamlNode.Kind.SCALAR);
        return value == null ? 0 : decimal(value, key, AMOUNT_PLACES, 0, Money.MAX_POLICY_FEN);
    }

    long amountFenOrNone(final String key) {
        final YamlNode value = value(key, YamlNode.Kind.SCALAR);
        if (value == null || value.text.equals(NONE)) {
            return Money.UNLIMITED_FEN;
        }
        return decimal(value, key, AMOUNT_PLACES, 0, Money.MAX_POLICY_FEN);
    }

    /** One amount, or a list of them. */
    List<Long> amountsFen(final String key) {
        if (has(key) && node.entries.get(key).kind == YamlNode.Kind.SCALAR) {
            return List.of(amountFen(key));
        }
        final List<Long> amounts = new ArrayList<>();
        for (final YamlNode item : items(key)) {
            amounts.add(decimal(item, key, AMOUNT_PLACES, 0, Money.MAX_POLICY_FEN));
        }
        return amounts;
    }

    int ratioE4(final String key) {
        final YamlNode value = value(key, YamlNode.Kind.SCALAR);
        return value == null ? 0 : (int) decimal(value, key, RATIO_PLACES, 0, Ratio.ONE_E4);
    }

    <E extends Enum<E>> E choice(final String key, final Class<E> type) {
        final YamlNode value = value(key, YamlNode.Kind.SCALAR);
        return value == null ? type.getEnumConstants()[0] : choice(value, key, type);
    }

    /** A list of choices, or {@code everyone}, which is all of them. */
    <E extends Enum<E>> List<E> choices(final String key, final Class<E> type) {
        if (has(key)
                && node.entries.get(key).kind == YamlNode.Kind.SCALAR
                && node.entries.get(key).text.equals("everyone")) {
            return List.of(type.getEnumConstants());
        }
        final List<E> choices = new ArrayList<>();
        for (final YamlNode item : items(key)) {
            choices.add(choice(item, key, type));
        }
        return choices;
    }

    private <E extends Enum<E>> E choice(final YamlNode value, final String key, final Class<E> type) {
        final List<String> names = new ArrayList<>();
        for (final E constant : type.getEnumConstants()) {
            final String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(value.text)) {
                return constant;
            }
            names.add(name);
        }
        problems.add(value.line, path(key), "must be one of " + String.join(", ", names));
        return type.getEnumConstants()[0];
    }

    List<String> codes(final String key) {
        final List<String> codes = new ArrayList<>();
        for (final YamlNode item : items(key)) {
            if (item.kind != YamlNode.Kind.SCALAR) {
                problems.add(item.line, path(key), "must be a list of codes");
            }
            codes.add(item.text);
        }
        return codes;
    }

    /** The items of a list, each with its place. */
    List<YamlNode> items(final String key) {
        final YamlNode value = value(key, YamlNode.Kind.LIST);
        return value == null ? List.of() : value.items;
    }

    Fields mapping(final String key) {
        final YamlNode value = value(key, YamlNode.Kind.MAPPING);
        return new Fields(
                value == null ? new YamlNode(YamlNode.Kind.MAPPING, node.line, "") : value, path(key), problems);
    }

    private long decimal(final YamlNode value, final String key, final int places, final long least, final long most) {
        final long scaled = Decimals.parse(value.text, places);
        if (value.kind != YamlNode.Kind.SCALAR || scaled < least || scaled > most) {
            problems.add(
                    value.line,
                    path(key),
                    "must be from " + Decimals.text(least, places) + " to " + Decimals.text(most, places)
                            + (places == 0 ? ", whole" : ", with at most " + places + " places"));
            return least;
        }
        return scaled;
    }
}
