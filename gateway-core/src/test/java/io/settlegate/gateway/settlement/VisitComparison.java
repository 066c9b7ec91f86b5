package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.ReferenceVisits.Staged;
import io.settlegate.gateway.settlement.ReferenceVisits.Visit;
import io.settlegate.protocol.Limits;
import java.time.LocalDate;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Compares the visits of a city's engine, row by row and line by line, with plain collections. */
final class VisitComparison {
    private final EngineFixture city;
    private final Visits visits;
    private final ReferenceVisits books;
    private final int personCount;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[30]);
    private String which;

    VisitComparison(final EngineFixture city, final ReferenceVisits books, final int personCount) {
        this.city = city;
        this.visits = city.engine.state().visits;
        this.books = books;
        this.personCount = personCount;
    }

    /** The row of a line of this visit. */
    int lineRow(final int visitRow, final Staged staged) {
        return visits.lines.find(visitRow, key(staged.line.sn()), 0);
    }

    /** A code of thirty bytes; the next one takes its place. */
    UnsafeBuffer key(final String text) {
        Fields.putText(key, 0, 30, text);
        return key;
    }

    /** Compares everything; what is expired must have been freed. */
    void compareAll(final String where) {
        which = where;
        final LocalDate today = ReferenceVisits.dayOf(city.nowMs);
        int lineCount = 0;
        int visitCount = 0;
        for (final Visit visit : books.visits.values()) {
            final int row = visits.find(key(visit.id), 0);
            assertThat(row >= 0).as("%s, visit %s", which, visit.id).isEqualTo(visit.isFound(today));
            if (row >= 0) {
                visitCount++;
                lineCount += visit.lines.size();
                compare(visit, row);
            }
        }
        assertThat(visits.table.count()).as(which).isEqualTo(visitCount);
        assertThat(visits.lines.table.count()).as(which).isEqualTo(lineCount);
        for (int person = 0; person < personCount; person++) {
            final int open = visits.stays.openStay(key(EngineFixture.psnNo(person)), 0);
            final Visit expected = books.openStay(person);
            assertThat(open).as(which).isEqualTo(expected == null ? -1 : visits.find(key(expected.id), 0));
        }
        assertThat(city.engine.recomputeStateHashHigh()).as(which).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).as(which).isEqualTo(city.engine.stateHashLow());
    }

    private void compare(final Visit visit, final int row) {
        final long sums =
                visit.settlements.stream().mapToLong(sequence -> sequence).sum();
        assertThat(new long[] {
                    visits.begntimeMs(row),
                    visits.endtimeMs(row),
                    visits.state(row),
                    visits.stayNumber(row),
                    visits.settlements(row),
                    visits.settlementsAfterDischarge(row),
                    visits.dedcUsedFen(row),
                    visits.baseFen(row),
                    visits.expiryDay(row),
                    visits.lines.count(row)
                })
                .as("%s, visit %s", which, visit.id)
                .containsExactly(
                        visit.begntimeMs,
                        visit.endtimeMs,
                        visit.isDischarged ? Visits.DISCHARGED : Visits.OPEN,
                        visit.number,
                        visit.settlements.size(),
                        visit.settledAfter.size(),
                        sums,
                        2 * sums,
                        visit.lastDay == null ? Integer.MAX_VALUE : visit.lastDay.toEpochDay(),
                        visit.lines.size());
        assertThat(List.of(
                        text(row, Rows.VISIT_MED_TYPE, 6),
                        text(row, Rows.VISIT_DISEASE, 30),
                        text(row, Rows.VISIT_DIAGNOSIS, 30)))
                .as(which)
                .containsExactly(visit.medType, visit.disease, visit.diagnosis);
        compareLines(visit, row);
    }

    private void compareLines(final Visit visit, final int row) {
        final FeeLines lines = visits.lines;
        int lineRow = lines.first(row);
        for (final Staged staged : visit.lines.values()) {
            assertThat(lineRow).as(which).isEqualTo(lineRow(row, staged));
            assertThat(new long[] {
                        lines.amountFen(lineRow),
                        lines.cntE4(lineRow),
                        lines.pricE6(lineRow),
                        lines.ocurMs(lineRow),
                        lines.ownpayFen(lineRow),
                        lines.overlmtFen(lineRow),
                        lines.preselfpayFen(lineRow),
                        lines.inscpFen(lineRow),
                        lines.settledBy(lineRow)
                    })
                    .as(which)
                    .containsExactly(
                            staged.line.amountFen(),
                            staged.line.cntE4(),
                            staged.line.pricE6(),
                            staged.line.ocurMs(),
                            staged.parts[0],
                            staged.parts[1],
                            staged.parts[2],
                            staged.parts[3],
                            staged.settledBy);
            lineRow = lines.next(lineRow);
        }
        assertThat(lineRow).as(which).isEqualTo(-1);
        for (final String batch : List.of("0000", "B0", "B1", "B2", "B3")) {
            final int[] into = new int[Limits.MAX_VISIT_LINES];
            final int count = lines.collect(row, key(batch), 0, into);
            final List<Staged> expected = visit.unsettled(batch);
            assertThat(count).as(which).isEqualTo(expected.size());
            for (int i = 0; i < count; i++) {
                assertThat(into[i]).as(which).isEqualTo(lineRow(row, expected.get(i)));
            }
        }
    }

    private String text(final int row, final int field, final int length) {
        return Fields.text(visits.table.buffer(row), visits.table.offset(row) + field, length);
    }
}
