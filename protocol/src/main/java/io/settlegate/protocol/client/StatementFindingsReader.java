package io.settlegate.protocol.client;

import io.settlegate.protocol.client.statement.StatementFinding;
import io.settlegate.protocol.client.statement.StatementFindings;
import io.settlegate.protocol.codec.StatementPageDecoder;
import java.util.ArrayList;
import java.util.List;

/** Reads the frame that answers a 9102. Stateless. */
final class StatementFindingsReader {
    private StatementFindingsReader() {}

    /** Findings, outcome, and receipt of a page, copied. */
    static Answer answer(final String msgid, final StatementPageDecoder page) {
        final var kind = page.kind();
        final long asOfSequence = page.asOfSequence();
        final int differenceCount = page.differenceCount();
        final int nextAfterRow = page.nextAfterRow();
        final List<StatementFinding> findings = new ArrayList<>();
        for (final StatementPageDecoder.DifferencesDecoder each : page.differences()) {
            findings.add(finding(each));
        }
        final byte[] outcome = new byte[page.outcomeLength()];
        page.getOutcome(outcome, 0, outcome.length);
        final byte[] receipt = new byte[page.receiptLength()];
        page.getReceipt(receipt, 0, receipt.length);
        return Answer.findings(
                msgid,
                kind,
                outcome,
                receipt,
                new StatementFindings(asOfSequence, differenceCount, nextAfterRow, findings));
    }

    private static StatementFinding finding(final StatementPageDecoder.DifferencesDecoder each) {
        return new StatementFinding(
                each.difference(),
                each.act(),
                each.fields(),
                each.setlId(),
                each.msgid(),
                each.otherMsgid(),
                each.psnNo(),
                each.mdtrtId(),
                new StatementFinding.Amounts(each.medfeeSumamtFen(), each.fundPaySumamtFen(), each.acctPayFen()),
                new StatementFinding.Amounts(
                        each.uploadedMedfeeSumamtFen(), each.uploadedFundPaySumamtFen(), each.uploadedAcctPayFen()));
    }
}
