package io.settlegate.gateway.replay;

import io.settlegate.gateway.settlement.RegisteredParties;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.journal.RecordKind;
import io.settlegate.journal.RecordView;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RequestHeaderDecoder;
import java.util.Arrays;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Sums over a journal's records by transaction, by fund, and by institution, from what the records say.
 *
 * <p>One thread, between two commands of the engine. Allocates nothing for a record but the first of its kind. Bounded: by the
 * templates that two bytes can number, the insurances, and the engine's table of institutions; a code that is not in that table
 * is counted with those that have none.
 */
public final class ReplaySummary {
    /** Added to the templates of acts, which are numbered apart. */
    static final int ACTS = 1 << 16;

    /** Records that name no registered institution: acts, and requests refused for that. */
    static final int NO_INSTITUTION = -1;

    private static final int MSGID = MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.msgidEncodingOffset();
    private static final int REQUEST_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH + RequestHeaderDecoder.ENCODED_LENGTH;

    final Tally total = new Tally();
    /** By template of the request; of an act by its template and {@link #ACTS}. */
    final Int2ObjectHashMap<Tally> transactions = new Int2ObjectHashMap<>();
    /** By insutype; 0 where it could not be found out. */
    final Int2ObjectHashMap<FundTally> funds = new Int2ObjectHashMap<>();

    final Tally withoutInstitution = new Tally();
    /** What of the funds' sum is no fund's. */
    long beyondFundsFen;

    /** Records that are no command: the founding, beginnings of segments. */
    long ownRecordCount;

    private final RecordAmounts amounts = new RecordAmounts();
    private final MessageHeaderDecoder type = new MessageHeaderDecoder();
    private RegisteredParties parties;
    private LedgerBaseline baseline;
    private Tally[] institutions = new Tally[16];

    /** The engine's state is that before the first record that will be added. */
    void begin(final SettlementEngine engine) {
        amounts.begin(engine);
        parties = new RegisteredParties(engine);
        baseline = new LedgerBaseline(engine);
    }

    /** Takes a record that the engine has applied. */
    void add(final RecordView record) {
        if (record.kind() != RecordKind.COMMAND) {
            ownRecordCount++;
            return;
        }
        amounts.read(record);
        total.add(amounts.tally);
        final boolean isMessage = record.commandLength() >= MessageHeaderDecoder.ENCODED_LENGTH;
        int templateId = 0;
        boolean isRequest = false;
        if (isMessage) {
            type.wrap(record.buffer(), record.commandOffset());
            isRequest = type.schemaId() == MessageHeaderDecoder.SCHEMA_ID;
            templateId = type.templateId() + (isRequest ? 0 : ACTS);
        }
        ofTransaction(templateId).add(amounts.tally);
        final int row = isRequest && record.commandLength() >= REQUEST_LENGTH
                ? parties.institution(record.buffer(), record.commandOffset() + MSGID)
                : NO_INSTITUTION;
        ofInstitution(row).add(amounts.tally);
        if (amounts.sign != 0) {
            ofInsurance(amounts.insutype).add(amounts.paidFen, amounts.sign);
            beyondFundsFen += amounts.beyondFundsFen;
        }
    }

    private Tally ofTransaction(final int templateId) {
        Tally tally = transactions.get(templateId);
        if (tally == null) {
            tally = new Tally();
            transactions.put(templateId, tally);
        }
        return tally;
    }

    private FundTally ofInsurance(final int insutype) {
        FundTally tally = funds.get(insutype);
        if (tally == null) {
            tally = new FundTally();
            funds.put(insutype, tally);
        }
        return tally;
    }

    private Tally ofInstitution(final int row) {
        if (row < 0) {
            return withoutInstitution;
        }
        if (row >= institutions.length) {
            institutions = Arrays.copyOf(institutions, Math.max(row + 1, institutions.length * 2));
        }
        Tally tally = institutions[row];
        if (tally == null) {
            tally = new Tally();
            institutions[row] = tally;
        }
        return tally;
    }

    /** The sums of an institution by its row; null if no record is of it. */
    Tally institution(final int row) {
        return row < institutions.length ? institutions[row] : null;
    }

    RegisteredParties parties() {
        return parties;
    }

    LedgerBaseline baseline() {
        return baseline;
    }
}
