package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Shares;
import io.settlegate.protocol.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks into an engine's state between two commands, for tools that explain what a command does; changes nothing that is hashed.
 *
 * <p>Owned by the engine's thread; allocates. Not for an engine that serves.
 */
public final class EngineInspection {
    static final int INSTITUTION_NAME = 22;
    private static final int ITEM_NAME = 63;
    private static final int NAME_LENGTH = 120;

    private final EngineState state;

    public EngineInspection(final SettlementEngine engine) {
        this.state = engine.state();
    }

    /** The name of the institution of this fixmedins_code; empty if it is not registered. */
    public String institutionName(final String fixmedinsCode) {
        final int row = state.institutions.find(key(fixmedinsCode, Rows.INSTITUTION_KEY), 0);
        return row < 0 ? "" : name(state.institutions, row, INSTITUTION_NAME);
    }

    /** The name of the item of this med_list_codg; empty if it is not in the catalogue. */
    public String itemName(final String medListCodg) {
        final int row = state.items.find(key(medListCodg, Rows.ITEM_KEY), 0);
        return row < 0 ? "" : name(state.items, row, ITEM_NAME);
    }

    /** What a settlement of a visit would settle now: its unsettled lines of a batch, or all unsettled ones for 0000. */
    public List<VisitLine> unsettledLines(final String mdtrtId, final String chrgBchno) {
        final int visitRow = state.visits.find(key(mdtrtId, Rows.VISIT_KEY), 0);
        final List<VisitLine> found = new ArrayList<>();
        if (visitRow >= 0) {
            final int[] rows = new int[Limits.MAX_VISIT_LINES];
            final int count = state.visits.lines.collect(visitRow, key(chrgBchno, Rows.LINE_BATCH_LENGTH), 0, rows);
            for (int i = 0; i < count; i++) {
                found.add(line(rows[i]));
            }
        }
        return found;
    }

    private VisitLine line(final int row) {
        final FeeLines lines = state.visits.lines;
        return new VisitLine(
                text(lines.table, row, 0, Rows.LINE_SN_LENGTH),
                text(state.items, lines.itemRow(row), 0, Rows.ITEM_KEY),
                lines.table.getByte(row, Rows.LINE_LV + 1) - '0',
                lines.amountFen(row),
                lines.cntE4(row),
                lines.pricE6(row),
                lines.ceilingE6(row),
                lines.selfpayE4(row),
                lines.ownpayFen(row),
                lines.overlmtFen(row),
                lines.preselfpayFen(row),
                lines.inscpFen(row));
    }

    /** How the person of a settlement stands now; empty if no settlement of this setl_id is within the horizon. */
    public Optional<Standing> standing(final String setlId) {
        final DirectBuffer number = key(setlId, GatewayNumber.LENGTH);
        final SettlementDays settlements = state.settlements;
        if (!GatewayNumber.isNumber(number, 0)
                || !settlements.find(GatewayNumber.day(number, 0), GatewayNumber.sequence(number, 0))) {
            return Optional.empty();
        }
        settlements.read(new Shares());
        final int region = settlements.regionRow();
        return Optional.of(new Standing(
                settlements.year(),
                settlements.insutype(),
                accumulators(settlements),
                state.persons.getLong(settlements.personRow(), Rows.PERSON_BALANCE),
                state.policyShelf.version(
                        state.regions.buffer(region),
                        state.regions.offset(region) + Rows.REGION_POOLAREA,
                        settlements.policyVersion())));
    }

    private Map<String, Long> accumulators(final SettlementDays settlements) {
        final PersonYears years = state.personYears;
        final Accumulators used = new Accumulators();
        years.load(settlements.personRow(), settlements.year(), settlements.insutype(), used);
        final int diseaseRow = settlements.diseaseRow();
        if (diseaseRow >= 0 && !years.diseases.isFree(diseaseRow)) {
            used.slots[Accumulators.DISEASE_PAID] = years.diseasePaidFen(diseaseRow);
        }
        final Map<String, Long> named = new LinkedHashMap<>();
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            named.put(Accumulators.name(slot), used.slots[slot]);
        }
        return named;
    }

    /** The text padded with zero bytes, cut to the length of a key, which no row then has. */
    private static DirectBuffer key(final String text, final int length) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer key = new UnsafeBuffer(new byte[length]);
        key.putBytes(0, bytes, 0, Math.min(bytes.length, length));
        return key;
    }

    private static String text(final FlatTable table, final int row, final int field, final int length) {
        return Fields.text(table.buffer(row), table.offset(row) + field, length);
    }

    static String name(final FlatTable table, final int row, final int field) {
        final byte[] bytes = new byte[NAME_LENGTH];
        table.buffer(row).getBytes(table.offset(row) + field, bytes);
        int length = 0;
        while (length < NAME_LENGTH && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
