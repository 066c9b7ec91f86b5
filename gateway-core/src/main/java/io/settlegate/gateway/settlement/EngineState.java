package io.settlegate.gateway.settlement;

import java.util.Arrays;
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
    final FlatTable policies;
    final PolicyShelf policyShelf;
    final FlatTable ledgerAccounts;
    final FlatTable batches;
    final MsgidDays msgids;
    /** Ids of operators' single acts that were done within the horizon, by the business day of their record. */
    final DayTables acts;

    final Ledger ledger;
    final StagedImport staged;
    long lastTimeMs;
    /** Every table whose rows count in the state hash. */
    private final FlatTable[] hashed;

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
        policies = new FlatTable(TableId.POLICIES, Rows.POLICY_KEY, Rows.POLICY_LENGTH, limits.policyRows(), hash);
        policyShelf = new PolicyShelf(limits.policyRows(), hash);
        ledgerAccounts = new FlatTable(
                TableId.LEDGER, Rows.LEDGER_KEY, Rows.LEDGER_LENGTH, limits.institutions() + OTHER_ACCOUNTS, hash);
        batches = new FlatTable(TableId.BATCHES, Rows.BATCH_KEY, Rows.BATCH_LENGTH, limits.batches(), hash);
        msgids = new MsgidDays(parameters.horizonDays(), limits.msgidsPerDay(), hash);
        acts = new DayTables(TableId.ACTS, Rows.ACT_KEY, Rows.ACT_LENGTH, parameters.horizonDays(), ACTS_PER_DAY, hash);
        ledger = new Ledger(ledgerAccounts);
        staged = new StagedImport(hash, limits.stagedLength());
        final FlatTable[] registered = {
            globals,
            regions,
            institutions,
            terminals,
            persons,
            items,
            policies,
            ledgerAccounts,
            batches,
            vouchers,
            policyShelf.table()
        };
        final FlatTable[] msgidTables = msgids.tables();
        final FlatTable[] actTables = acts.tables();
        hashed = Arrays.copyOf(registered, registered.length + msgidTables.length + actTables.length);
        System.arraycopy(msgidTables, 0, hashed, registered.length, msgidTables.length);
        System.arraycopy(actTables, 0, hashed, registered.length + msgidTables.length, actTables.length);
        globals.reserve(1);
        globals.endWrite(globals.insert(new UnsafeBuffer(new byte[Rows.GLOBALS_KEY]), 0, Rows.GLOBALS_KEY));
    }

    /** Moves the engine's time on and drops what the horizon has passed. */
    void advanceTo(final long timeMs) {
        lastTimeMs = timeMs;
        msgids.dropBefore(timeMs);
        acts.dropBefore(timeMs);
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

    /** Memory held by persons and their three indexes, used or not. */
    long personBytes() {
        return persons.bytes() + certificates.bytes() + cards.bytes();
    }

    /** Memory held by all tables and indexes, used or not. */
    long tableBytes() {
        long sum = certificates.bytes() + cards.bytes() + msgids.indexBytes();
        for (final FlatTable table : hashed) {
            sum += table.bytes();
        }
        return sum;
    }

    long hashHigh() {
        long sum = staged.hashHigh();
        for (final FlatTable table : hashed) {
            sum += table.hashHigh();
        }
        return sum;
    }

    long hashLow() {
        long sum = staged.hashLow();
        for (final FlatTable table : hashed) {
            sum += table.hashLow();
        }
        return sum;
    }

    long recomputeHigh() {
        long sum = staged.recomputeHigh();
        for (final FlatTable table : hashed) {
            sum += table.recomputeHigh();
        }
        return sum;
    }

    long recomputeLow() {
        long sum = staged.recomputeLow();
        for (final FlatTable table : hashed) {
            sum += table.recomputeLow();
        }
        return sum;
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
