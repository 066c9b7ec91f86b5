package io.settlegate.gateway.operations;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.settlegate.protocol.Limits;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code policy.yaml} strictly, token by token, so that each fault is named by its line: unknown and repeated keys,
 * missing keys, values out of range.
 */
final class PolicyFile {
    static final String NAME = "policy.yaml";
    private static final ZoneOffset BUSINESS_ZONE = ZoneOffset.ofHours(8);

    private final ProblemList problems;
    private JsonParser parser;

    PolicyFile(final ProblemList problems) {
        this.problems = problems;
    }

    /** The policy, or null where the file has faults, which are then in the list. */
    Policy read(final Path path) throws IOException {
        final long before = problems.count();
        try (Reader reader = Files.newBufferedReader(path);
                JsonParser opened = new YAMLFactory().createParser(reader)) {
            parser = opened;
            parser.nextToken();
            final Policy policy = readPolicy();
            return problems.count() == before ? policy : null;
        } catch (final com.fasterxml.jackson.core.JsonProcessingException e) {
            problems.add(NAME, e.getLocation() == null ? 0 : e.getLocation().getLineNr(), "-", "is no YAML");
            return null;
        }
    }

    private Policy readPolicy() throws IOException {
        final Policy policy = new Policy();
        final Set<String> keys = new HashSet<>();
        final long line = line();
        if (!opensObject("policy")) {
            return policy;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String key = parser.currentName();
            firstOfItsKind(keys, key);
            parser.nextToken();
            switch (key) {
                case "region" -> policy.poolarea = checked(key, Columns.digits(scalar(), 6, 6));
                case "version" -> policy.version = (int) number(key, 0, 1_000_000);
                case "effective_from" -> policy.fromMs = date(key);
                case "effective_to" -> policy.toMs = date(key);
                case "source" -> policy.source = checked(key, Columns.text(scalar(), 200));
                case "trust" -> policy.trust = checked(key, Columns.text(scalar(), 200));
                case "entries" -> readEntries(policy);
                default -> unknown(key);
            }
        }
        require(keys, line, "region", "version", "effective_from", "effective_to", "source", "trust", "entries");
        if (policy.fromMs >= policy.toMs && keys.contains("effective_from") && keys.contains("effective_to")) {
            problems.add(NAME, line, "effective_to", "must be after effective_from");
        }
        return policy;
    }

    private void readEntries(final Policy policy) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            problems.add(NAME, line(), "entries", "must be a list");
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            final Set<String> keys = new HashSet<>();
            final long line = line();
            final Policy.Row entry = new Policy.Row();
            final List<Policy.Row> rows = new ArrayList<>();
            if (!opensObject("entries")) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final String key = parser.currentName();
                firstOfItsKind(keys, key);
                parser.nextToken();
                switch (key) {
                    case "insutype" -> entry.insutype = checked(key, Columns.digits(scalar(), 3, 6));
                    case "psn_type_group" -> entry.psnTypeGroup = checked(key, Columns.digits(scalar(), 2, 2));
                    case "annual_deductible" -> entry.deductibleFen = number(key, 2, Limits.MAX_AMOUNT_FEN);
                    case "annual_cap" -> entry.capFen = number(key, 2, Limits.MAX_AMOUNT_FEN);
                    case "ratios" -> readRatios(rows);
                    default -> unknown(key);
                }
            }
            require(keys, line, "insutype", "psn_type_group", "annual_deductible", "annual_cap", "ratios");
            rows.forEach(row -> policy.rows.add(row.with(entry)));
        }
    }

    private void readRatios(final List<Policy.Row> rows) throws IOException {
        if (!opensObject("ratios")) {
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final Policy.Row row = new Policy.Row();
            row.medType = checked(
                    "ratios",
                    Columns.digits(parser.currentName(), 2, 6) == null ? null : "must be named by med_type",
                    parser.currentName());
            final Set<String> keys = new HashSet<>();
            parser.nextToken();
            final long line = line();
            if (!opensObject("ratios")) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final String key = parser.currentName();
                firstOfItsKind(keys, key);
                parser.nextToken();
                final int level =
                        List.of("level1", "level2", "level3", "ungraded").indexOf(key);
                if (level < 0) {
                    unknown(key);
                } else {
                    row.ratiosE4[level] = (int) number(key, RowCheck.RATIO_PLACES, RowCheck.RATIO_ONE_E4);
                }
            }
            require(keys, line, "level1", "level2", "level3", "ungraded");
            rows.add(row);
        }
    }

    private boolean opensObject(final String key) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        problems.add(NAME, line(), key, "must be a mapping");
        parser.skipChildren();
        return false;
    }

    private void firstOfItsKind(final Set<String> keys, final String key) {
        if (!keys.add(key)) {
            problems.add(NAME, line(), key, "is given twice");
        }
    }

    private void unknown(final String key) throws IOException {
        problems.add(NAME, line(), key, "is no key of a policy");
        parser.skipChildren();
    }

    private void require(final Set<String> keys, final long line, final String... required) {
        for (final String key : required) {
            if (!keys.contains(key)) {
                problems.add(NAME, line, key, "is missing");
            }
        }
    }

    private String scalar() throws IOException {
        return parser.currentToken().isScalarValue() ? parser.getText() : "";
    }

    private String checked(final String key, final String reason) throws IOException {
        return checked(key, reason, scalar());
    }

    private String checked(final String key, final String reason, final String value) {
        if (reason != null) {
            problems.add(NAME, line(), key, reason);
        }
        return value;
    }

    private long number(final String key, final int places, final long most) throws IOException {
        final long value = Columns.decimal(scalar(), places, most);
        if (value < 0) {
            problems.add(
                    NAME,
                    line(),
                    key,
                    "must be a number from 0 to " + most / (long) Math.pow(10, places) + ", at most " + places
                            + " places");
        }
        return value;
    }

    /** The first moment of a business day. */
    private long date(final String key) throws IOException {
        try {
            return LocalDate.parse(scalar())
                    .atStartOfDay()
                    .toInstant(BUSINESS_ZONE)
                    .toEpochMilli();
        } catch (final DateTimeParseException e) {
            problems.add(NAME, line(), key, "must be a date yyyy-MM-dd");
            return 0;
        }
    }

    private long line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
