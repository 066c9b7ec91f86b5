package io.settlegate.gateway;

import static io.settlegate.gateway.NightShift.PHARMACY_TERMINAL;
import static io.settlegate.gateway.NightShift.ask;
import static io.settlegate.gateway.NightShift.await;
import static io.settlegate.gateway.NightShift.get;
import static io.settlegate.gateway.NightShift.reversal;
import static io.settlegate.gateway.NightShift.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.RecordsQuery;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.TerminalClient;
import io.settlegate.protocol.client.desk.KnownOutcome;
import io.settlegate.protocol.client.desk.KnownOutcome.End;
import io.settlegate.protocol.client.desk.SettlementDesk;
import io.settlegate.protocol.client.desk.UnknownRule;
import io.settlegate.protocol.codec.RecordState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A terminal that comes back after more than the horizon, with requests of which it never heard. */
@Timeout(240)
class DeskBeyondHorizonTest {
    private static final Duration AWAY = Duration.ofDays(40);
    /** Longer than the terminal lives, so that it has neither asked nor reversed when it goes. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private NightShift night;

    @BeforeEach
    void begin() throws Exception {
        night = new NightShift(directory);
    }

    @AfterEach
    void endAndReplay() throws Exception {
        night.endAndReplay();
    }

    @Test
    void shouldKnowEachEndAfterMoreThanTheHorizon() throws Exception {
        final TerminalClient window = night.terminal(PHARMACY_TERMINAL);
        final TerminalClient office = night.terminal(PHARMACY_TERMINAL + 1);
        final SettlementDesk desk = night.desk(window);
        final Map<String, End> expected = new LinkedHashMap<>();

        night.network().be(RudeProxy.Manner.SWALLOWS);
        for (final UnknownRule.Move move : UnknownRule.Move.values()) {
            expected.put(send(desk, night.purchase(window), move).msgid(), End.SETTLED);
        }
        final SignedRequest refused =
                send(desk, window.requests().settle(window.nextMsgid(), withAnothersCard()), UnknownRule.Move.RESEND);
        expected.put(refused.msgid(), End.REFUSED);
        final SignedRequest reversed = send(desk, night.purchase(window), UnknownRule.Move.ASK);
        expected.put(reversed.msgid(), End.REVERSED);
        final SignedRequest cancelled = send(desk, night.purchase(window), UnknownRule.Move.REVERSE);
        expected.put(cancelled.msgid(), End.CANCELLED);
        await("all were answered", () -> night.network().lostCount() >= expected.size());

        night.network().be(RudeProxy.Manner.DEAF);
        final int lostBefore = night.network().lostCount();
        final SignedRequest barred = send(desk, night.purchase(window), UnknownRule.Move.RESEND);
        expected.put(barred.msgid(), End.REVERSED);
        for (final UnknownRule.Move move : UnknownRule.Move.values()) {
            expected.put(send(desk, night.purchase(window), move).msgid(), End.NEVER_CAME);
        }
        await("all were lost", () -> night.network().lostCount() >= lostBefore + 4);
        desk.close();
        window.close();
        night.network().be(RudeProxy.Manner.POLITE);

        ask(office, reversal(office, reversed, "2102"));
        ask(office, reversal(office, barred, "2102"));
        final String setlId = get(office.query(RecordsQuery.byMsgid(cancelled.msgid())))
                .page()
                .records()
                .get(0)
                .answer()
                .settlement()
                .setlId();
        ask(
                office,
                office.requests()
                        .cancel(office.nextMsgid(), SmallCity.COUNTY, SmallCity.psnNo(NightShift.PERSON), setlId));
        assertThat(state(office, cancelled.msgid())).isEqualTo(RecordState.CANCELLED);
        assertThat(state(office, barred.msgid())).isEqualTo(RecordState.MARKED);
        office.close();
        night.passTime(AWAY);

        final TerminalClient back = night.terminal(night.city().terminals().get(PHARMACY_TERMINAL), AWAY);
        final SettlementDesk resumedDesk = night.desk(back);
        final Map<String, CompletableFuture<KnownOutcome>> resumed = resumedDesk.resumeUnfinished();
        final Map<String, End> ends = new HashMap<>();
        for (final CompletableFuture<KnownOutcome> each : resumed.values()) {
            final KnownOutcome known = get(each);
            ends.put(known.msgid(), known.end());
            assertThat(known.receipt()).as("%s", known).isNotEmpty();
            if (known.end() == End.NEVER_CAME) {
                assertThat(known.code()).isEqualTo(ResultCode.MSGID_STALE);
            }
        }
        assertThat(ends).isEqualTo(expected);
        await("the file is emptied", this::isFileEmpty);
    }

    private static SignedRequest send(
            final SettlementDesk desk, final SignedRequest request, final UnknownRule.Move move) throws IOException {
        final CompletableFuture<KnownOutcome> known =
                desk.settleOrReverse(request, new UnknownRule(move, PATIENCE, 3, PATIENCE));
        assertThat(known).isNotDone();
        return request;
    }

    private static Settlement withAnothersCard() {
        final Settlement purchase = NightShift.purchase();
        return new Settlement(
                purchase.psnNo(),
                SmallCity.COUNTY,
                "02",
                SmallCity.certno(NightShift.PERSON + 1),
                System.currentTimeMillis(),
                SmallCity.insutype(NightShift.PERSON),
                "41",
                Settlement.AccountUse.USED,
                "",
                "",
                purchase.lines());
    }

    private boolean isFileEmpty() {
        try {
            return Files.readString(night.deskFile()).lines().count() == 1;
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
