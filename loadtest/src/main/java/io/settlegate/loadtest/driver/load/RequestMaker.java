package io.settlegate.loadtest.driver.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.settlegate.loadtest.population.Bill;
import io.settlegate.loadtest.population.BillGenerator;
import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.LineSplit;
import io.settlegate.loadtest.wire.MsgidSource;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.StatementRow;
import io.settlegate.loadtest.wire.TerminalRequests;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;

/**
 * Makes one terminal's requests, phase after phase; its msgids never come twice.
 *
 * <p>One thread at a time: one that signs a phase, then the desk that signs what follows from the answers of that phase, and so on.
 */
final class RequestMaker {
    private static final int MEAN_FRAME_LENGTH = 800;
    private static final int REVERSAL_DISTANCE = 16;
    private static final int PHASE_SHIFT = 32;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Population population;
    private final Terminal terminal;
    private final LoadPlan plan;
    private final TerminalRequests requests;
    private final BillGenerator bills;
    private final SplittableRandom random;
    private final MsgidSource msgids;
    /** Settlements of the phase that is being signed, to be undone, asked for, or compared. */
    private final Deque<Made> reversible = new ArrayDeque<>();
    /** A comparison of which requests are still to be made; else null. */
    private Statement statement;

    /** @param laneCount numbers of a second that are this terminal's; the lanes of an institution lie side by side. */
    RequestMaker(
            final Population population,
            final Terminal terminal,
            final String gatewayId,
            final LoadPlan plan,
            final int laneCount) {
        this.population = population;
        this.terminal = terminal;
        this.plan = plan;
        this.requests = new TerminalRequests(terminal, gatewayId);
        final long stream = plan.seed() ^ terminal.sn().hashCode() * GOLDEN;
        this.bills = new BillGenerator(population, plan.lines(), stream);
        this.random = new SplittableRandom(stream + 1);
        this.msgids =
                new MsgidSource(terminal.institution().fixmedinsCode(), terminal.ordinal() * laneCount, laneCount, 0);
    }

    Terminal terminal() {
        return terminal;
    }

    /** The correlation id of a request: a late answer of another phase is not taken for one of this. */
    static long correlationId(final int phase, final int index) {
        return (long) phase << PHASE_SHIFT | index;
    }

    /**
     * Signs the requests of a phase. What undoes or asks for a settlement names an earlier one of its phase. What is made from an
     * answer can only be signed when that is there, so its place holds a settlement that is sent if it is not made in time.
     *
     * @param timeMsOf when a request is thought to be sent.
     */
    SignedRequests sign(final int phase, final int count, final IntToLongFunction timeMsOf, final AtomicLong progress) {
        final ByteBuf frames = Unpooled.directBuffer(Math.max(1, count) * MEAN_FRAME_LENGTH);
        final int[] offsets = new int[count + 1];
        final RequestKind[] kinds = new RequestKind[count];
        final BitSet undone = new BitSet(count);
        final Map<Integer, Person> openers = new HashMap<>();
        reversible.clear();
        statement = null;
        for (int i = 0; i < count; i++) {
            final long timeMs = timeMsOf.applyAsLong(i);
            final String msgid = msgids.next(timeMs / 1000);
            final Stamp stamp = new Stamp(timeMs, correlationId(phase, i));
            kinds[i] = nextKind(i);
            final byte[] frame =
                    switch (kinds[i]) {
                        case REVERSE -> {
                            final Made original = reversible.remove();
                            undone.set(original.index);
                            yield requests.reverse(msgid, original.person, original.msgid, stamp);
                        }
                        case QUERY -> requests.query(msgid, reversible.element().msgid, stamp);
                        case RECORDS -> requests.records(msgid, reversible.element().person, stamp);
                        case STATEMENT_UPLOAD, STATEMENT_DETAILS, STATEMENT_DOWNLOAD ->
                            statement(kinds[i], msgid, stamp);
                        default -> {
                            final Person person = activePerson();
                            if (kinds[i] == RequestKind.REGISTER || kinds[i] == RequestKind.ADMIT) {
                                openers.put(i, person);
                            }
                            yield frame(kinds[i], i, msgid, person, stamp);
                        }
                    };
            frames.writeBytes(frame);
            offsets[i + 1] = frames.writerIndex();
            progress.incrementAndGet();
        }
        return new SignedRequests(phase, frames, offsets, kinds, undone, openers);
    }

    /** A settlement where the kind drawn cannot be made here and now. */
    private RequestKind nextKind(final int index) {
        if (statement != null) {
            return statement.next;
        }
        final RequestKind drawn = plan.mix().next(random);
        final boolean isTooEarly = reversible.isEmpty() || reversible.peek().index > index - REVERSAL_DISTANCE;
        return switch (drawn) {
            case REVERSE, QUERY, RECORDS -> isTooEarly ? RequestKind.SETTLE : drawn;
            case STATEMENT_DETAILS -> isTooEarly ? RequestKind.SETTLE : RequestKind.STATEMENT_UPLOAD;
            default -> drawn.isOfVisits() && terminal.institution().isPharmacy() ? RequestKind.SETTLE : drawn;
        };
    }

    /** The three requests of one comparison, of the settlements at hand. */
    private byte[] statement(final RequestKind kind, final String msgid, final Stamp stamp) {
        if (kind == RequestKind.STATEMENT_UPLOAD) {
            final List<StatementRow> rows = reversible.stream()
                    .map(made -> new StatementRow(made.msgid, made.person.psnNo(), made.sumFen))
                    .toList();
            statement = new Statement(msgid, reversible.element().person, rows, RequestKind.STATEMENT_DETAILS);
            return requests.statementUpload(msgid, msgid, rows, stamp);
        }
        final Statement open = statement;
        if (kind == RequestKind.STATEMENT_DETAILS) {
            statement = new Statement(open.fileQuryNo, open.person, open.rows, RequestKind.STATEMENT_DOWNLOAD);
            return requests.statementDetails(msgid, open.fileQuryNo, open.person, open.rows, stamp);
        }
        statement = null;
        return requests.statementDownload(msgid, open.fileQuryNo, stamp);
    }

    private byte[] frame(
            final RequestKind kind, final int index, final String msgid, final Person person, final Stamp stamp) {
        return switch (kind) {
            case PERSON_INFO -> requests.personInfo(msgid, person, stamp);
            case PRESETTLE -> requests.presettle(msgid, person, bills.next(terminal.institution()), stamp);
            case STATEMENT_TOTALS -> requests.statementTotals(msgid, person, stamp);
            case REGISTER -> requests.register(msgid, person, stamp);
            case ADMIT -> requests.admit(msgid, person, stamp);
            default -> {
                final Bill bill = bills.next(terminal.institution());
                if (kind == RequestKind.SETTLE && reversible.size() < REVERSAL_DISTANCE) {
                    reversible.add(new Made(index, msgid, person, bill.sumFen()));
                }
                yield requests.settle(msgid, person, bill, stamp);
            }
        };
    }

    /** Signs what is made from an answer, now. */
    byte[] follow(final FollowOrder order) {
        final long nowMs = System.currentTimeMillis();
        final String msgid = msgids.next(nowMs / 1000);
        final Stamp stamp = new Stamp(nowMs, correlationId(order.phase(), order.index()));
        if (order.subject() instanceof FollowOrder.Settled settled) {
            return requests.cancel(msgid, settled.insuplcAdmdvs(), settled.psnNo(), settled.setlId(), stamp);
        }
        return step(order.kind(), (FollowOrder.Course) order.subject(), msgid, stamp);
    }

    private byte[] step(
            final RequestKind kind, final FollowOrder.Course course, final String msgid, final Stamp stamp) {
        final Person person = course.person();
        final String mdtrtId = course.mdtrtId();
        final boolean isStay = kind.compareTo(RequestKind.ADMIT) > 0;
        return switch (kind) {
            case VISIT -> requests.describe(msgid, person, mdtrtId, stamp);
            case VISIT_LINES, STAY_LINES ->
                requests.upload(isStay, msgid, person, mdtrtId, bills.next(terminal.institution()), stamp);
            case DISCHARGE -> requests.discharge(msgid, person, mdtrtId, course.endtimeMs(), stamp);
            case VISIT_SETTLE, STAY_SETTLE ->
                requests.settleVisit(
                        isStay,
                        msgid,
                        person,
                        mdtrtId,
                        LineSplit.of(course.splitOutcome()),
                        isStay ? course.endtimeMs() : 0,
                        stamp);
            default -> throw new IllegalArgumentException(kind + " is no step of a visit");
        };
    }

    private Person activePerson() {
        final List<Person> persons = population.persons();
        while (true) {
            final Person person = persons.get(random.nextInt(persons.size()));
            if (person.psnInsuStas().equals("1")) {
                return person;
            }
        }
    }

    private record Made(int index, String msgid, Person person, long sumFen) {}

    private record Statement(String fileQuryNo, Person person, List<StatementRow> rows, RequestKind next) {}
}
