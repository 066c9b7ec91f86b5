package io.settlegate.gateway.reconciliation;

import io.settlegate.protocol.codec.MendingAct;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares two or three books. Rows are spilled into partitions by the hash of their key, and each partition is compared by itself in
 * memory; what finds nobody goes on to the next key ({@link MatchPass}). At the end settlements are spilled once more, by person and total, for those
 * that were settled twice.
 *
 * <p>One use, one thread; blocks on the disk. Memory: buffers of 16 KB for each partition of two spills, and the groups of one
 * partition, at most a limit: a partition that may hold more is split first. Further rows of a file for what it has already are told at
 * once and not held.
 */
final class Reconciliation implements Closeable {
    /** A power of two: a megabyte of bits. With more open bills than bits more is spilled than need be, and the same is found. */
    private static final int BILL_BITS = 1 << 23;

    /** Groups in memory, up to a kilobyte each. */
    private static final int LOADED_LIMIT = 50_000;
    /** Each split spreads over sixteen: two hundred million different keys have then gone where a partition was expected to be full. */
    private static final int MAX_SPLITS = 3;

    private final Refunds refunds;
    private final int loadedLimit;
    private final int books;
    private final FindingTaker taker;
    private final Summary summary;
    private final Spill[] spills = new Spill[MatchPass.COUNT];
    private final Spill bills;
    /** By hash: persons and totals of which a book lacked a row after the first pass. Only there can a settlement be double. */
    private final BitSet openBills = new BitSet(BILL_BITS);

    /** Is given each finding, in no order that means anything. */
    @FunctionalInterface
    interface FindingTaker {
        void take(Finding finding) throws IOException;
    }

    Reconciliation(
            final SpillDirectory directory,
            final SpillKey key,
            final int partitions,
            final Refunds refunds,
            final int books,
            final FindingTaker taker) {
        this(directory, key, partitions, LOADED_LIMIT, refunds, books, taker);
    }

    /** @param loadedLimit how many groups are held in memory. */
    Reconciliation(
            final SpillDirectory directory,
            final SpillKey key,
            final int partitions,
            final int loadedLimit,
            final Refunds refunds,
            final int books,
            final FindingTaker taker) {
        this.loadedLimit = loadedLimit;
        this.refunds = refunds;
        this.books = books;
        this.taker = taker;
        this.summary = new Summary(books);
        for (final MatchPass pass : MatchPass.values()) {
            spills[pass.ordinal()] =
                    new Spill(directory, "by-" + pass.name().toLowerCase(Locale.ROOT), partitions, key);
        }
        this.bills = new Spill(directory, "by-bill", partitions, key);
    }

    /** Adds a row of any book. The gateway's refunds are left out here if they are to be. */
    void add(final Row row) throws IOException {
        if (refunds == Refunds.IN || row.book() != Book.GATEWAY || row.isFirst()) {
            final Group group = Group.of(row);
            if (MatchPass.SETL_ID.keyOf(group).isEmpty()) {
                openBills.set(bitOf(group));
            }
            route(group, 0);
        }
    }

    /** Compares all that was added. */
    Summary compare() throws IOException {
        for (int pass = 0; pass < MatchPass.COUNT; pass++) {
            for (int partition = 0; partition < spills[pass].partitions(); partition++) {
                match(pass, spills[pass], partition, 0);
            }
        }
        for (int partition = 0; partition < bills.partitions(); partition++) {
            findDoubles(bills, partition, 0);
        }
        summary.checkLaw();
        return summary;
    }

    private void route(final Group group, final int firstPass) throws IOException {
        for (int pass = firstPass; pass < MatchPass.COUNT; pass++) {
            final String key = MatchPass.values()[pass].keyOf(group);
            if (!key.isEmpty()) {
                spills[pass].add(key, group);
                return;
            }
        }
        settle(group);
    }

    /** Is given a partition. */
    @FunctionalInterface
    private interface PartitionTaker {
        void take(Spill spill, int partition, int splits) throws IOException;
    }

    /** What is of one key comes to one of the parts, in the same order. */
    private static void split(
            final Spill spill,
            final int partition,
            final int splits,
            final Function<Group, String> keyOf,
            final PartitionTaker taker)
            throws IOException {
        try (Spill parts = spill.forPartsOf(partition)) {
            spill.drain(partition, group -> parts.add(keyOf.apply(group), group));
            for (int part = 0; part < parts.partitions(); part++) {
                taker.take(parts, part, splits + 1);
            }
        }
    }

    private boolean mustSplit(final Spill spill, final int partition, final int splits) {
        return spill.count(partition) > loadedLimit && splits < MAX_SPLITS;
    }

    private void checkLoaded(final long count, final String what) throws IOException {
        if (count > loadedLimit) {
            throw new IOException("more than " + loadedLimit + " " + what
                    + " would have to be held in memory at once; compare a shorter period");
        }
    }

    private void match(final int pass, final Spill spill, final int partition, final int splits) throws IOException {
        if (mustSplit(spill, partition, splits)) {
            split(
                    spill,
                    partition,
                    splits,
                    MatchPass.values()[pass]::keyOf,
                    (parts, part, done) -> match(pass, parts, part, done));
            return;
        }
        final Map<String, Group> byKey = new HashMap<>();
        spill.drain(partition, group -> {
            final String key = MatchPass.values()[pass].keyOf(group);
            final Group present = byKey.putIfAbsent(key, group);
            if (present == null) {
                checkLoaded(byKey.size(), "settlements whose numbers fall together");
                return;
            }
            if (present.has(Book.GATEWAY) && group.has(Book.GATEWAY)) {
                route(group, pass + 1);
            } else if (group.has(Book.GATEWAY)) {
                byKey.put(key, group);
                merge(group, present);
            } else {
                merge(present, group);
            }
        });
        for (final Group group : byKey.values()) {
            if (pass == 0 && !isComplete(group)) {
                openBills.set(bitOf(group));
            }
            route(group, pass + 1);
        }
    }

    /** What the second has and the first does not becomes the first's; the rest are further rows of a file. */
    private void merge(final Group group, final Group other) throws IOException {
        for (final Book book : Book.values()) {
            if (!other.has(book)) {
                continue;
            }
            if (group.has(book)) {
                tellDoubled(group, other.row(book));
            } else {
                group.put(other.row(book));
            }
        }
    }

    private void tellDoubled(final Group group, final Row doubled) throws IOException {
        final Group finding = Group.of(doubled);
        final Row gateway = group.row(Book.GATEWAY);
        if (gateway != null) {
            finding.put(gateway);
        }
        // Of a group whose gateway's row is found later the total is not known yet.
        final TotalKey total = TotalKey.of(gateway);
        summary.count(total, doubled);
        tell(new Finding(
                doubled.book() == Book.HOSPITAL ? Difference.DOUBLED_AT_HOSPITAL : Difference.BUREAU_ONLY_DIFFERS,
                books > 2 ? Standing.DOUBLED_ROW : null,
                Standing.DOUBLED_ROW.act(),
                EnumSet.noneOf(Field.class),
                finding,
                false,
                "",
                total));
    }

    private boolean isComplete(final Group group) {
        for (int i = 0; i < books; i++) {
            if (!group.has(Book.values()[i])) {
                return false;
            }
        }
        return true;
    }

    private static String billOf(final Group group) {
        final Row row = group.leading();
        return row.psnNo() + ' ' + row.medfeeFen();
    }

    private static int bitOf(final Group group) {
        final int hash = billOf(group).hashCode();
        return (hash ^ hash >>> 16) & (BILL_BITS - 1);
    }

    private void tell(final Finding finding) throws IOException {
        summary.count(finding);
        taker.take(finding);
    }

    private boolean isGatewayCounted(final Group group) {
        return group.has(Book.GATEWAY)
                && (refunds == Refunds.IN || !group.row(Book.GATEWAY).isUndone());
    }

    /** No other row will come to the group. */
    private void settle(final Group group) throws IOException {
        final Row gateway = group.row(Book.GATEWAY);
        final TotalKey total = TotalKey.of(gateway);
        if (isGatewayCounted(group)) {
            summary.count(total, gateway);
        }
        for (int i = Book.HOSPITAL.ordinal(); i < books; i++) {
            if (group.has(Book.values()[i])) {
                summary.count(total, group.row(Book.values()[i]));
            }
        }
        final boolean canBeDouble =
                gateway == null ? books > 2 && !group.leading().isRefund() : gateway.isFirst() && !gateway.isUndone();
        if (canBeDouble && openBills.get(bitOf(group))) {
            bills.add(billOf(group), group);
        } else {
            judge(group, null);
        }
    }

    private void findDoubles(final Spill spill, final int partition, final int splits) throws IOException {
        if (mustSplit(spill, partition, splits)) {
            split(spill, partition, splits, Reconciliation::billOf, this::findDoubles);
            return;
        }
        checkLoaded(spill.count(partition), "settlements of one person with the same total");
        final Map<String, List<Group>> byBill = new HashMap<>();
        spill.drain(partition, group -> {
            byBill.computeIfAbsent(billOf(group), any -> new ArrayList<>(1)).add(group);
        });
        for (final List<Group> each : byBill.values()) {
            final DoubleSearch search = new DoubleSearch(each);
            for (final Group group : each) {
                judge(group, search);
            }
        }
    }

    /** @param search among the settlements of the person with the same total; null where it cannot be double. */
    private void judge(final Group group, final DoubleSearch search) throws IOException {
        final Row gateway = group.row(Book.GATEWAY);
        final Row hospital = group.row(Book.HOSPITAL);
        final Row bureau = group.row(Book.BUREAU);
        final boolean isCounted = isGatewayCounted(group);
        final Row twin = search == null ? null : search.twinOf(group);
        final Set<Field> fields =
                gateway != null && hospital != null ? Field.differing(gateway, hospital) : EnumSet.noneOf(Field.class);
        final Difference difference = differenceOf(group, isCounted, twin, fields);
        final boolean bureauDiffers = books > 2 && bureauDiffers(group, isCounted);
        if (difference == null && !bureauDiffers) {
            if (isCounted) {
                summary.countEqual();
            }
            return;
        }
        if (difference == null && gateway != null && bureau != null) {
            fields.addAll(Field.differing(gateway, bureau));
        }
        final Standing standing = books > 2 ? standingOf(group, isCounted, twin, search) : null;
        tell(new Finding(
                difference == null ? Difference.BUREAU_ONLY_DIFFERS : difference,
                standing,
                actOf(difference, standing, group),
                fields,
                group,
                isCounted,
                twin == null ? "" : twin.msgid(),
                TotalKey.of(gateway)));
    }

    /** Null where gateway and hospital agree. */
    private static Difference differenceOf(
            final Group group, final boolean isCounted, final Row twin, final Set<Field> fields) {
        final Row gateway = group.row(Book.GATEWAY);
        final Row hospital = group.row(Book.HOSPITAL);
        if (hospital == null) {
            if (!isCounted) {
                return null;
            }
            if (gateway.isRefund()) {
                return Difference.UNDONE_AT_GATEWAY;
            }
            return twin == null ? Difference.MISSING_AT_HOSPITAL : Difference.DOUBLED_AT_GATEWAY;
        }
        if (gateway == null) {
            return hospital.isRefund() ? Difference.UNDONE_AT_HOSPITAL : Difference.MISSING_AT_GATEWAY;
        }
        if (!isCounted) {
            return Difference.UNDONE_AT_GATEWAY;
        }
        return fields.isEmpty() ? null : Difference.DIFFERS;
    }

    private static boolean bureauDiffers(final Group group, final boolean isCounted) {
        final Row bureau = group.row(Book.BUREAU);
        if (bureau == null || !isCounted) {
            return (bureau == null) == isCounted;
        }
        return !Field.differing(group.row(Book.GATEWAY), bureau).isEmpty();
    }

    private static Standing standingOf(
            final Group group, final boolean isCounted, final Row twin, final DoubleSearch search) {
        final boolean hasHospital = group.has(Book.HOSPITAL);
        final boolean hasBureau = group.has(Book.BUREAU);
        if (twin != null) {
            return Standing.DOUBLE_SETTLEMENT;
        }
        if (isCounted && hasHospital && hasBureau) {
            return aloneOf(group);
        }
        if (search != null && search.isAcross(group)) {
            return Standing.DOUBLE_ACROSS_BOOKS;
        }
        if (isCounted) {
            if (hasHospital) {
                return Standing.NOT_AT_BUREAU;
            }
            return hasBureau ? Standing.LOST_REPLY : Standing.GATEWAY_ONLY;
        }
        if (hasHospital) {
            return hasBureau ? Standing.NOT_AT_GATEWAY : Standing.HOSPITAL_ONLY;
        }
        return Standing.BUREAU_ONLY;
    }

    private static Standing aloneOf(final Group group) {
        final Row gateway = group.row(Book.GATEWAY);
        final Row hospital = group.row(Book.HOSPITAL);
        final Row bureau = group.row(Book.BUREAU);
        if (Field.differing(gateway, bureau).isEmpty()) {
            return Standing.HOSPITAL_ALONE;
        }
        if (Field.differing(gateway, hospital).isEmpty()) {
            return Standing.BUREAU_ALONE;
        }
        return Field.differing(hospital, bureau).isEmpty() ? Standing.GATEWAY_ALONE : Standing.ALL_DIFFER;
    }

    private static MendingAct actOf(final Difference difference, final Standing standing, final Group group) {
        // What only gateway and hospital say of an undone settlement the bureau does not change.
        if (standing == null
                || difference == Difference.UNDONE_AT_GATEWAY
                || (difference == Difference.UNDONE_AT_HOSPITAL && !group.has(Book.BUREAU))) {
            return difference.act();
        }
        return standing.act();
    }

    @Override
    public void close() throws IOException {
        for (final Spill spill : spills) {
            spill.close();
        }
        bills.close();
    }
}
