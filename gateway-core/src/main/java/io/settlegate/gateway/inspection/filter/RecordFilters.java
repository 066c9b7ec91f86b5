package io.settlegate.gateway.inspection.filter;

import io.settlegate.gateway.inspection.MessageSchema;
import io.settlegate.gateway.inspection.MessageView.Extent;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.ResultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.agrona.collections.IntHashSet;

/**
 * Puts filters together: of one kind any value will do, and of several kinds all have to.
 *
 * <p>One thread. A value that can be meant in no record is an IllegalArgumentException that says what is expected.
 */
public final class RecordFilters {
    private static final int INSTITUTION_LENGTH = 12;
    private static final int NUMBER_LENGTH = 30;
    private static final String REFUSED = "refused";
    private static final int PROTOCOL_SCHEMA = 1;

    private final List<RecordFilter> filters = new ArrayList<>();

    /** By fixmedins_code: of those who sent the request, or of what an act names. */
    public RecordFilters institutions(final List<String> codes) {
        for (final String code : codes) {
            require(code.length() == INSTITUTION_LENGTH, "an institution's code has 12 characters, not " + code);
        }
        if (!codes.isEmpty()) {
            final RecordFilter sender = new FieldFilter(List.of("msgid"), codes, Extent.PREFIX);
            final RecordFilter named = new FieldFilter(List.of("fixmedinsCode"), codes, Extent.WHOLE);
            filters.add(parts -> sender.accepts(parts) || named.accepts(parts));
        }
        return this;
    }

    /** By serial number. */
    public RecordFilters terminals(final List<String> serialNumbers) {
        return add(List.of("sn"), serialNumbers, Extent.WHOLE);
    }

    /** By psn_no. */
    public RecordFilters persons(final List<String> numbers) {
        for (final String number : numbers) {
            require(number.length() <= NUMBER_LENGTH, "a psn_no has 30 characters at most");
        }
        return add(List.of("psnNo"), numbers, Extent.WHOLE);
    }

    /** By the beginning of the request's msgid, or of the act's id. */
    public RecordFilters msgids(final List<String> prefixes) {
        for (final String prefix : prefixes) {
            require(prefix.length() <= NUMBER_LENGTH, "a msgid has 30 characters at most, not " + prefix.length());
        }
        return add(List.of("msgid", "actId"), prefixes, Extent.PREFIX);
    }

    /** By the number of a settlement: its own record, and those that took it back. */
    public RecordFilters settlements(final List<String> setlIds) {
        for (final String setlId : setlIds) {
            require(
                    setlId.matches("[0-9]{30}"),
                    "a setl_id is 30 digits: region (6), date (8), sequence (16); not " + setlId);
        }
        return add(List.of("setlId", "originalSetlId"), setlIds, Extent.WHOLE);
    }

    /** By result code, its name, or {@code refused}, which is every code but 0. */
    public RecordFilters codes(final List<String> wanted) {
        final IntHashSet codes = new IntHashSet();
        boolean anyRefused = false;
        for (final String word : wanted) {
            if (word.equalsIgnoreCase(REFUSED)) {
                anyRefused = true;
            } else {
                codes.add(codeOf(word));
            }
        }
        if (!wanted.isEmpty()) {
            final boolean refused = anyRefused;
            filters.add(parts -> {
                final int code = parts.code();
                return codes.contains(code) || (refused && code != 0);
            });
        }
        return this;
    }

    private static int codeOf(final String word) {
        if (word.matches("[0-9]{1,5}")) {
            return Integer.parseInt(word);
        }
        for (final ResultCode code : ResultCode.values()) {
            if (code.name().equalsIgnoreCase(word.replace('-', '_'))) {
                return code.code();
            }
        }
        throw new IllegalArgumentException(
                word + " is no result code; give its number or its name (PROTOCOL.md), or refused");
    }

    /** By the number of the national interface, or by a message's name in the schema files. */
    public RecordFilters transactions(final List<String> wanted) {
        final IntHashSet templates = new IntHashSet();
        for (final String word : wanted) {
            templates.add(templateOf(word));
        }
        if (!wanted.isEmpty()) {
            filters.add(parts -> parts.request().isKnown()
                    && templates.contains(
                            key(parts.request().schemaId(), parts.request().templateId())));
        }
        return this;
    }

    private static int templateOf(final String word) {
        for (final Map.Entry<Integer, MessageSchema> schema :
                MessageSchema.all().entrySet()) {
            for (final int id : schema.getValue().templateIds()) {
                final boolean isNumber = schema.getKey() == PROTOCOL_SCHEMA
                        && word.matches("[0-9]{3,4}")
                        && Integer.parseInt(word) == id;
                if (isNumber || schema.getValue().message(id).name().equalsIgnoreCase(word)) {
                    return key(schema.getKey(), id);
                }
            }
        }
        throw new IllegalArgumentException(
                word + " is no transaction; give its number, such as 2102, or a message's name, such as FreezePerson");
    }

    private static int key(final int schemaId, final int templateId) {
        return schemaId << Short.SIZE | templateId;
    }

    private RecordFilters add(final List<String> fields, final List<String> values, final Extent extent) {
        for (final String value : values) {
            require(!value.isEmpty(), "an empty value finds nothing");
        }
        if (!values.isEmpty()) {
            filters.add(new FieldFilter(fields, values, extent));
        }
        return this;
    }

    private static void require(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** All of them. Without any, every record is wanted, also those that are no commands. */
    public Predicate<RecordView> all() {
        if (filters.isEmpty()) {
            return record -> true;
        }
        final RecordFilter[] each = filters.toArray(RecordFilter[]::new);
        final RecordParts parts = new RecordParts();
        return record -> {
            if (!parts.wrap(record)) {
                return false;
            }
            for (final RecordFilter filter : each) {
                if (!filter.accepts(parts)) {
                    return false;
                }
            }
            return true;
        };
    }
}
