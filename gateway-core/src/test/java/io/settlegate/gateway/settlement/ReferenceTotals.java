package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a history of settlements, undoings, and closings must come to by day: every row is kept, and each sum is over all rows. */
final class ReferenceTotals {
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
    private static final List<String> REGIONS = List.of("320300", "320302");

    /** A settlement as it was answered: medfee, fund, account, cash. */
    static final class Booked {
        final String msgid;
        final String setlId;
        final int person;
        final String institution;
        final String office;
        final String insutype;
        final String clrType;
        final String credential;
        final LocalDate day;
        final long[] amountsFen;
        boolean isUndone;
        /** Of the cancel that undid it; null while none has, or where a reversal did. */
        String cancelMsgid;

        Booked(
                final String msgid,
                final String setlId,
                final int person,
                final String institution,
                final String office,
                final String insutype,
                final String clrType,
                final String credential,
                final LocalDate day,
                final long[] amountsFen) {
            this.msgid = msgid;
            this.setlId = setlId;
            this.person = person;
            this.institution = institution;
            this.office = office;
            this.insutype = insutype;
            this.clrType = clrType;
            this.credential = credential;
            this.day = day;
            this.amountsFen = amountsFen;
        }
    }

    /** A row of the institution's books: a settlement, a refund, or a settlement that stands again, on its own day. */
    private record Entry(Booked booked, LocalDate day, boolean isRefund, boolean isAgain) {}

    final List<Booked> all = new ArrayList<>();
    final Set<ResultCode> codes = EnumSet.noneOf(ResultCode.class);
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, LocalDate> closed = new HashMap<>();
    private final int horizonDays;

    ReferenceTotals(final int horizonDays) {
        this.horizonDays = horizonDays;
    }

    static LocalDate day(final long timeMs) {
        return Instant.ofEpochMilli(timeMs).atOffset(ZONE).toLocalDate();
    }

    static long[] amounts(final PharmacySettleOutcomeDecoder settled) {
        return new long[] {
            settled.medfeeSumamtFen(), settled.fundPaySumamtFen(), settled.acctPayFen(), settled.psnCashPayFen()
        };
    }

    void settle(final Booked booked) {
        all.add(booked);
        entries.add(new Entry(booked, booked.day, false, false));
    }

    void undo(final Booked booked, final LocalDate today) {
        booked.isUndone = true;
        entries.add(new Entry(booked, today, true, false));
    }

    /** The cancel that undid it was reversed. */
    void redo(final Booked booked, final LocalDate today) {
        booked.isUndone = false;
        booked.cancelMsgid = null;
        entries.add(new Entry(booked, today, false, true));
    }

    /** The code of a cancel where no later settlement forbids it. */
    ResultCode cancel(final Booked booked, final LocalDate today) {
        if (ChronoUnit.DAYS.between(booked.day, today) > horizonDays) {
            return ResultCode.SETL_UNKNOWN;
        }
        if (booked.isUndone) {
            return ResultCode.ALREADY_UNDONE;
        }
        return isClosed(booked.office, booked.day) ? ResultCode.PERIOD_CLOSED : ResultCode.OK;
    }

    boolean isClosed(final String office, final LocalDate day) {
        return closed.containsKey(office) && !day.isAfter(closed.get(office));
    }

    /** Whether the act is done. */
    boolean close(final String office, final LocalDate through, final boolean reopen, final LocalDate today) {
        final LocalDate before = closed.getOrDefault(office, LocalDate.MIN);
        final boolean isDone = through.isBefore(today) && (reopen ? through.isBefore(before) : through.isAfter(before));
        if (isDone) {
            closed.put(office, through);
        }
        return isDone;
    }

    /** medfee, fund, account, cash, rows, refunds. */
    long[] sum(
            final String institution,
            final String office,
            final String insutype,
            final String clrType,
            final LocalDate first,
            final LocalDate last,
            final boolean isWithPairs) {
        final long[] sums = new long[6];
        for (final Entry entry : entries) {
            final Booked booked = entry.booked;
            final boolean isOfStatement = booked.institution.equals(institution)
                    && booked.office.equals(office)
                    && booked.insutype.equals(insutype)
                    && booked.clrType.equals(clrType)
                    && !entry.day.isBefore(first)
                    && !entry.day.isAfter(last);
            if (isOfStatement && (isWithPairs || (!entry.isRefund && !entry.isAgain && !booked.isUndone))) {
                for (int i = 0; i < 4; i++) {
                    sums[i] += entry.isRefund ? -booked.amountsFen[i] : booked.amountsFen[i];
                }
                sums[4]++;
                sums[5] += entry.isRefund ? 1 : 0;
            }
        }
        return sums;
    }

    /** Settlements by credential 01, 02, 03. */
    int[] credentials(final String institution, final int region, final int insutype, final int clrType) {
        final int[] counts = new int[3];
        for (final Booked booked : all) {
            if (booked.institution.equals(institution)
                    && booked.office.equals(REGIONS.get(region))
                    && booked.insutype.equals(Integer.toString(insutype))
                    && booked.clrType.equals(Integer.toString(clrType))) {
                counts[booked.credential.charAt(1) - '1']++;
            }
        }
        return counts;
    }
}
