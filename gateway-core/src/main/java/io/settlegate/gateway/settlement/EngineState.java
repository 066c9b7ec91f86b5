package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.protocol.codec.RecordState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All tables of the engine and what is computed over them as a whole. The last time is part of the state but not of its
 * hash, so that a request which changes nothing leaves the hash as it was.
 *
 * <p>Owned by the engine's thread. Holds memory up to the limits of {@link TableLimits}.
 */
final class EngineState {
    /** Accounts beside one per institution: a fund per pooling region and insurance, cash, source. */
    static final int OTHER_ACCOUNTS = 10_000;

    /** Single acts of operators in one day. */
    private static final int ACTS_PER_DAY = 100_000;

    /** The tables that are kept under all rules, but whose rows count in the state hash only from rules 3 on. */
    private static final Set<TableId> COUNTED_FROM_RULES_3 = EnumSet.of(TableId.DAY_TOTALS);

    /** Sums of one day: most institutions see few offices, insurances, and clearing types. */
    private static final int TOTALS_PER_INSTITUTION = 16;

    /** Few institutions may see many. */
    private static final int LEAST_TOTALS = 100_000;

    /** Statements that are begun on one day by most institutions, and the row that counts them. */
    private static final int UPLOADS_PER_INSTITUTION = 4 + 1;

    /** What small cities have beside that. */
    private static final int LEAST_ROWS = 1_000;

    /** How long a visit is found after it was last used. */
    private static final int USUAL_EXPIRE_DAYS = 30;

    final KeyedHash hash;
    final FlatTable globals;
    final FlatTable regions;
    final FlatTable institutions;
    final FlatTable terminals;
    final FlatTable persons;
    final KeyIndex certificates;
    final KeyIndex cards;
    final FlatTable vouchers;
    final FlatTable items;
    final PolicyShelf policyShelf;
    final FlatTable itemTerms;
    final FlatTable entitlements;
    final FlatTable ledgerAccounts;
    final FlatTable batches;
    /** What became of each msgid, by the business day of its own time. */
    final DayTables msgids;
    /** By the business day of their records. */
    final SettlementDays settlements;

    /** Claims of settlements that may have to be computed again. */
    final KeptClaims claims;

    /** By the business day of their msgids. */
    final Cancels cancels;

    final PersonYears personYears;
    /** Ids of operators' single acts that were done within the horizon, by the business day of their record. */
    final DayTables acts;

    /** Registrations and stays, and their fee lines. */
    final Visits visits;

    /** By the business day of the records that they sum up. */
    final DayTotals dayTotals;

    final Clearings clearings;
    /** By the business day of their first piece. */
    final Uploads uploads;

    final Ledger ledger;
    final StagedImport staged;
    long lastTimeMs;

    /** The version of the rules under which the present command is computed and the state hashed, see {@link EngineRules}. */
    int rules = EngineRules.NEWEST;

    /** The tables that are not by day, in the order in which a snapshot has them. */
    private final List<FlatTable> plain;

    /** Those that are by day, in the order of a snapshot. */
    private final List<DayTables> byDay;
    /** Every table whose rows count in the state hash under some rules: all of the two above. */
    private final FlatTable[] hashed;
    /** The hash of all rows that count under all rules. */
    private final HashTotal rowsHash = new HashTotal();

    /** The hash of those that count from rules 3 on. */
    private final HashTotal rowsHashFromRules3 = new HashTotal();

    private final BelievedRows institutionsOfTerminals = new BelievedRows();
    private final BelievedRows regionsOfInstitutions = new BelievedRows();
    /** The last day to which {@link #advanceTo} moved the tables by day. */
    private int movedToDay = Integer.MIN_VALUE;

    private final UnsafeBuffer certificateKey = new UnsafeBuffer(new byte[Rows.CERTIFICATE_LENGTH]);

    EngineState(final EngineParameters parameters) {
        final TableLimits limits = parameters.limits();
        hash = new KeyedHash(parameters.hashKeyHigh(), parameters.hashKeyLow());
        globals = new FlatTable(TableId.GLOBALS, Rows.GLOBALS_KEY, Rows.GLOBALS_LENGTH, 1, hash);
        regions = new FlatTable(TableId.REGIONS, Rows.REGION_KEY, Rows.REGION_LENGTH, limits.regions(), hash);
        institutions = new FlatTable(
                TableId.INSTITUTIONS, Rows.INSTITUTION_KEY, Rows.INSTITUTION_LENGTH, limits.institutions(), hash);
        terminals = new FlatTable(TableId.TERMINALS, Rows.TERMINAL_KEY, Rows.TERMINAL_LENGTH, limits.terminals(), hash);
        persons = new FlatTable(TableId.PERSONS, Rows.PERSON_KEY, Rows.PERSON_LENGTH, limits.persons(), hash);
        certificates = new KeyIndex(persons, Rows.PERSON_CERTIFICATE, Rows.CERTIFICATE_LENGTH, hash);
        cards = new KeyIndex(persons, Rows.PERSON_CARD, Rows.CARD_LENGTH, hash);
        // As many as persons: one token each at a time.
        vouchers = new FlatTable(TableId.VOUCHERS, Rows.VOUCHER_KEY, Rows.VOUCHER_LENGTH, limits.persons(), hash);
        items = new FlatTable(TableId.ITEMS, Rows.ITEM_KEY, Rows.ITEM_LENGTH, limits.items(), hash);
        policyShelf = new PolicyShelf(limits.policyRows(), hash);
        itemTerms = new FlatTable(TableId.ITEM_TERMS, Rows.TERMS_KEY, Rows.TERMS_LENGTH, limits.itemTerms(), hash);
        entitlements = new FlatTable(
                TableId.ENTITLEMENTS, Rows.ENTITLEMENT_KEY, Rows.ENTITLEMENT_LENGTH, limits.entitlements(), hash);
        ledgerAccounts = new FlatTable(
                TableId.LEDGER, Rows.LEDGER_KEY, Rows.LEDGER_LENGTH, limits.institutions() + OTHER_ACCOUNTS, hash);
        batches = new FlatTable(TableId.BATCHES, Rows.BATCH_KEY, Rows.BATCH_LENGTH, limits.batches(), hash);
        msgids = days(TableId.MSGIDS, Rows.MSGID_KEY, Rows.MSGID_LENGTH, parameters, FlatTable.Keys.HASHED);
        settlements = new SettlementDays(
                days(TableId.SETTLEMENTS, SettlementDays.KEY, SettlementDays.LENGTH, parameters, FlatTable.Keys.RISING),
                new DayTables(
                        TableId.SETTLEMENT_VALUES,
                        SettlementDays.KEY,
                        SettlementDays.MORE_LENGTH,
                        parameters.horizonDays(),
                        (int) Math.min((long) SettlementDays.MOST_MORE * limits.msgidsPerDay(), KeyIndex.MAX_ROWS),
                        hash,
                        FlatTable.Keys.HASHED));
        claims = new KeptClaims(
                days(TableId.CLAIMS, KeptClaims.KEY, KeptClaims.LENGTH, parameters, FlatTable.Keys.RISING));
        cancels = new Cancels(days(TableId.CANCELS, Cancels.KEY, Cancels.LENGTH, parameters, FlatTable.Keys.RISING));
        personYears = new PersonYears(
                new FlatTable(
                        TableId.PERSON_YEARS,
                        PersonYears.KEY,
                        PersonYears.HASHED_LENGTH,
                        PersonYears.LENGTH,
                        (int) Math.min(2L * limits.persons(), KeyIndex.MAX_ROWS),
                        hash),
                new FlatTable(
                        TableId.PERSON_DISEASES,
                        PersonYears.DISEASE_KEY,
                        PersonYears.DISEASE_LENGTH,
                        limits.persons(),
                        hash));
        acts = days(TableId.ACTS, Rows.ACT_KEY, Rows.ACT_LENGTH, parameters.horizonDays(), ACTS_PER_DAY);
        visits = new Visits(limits, parameters.horizonDays(), this::expireDays, hash);
        dayTotals = new DayTotals(
                days(TableId.DAY_TOTALS, DayTotals.KEY, DayTotals.LENGTH, DayTotals.KEPT_DAYS, totalsOf(limits)),
                institutions,
                visits);
        clearings = new Clearings(
                new FlatTable(TableId.CLEARINGS, Clearings.KEY, Clearings.LENGTH, limits.regions(), hash), regions);
        uploads = new Uploads(days(
                TableId.UPLOADS,
                Uploads.KEY,
                Uploads.LENGTH,
                parameters.horizonDays(),
                rowsOf(limits, UPLOADS_PER_INSTITUTION)));
        ledger = new Ledger(ledgerAccounts);
        staged = new StagedImport(hash, limits.stagedLength());
        plain = plainTables();
        byDay = new ArrayList<>(List.of(msgids));
        byDay.addAll(settlements.days());
        byDay.add(claims.days());
        byDay.add(cancels.days());
        byDay.add(acts);
        byDay.add(dayTotals.days());
        byDay.add(uploads.days());
        final List<FlatTable> tables = new ArrayList<>(plain);
        byDay.forEach(days -> Collections.addAll(tables, days.tables()));
        hashed = tables.toArray(new FlatTable[0]);
        for (final FlatTable table : hashed) {
            table.countIn(COUNTED_FROM_RULES_3.contains(table.id()) ? rowsHashFromRules3 : rowsHash);
        }
        globals.reserve(1);
        globals.endWrite(globals.insert(new UnsafeBuffer(new byte[Rows.GLOBALS_KEY]), 0, Rows.GLOBALS_KEY));
    }

    private List<FlatTable> plainTables() {
        final List<FlatTable> tables = new ArrayList<>(List.of(
                globals,
                regions,
                institutions,
                terminals,
                persons,
                items,
                ledgerAccounts,
                batches,
                vouchers,
                personYears.rows));
        Collections.addAll(tables, personYears.diseases, policyShelf.table(), itemTerms, entitlements);
        Collections.addAll(tables, visits.tables());
        tables.add(clearings.table);
        return List.copyOf(tables);
    }

    private DayTables days(
            final TableId id,
            final int keyLength,
            final int rowLength,
            final EngineParameters parameters,
            final FlatTable.Keys keys) {
        return new DayTables(
                id,
                keyLength,
                rowLength,
                parameters.horizonDays(),
                parameters.limits().msgidsPerDay(),
                hash,
                keys);
    }

    private DayTables days(
            final TableId id, final int keyLength, final int rowLength, final int horizonDays, final int rowsPerDay) {
        return new DayTables(id, keyLength, rowLength, horizonDays, rowsPerDay, hash, FlatTable.Keys.HASHED);
    }

    /** A settlement or an undoing begins one row at most: more than msgids there cannot be. */
    private static int totalsOf(final TableLimits limits) {
        return (int) Math.min(
                limits.msgidsPerDay(), Math.max(LEAST_TOTALS, (long) TOTALS_PER_INSTITUTION * limits.institutions()));
    }

    private static int rowsOf(final TableLimits limits, final int perInstitution) {
        return (int) Math.min((long) perInstitution * limits.institutions() + LEAST_ROWS, KeyIndex.MAX_ROWS);
    }

    /** What the policy says that was in force when the visit began; the usual where there was none. */
    private int expireDays(final int visitRow) {
        final int region = visits.regionRow(visitRow);
        final Policy policy = policyShelf.on(
                regions.buffer(region),
                regions.offset(region) + Rows.REGION_POOLAREA,
                BusinessTime.dayOf(visits.begntimeMs(visitRow)));
        return policy == null ? USUAL_EXPIRE_DAYS : policy.switches().stagedLinesExpireDays();
    }

    /** Moves the engine's time on and drops what the horizon has passed. */
    void advanceTo(final long timeMs) {
        lastTimeMs = timeMs;
        final int day = BusinessTime.dayOf(timeMs);
        if (day != movedToDay) {
            movedToDay = day;
            msgids.dropBefore(timeMs);
            settlements.dropBefore(timeMs);
            claims.dropBefore(timeMs);
            cancels.dropBefore(timeMs);
            acts.dropBefore(timeMs);
            dayTotals.dropBefore(timeMs);
            uploads.dropBefore(timeMs);
        }
        visits.advanceTo(timeMs);
    }

    /** Says what became of a msgid, if its day is within the horizon. */
    void putMsgidState(final int day, final int row, final RecordState becomes) {
        final FlatTable table = msgids.find(day);
        if (table != null) {
            putMsgidState(table, row, becomes);
        }
    }

    /**
     * Says what became of a msgid that a record bound, if its day is within the horizon and the row is that record's: where a place is not
     * under the state hash, it may be believed only so far.
     */
    void putMsgidState(final int day, final int row, final long sequence, final RecordState becomes) {
        final FlatTable table = msgids.find(day);
        if (table != null && row >= 0 && row < table.end() && table.getLong(row, Rows.MSGID_SEQUENCE) == sequence) {
            putMsgidState(table, row, becomes);
        }
    }

    /** Says what became of a msgid whose row this is. */
    static void putMsgidState(final FlatTable day, final int row, final RecordState becomes) {
        day.beginWrite(row);
        day.putByte(row, Rows.MSGID_STATE, (byte) becomes.value());
        day.endWrite(row);
    }

    /** The policy under which the settlement was made that was found last. */
    Policy policyOf(final SettlementDays found) {
        final int region = found.regionRow();
        return policyShelf.version(
                regions.buffer(region), regions.offset(region) + Rows.REGION_POOLAREA, found.policyVersion());
    }

    /** The row of a terminal's institution, which there is. */
    int institutionOf(final int terminalRow) {
        final int found = institutions.findNear(
                terminals.buffer(terminalRow),
                terminals.offset(terminalRow) + Rows.TERMINAL_INSTITUTION,
                institutionsOfTerminals.of(terminalRow));
        return institutionsOfTerminals.keep(terminalRow, found);
    }

    /** The row of the region where an institution is, or -1. */
    int regionOf(final int institutionRow) {
        final int found = regions.findNear(
                institutions.buffer(institutionRow),
                institutions.offset(institutionRow) + Rows.INSTITUTION_ADMDVS,
                regionsOfInstitutions.of(institutionRow));
        return regionsOfInstitutions.keep(institutionRow, found);
    }

    /** The person with this certificate as messages carry it (psn_cert_type 6, certno 50), or -1. */
    int personByCertificate(final DirectBuffer certificate, final int offset) {
        return PersonRows.certificateKey(certificate, offset, certificateKey)
                ? certificates.find(certificateKey, 0)
                : -1;
    }

    /** The person with this social card number (20 bytes), or -1; nobody has the empty one. */
    int personByCard(final DirectBuffer cardNo, final int offset) {
        return Fields.isZero(cardNo, offset, Rows.CARD_LENGTH) ? -1 : cards.find(cardNo, offset);
    }

    /** The tables that are not by day, in the order in which a snapshot has them. */
    List<FlatTable> plain() {
        return plain;
    }

    /** The tables by day, in the order in which a snapshot has them. */
    List<DayTables> byDay() {
        return byDay;
    }

    /**
     * Builds the indexes of certificates and cards from the persons' rows, which were read from a snapshot.
     *
     * @throws IOException if two persons have the same one.
     */
    void restoreIndexes() throws IOException {
        certificates.presize(persons.count());
        cards.presize(persons.count());
        for (int person = 0; person < persons.end(); person++) {
            final boolean isDistinct = certificates.putDistinct(person)
                    && (persons.getByte(person, Rows.PERSON_CARD) == 0 || cards.putDistinct(person));
            if (!isDistinct) {
                throw new IOException("row " + person + " has the certificate or the card of an earlier row");
            }
        }
    }

    /** Memory held by persons, their three indexes, and what they have used of the benefits, whether used or not. */
    long personBytes() {
        return persons.bytes()
                + certificates.bytes()
                + cards.bytes()
                + personYears.rows.bytes()
                + personYears.diseases.bytes();
    }

    /** Memory held by all tables and indexes, used or not. */
    long tableBytes() {
        long sum = certificates.bytes() + cards.bytes();
        for (final FlatTable table : hashed) {
            sum += table.bytes();
        }
        return sum;
    }

    long hashHigh() {
        final long sum = staged.hashHigh() + rowsHash.high;
        return rules < EngineRules.REVERSED_CANCELS ? sum : sum + rowsHashFromRules3.high;
    }

    long hashLow() {
        final long sum = staged.hashLow() + rowsHash.low;
        return rules < EngineRules.REVERSED_CANCELS ? sum : sum + rowsHashFromRules3.low;
    }

    long recomputeHigh() {
        long sum = staged.recomputeHigh();
        for (final FlatTable table : hashed) {
            sum += isCounted(table) ? table.recomputeHigh() : 0;
        }
        return sum;
    }

    long recomputeLow() {
        long sum = staged.recomputeLow();
        for (final FlatTable table : hashed) {
            sum += isCounted(table) ? table.recomputeLow() : 0;
        }
        return sum;
    }

    private boolean isCounted(final FlatTable table) {
        return rules >= EngineRules.REVERSED_CANCELS || !COUNTED_FROM_RULES_3.contains(table.id());
    }

    /** Over all accounts and all balances, from nothing. */
    long ledgerSumFen() {
        long sum = ledger.sumFen();
        for (int row = 0; row < persons.count(); row++) {
            sum = Math.addExact(sum, persons.getLong(row, Rows.PERSON_BALANCE));
        }
        return sum;
    }
}
