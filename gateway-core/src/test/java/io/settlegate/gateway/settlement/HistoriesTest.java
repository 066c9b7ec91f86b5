package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Applied;
import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.gateway.settlement.ReferenceBooks.Cancel;
import io.settlegate.gateway.settlement.ReferenceBooks.Person;
import io.settlegate.gateway.settlement.ReferenceBooks.Settled;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PersonInfoOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seeded histories of everything that terminals and operators do, against plain books, over more days than the horizon. */
@Timeout(120)
final class HistoriesTest {
    private static final int PERSONS = 60;
    private static final int ROUNDS = 12_000;
    private static final String[] TYPES = {"01", "02", "03"};

    @TempDir
    private Path directory;

    private long seed;
    private Random random;
    private EngineFixture city;
    private SingleActs acts;
    private ReferenceBooks books;
    private String which;
    /** What reversals of cancels that stood came to. */
    private final Map<ResultCode, Integer> redone = new EnumMap<>(ResultCode.class);

    @BeforeEach
    void open() throws IOException {
        seed = new Random().nextLong();
        random = new Random(seed);
        city = new EngineFixture(directory);
        city.history = new ArrayList<>();
        city.twin = new SnapshotTwin(seed, 600);
        acts = new SingleActs(city);
        books = new ReferenceBooks(PERSONS, city.engine.parameters().horizonDays());
        for (int i = 0; i < PERSONS; i++) {
            books.persons[i].balanceFen = i * 3_700L + 25;
        }
    }

    @Test
    void shouldAgreeWithTheBooksAndWithItsOwnReplay() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            which = "seed " + seed + ", round " + round;
            final int person = random.nextInt(PERSONS);
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> settle(person, false);
                case 3, 4 -> settle(person, true);
                case 5 -> ask(person);
                case 6 -> reverse();
                case 7, 8 -> cancel();
                case 9 -> freeze(person);
                case 10 -> allocate(person, round);
                case 11, 12 -> reverseCancel();
                default -> {
                    signInAndOut();
                    city.nowMs += random.nextInt(3_600_000);
                }
            }
            if (round % 1_000 == 0) {
                compareAll();
            }
        }
        compareAll();
        assertThat(books.settlements.stream().map(settled -> settled.undone).distinct())
                .as("both ways to undo, and neither")
                .hasSize(3);
        assertThat(redone.keySet())
                .as("what reversals of cancels came to, " + which)
                .contains(ResultCode.OK, ResultCode.BUILT_UPON);
        replay();
    }

    private void settle(final int person, final boolean presettled) {
        final boolean pharmacy = random.nextInt(4) == 0;
        final int account = random.nextInt(2);
        final List<Line> lines = lines();
        final int shown = random.nextInt(10) == 0 ? (person + 1) % PERSONS : person;
        final String type = TYPES[random.nextInt(3)];
        final long begntimeMs = city.nowMs - random.nextInt(100_000);
        final Consumer<PharmacySettleEncoder> change = encoder ->
                encoder.mdtrtCertType(type).mdtrtCertNo(number(type, shown)).begntimeMs(begntimeMs);
        final Person account0 = books.persons[person];
        final ResultCode expected = shown != person
                ? ResultCode.CERTIFICATE_MISMATCH
                : account0.frozen ? ResultCode.PERSON_FROZEN : ResultCode.OK;
        final ReferenceBill bill = new ReferenceBill(
                lines, person, pharmacy, account == 1 ? account0.balanceFen : 0, account0.usedFen, account0.paidFen);
        final String medType = pharmacy ? "41" : "11";
        final long before = city.businessHash();
        if (presettled) {
            final int code = city.presettle(next(pharmacy), person, medType, account, lines, change);
            assertThat(ResultCode.of(code)).as(which).isEqualTo(expected);
            if (expected == ResultCode.OK) {
                bill.assertIs(city.settled(), which);
                assertThat(city.settled().balcFen()).as(which).isEqualTo(account0.balanceFen - bill.acctFen);
            }
            assertThat(city.businessHash()).as(which).isEqualTo(before);
        }
        final String msgid = next(pharmacy);
        final int code = city.settle(msgid, person, medType, account, lines, change);
        assertThat(ResultCode.of(code)).as(which).isEqualTo(expected);
        if (expected != ResultCode.OK) {
            assertThat(city.businessHash()).as(which).isEqualTo(before);
            return;
        }
        bill.assertIs(city.settled(), which);
        books.settle(new Settled(msgid, city.settled().setlId(), person, bill));
        assertThat(city.settled().balcFen()).as(which).isEqualTo(account0.balanceFen);
    }

    private List<Line> lines() {
        final List<Line> lines = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            final long cntE4 = 10_000L + random.nextInt(50_000);
            final long pricE6 = 100_000L + random.nextInt(20_000_000);
            lines.add(Line.of(i, EngineFixture.ITEMS[random.nextInt(5)], cntE4, pricE6));
        }
        return lines;
    }

    private void ask(final int person) {
        final String type = TYPES[random.nextInt(3)];
        final long before = city.businessHash();
        final int code = city.personInfo("T1", next(false), number(type, person), encoder -> encoder.mdtrtCertType(type)
                .cardSn(type.equals("03") ? "SN-1" : ""));
        assertThat(ResultCode.of(code)).as(which).isEqualTo(ResultCode.OK);
        final PersonInfoOutcomeDecoder found =
                new PersonInfoOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
        final Person account = books.persons[person];
        assertThat(found.psnNo()).as(which).isEqualTo(EngineFixture.psnNo(person));
        assertThat(found.frozenFlag()).as(which).isEqualTo((short) (account.frozen ? 1 : 0));
        final PersonInfoOutcomeDecoder.InsuinfoDecoder insurance =
                found.insuinfo().next();
        assertThat(new long[] {insurance.balcFen(), insurance.dedcUsedFen(), insurance.hifpPaidFen()})
                .as(which)
                .containsExactly(account.balanceFen, account.usedFen, account.paidFen);
        assertThat(city.businessHash()).as(which).isEqualTo(before);
    }

    private void reverse() {
        final Settled settled = any();
        if (settled == null) {
            return;
        }
        final long before = city.businessHash();
        final String msgid = next(settled.msgid.startsWith("P"));
        final int code = city.reverse(msgid, settled.person, settled.msgid, "2102");
        if (books.isStale(settled.msgid, city.nowMs)) {
            assertThat(ResultCode.of(code)).as(which).isEqualTo(ResultCode.MSGID_STALE);
            assertThat(city.businessHash()).as(which).isEqualTo(before);
            return;
        }
        final boolean changes = settled.undone == null;
        assertThat(ResultCode.of(code)).as(which).isEqualTo(ResultCode.OK);
        final ReversalOutcomeDecoder outcome =
                new ReversalOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
        assertThat(outcome.effect()).as(which).isEqualTo(books.reverse(settled));
        assertThat(outcome.acctPayFen()).as(which).isEqualTo(changes ? -settled.bill.acctFen : 0);
        if (!changes) {
            assertThat(city.businessHash()).as(which).isEqualTo(before);
        }
    }

    private void cancel() {
        final Settled settled = any();
        if (settled == null) {
            return;
        }
        final boolean ownInstitution = random.nextInt(10) != 0;
        final boolean ownPerson = random.nextInt(10) != 0;
        final long before = city.businessHash();
        final String msgid = next(settled.msgid.startsWith("P") == ownInstitution);
        final int person = ownPerson ? settled.person : (settled.person + 1) % PERSONS;
        final int code = city.cancel(msgid, person, settled.setlId);
        final ResultCode expected = books.cancel(settled, ownInstitution, ownPerson, city.nowMs);
        assertThat(ResultCode.of(code)).as(which).isEqualTo(expected);
        books.cancels.add(new Cancel(msgid, person, settled, expected != ResultCode.OK));
        if (expected == ResultCode.OK) {
            final long[] amounts = {
                city.cancelled().medfeeSumamtFen(),
                city.cancelled().fundPaySumamtFen(),
                city.cancelled().psnPartAmtFen(),
                city.cancelled().acctPayFen(),
                city.cancelled().psnCashPayFen(),
                city.cancelled().balcFen()
            };
            final ReferenceBill bill = settled.bill;
            assertThat(amounts)
                    .as(which)
                    .containsExactly(
                            -bill.medfeeFen,
                            -bill.fundFen,
                            -bill.psnPartFen,
                            -bill.acctFen,
                            -bill.cashFen,
                            books.persons[settled.person].balanceFen);
        } else {
            assertThat(city.businessHash()).as(which).isEqualTo(before);
        }
    }

    private void reverseCancel() {
        final int size = books.cancels.size();
        if (size == 0) {
            return;
        }
        final int back = random.nextInt(Math.min(size, random.nextInt(4) == 0 ? size : 6));
        final Cancel cancel = books.cancels.get(size - 1 - back);
        final boolean ownPerson = random.nextInt(20) != 0;
        final int person = ownPerson ? cancel.person : (cancel.person + 1) % PERSONS;
        final long before = city.businessHash();
        final int code = city.reverse(next(cancel.msgid.startsWith("P")), person, cancel.msgid, "2103");
        final ReferenceBill bill = cancel.settled.bill;
        if (books.isStale(cancel.msgid, city.nowMs)) {
            assertThat(ResultCode.of(code)).as(which).isEqualTo(ResultCode.MSGID_STALE);
        } else if (!ownPerson) {
            assertThat(ResultCode.of(code)).as(which).isEqualTo(ResultCode.REVERSAL_MISMATCH);
        } else if (cancel.isRefused || cancel.isReversed) {
            assertThat(ResultCode.of(code)).as(which).isEqualTo(ResultCode.OK);
            assertThat(reversal().effect())
                    .as(which)
                    .isEqualTo(cancel.isReversed ? ReversalEffect.ALREADY_REVERSED : ReversalEffect.NOTHING_TO_REVERSE);
        } else {
            final ResultCode expected = books.redo(cancel, city.nowMs);
            assertThat(ResultCode.of(code)).as(which).isEqualTo(expected);
            redone.merge(expected, 1, Integer::sum);
            if (expected == ResultCode.OK) {
                assertThat(reversal().effect()).as(which).isEqualTo(ReversalEffect.REVERSED);
                assertThat(new long[] {
                            reversal().fundPaySumamtFen(),
                            reversal().acctPayFen(),
                            reversal().psnCashPayFen(),
                            reversal().balcFen()
                        })
                        .as(which)
                        .containsExactly(
                                bill.fundFen, bill.acctFen, bill.cashFen, books.persons[cancel.person].balanceFen);
                return;
            }
        }
        assertThat(city.businessHash()).as(which).isEqualTo(before);
    }

    private ReversalOutcomeDecoder reversal() {
        return new ReversalOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
    }

    /** One of the last settlements mostly, an old one now and then; null before the first. */
    private Settled any() {
        final int size = books.settlements.size();
        return size == 0
                ? null
                : books.settlements.get(
                        random.nextInt(5) == 0 ? random.nextInt(size) : size - 1 - random.nextInt(Math.min(size, 50)));
    }

    private void freeze(final int person) {
        final boolean frozen = random.nextInt(4) == 0;
        assertThat(acts.freeze(person, frozen ? 1 : 0)).as(which).isNull();
        books.persons[person].frozen = frozen;
    }

    private void allocate(final int person, final int round) {
        final long amountFen = 1L + random.nextInt(5_000);
        assertThat(acts.allocate("ROUND-" + round, person, amountFen)).as(which).isNull();
        books.persons[person].balanceFen += amountFen;
    }

    private void signInAndOut() {
        final long before = city.businessHash();
        assertThat(city.signIn("T4")).as(which).isZero();
        final String signNo = new SignInOutcomeDecoder()
                .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                .signNo();
        assertThat(city.signOut("T4", next(false), signNo)).as(which).isZero();
        assertThat(city.businessHash()).as(which).isEqualTo(before);
    }

    private void compareAll() {
        for (int person = 0; person < PERSONS; person++) {
            final boolean frozen = books.persons[person].frozen;
            ask(person);
            assertThat(books.persons[person].frozen).as(which).isEqualTo(frozen);
        }
        assertThat(city.engine.ledgerSumFen()).as(which).isZero();
        assertThat(city.engine.recomputeStateHashHigh()).as(which).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).as(which).isEqualTo(city.engine.stateHashLow());
    }

    /** Another engine, given the same commands, answers the same and comes to the same state. */
    private void replay() throws IOException {
        final EngineFixture other = new EngineFixture(directory);
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

    private static String number(final String type, final int person) {
        return switch (type) {
            case "01" -> EngineFixture.token(person);
            case "02" -> EngineFixture.certno(person);
            default -> EngineFixture.cardNo(person);
        };
    }

    private String next(final boolean pharmacy) {
        return city.nextMsgid(pharmacy ? EngineFixture.PHARMACY : EngineFixture.HOSPITAL);
    }
}
