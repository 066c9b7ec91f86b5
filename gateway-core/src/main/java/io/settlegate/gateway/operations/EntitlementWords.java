package io.settlegate.gateway.operations;

import io.settlegate.gateway.benefits.policy.AidCategory;
import io.settlegate.gateway.settlement.codec.EntitlementKind;
import java.util.Arrays;
import java.util.Locale;

/** The kinds of entitlements as entitlements.csv writes them, and the rule of each kind's code. Stateless. */
final class EntitlementWords {
    private static final int CODE_LENGTH = 30;
    private static final String[] KINDS = Arrays.stream(EntitlementKind.values())
            .filter(kind -> kind != EntitlementKind.NULL_VAL && kind != EntitlementKind.SBE_UNKNOWN)
            .map(EntitlementWords::word)
            .toArray(String[]::new);
    private static final String[] CATEGORIES = Arrays.stream(AidCategory.values())
            .filter(category -> category != AidCategory.NONE)
            .map(EntitlementWords::word)
            .toArray(String[]::new);

    private EntitlementWords() {}

    /** Null for a good kind, else the reason. */
    static String kindRule(final String word) {
        return Columns.oneOf(word, KINDS);
    }

    /** The kind of a good word. */
    static EntitlementKind kind(final String word) {
        return EntitlementKind.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Null for a good code of this kind, else the reason, which never repeats the value. */
    static String codeRule(final EntitlementKind kind, final String code) {
        return switch (kind) {
            case AID -> Columns.oneOf(code, CATEGORIES);
            case CHRONIC -> Columns.code(code, CODE_LENGTH);
            case FILED, TRANSFER -> Columns.digits(code, 6, 6);
            case BIRTH -> Columns.birth(code);
            default -> code.isEmpty() ? null : "must be empty for this kind";
        };
    }

    private static String word(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
