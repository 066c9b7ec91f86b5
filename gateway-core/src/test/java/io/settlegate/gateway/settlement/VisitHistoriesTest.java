package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Applied;
import io.settlegate.gateway.settlement.ReferenceVisits.Staged;
import io.settlegate.gateway.settlement.ReferenceVisits.Visit;
import io.settlegate.gateway.settlement.VisitRequests.FeeLine;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeDecoder.DetlcutinfoDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seeded histories of registrations, stays, and staged lines over more than a year, against plain collections. */
@Timeout(120)
final class VisitHistoriesTest {
    private static final int PERSONS = 14;
    private static final int ROUNDS = 6_000;
    private static final String[] INSTITUTIONS = {
        EngineFixture.HOSPITAL, EngineFixture.HOSPITAL, VisitRequests.OTHER_HOSPITAL, EngineFixture.PHARMACY
    };
    private static final String[] MED_TYPES = {"11", "13", "14", "140104", "51", "21", "41"};

    @TempDir
    private Path directory;

    private long seed;
    private Random random;
    private VisitRequests requests;
    private EngineFixture city;
    private Visits visits;
    private ReferenceVisits books;
    private String which;
    private final Set<ReversalEffect> effects = EnumSet.noneOf(ReversalEffect.class);
    private int settledAgain;
    private final List<String> ids = new ArrayList<>();
    private final Map<ResultCode, Integer> seen = new EnumMap<>(ResultCode.class);
    private VisitComparison comparison;
    private int lineNumber;
    /** Whether nothing is left to free before each request, and settlements are made beside the requests. */
    private boolean isSweptFirst = true;

    @BeforeEach
    void open() throws IOException {
        seed = new Random().nextLong();
        random = new Random(seed);
        requests = new VisitRequests(directory);
        city = requests.city;
        visits = city.engine.state().visits;
        books = new ReferenceVisits(city.engine.parameters().horizonDays());
        comparison = new VisitComparison(city, books, PERSONS);
    }

    /** Another engine, given the same commands, answers the same and comes to the same state, with sweeps under way. */
    @Test
    void shouldAnswerTheSameWhenReplayed() throws IOException {
        isSweptFirst = false;
        city.history = new ArrayList<>();
        city.twin = new SnapshotTwin(seed, 120);
        for (int round = 0; round < ROUNDS / 2; round++) {
            which = "seed " + seed + ", round " + round;
            step();
            passTime();
        }
        final EngineFixture other = new VisitRequests(Files.createDirectory(directory.resolve("other"))).city;
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
        assertThat(other.engine.recomputeStateHashHigh()).isEqualTo(other.engine.stateHashHigh());
    }

    private void passTime() {
        if (random.nextInt(6) == 0) {
            // Mostly hours; now and then more than a month in which nobody does anything.
            city.nowMs +=
                    random.nextInt(400) == 0 ? 40 * BusinessTime.DAY_MS : random.nextInt((int) BusinessTime.DAY_MS / 2);
        }
    }

    @RepeatedTest(2)
    void shouldAgreeWithPlainCollections() {
        for (int round = 0; round < ROUNDS; round++) {
            which = "seed " + seed + ", round " + round;
            step();
            passTime();
            if (round % 500 == 0) {
                sweepAll();
                comparison.compareAll(which);
            }
        }
        sweepAll();
        comparison.compareAll(which);
        assertThat(seen.keySet())
                .as("codes that occurred, seed " + seed)
                .contains(
                        ResultCode.OK,
                        ResultCode.VISIT_UNKNOWN,
                        ResultCode.VISIT_MISMATCH,
                        ResultCode.VISIT_STATE,
                        ResultCode.STAY_OPEN,
                        ResultCode.LINE_REPEATED,
                        ResultCode.NO_UNSETTLED_LINES,
                        ResultCode.ITEM_UNKNOWN,
                        ResultCode.LINE_AMOUNT_WRONG,
                        ResultCode.MED_TYPE_NOT_ALLOWED,
                        ResultCode.REVERSAL_MISMATCH);
        assertThat(effects)
                .as("of reversals of admissions, seed " + seed)
                // Those of what was undone before are rare here; VisitReversalTest has them.
                .contains(ReversalEffect.REVERSED);
        assertThat(settledAgain)
                .as("settlements that stood again, seed " + seed)
                .isPositive();
    }

    private void step() {
        final int choice = random.nextInt(22);
        if (choice < 2 || ids.isEmpty()) {
            register();
            return;
        }
        if (choice < 4) {
            admit();
            return;
        }
        final Visit visit = books.visits.get(anyId());
        if (choice >= 20) {
            reverseAdmission();
            return;
        }
        if (choice >= 17) {
            if (isSweptFirst) {
                settleOrUndo(visit);
            }
            return;
        }
        final String id =
                random.nextInt(40) == 0 ? "3203002026112000000000000000" + (10 + random.nextInt(90)) : visit.id;
        final String institution = random.nextInt(20) == 0 ? INSTITUTIONS[random.nextInt(4)] : visit.institution;
        final int person = random.nextInt(20) == 0 ? random.nextInt(PERSONS) : visit.person;
        final VisitKind kind = random.nextInt(20) == 0 ? VisitKind.values()[random.nextInt(2)] : visit.kind;
        final ResultCode found = books.check(id, kind, institution, person, city.nowMs);
        switch (choice) {
            case 4 -> cancel(found, kind, institution, person, id);
            case 5, 6, 7, 8, 9 -> lines(found, kind, institution, person, id, visit);
            case 10, 11 -> linesCancel(found, kind, institution, person, id);
            default -> {
                if (visit.kind == VisitKind.OUTPATIENT) {
                    visit(
                            books.check(id, VisitKind.OUTPATIENT, institution, person, city.nowMs),
                            institution,
                            person,
                            id);
                } else if (choice < 15) {
                    discharge(
                            books.check(id, VisitKind.STAY, institution, person, city.nowMs),
                            institution,
                            person,
                            visit,
                            id);
                } else {
                    dischargeCancel(
                            books.check(id, VisitKind.STAY, institution, person, city.nowMs), institution, person, id);
                }
            }
        }
    }

    /** One of the newest mostly. */
    private String anyId() {
        final int size = ids.size();
        return ids.get(random.nextInt(5) == 0 ? random.nextInt(size) : size - 1 - random.nextInt(Math.min(size, 15)));
    }

    /** Sends and compares the code; a refusal leaves the hash as it was, but for what a sweep frees. */
    private boolean sent(final IntSupplier frame, final ResultCode expected) {
        final boolean isQuiet = isSweptFirst
                || (!visits.isSweeping()
                        && BusinessTime.dayOf(city.engine.lastTimeMs()) == BusinessTime.dayOf(city.nowMs));
        if (isSweptFirst) {
            sweepAll();
        }
        final long before = city.businessHash();
        assertThat(requests.send(frame.getAsInt())).as(which).isEqualTo(expected);
        seen.merge(expected, 1, Integer::sum);
        if (expected != ResultCode.OK && isQuiet) {
            assertThat(city.businessHash()).as(which).isEqualTo(before);
        }
        return expected == ResultCode.OK;
    }

    private void sweepAll() {
        do {
            city.engine.state().advanceTo(city.nowMs);
        } while (visits.isSweeping());
    }

    private void register() {
        final String institution = INSTITUTIONS[random.nextInt(4)];
        final int person = random.nextInt(PERSONS);
        final long begntimeMs = city.nowMs - random.nextInt((int) BusinessTime.DAY_MS);
        final ResultCode expected = books.register(institution);
        if (sent(() -> requests.register(institution, person, begntimeMs, encoder -> {}), expected)) {
            final Visit visit =
                    new Visit(requests.named().mdtrtId(), VisitKind.OUTPATIENT, person, institution, begntimeMs);
            books.registered(visit, city.nowMs);
            ids.add(visit.id);
        }
    }

    private void admit() {
        final String institution = INSTITUTIONS[random.nextInt(4)];
        final int person = random.nextInt(PERSONS);
        final long begntimeMs = city.nowMs - random.nextInt((int) BusinessTime.DAY_MS);
        final ResultCode expected = books.admit(institution, person);
        if (sent(() -> requests.admit(institution, person, begntimeMs, "J18", encoder -> {}), expected)) {
            final Visit visit = new Visit(requests.named().mdtrtId(), VisitKind.STAY, person, institution, begntimeMs);
            visit.medType = "21";
            visit.diagnosis = "J18";
            visit.admittedMs = city.nowMs;
            visit.msgid = requests.named().header().msgid();
            books.admitted(visit);
            ids.add(visit.id);
        }
    }

    private void cancel(
            final ResultCode found, final VisitKind kind, final String institution, final int person, final String id) {
        sent(() -> requests.cancel(kind, institution, person, id), books.cancel(found, id));
    }

    /** Of a stay whose msgid is within the horizon. */
    private void reverseAdmission() {
        final List<Visit> stays = ids.subList(Math.max(0, ids.size() - 30), ids.size()).stream()
                .map(books.visits::get)
                .filter(visit ->
                        visit.kind == VisitKind.STAY && city.nowMs - visit.admittedMs < 2 * BusinessTime.DAY_MS)
                .toList();
        if (stays.isEmpty()) {
            return;
        }
        final Visit visit = stays.get(random.nextInt(stays.size()));
        final int person = random.nextInt(6) == 0 ? (visit.person + 1) % PERSONS : visit.person;
        if (person != visit.person) {
            sent(() -> requests.reverse(visit.institution, person, visit.msgid, "2401"), ResultCode.REVERSAL_MISMATCH);
            return;
        }
        final ReversalEffect effect = books.reverseAdmission(visit);
        final ResultCode expected = effect == null ? ResultCode.VISIT_STATE : ResultCode.OK;
        if (sent(() -> requests.reverse(visit.institution, person, visit.msgid, "2401"), expected)) {
            assertThat(new ReversalOutcomeDecoder()
                            .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                            .effect())
                    .as(which)
                    .isEqualTo(effect);
            effects.add(effect);
        }
    }

    private void visit(final ResultCode found, final String institution, final int person, final String id) {
        final String medType = MED_TYPES[random.nextInt(MED_TYPES.length)];
        final String disease = random.nextBoolean() ? "" : "M01";
        final String diagnosis = "I1" + random.nextInt(3);
        final ResultCode expected = books.visit(found, id, medType, disease, diagnosis);
        sent(() -> requests.visit(institution, person, id, medType, disease, diagnosis), expected);
    }

    private void lines(
            final ResultCode found,
            final VisitKind kind,
            final String institution,
            final int person,
            final String id,
            final Visit visit) {
        final List<FeeLine> lines = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            lines.add(line(visit));
        }
        final String batch = "B" + random.nextInt(3);
        final ResultCode expected = books.lines(found, id, batch, lines, city.nowMs);
        if (sent(() -> requests.lines(kind, institution, person, id, batch, lines), expected)) {
            assertThat(requests.staged().mdtrtId()).as(which).isEqualTo(id);
            assertThat(requests.staged().chrgBchno()).as(which).isEqualTo(batch);
            final DetlcutinfoDecoder group = requests.staged().detlcutinfo();
            assertThat(group.count()).as(which).isEqualTo(lines.size());
            for (final FeeLine line : lines) {
                group.next();
                assertThat(new long[] {
                            group.fulamtOwnpayAmtFen(),
                            group.overlmtAmtFen(),
                            group.preselfpayAmtFen(),
                            group.inscpScpAmtFen()
                        })
                        .as(which)
                        .isEqualTo(ReferenceVisits.split(line));
                assertThat(group.detItemFeeSumamtFen()).as(which).isEqualTo(line.amountFen());
                assertThat(group.chrgitmLv()).as(which).isEqualTo(line.item().substring(2, 4));
                assertThat(group.feedetlSn()).as(which).isEqualTo(line.sn());
            }
        }
    }

    private FeeLine line(final Visit visit) {
        final int fault = random.nextInt(120);
        final boolean isRepeated = fault < 2 && !visit.lines.isEmpty();
        final String sn = isRepeated ? visit.lines.keySet().iterator().next() : "L" + ++lineNumber;
        final String item = fault == 2 ? "NONE" : EngineFixture.ITEMS[random.nextInt(5)];
        final long latest = Math.max(visit.begntimeMs, city.nowMs - BusinessTime.DAY_MS);
        final long ocurMs = fault == 3 ? visit.begntimeMs - BusinessTime.DAY_MS : latest;
        final long cntE4 = 1L + random.nextInt(50_000);
        final long pricE6 = 500_000L + random.nextInt(20_000_000);
        final FeeLine right = FeeLine.of(sn, item, cntE4, pricE6, ocurMs);
        if (fault != 4 && right.amountFen() > 0) {
            return right;
        }
        return new FeeLine(sn, item, cntE4 + 10_000, pricE6, right.amountFen() + 1, ocurMs);
    }

    private void linesCancel(
            final ResultCode found, final VisitKind kind, final String institution, final int person, final String id) {
        final String batch = random.nextInt(4) == 0 ? "0000" : "B" + random.nextInt(4);
        final List<Staged> expectedLines =
                found == ResultCode.OK ? books.visits.get(id).unsettled(batch) : List.of();
        final ResultCode expected = books.linesCancel(found, id, batch);
        if (sent(() -> requests.linesCancel(kind, institution, person, id, batch), expected)) {
            assertThat(requests.takenBack().lineCount()).as(which).isEqualTo(expectedLines.size());
            assertThat(requests.takenBack().medfeeSumamtFen())
                    .as(which)
                    .isEqualTo(expectedLines.stream()
                            .mapToLong(staged -> staged.line.amountFen())
                            .sum());
        }
    }

    private void discharge(
            final ResultCode found, final String institution, final int person, final Visit visit, final String id) {
        final long endtimeMs = random.nextInt(10) == 0 ? visit.begntimeMs - 1 : city.nowMs;
        final String diagnosis = random.nextBoolean() ? "" : "K35";
        final ResultCode expected = books.discharge(found, id, endtimeMs, diagnosis, city.nowMs);
        sent(() -> requests.discharge(institution, person, id, endtimeMs, "", diagnosis), expected);
    }

    private void dischargeCancel(final ResultCode found, final String institution, final int person, final String id) {
        sent(() -> requests.dischargeCancel(institution, person, id), books.dischargeCancel(found, id));
    }

    /** What a settlement and its cancel will do to visit and lines. */
    private void settleOrUndo(final Visit visit) {
        city.engine.state().advanceTo(city.nowMs);
        final int row = visits.find(comparison.key(visit.id), 0);
        if (row < 0) {
            return;
        }
        if (visit.undone != null && random.nextBoolean()) {
            settleAgain(visit, row);
        } else if (visit.settlements.isEmpty() || random.nextBoolean()) {
            final long sequence = ++city.sequence;
            final List<Staged> chosen = visit.unsettled("B" + random.nextInt(3));
            visits.settle(row, sequence, 2 * sequence);
            for (final Staged staged : chosen) {
                visits.lines.settle(comparison.lineRow(row, staged), sequence);
            }
            books.settled(visit, sequence, chosen, city.nowMs);
        } else {
            final long sequence = visit.settlements.iterator().next();
            final long discharge = visits.dischargeOf(row, sequence);
            visits.unsettle(row, sequence, sequence, 2 * sequence);
            final int lines = visits.lines.countSettled(row, sequence);
            assertThat(lines).as(which).isEqualTo(books.unsettled(visit, sequence));
            visits.lines.unsettleForNow(row, sequence);
            visit.undone = sequence;
            visit.undoneLines = lines;
            visit.undoneDischarge = discharge;
        }
    }

    /** What the reversal of a cancel will do to visit and lines. */
    private void settleAgain(final Visit visit, final int row) {
        final long sequence = visit.undone;
        if (visit.undoneDischarge != 0 && visit.undoneDischarge != visits.discharge(row)) {
            return;
        }
        final int unsettled = visits.lines.countUnsettledForNow(row, sequence);
        final boolean stands = books.settledAgain(visit, city.nowMs);
        assertThat(unsettled == visit.undoneLines).as(which).isEqualTo(stands);
        if (stands) {
            visits.lines.settleAgain(row, sequence);
            visits.settleAgain(row, sequence, sequence, 2 * sequence);
            visit.undone = null;
            settledAgain++;
        }
    }
}
