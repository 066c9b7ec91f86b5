package io.settlegate.gateway.settlement;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.ReversalEffect;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What a history of settlements, undoings, freezes, and credits must come to, kept in plain objects. */
final class ReferenceBooks {
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    /** One person's account and what the year has used. */
    static final class Person {
        long balanceFen;
        long usedFen;
        long paidFen;
        boolean frozen;
    }

    /** A settlement that was done. */
    static final class Settled {
        final String msgid;
        final String setlId;
        final int person;
        final ReferenceBill bill;
        ReversalEffect undone;

        Settled(final String msgid, final String setlId, final int person, final ReferenceBill bill) {
            this.msgid = msgid;
            this.setlId = setlId;
            this.person = person;
            this.bill = bill;
        }

        private LocalDateTime time() {
            return timeOf(msgid);
        }
    }

    /** A cancel that was answered; of a settlement that it undid, or refused. */
    static final class Cancel {
        final String msgid;
        final int person;
        final Settled settled;
        final boolean isRefused;
        boolean isReversed;

        Cancel(final String msgid, final int person, final Settled settled, final boolean isRefused) {
            this.msgid = msgid;
            this.person = person;
            this.settled = settled;
            this.isRefused = isRefused;
        }
    }

    final Person[] persons;
    final List<Cancel> cancels = new ArrayList<>();
    final List<Settled> settlements = new ArrayList<>();
    private final int horizonDays;

    ReferenceBooks(final int persons, final int horizonDays) {
        this.persons = new Person[persons];
        this.horizonDays = horizonDays;
        for (int i = 0; i < persons; i++) {
            this.persons[i] = new Person();
        }
    }

    void settle(final Settled settled) {
        final Person person = persons[settled.person];
        person.balanceFen -= settled.bill.acctFen;
        person.usedFen += settled.bill.dedcFen;
        person.paidFen += settled.bill.fundFen;
        settlements.add(settled);
    }

    /** The code of a cancel; the settlement is undone where it is OK. */
    ResultCode cancel(final Settled settled, final boolean ownInstitution, final boolean ownPerson, final long nowMs) {
        if (isForgotten(settled, nowMs)) {
            return ResultCode.SETL_UNKNOWN;
        }
        if (!ownInstitution || !ownPerson) {
            return ResultCode.REVERSAL_MISMATCH;
        }
        if (settled.undone != null) {
            return ResultCode.ALREADY_UNDONE;
        }
        if (isStoodOn(settled)) {
            return ResultCode.LATER_SETTLEMENTS;
        }
        undo(settled, ReversalEffect.ALREADY_CANCELLED);
        return ResultCode.OK;
    }

    /** Whether a later settlement of the person depends on the deductible or the cap that this one has used of. */
    private boolean isStoodOn(final Settled settled) {
        final boolean used = settled.bill.dedcFen > 0 || settled.bill.fundFen > 0;
        for (int i = settlements.size() - 1; used && settlements.get(i) != settled; i--) {
            final Settled later = settlements.get(i);
            if (later.person == settled.person && later.undone == null && later.bill.takesPart()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a reversal would come too late for this msgid. */
    boolean isStale(final String msgid, final long nowMs) {
        return timeOf(msgid).isBefore(at(nowMs).minusDays(horizonDays));
    }

    /** The code of a reversal of a cancel that stands; the settlement stands again where it is OK. */
    ResultCode redo(final Cancel cancel, final long nowMs) {
        final Settled settled = cancel.settled;
        if (isForgotten(settled, nowMs)) {
            return ResultCode.SETL_UNKNOWN;
        }
        final Person person = persons[settled.person];
        if (person.balanceFen < settled.bill.acctFen || isStoodOn(settled)) {
            return ResultCode.BUILT_UPON;
        }
        cancel.isReversed = true;
        settled.undone = null;
        person.balanceFen -= settled.bill.acctFen;
        person.usedFen += settled.bill.dedcFen;
        person.paidFen += settled.bill.fundFen;
        return ResultCode.OK;
    }

    private boolean isForgotten(final Settled settled, final long nowMs) {
        return ChronoUnit.DAYS.between(settled.time().toLocalDate(), at(nowMs).toLocalDate()) > horizonDays;
    }

    private static LocalDateTime timeOf(final String msgid) {
        return LocalDateTime.parse(msgid.substring(12, 26), STAMP);
    }

    /** The effect of a reversal that names the settlement rightly and in time. */
    ReversalEffect reverse(final Settled settled) {
        if (settled.undone != null) {
            return settled.undone;
        }
        undo(settled, ReversalEffect.ALREADY_REVERSED);
        return ReversalEffect.REVERSED;
    }

    private void undo(final Settled settled, final ReversalEffect later) {
        settled.undone = later;
        final Person person = persons[settled.person];
        person.balanceFen += settled.bill.acctFen;
        person.usedFen -= settled.bill.dedcFen;
        person.paidFen -= settled.bill.fundFen;
    }

    private static LocalDateTime at(final long timeMs) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(timeMs), ZONE);
    }
}
