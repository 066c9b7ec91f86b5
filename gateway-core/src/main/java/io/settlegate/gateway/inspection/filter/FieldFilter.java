package io.settlegate.gateway.inspection.filter;

import io.settlegate.gateway.inspection.MessageView;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Wants records that hold one of some values in one of some fields, of the request or the outcome, or of an entry of an
 * operator's chunk. Compares bytes and makes no text of them.
 *
 * <p>No state; any thread.
 */
final class FieldFilter implements RecordFilter {
    private final String[] fields;
    private final byte[][] values;
    private final MessageView.Extent extent;

    FieldFilter(final List<String> fields, final List<String> values, final MessageView.Extent extent) {
        this.fields = fields.toArray(String[]::new);
        this.values = values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.extent = extent;
    }

    @Override
    public boolean accepts(final RecordParts parts) {
        return isIn(parts.request()) || isIn(parts.outcome());
    }

    private boolean isIn(final MessageView message) {
        for (final String field : fields) {
            if (isIn(message, field) || isInEntry(message, field)) {
                return true;
            }
        }
        return false;
    }

    private boolean isIn(final MessageView message, final String field) {
        if (!message.has(field)) {
            return false;
        }
        for (final byte[] value : values) {
            if (message.holds(field, value, extent)) {
                return true;
            }
        }
        return false;
    }

    private boolean isInEntry(final MessageView message, final String field) {
        if (!message.hasInEntries(field)) {
            return false;
        }
        for (int entry = 0; entry < message.entryCount(); entry++) {
            for (final byte[] value : values) {
                if (message.holds(entry, field, value, extent)) {
                    return true;
                }
            }
        }
        return false;
    }
}
