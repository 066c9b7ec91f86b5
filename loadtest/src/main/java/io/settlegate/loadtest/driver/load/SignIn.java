package io.settlegate.loadtest.driver.load;

import io.settlegate.loadtest.population.Terminal;
import io.settlegate.loadtest.wire.GatewayMessage;
import io.settlegate.loadtest.wire.GatewayMessageDecoder;
import io.settlegate.loadtest.wire.MsgidSource;
import io.settlegate.loadtest.wire.Outcome;
import io.settlegate.loadtest.wire.SignInGrant;
import io.settlegate.loadtest.wire.Stamp;
import io.settlegate.loadtest.wire.TerminalRequests;

/**
 * The opening of a load's connection: challenge, sign-in, grant. Sign-ins have numbers of their own, above those of the requests.
 *
 * <p>One thread at a time.
 */
final class SignIn {
    /** Where the numbers of sign-ins begin; those of requests end here. */
    static final int LANE_FIRST = 9_900;

    private static final int LANE_WIDTH = 100;
    private static final byte[] NOTHING = new byte[0];

    /** The gateway does not let this terminal in, or is not the one the requests are signed for. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(final String message) {
            super(message);
        }
    }

    private final Terminal terminal;
    private final String gatewayId;
    private final TerminalRequests requests;
    private SignInGrant grant;

    SignIn(final Terminal terminal, final String gatewayId) {
        this.terminal = terminal;
        this.gatewayId = gatewayId;
        this.requests = new TerminalRequests(terminal, gatewayId);
    }

    /** What sign-in granted; null before. */
    SignInGrant grant() {
        return grant;
    }

    /** What to answer to a frame before the grant: a framed message, or nothing. */
    byte[] answer(final byte[] frame) throws RefusedException {
        final GatewayMessage message = new GatewayMessageDecoder().decode(frame);
        if (message instanceof GatewayMessage.Challenge challenge) {
            return signIn(challenge);
        } else if (message instanceof GatewayMessage.Reply reply) {
            grant = Outcome.readGrant(reply.outcome());
            if (grant == null) {
                throw new RefusedException("sign-in was refused with code "
                        + Outcome.read(reply.outcome()).code());
            }
        } else if (message instanceof GatewayMessage.Refusal refusal) {
            throw new RefusedException("sign-in was refused with code " + refusal.code());
        } else if (message instanceof GatewayMessage.Busy busy) {
            throw new RefusedException("sign-in met a busy gateway, code " + busy.code());
        }
        return NOTHING;
    }

    private byte[] signIn(final GatewayMessage.Challenge challenge) throws RefusedException {
        if (!challenge.gatewayId().equals(gatewayId)) {
            throw new RefusedException(
                    "this is gateway " + challenge.gatewayId() + ", the requests are signed for " + gatewayId);
        }
        final long nowMs = System.currentTimeMillis();
        final MsgidSource msgids = new MsgidSource(
                terminal.institution().fixmedinsCode(), LANE_FIRST + terminal.ordinal() % LANE_WIDTH, 1, nowMs / 1000);
        return requests.signIn(msgids.next(), challenge.nonce(), new Stamp(nowMs, 0));
    }

    /** A framed heartbeat. */
    byte[] heartbeat() {
        return requests.heartbeat(System.currentTimeMillis());
    }
}
