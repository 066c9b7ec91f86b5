package io.settlegate.protocol.client;

import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.statement.StatementFinding;
import io.settlegate.protocol.client.statement.StatementFindings;
import io.settlegate.protocol.client.statement.StatementRow;
import io.settlegate.protocol.client.statement.StatementScope;
import io.settlegate.protocol.client.statement.StatementSums;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An institution's books against the gateway's, row by row: 9101 piece by piece, 3202, and 9102 until there are no more pages.
 *
 * <p>One thread at a time. A msgid is made for each request, so that one that failed is done again under a new {@code fileQuryNo}.
 */
public final class StatementExchange {
    private static final long LEAST_WAIT_NS = TimeUnit.SECONDS.toNanos(1);

    private final TerminalClient client;
    private final Duration timeout;

    /** @param timeout for each answer, also where a page is asked for more than once; comparing a large statement takes some seconds. */
    public StatementExchange(final TerminalClient client, final Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /**
     * Has a statement compared.
     *
     * @param fileQuryNo chosen by the institution, new for each statement.
     * @param clrType empty for all.
     * @param rows all of them; at least one.
     * @return every difference.
     * @throws StatementRefusedException if the gateway refused a request.
     * @throws IOException if an answer did not come in time, or the client ended.
     */
    public List<StatementFinding> compare(
            final String fileQuryNo, final StatementScope scope, final String clrType, final List<StatementRow> rows)
            throws IOException, InterruptedException {
        StatementSums sums = StatementSums.NONE;
        int pieces = 0;
        for (int from = 0; from < rows.size(); from += Limits.MAX_STATEMENT_ROWS) {
            final List<StatementRow> piece =
                    rows.subList(from, Math.min(rows.size(), from + Limits.MAX_STATEMENT_ROWS));
            done(client.requests().statements().upload(client.nextMsgid(), fileQuryNo, pieces, piece));
            sums = sums.plus(piece);
            pieces++;
        }
        done(client.requests().statements().details(client.nextMsgid(), fileQuryNo, pieces, scope, clrType, sums));
        return download(fileQuryNo);
    }

    /** What the comparison of a statement found that was ended before. */
    public List<StatementFinding> download(final String fileQuryNo) throws IOException, InterruptedException {
        final List<StatementFinding> found = new ArrayList<>();
        int after = -1;
        StatementFindings page;
        do {
            page = page(fileQuryNo, after).findings();
            found.addAll(page.findings());
            after = page.nextAfterRow();
        } while (page.hasNext());
        return found;
    }

    /** A page that was put off (205) until the request was no fresh read any more (406) is asked for under a new msgid. */
    private Answer page(final String fileQuryNo, final int after) throws IOException, InterruptedException {
        final long beginNs = System.nanoTime();
        while (true) {
            final SignedRequest request =
                    client.requests().statements().download(client.nextMsgid(), fileQuryNo, after, Limits.MAX_PAGE);
            final long sentNs = System.nanoTime();
            final Answer answer = answer(request, timeout.toNanos() - (sentNs - beginNs));
            // Refused as stale at once: the clock is wrong, and a new request would be refused too.
            if (answer.code() != ResultCode.READ_STALE || System.nanoTime() - sentNs < LEAST_WAIT_NS) {
                return done(request, answer);
            }
        }
    }

    private Answer done(final SignedRequest request) throws IOException, InterruptedException {
        return done(request, answer(request, timeout.toNanos()));
    }

    private Answer answer(final SignedRequest request, final long leftNs) throws IOException, InterruptedException {
        try {
            return client.send(request).get(leftNs, TimeUnit.NANOSECONDS);
        } catch (final ExecutionException e) {
            throw new IOException("no answer to " + request.msgid() + " that could be used", e.getCause());
        } catch (final TimeoutException e) {
            throw new IOException("no answer to " + request.msgid() + " within " + timeout, e);
        } finally {
            // Where there is no answer nobody waits for it any more, and the client need not send it for ever.
            client.forget(request);
        }
    }

    private static Answer done(final SignedRequest request, final Answer answer) throws StatementRefusedException {
        if (answer.code() != ResultCode.OK) {
            throw new StatementRefusedException(request.msgid(), answer.code());
        }
        return answer;
    }
}
