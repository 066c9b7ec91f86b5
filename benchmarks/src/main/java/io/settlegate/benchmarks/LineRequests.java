package io.settlegate.benchmarks;

import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.MsgidSource;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.TerminalRequests;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.QueryByMsgidDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Signed settlements of three lines, or queries, of many terminals in turn. Made before the clock starts; then only read. */
final class LineRequests {
    private static final long SEED = 11;
    private static final long AGE_SECONDS = 3_600;

    private final int templateId;
    private final List<byte[]> frames = new ArrayList<>();
    private final List<String> sns = new ArrayList<>();
    private final List<String> msgids = new ArrayList<>();

    private LineRequests(final int templateId) {
        this.templateId = templateId;
    }

    /** Signs {@code count} requests whose msgids are about an hour old. */
    static LineRequests sign(final SampleCity city, final int count) {
        final LineRequests signed = new LineRequests(PharmacySettleDecoder.TEMPLATE_ID);
        final long firstSecond = System.currentTimeMillis() / 1000 - AGE_SECONDS;
        final List<Person> insured = city.insured();
        final SplittableRandom random = new SplittableRandom(SEED);
        final List<Desk> desks = new ArrayList<>();
        for (final Terminal terminal : city.terminals()) {
            desks.add(new Desk(terminal, firstSecond));
        }
        for (int i = 0; i < count; i++) {
            final Desk desk = desks.get(i % desks.size());
            final String msgid = desk.msgids.next();
            final byte[] framed = desk.requests.settle(
                    msgid,
                    insured.get(random.nextInt(insured.size())),
                    city.nextBill(desk.terminal),
                    new Stamp(desk.msgids.second() * 1000, i));
            signed.add(desk.terminal, msgid, framed);
        }
        return signed;
    }

    /** Asks for each of {@code asked} by its msgid, from its own terminal; fresh for a minute from now. */
    static LineRequests queries(final SampleCity city, final LineRequests asked) {
        final LineRequests signed = new LineRequests(QueryByMsgidDecoder.TEMPLATE_ID);
        final long nowMs = System.currentTimeMillis();
        final List<Desk> desks = new ArrayList<>();
        for (final Terminal terminal : city.terminals()) {
            desks.add(new Desk(terminal, nowMs / 1000));
        }
        for (int i = 0; i < asked.count(); i++) {
            final Desk desk = desks.get(i % desks.size());
            final String msgid = desk.msgids.next();
            signed.add(desk.terminal, msgid, desk.requests.query(msgid, asked.msgids.get(i), new Stamp(nowMs, i)));
        }
        return signed;
    }

    private void add(final Terminal terminal, final String msgid, final byte[] framed) {
        frames.add(Arrays.copyOfRange(framed, Limits.FRAME_LENGTH_LENGTH, framed.length));
        sns.add(terminal.sn());
        msgids.add(msgid);
    }

    /** Template of all of them. */
    int templateId() {
        return templateId;
    }

    int count() {
        return frames.size();
    }

    /** Header, body, signature. */
    byte[] frame(final int index) {
        return frames.get(index);
    }

    /** Whose signature it carries. */
    String sn(final int index) {
        return sns.get(index);
    }

    /** A terminal with its own numbers. */
    private static final class Desk {
        private final Terminal terminal;
        private final TerminalRequests requests;
        private final MsgidSource msgids;

        private Desk(final Terminal terminal, final long firstSecond) {
            this.terminal = terminal;
            this.requests = new TerminalRequests(terminal, SampleJournal.GATEWAY_ID);
            this.msgids = new MsgidSource(
                    terminal.institution().fixmedinsCode(),
                    terminal.ordinal() * Limits.LANE_COUNT,
                    Limits.LANE_COUNT,
                    firstSecond);
        }
    }
}
