package io.settlegate.gateway.records;

import io.settlegate.journal.Genesis;
import io.settlegate.journal.RecordView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which records a key stands: runs on disk, and the newest entries in memory. What it names is to be read and checked: it knows
 * hashes only. It knows nothing that the journal does not say, and can be removed at any time.
 *
 * <p>Safe for all threads, one at a time; blocks on the disk. A damaged run is set aside by name where it is met, what it covered
 * is not covered any more until it was read from the journal again, and the caller gets an {@link IndexDamagedException}.
 */
public final class RecordIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordIndex.class);
    private static final long MINUTE_MS = 60_000;

    /** Where runs are written. */
    private final RunFiles files;

    private final KeyHash keys;
    private final Access access;
    private final int tailCapacity;
    private final MergeChoice merges;
    private final RecordFacts facts = new RecordFacts();
    private final Object lock = new Object();

    // ---- guarded by the lock ----
    private final List<Run> runs = new ArrayList<>();
    private final Tail tail = new Tail();
    private long lastMinute = -1;
    private boolean isClosed;
    private volatile int dropCount;
    private final AtomicInteger asideCount = new AtomicInteger();

    private RecordIndex(final RunFiles files, final KeyHash keys, final Access access, final int tailCapacity) {
        this.files = files;
        this.keys = keys;
        this.access = access;
        this.tailCapacity = tailCapacity;
        this.merges = new MergeChoice(tailCapacity);
        tail.begin(0);
    }

    /** Whether the journal has a seal. */
    @FunctionalInterface
    public interface SealCheck {
        /** True if the seal over this sequence has this hash, or if that part of the journal is not here to ask. */
        boolean isThere(long sequence, byte[] sealHash);
    }

    /** What may be done with the files. */
    public enum Access {
        /** By one process at a time: half-written, left-over, and damaged files are cleared away, new runs are written. */
        WRITE,
        /** Beside whoever writes: nothing there is changed, what cannot be read is passed over, new runs go to a temporary directory. */
        READ
    }

    /**
     * Opens the runs of a directory. Those that are damaged, of a newer release, of another journal, or that end with a seal which
     * the journal does not have, are set aside and logged by name.
     */
    public static RecordIndex open(
            final Path directory, final Genesis genesis, final SealCheck seals, final Access access)
            throws IOException {
        return open(directory, genesis, seals, access, Tail.CAPACITY);
    }

    static RecordIndex open(
            final Path directory,
            final Genesis genesis,
            final SealCheck seals,
            final Access access,
            final int tailCapacity)
            throws IOException {
        final RunFiles read = new RunFiles(directory);
        final RunFiles written =
                access == Access.WRITE ? read : new RunFiles(Files.createTempDirectory("settlegate-index"));
        final RecordIndex index =
                new RecordIndex(written, KeyHash.of(genesis), access, Math.min(tailCapacity, Tail.CAPACITY));
        try {
            written.prepare();
            index.load(read, seals);
            return index;
        } catch (final IOException | RuntimeException e) {
            index.close();
            throw e;
        }
    }

    private void load(final RunFiles from, final SealCheck seals) throws IOException {
        final List<Run> found = new ArrayList<>();
        for (final Path file : from.runs()) {
            final Run run = openOrSetAside(file, seals);
            if (run != null) {
                found.add(run);
            }
        }
        // Of two that begin together the longer one was made of the shorter.
        found.sort(Comparator.comparingLong(Run::firstSequence)
                .thenComparing(Comparator.comparingLong(Run::lastSequence).reversed()));
        long last = -1;
        for (final Run run : found) {
            if (run.firstSequence() > last) {
                runs.add(run);
                last = run.lastSequence();
            } else {
                run.close();
                if (access == Access.WRITE) {
                    files.delete(run.file());
                }
            }
        }
    }

    private Run openOrSetAside(final Path file, final SealCheck seals) throws IOException {
        String reason;
        try {
            final Run run = Run.open(file);
            if (!run.isOf(keys.founding())) {
                reason = "it is of another journal";
            } else if (!seals.isThere(run.lastSequence(), run.sealHash())) {
                reason = "the journal has no seal over record " + run.lastSequence() + " as it had when this was made";
            } else {
                return run;
            }
            run.close();
        } catch (final IOException e) {
            reason = e.getMessage();
        }
        setAside(file, reason);
        return null;
    }

    private void setAside(final Path file, final String reason) throws IOException {
        if (access == Access.WRITE) {
            final Path aside = files.setAside(file);
            asideCount.incrementAndGet();
            LOG.warn("index of records: {} set aside: {}; it is made anew from the journal", aside, reason);
        }
    }

    // ---- whoever adds ----

    /** The least sequence from one on that is not covered. */
    long nextUncovered(final long from) {
        synchronized (lock) {
            long next = from;
            for (final Run run : runs) {
                next = behindTail(next);
                if (run.firstSequence() <= next && next <= run.lastSequence()) {
                    next = run.lastSequence() + 1;
                }
            }
            return behindTail(next);
        }
    }

    private long behindTail(final long next) {
        return !tail.isEmpty() && tail.firstSequence() <= next && next <= tail.lastSequence()
                ? tail.lastSequence() + 1
                : next;
    }

    /** The least sequence of a run behind one that is not covered; {@link Long#MAX_VALUE} where there is none. */
    long nextRun(final long sequence) {
        synchronized (lock) {
            for (final Run run : runs) {
                if (run.firstSequence() > sequence) {
                    return run.firstSequence();
                }
            }
            return Long.MAX_VALUE;
        }
    }

    /** From here on records are added. What was added before has to be in a run. */
    void begin(final long sequence) {
        synchronized (lock) {
            if (!tail.isEmpty()) {
                throw new IllegalStateException("records up to " + tail.lastSequence() + " are not in a run yet");
            }
            tail.begin(sequence);
            lastMinute = -1;
        }
    }

    /** A source of the records of one batch. */
    @FunctionalInterface
    interface Batch {
        RecordView get(int index);
    }

    /** Adds the records of a batch from a sequence on, all at once for those who look. */
    void add(final Batch batch, final int count, final long from, final long last, final byte[] sealHash) {
        synchronized (lock) {
            for (int i = 0; i < count; i++) {
                final RecordView record = batch.get(i);
                if (record.sequence() >= from && facts.wrap(record)) {
                    add();
                }
            }
            tail.endBatch(last, sealHash);
        }
    }

    private void add() {
        final long sequence = facts.sequence();
        final long minute = KeyHash.ofMinute(facts.timeMs());
        if (minute != lastMinute) {
            tail.add(minute, sequence);
            lastMinute = minute;
        }
        add(RecordKey.MSGID, facts.msgid(), RecordFacts.MSGID_LENGTH);
        if (facts.kind().isOfMoney()) {
            add(RecordKey.PERSON, facts.person(), RecordFacts.PERSON_LENGTH);
            add(RecordKey.INSTITUTION, facts.institution(), RecordFacts.INSTITUTION_LENGTH);
        }
        if (facts.kind() != RecordFacts.Kind.SETTLEMENT && facts.kind() != RecordFacts.Kind.OTHER) {
            add(RecordKey.UNDOES, facts.original(), RecordFacts.MSGID_LENGTH);
        }
    }

    private void add(final RecordKey key, final int offset, final int length) {
        tail.add(keys.of(key, facts.buffer(), offset, length), facts.sequence());
    }

    /** True if the entries in memory are as many as they may be. */
    boolean isTailFull() {
        synchronized (lock) {
            return tail.entryCount() >= tailCapacity;
        }
    }

    /** True if runs wait to be merged, and no more should be made now. */
    boolean isMergeBehind() {
        synchronized (lock) {
            return merges.isBehind(runs);
        }
    }

    /** Makes a run of what is in memory. */
    void flush() throws IOException {
        synchronized (lock) {
            if (tail.isEmpty() || isClosed) {
                return;
            }
            final Path part = files.part(tail.firstSequence(), tail.lastSequence());
            try (RunWriter writer = new RunWriter(part)) {
                tail.writeTo(writer);
                writer.finish(keys.founding(), tail.sealHash(), tail.firstSequence(), tail.lastSequence());
            }
            insert(Run.open(files.publish(part)));
            tail.begin(tail.lastSequence() + 1);
            lastMinute = -1;
        }
    }

    private void insert(final Run run) {
        int at = 0;
        while (at < runs.size() && runs.get(at).firstSequence() < run.firstSequence()) {
            at++;
        }
        runs.add(at, run);
    }

    // ---- whoever merges ----

    /**
     * Merges neighbours of about one size, if there are as many as a merge takes.
     *
     * @param isStopped is asked once they are chosen, and now and then while they are read.
     * @return false if there was nothing to merge, or it was stopped.
     */
    boolean merge(final BooleanSupplier isStopped) throws IOException {
        final List<Run> chosen;
        synchronized (lock) {
            chosen = isClosed ? List.of() : merges.choose(runs);
        }
        if (chosen.isEmpty() || isStopped.getAsBoolean()) {
            return false;
        }
        final Path part = files.part(
                chosen.get(0).firstSequence(), chosen.get(chosen.size() - 1).lastSequence());
        try {
            if (!RunMerge.merge(chosen, keys.founding(), part, isStopped)) {
                files.delete(part);
                return false;
            }
        } catch (final IOException e) {
            files.delete(part);
            if (!isStillThere(chosen)) {
                // Whoever looks has met damage in one of them and set it aside, before it was opened here or while it
                // was read.
                return true;
            }
            if (e instanceof IndexDamagedException damaged) {
                drop(damaged);
                return true;
            }
            throw e;
        }
        synchronized (lock) {
            if (isClosed || !runs.containsAll(chosen)) {
                files.delete(part);
                return false;
            }
            final Run merged = Run.open(files.publish(part));
            runs.removeAll(chosen);
            insert(merged);
            for (final Run run : chosen) {
                run.close();
                files.delete(run.file());
            }
            return true;
        }
    }

    private boolean isStillThere(final List<Run> chosen) {
        synchronized (lock) {
            return runs.containsAll(chosen);
        }
    }

    /** Runs that were found damaged since the index was opened. Any thread. */
    public int dropCount() {
        return dropCount;
    }

    /** Runs that were set aside, when the index was opened and since. Any thread. */
    public int asideCount() {
        return asideCount.get();
    }

    // ---- whoever looks ----

    /** True if no record up to the newest that is covered is missing, from the founding on. */
    public boolean isFromFounding() {
        synchronized (lock) {
            final long next = nextUncovered(0);
            return next > 0 && nextRun(next) == Long.MAX_VALUE && (tail.isEmpty() || tail.lastSequence() < next);
        }
    }

    /**
     * From when on everything is covered: records of this time or later are in the index up to its newest one. The beginning of
     * time where nothing is missing; a minute late where something is.
     *
     * @throws IndexDamagedException if a run is damaged; it was set aside.
     * @throws IndexClosedException if the index was closed.
     */
    public long coveredSinceMs() throws IOException {
        synchronized (lock) {
            checkOpen();
            if (isFromFounding()) {
                return Long.MIN_VALUE;
            }
            int first = runs.size();
            long begin = tail.isEmpty() ? Long.MAX_VALUE : tail.firstSequence();
            while (first > 0 && (begin == Long.MAX_VALUE || runs.get(first - 1).lastSequence() + 1 >= begin)) {
                first--;
                begin = Math.min(begin, runs.get(first).firstSequence());
            }
            final long[] minute = {-1};
            for (int i = first; i < runs.size() && minute[0] < 0; i++) {
                takeMinute(runs.get(i), minute);
            }
            if (minute[0] < 0) {
                minute[0] = tail.firstMinute();
            }
            return minute[0] < 0 ? Long.MAX_VALUE : (minute[0] + 1) * MINUTE_MS;
        }
    }

    private void takeMinute(final Run run, final long[] minute) throws IOException {
        try {
            run.from(0, Long.MIN_VALUE, (hash, sequence) -> {
                if (Long.compareUnsigned(hash, KeyHash.FIRST) < 0) {
                    minute[0] = hash;
                }
                return false;
            });
        } catch (final IndexDamagedException e) {
            drop(e);
            throw e;
        }
    }

    /**
     * Sequences of records that may have a key, rising.
     *
     * @param from the least that is wanted.
     * @param into takes as many as it has room for.
     * @return how many there are in it.
     * @throws IndexDamagedException if a run is damaged; it was set aside.
     * @throws IndexClosedException if the index was closed.
     */
    public int find(final RecordKey key, final String value, final long from, final long[] into) throws IOException {
        final long hash = keys.of(key, value);
        final int[] count = {0};
        final Run.EntryTaker taker = (foundHash, sequence) -> {
            if (foundHash != hash || count[0] == into.length) {
                return false;
            }
            into[count[0]] = sequence;
            count[0]++;
            return count[0] < into.length;
        };
        synchronized (lock) {
            checkOpen();
            boolean isTailPassed = false;
            try {
                for (int i = 0; i < runs.size() && count[0] < into.length; i++) {
                    final Run run = runs.get(i);
                    if (!isTailPassed && tail.firstSequence() < run.firstSequence()) {
                        tail.from(hash, from, taker);
                        isTailPassed = true;
                    }
                    if (run.lastSequence() >= from) {
                        run.from(hash, from, taker);
                    }
                }
            } catch (final IndexDamagedException e) {
                drop(e);
                throw e;
            }
            if (!isTailPassed && count[0] < into.length) {
                tail.from(hash, from, taker);
            }
        }
        return count[0];
    }

    /**
     * A sequence not behind the first record of a time: no record that is found by a key and of that time or later stands before it.
     *
     * @throws IndexDamagedException if a run is damaged; it was set aside.
     * @throws IndexClosedException if the index was closed.
     */
    public long firstAt(final long timeMs) throws IOException {
        final long minute = KeyHash.ofMinute(timeMs);
        final long[] first = {Long.MAX_VALUE};
        synchronized (lock) {
            checkOpen();
            try {
                for (final Run run : runs) {
                    run.from(minute, Long.MIN_VALUE, (hash, sequence) -> {
                        if (Long.compareUnsigned(hash, KeyHash.FIRST) < 0) {
                            first[0] = Math.min(first[0], sequence);
                        }
                        return false;
                    });
                }
            } catch (final IndexDamagedException e) {
                drop(e);
                throw e;
            }
            final long inTail = tail.firstOfMinute(minute);
            return inTail < 0 ? first[0] : Math.min(first[0], inTail);
        }
    }

    /** A closed index knows its newest entries only, and would tell them as all there are. */
    private void checkOpen() throws IndexClosedException {
        if (isClosed) {
            throw new IndexClosedException();
        }
    }

    private void drop(final IndexDamagedException damaged) throws IOException {
        synchronized (lock) {
            for (final Run run : List.copyOf(runs)) {
                if (run.file().equals(damaged.file())) {
                    runs.remove(run);
                    dropCount++;
                    run.close();
                    setAside(run.file(), damaged.getMessage());
                }
            }
        }
    }

    /** What a run is, for people. */
    public record RunInfo(Path file, long firstSequence, long lastSequence, long entryCount, long length) {}

    /** The runs, oldest first. */
    public List<RunInfo> runInfos() {
        synchronized (lock) {
            return runs.stream()
                    .map(run -> new RunInfo(
                            run.file(), run.firstSequence(), run.lastSequence(), run.entryCount(), run.length()))
                    .toList();
        }
    }

    /** Bytes of the runs. */
    public long length() {
        synchronized (lock) {
            return runs.stream().mapToLong(Run::length).sum();
        }
    }

    public int runCount() {
        synchronized (lock) {
            return runs.size();
        }
    }

    /** Reads every block of every run. @throws IndexDamagedException at the first that is damaged; it was set aside. */
    public void check() throws IOException {
        synchronized (lock) {
            for (final Run run : runs) {
                try {
                    run.check();
                } catch (final IndexDamagedException e) {
                    drop(e);
                    throw e;
                }
            }
        }
    }

    /** Lets go of the files. What is in memory only is read again from the journal. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            isClosed = true;
            for (final Run run : runs) {
                run.close();
            }
            runs.clear();
            files.close();
            if (access == Access.READ) {
                files.remove();
            }
        }
    }
}
