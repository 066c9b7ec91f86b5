package io.settlegate.gateway.reconciliation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Books that agree but for what was planted, and what must therefore be found: sort, standing, and msgid of each finding. */
final class PlantedBooks {
    static final int SORTS = 18;
    private static final int SORTS_OF_TWO = 10;
    private static final String INSTITUTION = "H32030200001";
    private static final long MINUTE_MS = 60_000;

    final List<Row> gateway = new ArrayList<>();
    final List<Row> hospital = new ArrayList<>();
    final List<Row> bureau = new ArrayList<>();
    final List<String> expected = new ArrayList<>();

    private final Random random;
    private final Refunds refunds;
    private final int books;
    private long sequence = 100;

    PlantedBooks(final long seed, final Refunds refunds, final int books, final int count) {
        this.random = new Random(seed);
        this.refunds = refunds;
        this.books = books;
        for (int i = 0; i < count; i++) {
            plant(random.nextBoolean() ? 0 : random.nextInt(books > 2 ? SORTS : SORTS_OF_TWO));
        }
        Collections.shuffle(hospital, random);
        Collections.shuffle(bureau, random);
        Collections.sort(expected);
    }

    private void plant(final int sort) {
        final Row row = settlement(sequence++, 0);
        switch (sort) {
            case 0 -> {
                gateway.add(row);
                hospital.add(inFile(row, Book.HOSPITAL));
                bureau.add(inFile(row, Book.BUREAU));
            }
            case 1 -> {
                gateway.add(row);
                bureau.add(inFile(row, Book.BUREAU));
                expect("MISSING_AT_HOSPITAL", "LOST_REPLY", row);
            }
            case 2 -> {
                hospital.add(whole(row, Book.HOSPITAL, 0));
                expect("MISSING_AT_GATEWAY", "HOSPITAL_ONLY", row);
            }
            case 3 -> {
                gateway.add(row);
                hospital.add(whole(row, Book.HOSPITAL, 1));
                bureau.add(inFile(row, Book.BUREAU));
                expect("DIFFERS", "HOSPITAL_ALONE", row);
            }
            case 4 -> {
                gateway.add(row);
                hospital.add(whole(row, Book.HOSPITAL, 0));
                hospital.add(inFile(row, Book.HOSPITAL));
                bureau.add(inFile(row, Book.BUREAU));
                expect("DOUBLED_AT_HOSPITAL", "DOUBLED_ROW", row);
            }
            case 5, 6 -> {
                final Row again = again(row, sort == 5 ? 10 * MINUTE_MS : 10 * MINUTE_MS + 1);
                gateway.add(row);
                gateway.add(again);
                hospital.add(inFile(row, Book.HOSPITAL));
                bureau.add(inFile(row, Book.BUREAU));
                bureau.add(inFile(again, Book.BUREAU));
                expect(
                        sort == 5 ? "DOUBLED_AT_GATEWAY" : "MISSING_AT_HOSPITAL",
                        sort == 5 ? "DOUBLE_SETTLEMENT" : "LOST_REPLY",
                        again);
            }
            case 7, 8 -> plantRefund(row, sort == 7);
            case 9 -> {
                gateway.add(row);
                hospital.add(inFile(row, Book.HOSPITAL));
                bureau.add(inFile(row, Book.BUREAU));
                if (refunds == Refunds.IN) {
                    final Row refund = refund(row);
                    hospital.add(whole(refund, Book.HOSPITAL, 0));
                    expect("UNDONE_AT_HOSPITAL", "HOSPITAL_ONLY", refund);
                }
            }
            default -> plantBureau(sort, row);
        }
    }

    private void plantRefund(final Row row, final boolean isKnown) {
        final Row refund = refund(row);
        gateway.add(undone(row));
        gateway.add(refund);
        if (refunds == Refunds.IN) {
            hospital.add(inFile(row, Book.HOSPITAL));
            bureau.add(inFile(row, Book.BUREAU));
            bureau.add(refundInFile(refund, Book.BUREAU));
            if (isKnown) {
                hospital.add(refundInFile(refund, Book.HOSPITAL));
            } else {
                expect("UNDONE_AT_GATEWAY", "LOST_REPLY", refund);
            }
        } else if (!isKnown) {
            hospital.add(inFile(row, Book.HOSPITAL));
            expect("UNDONE_AT_GATEWAY", "HOSPITAL_ONLY", row);
        }
    }

    private void plantBureau(final int sort, final Row row) {
        final String only = "BUREAU_ONLY_DIFFERS";
        switch (sort) {
            case 10 -> {
                gateway.add(row);
                hospital.add(inFile(row, Book.HOSPITAL));
                expect(only, "NOT_AT_BUREAU", row);
            }
            case 11 -> {
                bureau.add(whole(row, Book.BUREAU, 0));
                expect(only, "BUREAU_ONLY", row);
            }
            case 12 -> {
                gateway.add(row);
                hospital.add(inFile(row, Book.HOSPITAL));
                bureau.add(whole(row, Book.BUREAU, 1));
                expect(only, "BUREAU_ALONE", row);
            }
            case 13 -> {
                hospital.add(whole(row, Book.HOSPITAL, 0));
                bureau.add(whole(row, Book.BUREAU, 0));
                expect("MISSING_AT_GATEWAY", "NOT_AT_GATEWAY", row);
            }
            case 14 -> {
                gateway.add(row);
                expect("MISSING_AT_HOSPITAL", "GATEWAY_ONLY", row);
            }
            case 15 -> {
                final Row other = again(row, MINUTE_MS);
                gateway.add(row);
                hospital.add(inFile(row, Book.HOSPITAL));
                bureau.add(whole(other, Book.BUREAU, 0));
                expect(only, "DOUBLE_ACROSS_BOOKS", row);
                expect(only, "DOUBLE_ACROSS_BOOKS", other);
            }
            case 16, 17 -> {
                gateway.add(row);
                hospital.add(whole(row, Book.HOSPITAL, 1));
                bureau.add(whole(row, Book.BUREAU, sort == 16 ? 2 : 1));
                expect("DIFFERS", sort == 16 ? "ALL_DIFFER" : "GATEWAY_ALONE", row);
            }
            default -> throw new IllegalArgumentException("sort " + sort);
        }
    }

    private void expect(final String difference, final String standing, final Row row) {
        expected.add(difference + (books > 2 ? " " + standing : "") + " " + row.msgid());
    }

    private Row settlement(final long number, final long timeMs) {
        final long medfeeFen = 1 + random.nextInt(100_000);
        return new Row(
                Book.GATEWAY,
                String.format("32030020261128%015d", number),
                String.format("%s20261128120000%04d", INSTITUTION, number),
                String.format("3203%016d", number),
                "",
                false,
                medfeeFen,
                medfeeFen / 2,
                medfeeFen / 4,
                0,
                number,
                1_000_000_000_000L + number * 60 * MINUTE_MS + timeMs,
                random.nextBoolean() ? "310" : "390",
                random.nextBoolean() ? "11" : "41",
                "320302",
                "",
                "",
                false);
    }

    private Row again(final Row row, final long laterMs) {
        final Row next = settlement(sequence++, 0);
        return copy(
                row,
                Book.GATEWAY,
                next.setlId(),
                next.msgid(),
                row.isRefund(),
                0,
                row.timeMs() + laterMs,
                next.sequence(),
                false);
    }

    private Row undone(final Row row) {
        return copy(row, row.book(), row.setlId(), row.msgid(), false, 0, row.timeMs(), row.sequence(), true);
    }

    /** A cancel, or a reversal, which has no setl_id. */
    private Row refund(final Row row) {
        final Row next = settlement(sequence++, 0);
        final boolean isCancel = random.nextBoolean();
        return new Row(
                Book.GATEWAY,
                isCancel ? next.setlId() : "",
                next.msgid(),
                row.psnNo(),
                "",
                true,
                -row.medfeeFen(),
                -row.fundFen(),
                -row.acctFen(),
                0,
                next.sequence(),
                next.timeMs(),
                row.insutype(),
                row.clrType(),
                row.office(),
                row.setlId(),
                row.msgid(),
                false);
    }

    private Row inFile(final Row row, final Book book) {
        return switch (random.nextInt(3)) {
            case 0 -> copy(row, book, "", row.msgid(), row.isRefund(), 0, 0, 0, false);
            case 1 ->
                copy(
                        row,
                        book,
                        row.setlId(),
                        row.setlId().isEmpty() ? row.msgid() : "",
                        row.isRefund(),
                        0,
                        0,
                        0,
                        false);
            default -> whole(row, book, 0);
        };
    }

    /** Under its own number, or under that of what it undid. */
    private Row refundInFile(final Row refund, final Book book) {
        return switch (random.nextInt(3)) {
            case 0 -> copy(refund, book, refund.undoesSetlId(), "", true, 0, 0, 0, false);
            case 1 -> copy(refund, book, "", refund.undoesMsgid(), true, 0, 0, 0, false);
            default -> inFile(refund, book);
        };
    }

    private static Row whole(final Row row, final Book book, final long moreFen) {
        return copy(
                row,
                book,
                row.setlId().isEmpty() ? row.undoesSetlId() : row.setlId(),
                row.msgid(),
                row.isRefund(),
                moreFen,
                0,
                0,
                false);
    }

    private static Row copy(
            final Row row,
            final Book book,
            final String setlId,
            final String msgid,
            final boolean isRefund,
            final long moreFen,
            final long timeMs,
            final long number,
            final boolean isUndone) {
        final boolean isGateway = book == Book.GATEWAY;
        return new Row(
                book,
                setlId,
                msgid,
                row.psnNo(),
                row.mdtrtId(),
                isRefund,
                row.medfeeFen(),
                row.fundFen() + moreFen,
                row.acctFen(),
                isGateway ? 0 : 1,
                number,
                timeMs,
                isGateway ? row.insutype() : "",
                isGateway ? row.clrType() : "",
                isGateway ? row.office() : "",
                "",
                "",
                isUndone);
    }
}
