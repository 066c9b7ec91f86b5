package io.settlegate.loadtest.driver;

import io.settlegate.loadtest.population.BillGenerator;
import io.settlegate.loadtest.population.LineCount;
import io.settlegate.loadtest.population.Person;
import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.MsgidSource;
import io.settlegate.loadtest.wire.SignInGrant;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.TerminalRequests;
import java.util.SplittableRandom;

/**
 * Makes the requests of one terminal of the fleet, signed on the spot. Msgids are never used twice: seconds only go
 * forward, over all sessions. Owned by the event loop.
 */
final class FleetRequests {
    private static final int SIGN_IN_LANE_FIRST = 9_900;
    private static final int SIGN_IN_LANES = 100;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Population population;
    private final Terminal terminal;
    private final TerminalRequests requests;
    private final BillGenerator bills;
    private final SplittableRandom random;
    private MsgidSource msgids;
    private long lastSignInSecond;
    private long nextCorrelationId = 1;

    FleetRequests(final Population population, final Terminal terminal, final FleetPlan plan) {
        final long stream = plan.seed() ^ terminal.sn().hashCode() * GOLDEN;
        this.population = population;
        this.terminal = terminal;
        this.requests = new TerminalRequests(terminal, plan.gatewayId());
        this.bills = new BillGenerator(population, LineCount.MIXED, stream);
        this.random = new SplittableRandom(stream + 1);
    }

    SplittableRandom random() {
        return random;
    }

    Pending signIn(final byte[] nonce) {
        final long nowMs = System.currentTimeMillis();
        lastSignInSecond = Math.max(nowMs / 1000, lastSignInSecond + 1);
        final String msgid = new MsgidSource(
                        terminal.institution().fixmedinsCode(),
                        SIGN_IN_LANE_FIRST + terminal.ordinal() % SIGN_IN_LANES,
                        1,
                        lastSignInSecond)
                .next();
        final Stamp stamp = new Stamp(nowMs, nextCorrelationId++);
        return pending(Pending.Kind.SIGN_IN, msgid, stamp, requests.signIn(msgid, nonce, stamp), null, "", null);
    }

    /** From here on the msgids are of the lane granted. */
    void granted(final SignInGrant grant) {
        final long nowSecond = System.currentTimeMillis() / 1000;
        final long firstSecond = msgids == null ? nowSecond : Math.max(nowSecond, msgids.second() + 1);
        msgids = new MsgidSource(
                terminal.institution().fixmedinsCode(), grant.laneFirst(), grant.laneCount(), firstSecond);
    }

    Pending settle() {
        final Person person = anyPerson();
        final Stamp stamp = stamp();
        final String msgid = msgids.next(stamp.timeMs() / 1000);
        return pending(
                Pending.Kind.SETTLE,
                msgid,
                stamp,
                requests.settle(msgid, person, bills.next(terminal.institution()), stamp),
                person,
                "",
                null);
    }

    Pending personInfo() {
        final Person person = anyPerson();
        final Stamp stamp = stamp();
        final String msgid = msgids.next(stamp.timeMs() / 1000);
        return pending(
                Pending.Kind.PERSON_INFO, msgid, stamp, requests.personInfo(msgid, person, stamp), person, "", null);
    }

    /** @param about the unanswered original, or null where its answer is known. */
    Pending reverse(final Person person, final String omsgid, final Pending about) {
        final Stamp stamp = stamp();
        final String msgid = msgids.next(stamp.timeMs() / 1000);
        return pending(
                Pending.Kind.REVERSE,
                msgid,
                stamp,
                requests.reverse(msgid, person, omsgid, stamp),
                person,
                omsgid,
                about);
    }

    Pending query(final Pending.Kind kind, final String omsgid, final Pending about) {
        final Stamp stamp = stamp();
        final String msgid = msgids.next(stamp.timeMs() / 1000);
        return pending(kind, msgid, stamp, requests.query(msgid, omsgid, stamp), null, omsgid, about);
    }

    private Person anyPerson() {
        return population.persons().get(random.nextInt(population.persons().size()));
    }

    private Stamp stamp() {
        return new Stamp(System.currentTimeMillis(), nextCorrelationId++);
    }

    private static Pending pending(
            final Pending.Kind kind,
            final String msgid,
            final Stamp stamp,
            final byte[] frame,
            final Person person,
            final String omsgid,
            final Pending about) {
        return new Pending(kind, msgid, stamp.correlationId(), frame, person, omsgid, about, System.nanoTime());
    }
}
