package io.settlegate.loadtest.driver.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.settlegate.loadtest.population.BillGenerator;
import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.MsgidSource;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.TerminalRequests;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;

/**
 * Makes one terminal's requests, phase after phase; its msgids never come twice.
 *
 * <p>One thread at a time: one that signs a phase, then the desk that signs the cancels of that phase, and so on.
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
     * Signs the requests of a phase. A reversal names an earlier settlement of its phase; a cancel can only be signed when the
     * settlement's answer is there, so its place holds a settlement that is sent if there is no cancel in time.
     *
     * @param timeMsOf when a request is thought to be sent.
     */
    SignedRequests sign(final int phase, final int count, final IntToLongFunction timeMsOf, final AtomicLong progress) {
        final ByteBuf frames = Unpooled.directBuffer(Math.max(1, count) * MEAN_FRAME_LENGTH);
        final int[] offsets = new int[count + 1];
        final RequestKind[] kinds = new RequestKind[count];
        final BitSet undone = new BitSet(count);
        final Deque<Made> reversible = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            final long timeMs = timeMsOf.applyAsLong(i);
            final String msgid = msgids.next(timeMs / 1000);
            final Stamp stamp = new Stamp(timeMs, correlationId(phase, i));
            kinds[i] = plan.mix().next(random);
            if (kinds[i] == RequestKind.REVERSE
                    && (reversible.isEmpty() || reversible.peek().index > i - REVERSAL_DISTANCE)) {
                kinds[i] = RequestKind.SETTLE;
            }
            final byte[] frame;
            if (kinds[i] == RequestKind.REVERSE) {
                final Made original = reversible.remove();
                undone.set(original.index);
                frame = requests.reverse(msgid, original.person, original.msgid, stamp);
            } else {
                final Person person = activePerson();
                frame = frame(kinds[i], msgid, person, stamp);
                if (kinds[i] == RequestKind.SETTLE && reversible.size() < REVERSAL_DISTANCE) {
                    reversible.add(new Made(i, msgid, person));
                }
            }
            frames.writeBytes(frame);
            offsets[i + 1] = frames.writerIndex();
            progress.incrementAndGet();
        }
        return new SignedRequests(phase, frames, offsets, kinds, undone);
    }

    private byte[] frame(final RequestKind kind, final String msgid, final Person person, final Stamp stamp) {
        return switch (kind) {
            case PERSON_INFO -> requests.personInfo(msgid, person, stamp);
            case PRESETTLE -> requests.presettle(msgid, person, bills.next(terminal.institution()), stamp);
            default -> requests.settle(msgid, person, bills.next(terminal.institution()), stamp);
        };
    }

    /** Signs a cancel, now. */
    byte[] cancel(final CancelOrder order) {
        final long nowMs = System.currentTimeMillis();
        return requests.cancel(
                msgids.next(nowMs / 1000),
                order.insuplcAdmdvs(),
                order.psnNo(),
                order.setlId(),
                new Stamp(nowMs, correlationId(order.phase(), order.index())));
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

    private record Made(int index, String msgid, Person person) {}
}
