package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.gateway.settlement.StatementRequests.Row;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.QueryBy;
import io.settlegate.protocol.codec.RefusedOutcomeDecoder;
import io.settlegate.protocol.codec.SettlementQueryOutcomeDecoder;
import io.settlegate.protocol.codec.StatementDownloadOutcomeDecoder;
import io.settlegate.protocol.codec.StatementTotalsOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 3201, 9101, 3202, 9102, 5203, and the closing of periods: what each answers, and what it refuses. */
@Timeout(60)
final class StatementsTest {
    private static final String HOSPITAL = EngineFixture.HOSPITAL;
    private static final String PHARMACY = EngineFixture.PHARMACY;
    private static final String OFFICE = "320300";
    private static final List<Line> LINES = List.of(Line.of(1, "XA01", 10_000, 900_000_000));

    @TempDir
    private Path directory;

    private EngineFixture city;
    private StatementRequests statements;
    private SingleActs acts;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(directory);
        city.twin = new SnapshotTwin(7, 3);
        statements = new StatementRequests(city);
        acts = new SingleActs(city);
    }

    /** A settlement of 900.00, by its setl_id. */
    private String settle(final String institution, final int person) {
        final String medType = institution.equals(PHARMACY) ? "41" : "11";
        assertThat(city.settle(
                        city.nextMsgid(institution),
                        person,
                        medType,
                        0,
                        LINES,
                        encoder -> encoder.begntimeMs(city.nowMs - 1_000)))
                .isZero();
        return city.settled().setlId();
    }

    private ResultCode cancel(final int person, final String setlId) {
        return ResultCode.of(city.cancel(city.nextMsgid(HOSPITAL), person, setlId));
    }

    /** medfee, fund, account, cash, rows, refunds. */
    private long[] figures() {
        final StatementTotalsOutcomeDecoder found = statements.compared();
        return new long[] {
            found.medfeeSumamtFen(),
            found.fundPaySumamtFen(),
            found.acctPayFen(),
            found.psnCashPayFen(),
            found.fixmedinsSetlCnt(),
            found.refdCnt()
        };
    }

    @Test
    void shouldSumTheDaysOfAnInstitutionByInsuranceTypeAndOffice() {
        settle(HOSPITAL, 0);
        final long fundFen = city.settled().fundPaySumamtFen();
        final long cashFen = city.settled().psnCashPayFen();
        settle(HOSPITAL, 2);
        settle(PHARMACY, 0);
        city.insuplcAdmdvs = "320302";
        settle(HOSPITAL, 97);
        city.insuplcAdmdvs = OFFICE;
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.medfeeSumamtFen(90_000)
                        .fundPaySumamtFen(fundFen)
                        .fixmedinsSetlCnt(1)))
                .isEqualTo(ResultCode.OK);
        assertThat(figures()).containsExactly(90_000, fundFen, 0, cashFen, 1, 0);
        assertThat(statements.compared().stmtRslt()).isZero();
        assertThat(statements.compared().setlOptins()).isEqualTo(OFFICE);
        statements.totals(HOSPITAL, encoder -> encoder.medfeeSumamtFen(90_000).fixmedinsSetlCnt(1));
        assertThat(statements.compared().stmtRslt()).as("the fund differs").isEqualTo((short) 1);
        statements.totals(HOSPITAL, encoder -> encoder.insutype("390"));
        assertThat(figures()[4]).isEqualTo(1);
        statements.totals(HOSPITAL, encoder -> encoder.setlOptins("320302"));
        assertThat(figures()[4]).isEqualTo(1);
        statements.totals(PHARMACY, encoder -> encoder.clrType("41"));
        assertThat(figures()[4]).isEqualTo(1);
        statements.totals(PHARMACY, encoder -> {});
        assertThat(figures()[4]).isZero();
    }

    @Test
    void shouldCountARefundOnItsOwnDayOrTakeItsSettlementAway() {
        final String undone = settle(HOSPITAL, 0);
        final long dayOneMs = city.nowMs;
        settle(HOSPITAL, 3);
        city.nowMs += BusinessTime.DAY_MS;
        assertThat(cancel(0, undone)).isEqualTo(ResultCode.OK);
        statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(dayOneMs).stmtEnddateMs(dayOneMs));
        assertThat(figures()[0]).as("a day that is over keeps its figures").isEqualTo(180_000);
        statements.totals(HOSPITAL, encoder -> {});
        assertThat(figures()).startsWith(-90_000).endsWith(1, 1);
        statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(dayOneMs));
        assertThat(figures()).startsWith(90_000).endsWith(3, 1);
        statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(dayOneMs)
                .stmtEnddateMs(dayOneMs)
                .refdSetlFlag((short) 0));
        assertThat(figures()).as("what stands").startsWith(90_000).endsWith(1, 0);
        statements.totals(HOSPITAL, encoder -> encoder.refdSetlFlag((short) 0));
        assertThat(figures()).startsWith(0).endsWith(0, 0);
    }

    @Test
    void shouldRefuseAPeriodThatIsNone() {
        final long nowMs = city.nowMs;
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(nowMs + BusinessTime.DAY_MS)))
                .isEqualTo(ResultCode.STATEMENT_PERIOD);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.stmtEnddateMs(nowMs + BusinessTime.DAY_MS)))
                .isEqualTo(ResultCode.STATEMENT_PERIOD);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.stmtEnddateMs(Long.MAX_VALUE)))
                .isEqualTo(ResultCode.STATEMENT_PERIOD);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.stmtEnddateMs(nowMs - BusinessTime.DAY_MS)))
                .isEqualTo(ResultCode.STATEMENT_PERIOD);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(nowMs - 61 * BusinessTime.DAY_MS)))
                .isEqualTo(ResultCode.STATEMENT_PERIOD);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(nowMs - 60 * BusinessTime.DAY_MS)))
                .isEqualTo(ResultCode.OK);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(0)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
    }

    @Test
    void shouldRefuseWhatNamesNoTotals() {
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.clrType("12")))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.clrType("110")))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.insutype("31")))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.setlOptins("")))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.refdSetlFlag((short) 2)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.totals(HOSPITAL, encoder -> encoder.setlOptins("999999")))
                .isEqualTo(ResultCode.OTHER_SHARD);
        assertThat(statements.totals(EngineFixture.CLOSED, encoder -> {})).isEqualTo(ResultCode.INSTITUTION_DISABLED);
    }

    @Test
    void shouldKeepTotalsForSixtyDaysAndCountThemInTheHash() {
        settle(HOSPITAL, 0);
        final long firstMs = city.nowMs;
        city.nowMs += 60 * BusinessTime.DAY_MS;
        statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(firstMs));
        assertThat(figures()[4]).isEqualTo(1);
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        city.nowMs += BusinessTime.DAY_MS;
        city.query("T1", city.nextMsgid(HOSPITAL), city.nextMsgid(HOSPITAL));
        assertThat(city.engine.state().dayTotals.days().count()).isZero();
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
    }

    @Test
    void shouldRefuseASettlementForWhoseTotalsThereIsNoRoom() {
        settle(HOSPITAL, 0);
        final FlatTable today = city.engine.state().dayTotals.days().table(city.nowMs);
        final org.agrona.concurrent.UnsafeBuffer key = new org.agrona.concurrent.UnsafeBuffer(new byte[DayTotals.KEY]);
        final int limit = today.limit();
        city.twin = null;
        for (int row = today.count(); row < limit; row++) {
            today.reserve(1);
            key.putInt(0, row + 1);
            key.putInt(5, -1 - row);
            today.endWrite(today.insert(key, 0, DayTotals.KEY));
        }
        assertThat(ResultCode.of(city.settle(city.nextMsgid(HOSPITAL), 3, "11", 0, LINES, encoder -> {})))
                .isEqualTo(ResultCode.CAPACITY);
        assertThat(city.engine.ledgerSumFen()).isZero();
    }

    @Test
    void shouldCloseAnOfficeDayByDayAndOpenItAgain() {
        final long todayMs = city.nowMs;
        final long yesterdayMs = todayMs - BusinessTime.DAY_MS;
        assertThat(acts.closePeriod(OFFICE, todayMs, 0, "day end")).isEqualTo(ActReason.PERIOD_NOT_OVER);
        assertThat(acts.closePeriod(OFFICE, Long.MAX_VALUE, 0, "day end")).isEqualTo(ActReason.PERIOD_NOT_OVER);
        assertThat(acts.closePeriod("999999", yesterdayMs, 0, "day end")).isEqualTo(ActReason.REFERENCE_UNKNOWN);
        assertThat(acts.closePeriod(OFFICE, yesterdayMs, 2, "day end")).isEqualTo(ActReason.VALUE_WRONG);
        assertThat(acts.closePeriod(OFFICE, yesterdayMs, 0, "")).isEqualTo(ActReason.VALUE_WRONG);
        assertThat(acts.closePeriod(OFFICE, 0, 0, "day end")).isEqualTo(ActReason.VALUE_WRONG);
        assertThat(acts.closePeriod(OFFICE, yesterdayMs, 1, "was never closed")).isEqualTo(ActReason.PERIOD_ORDER);
        assertThat(acts.closePeriod(OFFICE, yesterdayMs, 0, "day end")).isNull();
        assertThat(acts.closePeriod(OFFICE, yesterdayMs, 0, "day end")).isEqualTo(ActReason.PERIOD_ORDER);
        assertThat(acts.closePeriod(OFFICE, yesterdayMs, 1, "nothing earlier")).isEqualTo(ActReason.PERIOD_ORDER);
        assertThat(acts.closePeriod(OFFICE, yesterdayMs - BusinessTime.DAY_MS, 1, "a late refund"))
                .isNull();
        assertThat(acts.closePeriod(OFFICE, yesterdayMs, 0, "day end")).isNull();
    }

    @Test
    void shouldNotCancelWhatIsClosedButReverseItOnItsOwnDay() {
        final String msgid = city.nextMsgid(HOSPITAL);
        city.settle(msgid, 0, "11", 0, LINES, encoder -> {});
        final String setlId = city.settled().setlId();
        final long dayOneMs = city.nowMs;
        city.insuplcAdmdvs = "320302";
        final String elsewhere = settle(HOSPITAL, 97);
        city.insuplcAdmdvs = OFFICE;
        city.nowMs += BusinessTime.DAY_MS;
        assertThat(acts.closePeriod(OFFICE, dayOneMs, 0, "day end")).isNull();
        final long before = city.businessHash();
        assertThat(cancel(0, setlId)).isEqualTo(ResultCode.PERIOD_CLOSED);
        assertThat(city.businessHash()).isEqualTo(before);
        statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(dayOneMs).stmtEnddateMs(dayOneMs));
        assertThat(statements.compared().closed()).isEqualTo((short) 1);
        assertThat(figures()[0]).isEqualTo(90_000);
        assertThat(city.reverse(city.nextMsgid(HOSPITAL), 0, msgid, "2102")).isZero();
        statements.totals(HOSPITAL, encoder -> encoder.stmtBegndateMs(dayOneMs).stmtEnddateMs(dayOneMs));
        assertThat(figures()[0]).as("closed figures stay").isEqualTo(90_000);
        statements.totals(HOSPITAL, encoder -> {});
        assertThat(figures()).startsWith(-90_000).endsWith(1, 1);
        assertThat(statements.compared().closed()).isZero();
        assertThat(cancel(0, setlId)).as("done before, whatever is closed").isEqualTo(ResultCode.ALREADY_UNDONE);
        assertThat(cancel(97, elsewhere)).as("another office is open").isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldCancelAgainOnceTheDayIsOpen() {
        final String setlId = settle(HOSPITAL, 0);
        final long dayOneMs = city.nowMs;
        city.nowMs += BusinessTime.DAY_MS;
        acts.closePeriod(OFFICE, dayOneMs, 0, "day end");
        assertThat(cancel(0, setlId)).isEqualTo(ResultCode.PERIOD_CLOSED);
        acts.closePeriod(OFFICE, dayOneMs - BusinessTime.DAY_MS, 1, "a late refund");
        assertThat(cancel(0, setlId)).isEqualTo(ResultCode.OK);
    }

    private static Row row(final int number) {
        return new Row("", HOSPITAL + "202611201000000" + String.format("%03d", number), 0, 100 + number, 50, 10, 0);
    }

    private static List<Row> rows(final int from, final int count) {
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(from + i));
        }
        return rows;
    }

    @Test
    void shouldTakePiecesInOrderAndEndThemOnce() {
        final List<Row> all = rows(0, 250);
        assertThat(statements.upload(HOSPITAL, "F1", 1, all.subList(0, 200))).isEqualTo(ResultCode.STATEMENT_PIECE);
        assertThat(statements.details(HOSPITAL, "F1", 0, List.of(), encoder -> {}))
                .isEqualTo(ResultCode.STATEMENT_UNKNOWN);
        assertThat(statements.upload(HOSPITAL, "F1", 0, all.subList(0, 200))).isEqualTo(ResultCode.OK);
        final long first = city.sequence;
        assertThat(statements.uploaded().rowCount()).isEqualTo(200);
        assertThat(statements.uploaded().previousSequence()).isZero();
        assertThat(statements.upload(PHARMACY, "F1", 1, rows(0, 1)))
                .as("another institution's")
                .isEqualTo(ResultCode.STATEMENT_PIECE);
        assertThat(statements.upload(HOSPITAL, "F1", 0, rows(0, 1))).isEqualTo(ResultCode.STATEMENT_PIECE);
        city.nowMs += BusinessTime.DAY_MS;
        assertThat(statements.upload(HOSPITAL, "F1", 1, all.subList(200, 250))).isEqualTo(ResultCode.OK);
        final long last = city.sequence;
        assertThat(statements.uploaded().rowCount()).isEqualTo(250);
        assertThat(statements.uploaded().previousSequence()).isEqualTo(first);
        assertThat(statements.details(HOSPITAL, "F1", 1, all, encoder -> {})).isEqualTo(ResultCode.STATEMENT_PIECE);
        assertThat(statements.details(HOSPITAL, "F1", 2, all.subList(0, 249), encoder -> {}))
                .isEqualTo(ResultCode.STATEMENT_SUMS);
        assertThat(statements.details(HOSPITAL, "F1", 2, all, encoder -> encoder.acctPayFen(1)))
                .isEqualTo(ResultCode.STATEMENT_SUMS);
        assertThat(statements.details(
                        HOSPITAL, "F1", 2, all, encoder -> encoder.stmtEnddateMs(city.nowMs + BusinessTime.DAY_MS)))
                .isEqualTo(ResultCode.STATEMENT_PERIOD);
        assertThat(statements.download(HOSPITAL, "F1", encoder -> {})).isEqualTo(ResultCode.STATEMENT_UNKNOWN);
        assertThat(statements.details(
                        HOSPITAL,
                        "F1",
                        2,
                        all,
                        encoder -> encoder.stmtBegndateMs(city.nowMs - 367 * BusinessTime.DAY_MS)))
                .isEqualTo(ResultCode.STATEMENT_PERIOD);
        assertThat(statements.details(
                        HOSPITAL,
                        "F1",
                        2,
                        all,
                        encoder -> encoder.stmtBegndateMs(city.nowMs - 366 * BusinessTime.DAY_MS)))
                .isEqualTo(ResultCode.OK);
        final long details = city.sequence;
        assertThat(new long[] {
                    statements.ended().rowCount(),
                    statements.ended().pieceCount(),
                    statements.ended().firstPieceSequence(),
                    statements.ended().lastPieceSequence()
                })
                .containsExactly(250, 2, first, last);
        assertThat(statements.details(HOSPITAL, "F1", 2, all, encoder -> {})).isEqualTo(ResultCode.STATEMENT_PIECE);
        assertThat(statements.upload(HOSPITAL, "F1", 2, rows(0, 1))).isEqualTo(ResultCode.STATEMENT_PIECE);
        assertThat(statements.download(HOSPITAL, "F1", encoder -> {})).isEqualTo(ResultCode.OK);
        assertThat(new StatementDownloadOutcomeDecoder()
                        .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                        .detailsSequence())
                .isEqualTo(details);
        assertThat(statements.download(PHARMACY, "F1", encoder -> {})).isEqualTo(ResultCode.STATEMENT_UNKNOWN);
        assertThat(statements.download(HOSPITAL, "F1", encoder -> encoder.pageLimit(101)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.download(HOSPITAL, "F1", encoder -> encoder.pageLimit(0)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.download(HOSPITAL, "F1", encoder -> encoder.afterRow(-2)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        city.nowMs += 5 * BusinessTime.DAY_MS;
        assertThat(statements.download(HOSPITAL, "F1", encoder -> {}))
                .as("beyond the horizon")
                .isEqualTo(ResultCode.STATEMENT_UNKNOWN);
        assertThat(statements.upload(HOSPITAL, "F1", 0, rows(0, 1))).isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldBoundTheUploadsOfAnInstitutionAndDay() {
        for (int i = 0; i < Limits.MAX_STATEMENTS_A_DAY; i++) {
            assertThat(statements.upload(HOSPITAL, "F" + i, 0, rows(0, 1))).isEqualTo(ResultCode.OK);
        }
        assertThat(statements.upload(HOSPITAL, "G", 0, rows(0, 1))).isEqualTo(ResultCode.STATEMENT_TOO_MANY);
        assertThat(statements.upload(HOSPITAL, "F7", 1, rows(0, 1)))
                .as("a further piece")
                .isEqualTo(ResultCode.OK);
        assertThat(statements.upload(PHARMACY, "G", 0, rows(0, 1)))
                .as("another institution")
                .isEqualTo(ResultCode.OK);
        city.nowMs += BusinessTime.DAY_MS;
        assertThat(statements.upload(HOSPITAL, "G", 0, rows(0, 1)))
                .as("another day")
                .isEqualTo(ResultCode.OK);
        assertThat(statements.upload(HOSPITAL, "F8", 1, rows(0, 1)))
                .as("begun yesterday")
                .isEqualTo(ResultCode.OK);
    }

    private void refusesRow(final Row row) {
        assertThat(statements.upload(HOSPITAL, "F2", 0, List.of(row(1), row))).isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(new RefusedOutcomeDecoder()
                        .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                        .lineIndex())
                .isEqualTo((short) 1);
    }

    @Test
    void shouldRefuseRowsByTheirFormAndNameTheFirst() {
        final String msgid = row(1).msgid();
        refusesRow(new Row("", "", 0, 1, 1, 0, 0));
        refusesRow(new Row("", msgid, 0, -1, 0, 0, 0));
        refusesRow(new Row("", msgid, 0, 1, 0, 0, 1));
        refusesRow(new Row("", msgid, 0, 1, 0, 0, 2));
        refusesRow(new Row("", msgid, 0, Limits.MAX_AMOUNT_FEN + 1, 0, 0, 0));
        refusesRow(new Row("", msgid, 0, Long.MIN_VALUE, 0, 0, 1));
        refusesRow(new Row("a b", msgid, 0, 1, 0, 0, 0));
        assertThat(statements.upload(HOSPITAL, "F2", 0, List.of())).isEqualTo(ResultCode.NO_LINES);
        assertThat(statements.upload(HOSPITAL, "F2", 0, Collections.nCopies(201, row(1))))
                .isEqualTo(ResultCode.TOO_MANY_LINES);
        assertThat(statements.upload(HOSPITAL, "", 0, List.of(row(1)))).isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.upload(HOSPITAL, "F2", 0, List.of(new Row("X1", msgid, 0, -1, -1, 0, 1), row(2))))
                .isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldTakeAQuestionThatNamesWhatItAsksByAndNothingElse() {
        final String old = HOSPITAL + "202401011200000001";
        final String setlId = "320300202401010000000000000001";
        assertThat(statements.query(
                        HOSPITAL, QueryBy.MSGID, encoder -> encoder.omsgid(old).afterSequence(17)))
                .isEqualTo(ResultCode.OK);
        final SettlementQueryOutcomeDecoder outcome =
                new SettlementQueryOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
        assertThat(outcome.by()).isEqualTo(QueryBy.MSGID);
        assertThat(outcome.afterSequence()).isEqualTo(17);
        assertThat(outcome.pageLimit()).isEqualTo(100);
        assertThat(statements.query(PHARMACY, QueryBy.MSGID, encoder -> encoder.omsgid(old)))
                .isEqualTo(ResultCode.MSGID_FOREIGN);
        assertThat(statements.query(HOSPITAL, QueryBy.MSGID, encoder -> encoder.omsgid("X")))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.query(HOSPITAL, QueryBy.SETL_ID, encoder -> encoder.setlId(setlId)))
                .isEqualTo(ResultCode.OK);
        assertThat(statements.query(HOSPITAL, QueryBy.SETL_ID, encoder -> encoder.setlId("1")))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.query(HOSPITAL, QueryBy.SETL_ID, encoder -> encoder.setlId(setlId)
                        .omsgid(old)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.query(HOSPITAL, QueryBy.PERSON_TIME, encoder -> encoder.psnNo(EngineFixture.psnNo(0))
                        .endTimeMs(2)))
                .isEqualTo(ResultCode.OK);
        assertThat(statements.query(HOSPITAL, QueryBy.PERSON_TIME, encoder -> encoder.endTimeMs(2)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.query(HOSPITAL, QueryBy.INSTITUTION_TIME, encoder -> encoder.begnTimeMs(5)
                        .endTimeMs(6)))
                .isEqualTo(ResultCode.OK);
        assertThat(statements.query(HOSPITAL, QueryBy.INSTITUTION_TIME, encoder -> encoder.begnTimeMs(5)
                        .endTimeMs(5)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.query(HOSPITAL, QueryBy.INSTITUTION_TIME, encoder -> encoder.endTimeMs(5)
                        .pageLimit(0)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.query(HOSPITAL, QueryBy.INSTITUTION_TIME, encoder -> encoder.endTimeMs(5)
                        .afterSequence(-1)))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(statements.query(HOSPITAL, QueryBy.MSGID, encoder -> encoder.omsgid(old)
                        .header()
                        .sentAtMs(city.nowMs - 61_000)))
                .isEqualTo(ResultCode.READ_STALE);
    }
}
