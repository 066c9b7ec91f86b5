package io.settlegate.gateway.clearing;

import io.settlegate.gateway.books.MoneyRecord;
import io.settlegate.gateway.inspection.MessageView;
import io.settlegate.gateway.inspection.filter.RecordParts;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.codec.AdmissionDecoder;
import io.settlegate.protocol.codec.DischargeCancelDecoder;
import io.settlegate.protocol.codec.DischargeDecoder;
import io.settlegate.protocol.codec.InpatientCancelOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientSettleOutcomeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of one stay, found through its mdtrt_id: the number of the record that opened it stands in it, and nothing of a stay comes
 * before. Reads on to the durable mark, because what was settled may have been undone since.
 *
 * <p>One use, one thread; blocks on the disk. Computes nothing. Keeps copies of a few fields, never a record.
 */
final class StayRecords {
    private static final int SEQUENCE_START = 14;
    private static final String REVERSED = "REVERSED";

    private final byte[] mdtrtId;
    private final RecordParts parts = new RecordParts();
    private final List<Settled> settlements = new ArrayList<>();
    private Admitted admission;
    private Discharged discharge;

    /** A diagnosis, as it was sent. */
    record Diagnosis(String diagType, int number, String diagCode, String diagDept) {}

    /** 2401. */
    record Admitted(
            long sequence,
            String institution,
            String psnNo,
            String insuplcAdmdvs,
            String insutype,
            String medType,
            long begntimeMs,
            String iptNo,
            String atddrNo,
            String admDeptCodg,
            List<Diagnosis> diagnoses) {}

    /** 2402. */
    record Discharged(long sequence, long endtimeMs, String dscgWay, List<Diagnosis> diagnoses) {}

    /** 2304, with the discharge that stood then, and what undid it. */
    static final class Settled {
        long sequence;
        long sealNumber;
        long timeMs;
        String setlId;
        String infRefmsgid;
        String chrgBchno;
        String psnSetlway;
        String invono;
        long endtimeMs;
        boolean isMidStay;
        String psnType;
        long age;
        long cvlservFlag;
        long balcFen;
        MoneyRow money;
        Discharged discharge;
        /** The record that undid it; -1 while it stands. */
        long undoneSequence = -1;
    }

    StayRecords(final String mdtrtId) {
        this.mdtrtId = mdtrtId.getBytes(StandardCharsets.US_ASCII);
    }

    void read(final JournalFollower follower) {
        final long last = follower.lastSequence();
        long at = Long.parseLong(mdtrtId().substring(SEQUENCE_START));
        if (at > last) {
            return;
        }
        follower.seek(at);
        while (at < last && follower.nextBatch()) {
            for (int i = 0; i < follower.count(); i++) {
                take(follower.get(i), follower.seal().sealNumber());
            }
            at = follower.seal().lastSequence();
        }
    }

    private void take(final RecordView record, final long sealNumber) {
        if (record.kind() != RecordKind.COMMAND
                || !parts.wrap(record)
                || !parts.request().isKnown()) {
            return;
        }
        final MessageView outcome = parts.outcome();
        if (!outcome.isKnown()
                || outcome.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || outcome.templateId() == RepeatOutcomeDecoder.TEMPLATE_ID
                || parts.code() != 0) {
            return;
        }
        if (outcome.templateId() == ReversalOutcomeDecoder.TEMPLATE_ID) {
            takeReversal(record, outcome);
        } else if (outcome.holds("mdtrtId", mdtrtId, MessageView.Extent.WHOLE)
                || parts.request().holds("mdtrtId", mdtrtId, MessageView.Extent.WHOLE)) {
            takeOfStay(record, sealNumber);
        }
    }

    private void takeOfStay(final RecordView record, final long sealNumber) {
        final MessageView request = parts.request();
        switch (request.templateId()) {
            case AdmissionDecoder.TEMPLATE_ID -> admission = admitted(record, request);
            case DischargeDecoder.TEMPLATE_ID ->
                discharge = new Discharged(
                        record.sequence(), request.number("endtimeMs", 0), request.text("dscgWay"), diagnoses(request));
            case DischargeCancelDecoder.TEMPLATE_ID -> discharge = null;
            default -> takeMoney(record, sealNumber);
        }
    }

    private static Admitted admitted(final RecordView record, final MessageView request) {
        return new Admitted(
                record.sequence(),
                request.text("msgid").substring(0, 12),
                request.text("psnNo"),
                request.text("insuplcAdmdvs"),
                request.text("insutype"),
                request.text("medType"),
                request.number("begntimeMs", 0),
                request.text("iptNo"),
                request.text("atddrNo"),
                request.text("admDeptCodg"),
                diagnoses(request));
    }

    private static List<Diagnosis> diagnoses(final MessageView request) {
        final List<Diagnosis> diagnoses = new ArrayList<>();
        for (int i = 0; i < request.entryCount(); i++) {
            diagnoses.add(new Diagnosis(
                    request.text(i, "diagType"),
                    (int) request.number(i, "diagSrtNo", 0),
                    request.text(i, "diagCode"),
                    request.text(i, "diagDept")));
        }
        return List.copyOf(diagnoses);
    }

    private void takeMoney(final RecordView record, final long sealNumber) {
        final MessageView outcome = parts.outcome();
        if (outcome.templateId() == InpatientSettleOutcomeDecoder.TEMPLATE_ID) {
            settlements.add(settled(record, sealNumber));
        } else if (outcome.templateId() == InpatientCancelOutcomeDecoder.TEMPLATE_ID) {
            final String original = outcome.text("originalSetlId");
            for (final Settled settled : settlements) {
                if (settled.setlId.equals(original)) {
                    settled.undoneSequence = record.sequence();
                }
            }
        }
    }

    private Settled settled(final RecordView record, final long sealNumber) {
        final MessageView request = parts.request();
        final MessageView outcome = parts.outcome();
        final Settled settled = new Settled();
        settled.sequence = record.sequence();
        settled.sealNumber = sealNumber;
        settled.timeMs = record.timeMs();
        settled.setlId = outcome.text("setlId");
        settled.infRefmsgid = outcome.text("infRefmsgid");
        settled.chrgBchno = request.text("chrgBchno");
        settled.psnSetlway = request.text("psnSetlway");
        settled.invono = request.text("invono");
        settled.endtimeMs = request.number("endtimeMs", 0);
        settled.isMidStay = request.number("midSetlFlag", 0) == 1;
        settled.psnType = outcome.text("psnType");
        settled.age = outcome.number("age", 0);
        settled.cvlservFlag = outcome.number("cvlservFlag", 0);
        settled.balcFen = outcome.number("balcFen", 0);
        settled.discharge = discharge;
        final MoneyRecord money = new MoneyRecord();
        money.wrap(record);
        final RowMaker maker = new RowMaker(money);
        settled.money = new MoneyRow();
        maker.putPlace(settled.money);
        maker.putSettlement(settled.money);
        return settled;
    }

    /** A reversal of a settlement undoes it; one of a cancel lets it stand again. */
    private void takeReversal(final RecordView record, final MessageView outcome) {
        if (!outcome.text("effect").equals(REVERSED)) {
            return;
        }
        final long original = outcome.number("originalSequence", 0);
        for (final Settled settled : settlements) {
            if (settled.sequence == original) {
                settled.undoneSequence = record.sequence();
            } else if (settled.undoneSequence == original) {
                settled.undoneSequence = -1;
            }
        }
    }

    String mdtrtId() {
        return new String(mdtrtId, StandardCharsets.US_ASCII);
    }

    /** Null if that record opened no stay of this number. */
    Admitted admission() {
        return admission;
    }

    /** In order; also those that were undone. */
    List<Settled> settlements() {
        return settlements;
    }
}
