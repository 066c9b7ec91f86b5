package io.settlegate.loadtest.driver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.settlegate.loadtest.population.BillGenerator;
import io.settlegate.loadtest.population.LineCount;
import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.MsgidSource;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.TerminalRequests;
import io.settlegate.protocol.Limits;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Settlements of one terminal, signed before the clock starts, one after the other in one direct buffer: what follows
 * each other on the wire follows each other in memory, so that a batch of requests is one slice and one write.
 *
 * <p>The correlation id of a request is its index. Made on any one thread, then read by the event loop.
 */
final class SignedRequests {
    private static final int MEAN_FRAME_LENGTH = 800;
    private static final long AGE_OF_NEWEST_SECONDS = 30;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Terminal terminal;
    private final ByteBuf frames;
    private final int[] offsets;

    private SignedRequests(final Terminal terminal, final ByteBuf frames, final int[] offsets) {
        this.terminal = terminal;
        this.frames = frames;
        this.offsets = offsets;
    }

    /**
     * Signs {@code count} settlements of active persons. Their msgids are spread over the seconds before now, as many
     * in one second as a lane has numbers.
     */
    static SignedRequests sign(
            final Population population,
            final Terminal terminal,
            final String gatewayId,
            final LineCount lines,
            final int count,
            final long seed,
            final AtomicLong progress) {
        final TerminalRequests requests = new TerminalRequests(terminal, gatewayId);
        final long stream = seed ^ terminal.sn().hashCode() * GOLDEN;
        final BillGenerator bills = new BillGenerator(population, lines, stream);
        final SplittableRandom random = new SplittableRandom(stream + 1);
        final long nowMs = System.currentTimeMillis();
        final long spreadSeconds = count / Limits.LANE_COUNT + AGE_OF_NEWEST_SECONDS;
        final MsgidSource msgids = new MsgidSource(
                terminal.institution().fixmedinsCode(),
                terminal.ordinal() * Limits.LANE_COUNT,
                Limits.LANE_COUNT,
                nowMs / 1000 - spreadSeconds);
        final ByteBuf frames = Unpooled.directBuffer(count * MEAN_FRAME_LENGTH);
        final int[] offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            final String msgid = msgids.next();
            final Person person = activePerson(population.persons(), random);
            frames.writeBytes(requests.settle(
                    msgid, person, bills.next(terminal.institution()), new Stamp(msgids.second() * 1000, i)));
            offsets[i + 1] = frames.writerIndex();
            progress.incrementAndGet();
        }
        return new SignedRequests(terminal, frames, offsets);
    }

    private static Person activePerson(final List<Person> persons, final SplittableRandom random) {
        while (true) {
            final Person person = persons.get(random.nextInt(persons.size()));
            if (person.psnInsuStas().equals("1")) {
                return person;
            }
        }
    }

    Terminal terminal() {
        return terminal;
    }

    int count() {
        return offsets.length - 1;
    }

    /** The frames {@code from} to {@code to}, excluded; the receiver releases the slice. */
    ByteBuf slice(final int from, final int to) {
        return frames.retainedSlice(offsets[from], offsets[to] - offsets[from]);
    }

    /** A copy of the signed message of one frame, signature included, without the length field. */
    byte[] command(final int index) {
        final int offset = offsets[index] + Limits.FRAME_LENGTH_LENGTH;
        final byte[] command = new byte[offsets[index + 1] - offset];
        frames.getBytes(offset, command);
        return command;
    }

    void release() {
        frames.release();
    }
}
