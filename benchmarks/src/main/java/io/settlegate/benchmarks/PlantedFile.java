package io.settlegate.benchmarks;

import io.settlegate.gateway.books.BookEntry;
import io.settlegate.gateway.books.BookScan;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A hospital's file that agrees with a journal but for differences of every sort, and beside it what has to be found. Settlements of one
 * time are handled together: {@link FreshSettlements} moves on by more than ten minutes.
 *
 * <p>One use, one thread; blocks on the disk.
 */
final class PlantedFile {
    static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    static final LocalDate LAST = LocalDate.of(2026, 12, 31);

    private static final long SEED = 11;
    private static final int ONE_IN = 1_000;

    private final Random random = new Random(SEED);
    private final Writer rows;
    private final Map<String, String> expected = new HashMap<>();
    private final List<BookEntry> settled = new ArrayList<>();
    private final Map<Long, BookEntry> refunds = new HashMap<>();
    private long count;

    private PlantedFile(final Writer rows) {
        this.rows = rows;
    }

    /** @return the sort of each difference, by msgid; of doubled rows by setl_id. */
    static Map<String, String> write(final Path journal, final Path file) throws IOException {
        try (Store store = ChronicleStore.in(journal);
                JournalFollower follower = JournalFollower.open(store);
                BufferedWriter rows = Files.newBufferedWriter(file)) {
            final PlantedFile planted = new PlantedFile(rows);
            rows.write("setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag,msgid\n");
            new BookScan(follower, FIRST, LAST, null).tell(planted::take);
            planted.flush();
            System.out.printf("the file has %,d rows, and %,d differences%n", planted.count, planted.expected.size());
            return planted.expected;
        }
    }

    private void take(final BookEntry entry) throws IOException {
        if (!settled.isEmpty() && settled.get(0).timeMs() != entry.timeMs()) {
            flush();
        }
        if (entry.kind() == BookEntry.Kind.REFUND) {
            refunds.put(entry.undoesSequence(), entry);
        } else {
            settled.add(entry);
        }
    }

    private void flush() throws IOException {
        final Map<String, List<BookEntry>> bills = new HashMap<>();
        for (final BookEntry entry : settled) {
            if (!entry.isUndone()) {
                bills.computeIfAbsent(billOf(entry), any -> new ArrayList<>(1)).add(entry);
            }
        }
        Collections.shuffle(settled, random);
        for (final BookEntry entry : settled) {
            if (entry.isUndone()) {
                plantUndone(entry);
            } else {
                plant(entry, bills.get(billOf(entry)));
            }
        }
        settled.clear();
        refunds.clear();
    }

    private static String billOf(final BookEntry entry) {
        return entry.institution() + entry.psnNo() + ' ' + entry.medfeeFen();
    }

    private void plantUndone(final BookEntry entry) throws IOException {
        final BookEntry refund = refunds.get(entry.sequence());
        write(entry, entry.setlId(), entry.msgid(), 0);
        if (random.nextInt(10) == 0) {
            expected.put(refund.msgid(), "UNDONE_AT_GATEWAY");
        } else {
            write(refund, random.nextBoolean() ? refund.setlId() : refund.undoesSetlId(), "", 0);
        }
    }

    private void plant(final BookEntry entry, final List<BookEntry> twins) throws IOException {
        if (twins.size() > 1) {
            if (entry == twins.get(0)) {
                write(entry, entry.setlId(), entry.msgid(), 0);
            } else {
                expected.put(entry.msgid(), "DOUBLED_AT_GATEWAY");
            }
            return;
        }
        switch (random.nextInt(ONE_IN)) {
            case 0 -> expected.put(entry.msgid(), "MISSING_AT_HOSPITAL");
            case 1 -> {
                write(entry, entry.setlId(), entry.msgid(), 1);
                expected.put(entry.msgid(), "DIFFERS");
            }
            case 2 -> {
                write(entry, entry.setlId(), entry.msgid(), 0);
                write(entry, entry.setlId(), "", 0);
                expected.put(entry.setlId(), "DOUBLED_AT_HOSPITAL");
            }
            case 3 -> {
                write(entry, entry.setlId(), entry.msgid(), 0);
                final String never = "9" + entry.msgid().substring(1);
                write(entry, "", never, 0);
                expected.put(never, "MISSING_AT_GATEWAY");
            }
            case 4 -> {
                write(entry, entry.setlId(), entry.msgid(), 0);
                final String never = "8" + entry.msgid().substring(1);
                row("", never, entry, -1, "1");
                expected.put(never, "UNDONE_AT_HOSPITAL");
            }
            case 5, 6, 7, 8, 9 -> write(entry, "", entry.msgid(), 0);
            default -> write(entry, entry.setlId(), entry.msgid(), 0);
        }
    }

    private void write(final BookEntry entry, final String setlId, final String msgid, final long moreFen)
            throws IOException {
        final boolean isRefund = entry.kind() == BookEntry.Kind.REFUND;
        count++;
        rows.append(setlId).append(",,").append(entry.psnNo()).append(',');
        rows.append(yuan(entry.medfeeFen())).append(',');
        rows.append(yuan(entry.fundFen() + moreFen)).append(',');
        rows.append(yuan(entry.acctFen())).append(isRefund ? ",1," : ",0,");
        rows.append(msgid).append('\n');
    }

    private void row(final String setlId, final String msgid, final BookEntry entry, final int sign, final String flag)
            throws IOException {
        count++;
        rows.append(setlId).append(",,").append(entry.psnNo()).append(',');
        rows.append(yuan(sign * entry.medfeeFen())).append(',');
        rows.append(yuan(sign * entry.fundFen())).append(',');
        rows.append(yuan(sign * entry.acctFen())).append(',').append(flag).append(',');
        rows.append(msgid).append('\n');
    }

    private static String yuan(final long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }
}
