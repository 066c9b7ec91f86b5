package io.settlegate.gateway.badinput;

import io.settlegate.gateway.SmallCity;
import io.settlegate.gateway.badinput.BadInput.After;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.statement.StatementRow;
import io.settlegate.protocol.client.statement.StatementScope;
import io.settlegate.protocol.client.statement.StatementSums;
import io.settlegate.protocol.client.visit.Flag;
import java.io.IOException;
import java.util.List;

/** Statements of periods that are none, uploads with gaps, and sums that are not those of the rows. */
final class BadStatements {
    private static final long DAY_MS = 86_400_000L;
    private static final String INSUTYPE = "310";
    private static final String CLR_TYPE = "41";

    private BadStatements() {}

    static void addTo(final BadInputs table) {
        table.part("statements");
        table.gets(
                ResultCode.FIELD_MALFORMED,
                "3201 of a clrType that nothing is cleared by (12)",
                After.BOUND,
                scene -> totals(scene, SmallCity.COUNTY, "12", 0, 0));
        table.gets(
                ResultCode.OTHER_SHARD,
                "3201 of an office that is not served here",
                After.BOUND,
                scene -> totals(scene, "990000", CLR_TYPE, 0, 0));
        table.gets(
                ResultCode.STATEMENT_PERIOD,
                "3201 of a period that ends tomorrow",
                After.BOUND,
                scene -> totals(scene, SmallCity.COUNTY, CLR_TYPE, 0, DAY_MS));
        table.gets(
                ResultCode.STATEMENT_PERIOD,
                "3201 of a period that begins before totals are kept",
                After.BOUND,
                scene -> totals(scene, SmallCity.COUNTY, CLR_TYPE, -62 * DAY_MS, 0));
        table.gets(ResultCode.NO_LINES, "9101 without rows", After.BOUND, scene -> upload(scene, 0, List.of()));
        table.gets(
                ResultCode.FIELD_MALFORMED,
                "9101 with a row that names neither setlId nor msgid",
                After.BOUND,
                scene -> upload(scene, 0, List.of(row("", 100, Flag.NO))));
        table.gets(
                ResultCode.FIELD_MALFORMED,
                "9101 with a refund whose amounts are positive",
                After.BOUND,
                scene -> upload(scene, 0, List.of(row(scene.msgid, 100, Flag.YES))));
        table.gets(
                ResultCode.STATEMENT_PIECE,
                "9101 that begins with pieceIndex 1",
                After.BOUND,
                scene -> upload(scene, 1, rows(scene)));
        table.gets(ResultCode.STATEMENT_PIECE, "9101 behind its 3202", After.BOUND, scene -> {
            must(scene, piece(scene, scene.nextMsgid(), 0, rows(scene)));
            must(scene, details(scene, scene.nextMsgid(), 1, StatementSums.NONE.plus(rows(scene))));
            return upload(scene, 1, rows(scene));
        });
        table.gets(
                ResultCode.STATEMENT_UNKNOWN,
                "3202 of a fileQuryNo under which nothing was uploaded",
                After.BOUND,
                scene -> scene.send(
                        details(scene, scene.msgid, 0, StatementSums.NONE).frame()));
        table.gets(ResultCode.STATEMENT_PIECE, "3202 that names another number of pieces", After.BOUND, scene -> {
            must(scene, piece(scene, scene.nextMsgid(), 0, rows(scene)));
            return scene.send(details(scene, scene.msgid, 2, StatementSums.NONE.plus(rows(scene)))
                    .frame());
        });
        table.gets(ResultCode.STATEMENT_SUMS, "3202 one fen off its rows", After.BOUND, scene -> {
            must(scene, piece(scene, scene.nextMsgid(), 0, rows(scene)));
            return scene.send(details(scene, scene.msgid, 1, new StatementSums(1_251, 0, 0, 1))
                    .frame());
        });
        table.gets(ResultCode.STATEMENT_PERIOD, "3202 of a period that began 367 days ago", After.BOUND, scene -> {
            must(scene, piece(scene, scene.nextMsgid(), 0, rows(scene)));
            return scene.send(details(scene, scene.msgid, 1, -367 * DAY_MS, StatementSums.NONE.plus(rows(scene)))
                    .frame());
        });
        table.gets(ResultCode.STATEMENT_UNKNOWN, "9102 before its 3202", After.BOUND, scene -> {
            must(scene, piece(scene, scene.nextMsgid(), 0, rows(scene)));
            return scene.send(scene.signer()
                    .statements()
                    .download(scene.msgid, number(scene), -1, 100)
                    .frame());
        });
        table.gets(
                ResultCode.FIELD_MALFORMED,
                "9102 with a pageLimit of 101",
                After.BOUND,
                scene -> scene.send(scene.signer()
                        .statements()
                        .download(scene.msgid, number(scene), -1, 101)
                        .frame()));
    }

    private static Got totals(
            final Scene scene, final String office, final String clrType, final long beginsMs, final long endsMs)
            throws IOException {
        final long nowMs = System.currentTimeMillis();
        final StatementScope scope = new StatementScope(office, nowMs + beginsMs, nowMs + endsMs, Flag.YES);
        return scene.send(scene.signer()
                .statements()
                .totals(scene.msgid, scope, INSUTYPE, clrType, StatementSums.NONE)
                .frame());
    }

    /** One for each scene. */
    private static String number(final Scene scene) {
        return "F" + scene.msgid.substring(12);
    }

    private static StatementRow row(final String msgid, final long medfeeFen, final Flag refdSetlFlag) {
        return new StatementRow("", msgid, SmallCity.psnNo(RoughCity.GOOD_PERSON), "", medfeeFen, 0, 0, refdSetlFlag);
    }

    private static List<StatementRow> rows(final Scene scene) {
        return List.of(row(scene.msgid, 1_250, Flag.NO));
    }

    private static SignedRequest piece(
            final Scene scene, final String msgid, final int index, final List<StatementRow> rows) {
        return scene.signer().statements().upload(msgid, number(scene), index, rows);
    }

    private static Got upload(final Scene scene, final int index, final List<StatementRow> rows) throws IOException {
        return scene.send(piece(scene, scene.msgid, index, rows).frame());
    }

    private static SignedRequest details(
            final Scene scene, final String msgid, final int pieceCount, final StatementSums sums) {
        return details(scene, msgid, pieceCount, 0, sums);
    }

    private static SignedRequest details(
            final Scene scene,
            final String msgid,
            final int pieceCount,
            final long beginsMs,
            final StatementSums sums) {
        final long nowMs = System.currentTimeMillis();
        final StatementScope scope = new StatementScope(SmallCity.COUNTY, nowMs + beginsMs, nowMs, Flag.NO);
        return scene.signer().statements().details(msgid, number(scene), pieceCount, scope, "", sums);
    }

    private static void must(final Scene scene, final SignedRequest request) throws IOException {
        final Got got = scene.send(request.frame());
        if (got.code() != ResultCode.OK) {
            throw new AssertionError("what comes before the row's input got " + got.code());
        }
    }
}
