package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Applied;
import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.gateway.settlement.ReferenceTotals.Booked;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded histories of settlements, cancels, reversals, and closings over more days than totals are kept, against sums over plain
 * lists: each 3201 agrees with them, closed days keep their figures, and all days together are what the ledger holds.
 */
@Timeout(180)
final class ClearingHistoriesTest {
    private static final int PERSONS = 40;
    private static final int ROUNDS = 8_000;
    private static final String[] INSTITUTIONS = {EngineFixture.HOSPITAL, EngineFixture.PHARMACY};
    private static final String[] OFFICES = {"320300", "320302"};
    private static final String[] TYPES = {"01", "02", "03"};

    @TempDir
    private Path directory;

    private long seed;
    private Random random;
    private EngineFixture city;
    private StatementRequests statements;
    private SingleActs acts;
    private ReferenceTotals books;
    private String which;
    private int redone;

    @BeforeEach
    void open() throws IOException {
        seed = new Random().nextLong();
        random = new Random(seed);
        city = new EngineFixture(directory);
        city.history = new ArrayList<>();
        city.twin = new SnapshotTwin(seed, 900);
        statements = new StatementRequests(city);
        acts = new SingleActs(city);
        books = new ReferenceTotals(city.engine.parameters().horizonDays());
    }

    @Test
    void shouldSumWhatWasSettledAndUndoneOnEachDay() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            which = "seed " + seed + ", round " + round;
            switch (random.nextInt(15)) {
                case 0, 1, 2, 3, 4 -> settle();
                case 5, 6 -> cancel();
                case 7, 8 -> reverse();
                case 9 -> close();
                case 10, 11, 12 -> compare();
                case 13 -> reverseCancel();
                default -> city.nowMs += random.nextInt((int) BusinessTime.DAY_MS / 3);
            }
            if (round % 1_000 == 0) {
                compareWithTheLedger();
            }
        }
        compareWithTheLedger();
        assertThat(books.codes)
                .as("seed " + seed)
                .contains(
                        ResultCode.OK,
                        ResultCode.BUILT_UPON,
                        ResultCode.PERIOD_CLOSED,
                        ResultCode.ALREADY_UNDONE,
                        ResultCode.SETL_UNKNOWN);
        assertThat(redone).as("settlements that stood again, seed " + seed).isPositive();
        replay();
    }

    private void settle() {
        final int person = random.nextInt(20) == 0 ? 97 : random.nextInt(PERSONS);
        final String institution = INSTITUTIONS[random.nextInt(2)];
        final boolean isPharmacy = institution.equals(EngineFixture.PHARMACY);
        final String office = person == 97 ? OFFICES[1] : OFFICES[0];
        final String type = TYPES[random.nextInt(3)];
        final String msgid = city.nextMsgid(institution);
        city.insuplcAdmdvs = office;
        final int code = city.settle(
                msgid,
                person,
                isPharmacy ? "41" : "11",
                random.nextInt(2),
                List.of(Line.of(
                        1, EngineFixture.ITEMS[random.nextInt(5)], 10_000, 1_000_000L + random.nextInt(90_000_000))),
                encoder -> encoder.begntimeMs(city.nowMs - 1_000)
                        .mdtrtCertType(type)
                        .mdtrtCertNo(
                                switch (type) {
                                    case "01" -> EngineFixture.token(person);
                                    case "02" -> EngineFixture.certno(person);
                                    default -> EngineFixture.cardNo(person);
                                }));
        city.insuplcAdmdvs = OFFICES[0];
        if (code == ResultCode.VOUCHER_EXPIRED.code()) {
            return;
        }
        assertThat(ResultCode.of(code)).as(which).isEqualTo(ResultCode.OK);
        assertThat(city.settled().clrType()).as(which).isEqualTo(isPharmacy ? "41" : "11");
        books.settle(new Booked(
                msgid,
                city.settled().setlId(),
                person,
                institution,
                office,
                city.settled().insutype(),
                city.settled().clrType(),
                type,
                ReferenceTotals.day(city.nowMs),
                ReferenceTotals.amounts(city.settled())));
    }

    private Booked any() {
        final int size = books.all.size();
        return size == 0
                ? null
                : books.all.get(
                        random.nextInt(6) == 0 ? random.nextInt(size) : size - 1 - random.nextInt(Math.min(size, 40)));
    }

    private void cancel() {
        final Booked booked = any();
        if (booked == null) {
            return;
        }
        final ResultCode expected = books.cancel(booked, ReferenceTotals.day(city.nowMs));
        final ResultCode code =
                ResultCode.of(city.cancel(city.nextMsgid(booked.institution), booked.person, booked.setlId));
        if (code == ResultCode.LATER_SETTLEMENTS) {
            assertThat(expected).as(which).isEqualTo(ResultCode.OK);
            return;
        }
        books.codes.add(code);
        assertThat(code).as(which).isEqualTo(expected);
        if (code == ResultCode.OK) {
            books.undo(booked, ReferenceTotals.day(city.nowMs));
            booked.cancelMsgid = city.cancelled().header().msgid();
        }
    }

    /** Of one that stands; it counts on its own day, whether the settlement's is closed or not. */
    private void reverseCancel() {
        final List<Booked> cancelled = books.all.subList(Math.max(0, books.all.size() - 60), books.all.size()).stream()
                .filter(booked -> booked.cancelMsgid != null)
                .toList();
        if (cancelled.isEmpty()) {
            return;
        }
        final Booked booked = cancelled.get(random.nextInt(cancelled.size()));
        final ResultCode code = ResultCode.of(
                city.reverse(city.nextMsgid(booked.institution), booked.person, booked.cancelMsgid, "2103"));
        assertThat(code)
                .as(which)
                .isIn(ResultCode.OK, ResultCode.BUILT_UPON, ResultCode.SETL_UNKNOWN, ResultCode.MSGID_STALE);
        books.codes.add(code);
        if (code == ResultCode.OK) {
            books.redo(booked, ReferenceTotals.day(city.nowMs));
            redone++;
        }
    }

    /** A reversal is not refused because a day is closed. */
    private void reverse() {
        final Booked booked = any();
        if (booked == null) {
            return;
        }
        final ResultCode code =
                ResultCode.of(city.reverse(city.nextMsgid(booked.institution), booked.person, booked.msgid, "2102"));
        if (code == ResultCode.MSGID_STALE) {
            assertThat(ReferenceTotals.day(city.nowMs))
                    .as(which)
                    .isAfterOrEqualTo(
                            booked.day.plusDays(city.engine.parameters().horizonDays()));
            return;
        }
        assertThat(code).as(which).isEqualTo(ResultCode.OK);
        final ReversalEffect effect = new ReversalOutcomeDecoder()
                .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                .effect();
        assertThat(effect == ReversalEffect.REVERSED).as(which).isEqualTo(!booked.isUndone);
        if (effect == ReversalEffect.REVERSED) {
            books.undo(booked, ReferenceTotals.day(city.nowMs));
        }
    }

    private void close() {
        final String office = OFFICES[random.nextInt(2)];
        final long throughMs = city.nowMs - random.nextInt(4) * BusinessTime.DAY_MS;
        final boolean reopen = random.nextInt(3) == 0;
        final boolean isDone = acts.closePeriod(office, throughMs, reopen ? 1 : 0, "history") == null;
        assertThat(isDone)
                .as(which)
                .isEqualTo(
                        books.close(office, ReferenceTotals.day(throughMs), reopen, ReferenceTotals.day(city.nowMs)));
    }

    private void compare() {
        final String institution = INSTITUTIONS[random.nextInt(2)];
        final String clrType = institution.equals(EngineFixture.PHARMACY) ? "41" : "11";
        final String insutype = random.nextBoolean() ? "310" : "390";
        final String office = OFFICES[random.nextInt(4) == 0 ? 1 : 0];
        final long begnMs = city.nowMs - random.nextInt(61) * BusinessTime.DAY_MS;
        final long endMs = Math.min(city.nowMs, begnMs + random.nextInt(20) * BusinessTime.DAY_MS);
        final boolean isWithPairs = random.nextBoolean();
        final long[] expected = books.sum(
                institution,
                office,
                insutype,
                clrType,
                ReferenceTotals.day(begnMs),
                ReferenceTotals.day(endMs),
                isWithPairs);
        final boolean isLied = random.nextInt(4) == 0;
        final ResultCode code = statements.totals(institution, encoder -> encoder.insutype(insutype)
                .clrType(clrType)
                .setlOptins(office)
                .stmtBegndateMs(begnMs)
                .stmtEnddateMs(endMs)
                .refdSetlFlag((short) (isWithPairs ? 1 : 0))
                .medfeeSumamtFen(expected[0] + (isLied ? 1 : 0))
                .fundPaySumamtFen(expected[1])
                .acctPayFen(expected[2])
                .fixmedinsSetlCnt((int) expected[4]));
        assertThat(code).as(which).isEqualTo(ResultCode.OK);
        final var found = statements.compared();
        assertThat(new long[] {
                    found.medfeeSumamtFen(),
                    found.fundPaySumamtFen(),
                    found.acctPayFen(),
                    found.psnCashPayFen(),
                    found.fixmedinsSetlCnt(),
                    found.refdCnt()
                })
                .as(which)
                .isEqualTo(expected);
        assertThat(found.stmtRslt()).as(which).isEqualTo((short) (isLied ? 1 : 0));
        assertThat(found.closed()).as(which).isEqualTo((short)
                (books.isClosed(office, ReferenceTotals.day(endMs)) ? 1 : 0));
    }

    /** All kept days: by their own days is what stands, by fund what the ledger was posted. Only while no day was dropped. */
    private void compareWithTheLedger() {
        assertThat(city.engine.ledgerSumFen()).as(which).isZero();
        assertThat(city.engine.recomputeStateHashHigh()).as(which).isEqualTo(city.engine.stateHashHigh());
        final int today = BusinessTime.dayOf(city.nowMs);
        if (today - BusinessTime.dayOf(EngineFixture.NOW_MS) > DayTotals.KEPT_DAYS) {
            return;
        }
        final EngineState state = city.engine.state();
        final long[] sums = new long[4 + PeriodTotals.FUNDS];
        for (int institution = 0; institution < state.institutions.count(); institution++) {
            for (int region = 0; region < state.regions.count(); region++) {
                for (final int insutype : new int[] {310, 390}) {
                    for (final int clrType : new int[] {11, 21, 41}) {
                        add(clrType, insutype, region, institution, today, sums);
                    }
                }
            }
        }
        final long[] posted = new long[sums.length];
        new LedgerAccounts(city.engine).tell((kind, insutype, institutionRow, amountFen) -> {
            switch (kind) {
                case INSTITUTION -> posted[0] += amountFen;
                case CASH -> posted[1] -= amountFen;
                case MULAID -> posted[2] -= amountFen;
                case SOURCE -> {}
                default -> posted[4 + kind.ordinal()] -= amountFen;
            }
        });
        assertThat(sums).as(which).isEqualTo(posted);
    }

    private void add(
            final int clrType,
            final int insutype,
            final int region,
            final int institution,
            final int today,
            final long[] sums) {
        final PeriodTotals totals = new PeriodTotals();
        city.engine
                .state()
                .dayTotals
                .sum(clrType, insutype, region, institution, today - DayTotals.KEPT_DAYS, today, totals);
        assertThat(new long[] {
                    totals.settledCount - totals.undoneCount,
                    totals.medfeeFen,
                    totals.fundSumFen,
                    totals.acctFen,
                    totals.cashFen
                })
                .as(which + ", what stands")
                .containsExactly(
                        totals.standingCount,
                        totals.standingMedfeeFen,
                        totals.standingFundSumFen,
                        totals.standingAcctFen,
                        totals.standingCashFen);
        assertThat(totals.credentialCounts)
                .as(which)
                .containsExactly(books.credentials(institutionCode(institution), region, insutype, clrType));
        sums[0] += totals.medfeeFen - totals.hospFen;
        sums[1] += totals.cashFen;
        sums[2] += totals.mulaidFen;
        for (int fund = 0; fund < PeriodTotals.FUNDS; fund++) {
            sums[4 + fund] += totals.fundsFen[fund];
        }
    }

    private String institutionCode(final int row) {
        return new RegisteredParties(city.engine).institutionCode(row);
    }

    private void replay() throws IOException {
        final EngineFixture other = new EngineFixture(Files.createDirectory(directory.resolve("other")));
        for (final Applied applied : city.history) {
            final UnsafeBuffer command = new UnsafeBuffer(applied.command());
            final int length = other.engine.apply(
                    applied.sequence(), applied.timeMs(), command, 0, command.capacity(), other.outcome, 0);
            final byte[] outcome = new byte[length];
            other.outcome.getBytes(0, outcome);
            assertThat(outcome)
                    .as("seed %d, record %d", seed, applied.sequence())
                    .isEqualTo(applied.outcome());
        }
        assertThat(other.hash()).as("seed " + seed).isEqualTo(city.hash());
    }
}
