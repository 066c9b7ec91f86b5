package io.settlegate.loadtest.wire;

import io.settlegate.loadtest.population.Bill;
import io.settlegate.loadtest.population.BillLine;
import io.settlegate.loadtest.population.Person;
import io.settlegate.protocol.codec.AdmissionEncoder;
import io.settlegate.protocol.codec.DischargeEncoder;
import io.settlegate.protocol.codec.InpatientFeeLinesEncoder;
import io.settlegate.protocol.codec.InpatientSettleEncoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesEncoder;
import io.settlegate.protocol.codec.OutpatientSettleEncoder;
import io.settlegate.protocol.codec.RegistrationEncoder;
import io.settlegate.protocol.codec.VisitEncoder;

/**
 * Writes what a hospital sends from a registration or an admission to the settlement. Diagnoses are the same for all: a cold, or a
 * pneumonia for those who stay.
 *
 * <p>Used by the thread of its {@link TerminalRequests}, whose buffer it fills.
 */
final class VisitRequests {
    private static final String NO_TEXT = "";
    private static final String DOCTOR = "D320100000001";
    private static final String DEPARTMENT = "A01";
    private static final String BATCH = "1";
    /** Visits and stays begin so long before they are told: nothing of theirs can then be earlier. */
    private static final long BEGUN_MS = 600_000;

    private final TerminalRequests terminal;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RegistrationEncoder registration = new RegistrationEncoder();
    private final VisitEncoder visit = new VisitEncoder();
    private final OutpatientFeeLinesEncoder lines = new OutpatientFeeLinesEncoder();
    private final OutpatientSettleEncoder settle = new OutpatientSettleEncoder();
    private final AdmissionEncoder admission = new AdmissionEncoder();
    private final DischargeEncoder discharge = new DischargeEncoder();

    VisitRequests(final TerminalRequests terminal) {
        this.terminal = terminal;
    }

    /** 2201. */
    byte[] register(final String msgid, final Person person, final Stamp stamp) {
        registration.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        terminal.open(registration.header(), msgid, person.insuplcAdmdvs(), stamp);
        registration
                .psnNo(person.psnNo())
                .mdtrtCertType(TerminalRequests.IDENTITY_NUMBER)
                .mdtrtCertNo(person.certno())
                .insutype(person.insutype())
                .begntimeMs(stamp.timeMs() - BEGUN_MS)
                .iptOtpNo(msgid)
                .atddrNo(DOCTOR)
                .deptCode(DEPARTMENT)
                .caty(NO_TEXT);
        return terminal.signed(registration.encodedLength());
    }

    /** 2203. */
    byte[] describe(final String msgid, final Person person, final String mdtrtId, final Stamp stamp) {
        visit.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        terminal.open(visit.header(), msgid, person.insuplcAdmdvs(), stamp);
        visit.psnNo(person.psnNo())
                .mdtrtId(mdtrtId)
                .medType("11")
                .begntimeMs(stamp.timeMs())
                .diseCodg(NO_TEXT);
        visit.diseinfoCount(1)
                .next()
                .diagType("1")
                .diagSrtNo(1)
                .diagCode("J06.900")
                .diagDept(DEPARTMENT)
                .diseDorNo(DOCTOR)
                .diagTimeMs(stamp.timeMs());
        return terminal.signed(visit.encodedLength());
    }

    /** 2204, or 2301, which has the same fields in the same places. */
    byte[] upload(
            final boolean isStay,
            final String msgid,
            final Person person,
            final String mdtrtId,
            final Bill bill,
            final Stamp stamp) {
        lines.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        if (isStay) {
            header.templateId(InpatientFeeLinesEncoder.TEMPLATE_ID);
        }
        terminal.open(lines.header(), msgid, person.insuplcAdmdvs(), stamp);
        lines.psnNo(person.psnNo()).mdtrtId(mdtrtId).chrgBchno(BATCH);
        final OutpatientFeeLinesEncoder.FeedetailEncoder group =
                lines.feedetailCount(bill.lines().size());
        for (int i = 0; i < bill.lines().size(); i++) {
            final BillLine line = bill.lines().get(i);
            group.next()
                    .feedetlSn(Integer.toString(i + 1))
                    .rxno(NO_TEXT)
                    .feeOcurTimeMs(stamp.timeMs())
                    .medListCodg(line.item().medListCodg())
                    .detItemFeeSumamtFen(line.amountFen())
                    .cntE4(line.cntE4())
                    .pricE6(line.pricE6())
                    .bilgDrCodg(DOCTOR);
        }
        return terminal.signed(lines.encodedLength());
    }

    /** 2207, or 2304, which has the same fields in the same places. */
    byte[] settle(
            final boolean isStay,
            final String msgid,
            final Person person,
            final String mdtrtId,
            final LineSplit split,
            final long endtimeMs,
            final Stamp stamp) {
        settle.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        if (isStay) {
            header.templateId(InpatientSettleEncoder.TEMPLATE_ID);
        }
        terminal.open(settle.header(), msgid, person.insuplcAdmdvs(), stamp);
        settle.psnNo(person.psnNo())
                .mdtrtCertType(TerminalRequests.IDENTITY_NUMBER)
                .mdtrtCertNo(person.certno())
                .mdtrtId(mdtrtId)
                .medType(isStay ? "21" : "11")
                .insutype(person.insutype())
                .chrgBchno(BATCH);
        settle.medfeeSumamtFen(split.medfeeSumamtFen())
                .fulamtOwnpayAmtFen(split.fulamtOwnpayAmtFen())
                .overlmtSelfpayFen(split.overlmtSelfpayFen())
                .preselfpayAmtFen(split.preselfpayAmtFen())
                .inscpScpAmtFen(split.inscpScpAmtFen());
        settle.psnSetlway("01")
                .acctUsedFlag((short) 1)
                .invono(NO_TEXT)
                .endtimeMs(endtimeMs)
                .midSetlFlag((short) 0);
        return terminal.signed(settle.encodedLength());
    }

    /** 2401. */
    byte[] admit(final String msgid, final Person person, final Stamp stamp) {
        admission.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        terminal.open(admission.header(), msgid, person.insuplcAdmdvs(), stamp);
        admission
                .psnNo(person.psnNo())
                .mdtrtCertType(TerminalRequests.IDENTITY_NUMBER)
                .mdtrtCertNo(person.certno())
                .insutype(person.insutype())
                .medType("21")
                .begntimeMs(stamp.timeMs() - BEGUN_MS)
                .iptNo(msgid)
                .atddrNo(DOCTOR)
                .admDeptCodg(DEPARTMENT)
                .diseCodg(NO_TEXT);
        admission
                .diseinfoCount(1)
                .next()
                .diagType("1")
                .diagSrtNo(1)
                .diagCode("J18.900")
                .diagDept(DEPARTMENT)
                .diseDorNo(DOCTOR)
                .diagTimeMs(stamp.timeMs());
        return terminal.signed(admission.encodedLength());
    }

    /** 2402. */
    byte[] discharge(
            final String msgid, final Person person, final String mdtrtId, final long endtimeMs, final Stamp stamp) {
        discharge.wrapAndApplyHeader(terminal.buffer(), TerminalRequests.MESSAGE_OFFSET, header);
        terminal.open(discharge.header(), msgid, person.insuplcAdmdvs(), stamp);
        discharge
                .psnNo(person.psnNo())
                .mdtrtId(mdtrtId)
                .endtimeMs(endtimeMs)
                .dscgWay("1")
                .diseCodg(NO_TEXT);
        discharge.diseinfoCount(0);
        return terminal.signed(discharge.encodedLength());
    }
}
