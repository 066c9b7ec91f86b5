package io.settlegate.gateway.reconciliation;

import io.settlegate.gateway.books.BookEntry;
import io.settlegate.gateway.books.BookScan;
import io.settlegate.gateway.books.NamedEntries;
import io.settlegate.gateway.inspection.Masking;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.codec.MendingAct;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Compares a journal, up to its durable mark, with a hospital's file, and with the bureau's where there is one.
 *
 * <p>A row that the journal has outside of these days, this office, and so on is not to be settled again: its act is CALL.
 *
 * <p>One use, one thread; blocks on the disk. The gateway may be running. Files are read first, so that a bad one is refused before the
 * journal is read. Spill files stand in a directory of their own that only its owner may enter, and are gone when this ends, also by a
 * failure.
 */
public final class ReconcileRun {
    /** 16 KB of buffers each; a million settlements are then four thousand in memory at a time. */
    public static final int PARTITIONS = 256;

    /** So many findings are kept to be shown. */
    public static final int SHOWN = 20;

    /** So many rows are looked up outside of what is compared: some 20 MB. A file with more of them is of something else. */
    static final int LOOKED_UP = 20_000;

    private final Options options;
    private final Masking masking;
    private final List<ShownFinding> first = new ArrayList<>();
    /** What is said to be done again, or undone, because the gateway has it not among what is compared. */
    private final List<Finding> open = new ArrayList<>();

    private long asOfSequence;

    /**
     * What is compared.
     *
     * @param hospital file.
     * @param bureau file, or null.
     * @param institution fixmedins_code, or null for all.
     * @param from first business day, UTC+08:00.
     * @param to last business day.
     * @param clrType or null for all.
     * @param office or null for all.
     * @param refunds whether refunds are rows of their own.
     * @param out where all differences are written, or null.
     * @param temporary where spill files stand.
     * @param partitions of a spill.
     */
    public record Options(
            Path hospital,
            Path bureau,
            String institution,
            LocalDate from,
            LocalDate to,
            String clrType,
            String office,
            Refunds refunds,
            Path out,
            Path temporary,
            int partitions) {}

    public ReconcileRun(final Options options, final Masking masking) {
        this.options = options;
        this.masking = masking;
    }

    /**
     * Looks whether the files can be opened and the file of differences can be made, before anything is read or recorded.
     *
     * @throws IOException that names the first that cannot.
     */
    public static void checkFiles(final Options options) throws IOException {
        StatementFile.check(options.hospital());
        if (options.bureau() != null) {
            StatementFile.check(options.bureau());
        }
        if (options.out() != null) {
            FindingFile.checkFree(options.out());
        }
    }

    /**
     * Compares.
     *
     * @throws BadStatementException if a file has rows that cannot be compared.
     * @throws IOException if a file cannot be read or written, or the file of differences is there already.
     */
    public Summary run(final Store store) throws IOException {
        try (SpillDirectory directory = SpillDirectory.in(options.temporary());
                FindingFile file = options.out() == null ? null : FindingFile.create(options.out());
                Reconciliation books = new Reconciliation(
                        directory,
                        SpillKey.random(),
                        options.partitions(),
                        options.refunds(),
                        options.bureau() == null ? 2 : Book.COUNT,
                        finding -> take(finding, file))) {
            new StatementReader(options.hospital(), Book.HOSPITAL, options.refunds()).read(books::add);
            if (options.bureau() != null) {
                new StatementReader(options.bureau(), Book.BUREAU, options.refunds()).read(books::add);
            }
            try (JournalFollower follower = JournalFollower.open(store)) {
                asOfSequence = new BookScan(follower, options.from(), options.to(), options.institution())
                        .tell(entry -> add(entry, books));
                final Summary summary = books.compare();
                lookUp(new NamedEntries(follower, asOfSequence), file);
                if (file != null) {
                    file.commit();
                }
                return summary;
            }
        }
    }

    private void add(final BookEntry entry, final Reconciliation books) throws IOException {
        if ((options.clrType() == null || options.clrType().equals(entry.clrType()))
                && (options.office() == null || options.office().equals(entry.office()))) {
            books.add(Row.of(entry));
        }
    }

    private void take(final Finding finding, final FindingFile file) throws IOException {
        if (!isOpen(finding)) {
            show(finding, file);
        } else if (open.size() < LOOKED_UP) {
            open.add(finding);
        } else {
            show(finding.withAct(MendingAct.CALL), file);
        }
    }

    /** Whoever settled again what the gateway has outside of what is compared would settle it twice. */
    private static boolean isOpen(final Finding finding) {
        return finding.group().has(Book.HOSPITAL)
                && !finding.group().has(Book.GATEWAY)
                && (finding.act() == MendingAct.SETTLE_AGAIN || finding.act() == MendingAct.CANCEL);
    }

    private static NamedEntries.Name nameOf(final Finding finding) {
        final Row row = finding.group().row(Book.HOSPITAL);
        return new NamedEntries.Name(row.setlId(), row.msgid(), row.isRefund());
    }

    private void lookUp(final NamedEntries journal, final FindingFile file) throws IOException {
        final Set<NamedEntries.Name> present =
                journal.present(open.stream().map(ReconcileRun::nameOf).toList());
        for (final Finding finding : open) {
            show(present.contains(nameOf(finding)) ? finding.withAct(MendingAct.CALL) : finding, file);
        }
    }

    private void show(final Finding finding, final FindingFile file) throws IOException {
        if (file == null && first.size() >= SHOWN) {
            return;
        }
        final ShownFinding shown = ShownFinding.of(finding, masking);
        if (file != null) {
            file.write(shown.cells());
        }
        if (first.size() < SHOWN) {
            first.add(shown);
        }
    }

    /** Some of the findings, at most {@value #SHOWN}. */
    public List<ShownFinding> first() {
        return List.copyOf(first);
    }

    /** Every record up to this one was looked at. */
    public long asOfSequence() {
        return asOfSequence;
    }
}
