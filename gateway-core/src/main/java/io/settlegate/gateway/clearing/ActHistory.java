package io.settlegate.gateway.clearing;

import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.gateway.inspection.filter.RecordParts;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.ClosePeriodDecoder;
import io.settlegate.gateway.settlement.codec.ImportBeginDecoder;
import io.settlegate.gateway.settlement.codec.ImportCommitDecoder;
import io.settlegate.gateway.settlement.codec.InstitutionChunkDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.RegionChunkDecoder;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What operators' acts said of clearing: which offices were closed through which day, and what institutions are called.
 *
 * <p>One use, one thread; blocks on the disk. Reads every record that is kept and durable, decodes the acts, and computes nothing: what an
 * act did stands in its outcome. Memory grows with institutions and closings.
 */
public final class ActHistory {
    private final RecordParts parts = new RecordParts();
    private final MessageHeaderDecoder type = new MessageHeaderDecoder();
    private final List<Closing> closings = new ArrayList<>();
    private final List<Naming> namings = new ArrayList<>();
    private final Map<String, String> staged = new HashMap<>();
    private final Set<String> stagedRegions = new HashSet<>();
    private final Set<String> regions = new HashSet<>();
    private final Map<String, LocalDate> closedThrough = new HashMap<>();
    private long lastSequence = -1;
    private long lastTimeMs;

    /** The names of an import, visible from its commit on. */
    private record Naming(long sequence, Map<String, String> names) {}

    private ActHistory() {}

    /** Reads a journal up to its durable mark. Moves the follower. */
    public static ActHistory read(final JournalFollower follower) {
        final ActHistory history = new ActHistory();
        final long last = follower.lastSequence();
        follower.seek(follower.firstSequence());
        while (history.lastSequence < last && follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                history.take(follower.get(i));
            }
        }
        return history;
    }

    private void take(final RecordView record) {
        lastSequence = record.sequence();
        lastTimeMs = record.timeMs();
        if (record.kind() != RecordKind.COMMAND || record.commandLength() < MessageHeaderDecoder.ENCODED_LENGTH) {
            return;
        }
        type.wrap(record.buffer(), record.commandOffset());
        if (type.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return;
        }
        switch (type.templateId()) {
            case ImportBeginDecoder.TEMPLATE_ID -> {
                staged.clear();
                stagedRegions.clear();
            }
            case RegionChunkDecoder.TEMPLATE_ID -> takeRegions(record);
            case InstitutionChunkDecoder.TEMPLATE_ID -> takeInstitutions(record);
            case ImportCommitDecoder.TEMPLATE_ID -> takeCommit(record);
            case ClosePeriodDecoder.TEMPLATE_ID -> takeClosing(record);
            default -> {
                // Says nothing of clearing.
            }
        }
    }

    private boolean isDone(final RecordView record) {
        parts.wrap(record);
        final MessageView outcome = parts.outcome();
        return outcome.isKnown() && outcome.templateId() != ActRefusedDecoder.TEMPLATE_ID;
    }

    private void takeInstitutions(final RecordView record) {
        if (!isDone(record)) {
            return;
        }
        final MessageView chunk = parts.request();
        for (int i = 0; i < chunk.entryCount(); i++) {
            staged.put(chunk.text(i, "fixmedinsCode"), chunk.text(i, "fixmedinsName"));
        }
    }

    private void takeRegions(final RecordView record) {
        if (!isDone(record)) {
            return;
        }
        final MessageView chunk = parts.request();
        for (int i = 0; i < chunk.entryCount(); i++) {
            stagedRegions.add(chunk.text(i, "admdvs"));
        }
    }

    private void takeCommit(final RecordView record) {
        if (isDone(record)) {
            regions.addAll(stagedRegions);
            if (!staged.isEmpty()) {
                namings.add(new Naming(record.sequence(), Map.copyOf(staged)));
            }
        }
        staged.clear();
        stagedRegions.clear();
    }

    private void takeClosing(final RecordView record) {
        if (!isDone(record)) {
            return;
        }
        final MessageView act = parts.request();
        final String office = act.text("clrOptins");
        final LocalDate through = Instant.ofEpochMilli(act.number("throughMs", 0))
                .atOffset(Period.BEIJING)
                .toLocalDate();
        closedThrough.put(office, through);
        closings.add(new Closing(
                office,
                through,
                act.number("reopen", 0) == 1 ? Closing.Kind.REOPENED : Closing.Kind.CLOSED,
                record.sequence(),
                record.timeMs(),
                act.text("actId"),
                act.text("reason")));
    }

    /** All of them, oldest first. */
    public List<Closing> closings() {
        return List.copyOf(closings);
    }

    /** The last day that is closed now, by office. */
    public Map<String, LocalDate> closedThrough() {
        return new TreeMap<>(closedThrough);
    }

    /** The act since which a day of an office is closed without a break; null while it is open. */
    public Closing closingOf(final String office, final LocalDate day) {
        Closing since = null;
        for (final Closing closing : closings) {
            if (closing.office().equals(office)) {
                if (closing.through().isBefore(day)) {
                    since = null;
                } else if (since == null) {
                    since = closing;
                }
            }
        }
        return since;
    }

    /** What institutions were called after a record, by code; those only whose import the journal still holds. */
    public Map<String, String> institutionNames(final long sequence) {
        final Map<String, String> names = new HashMap<>();
        for (final Naming naming : namings) {
            if (naming.sequence() <= sequence) {
                names.putAll(naming.names());
            }
        }
        return names;
    }

    /** Regions by admdvs; those only whose import the journal still holds. */
    Set<String> regions() {
        return Set.copyOf(regions);
    }

    /** The last record that was read; -1 if there is none. */
    public long lastSequence() {
        return lastSequence;
    }

    public long lastTimeMs() {
        return lastTimeMs;
    }
}
