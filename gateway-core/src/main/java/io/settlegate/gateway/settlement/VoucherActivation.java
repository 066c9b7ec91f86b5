package io.settlegate.gateway.settlement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Counts, per region, who is insured and who of them has an e-voucher: an imported token, also one that has expired, or a settlement by
 * credential 01. Looks into an engine's state between two commands; changes nothing that is hashed.
 *
 * <p>Owned by the engine's thread; walks all persons, a second for ten million. Not for an engine that serves.
 */
public final class VoucherActivation {
    private static final int REGION_NAME = Rows.REGION_KEY + Rows.REGION_POOLAREA;
    private static final int REGION_NAME_LENGTH = 60;

    private final EngineState state;
    private final BitSet activated = new BitSet();

    /**
     * One region.
     *
     * @param admdvs where the persons are insured.
     * @param name of the region; empty if it is not registered.
     * @param insuredCount persons who are insured there now.
     * @param activatedCount of them: with an e-voucher.
     */
    public record Region(String admdvs, String name, long insuredCount, long activatedCount) {}

    public VoucherActivation(final SettlementEngine engine) {
        this.state = engine.state();
        final FlatTable vouchers = state.vouchers;
        for (int row = 0; row < vouchers.end(); row++) {
            if (!vouchers.isFree(row)) {
                mark(vouchers.buffer(row), vouchers.offset(row) + Rows.VOUCHER_PSN_NO);
            }
        }
    }

    /** Whoever settled by credential 01 has an e-voucher; psnNo is the place of thirty bytes. */
    public void mark(final DirectBuffer buffer, final int psnNo) {
        final int row = state.persons.find(buffer, psnNo);
        if (row >= 0) {
            activated.set(row);
        }
    }

    /** All regions where somebody is insured, by admdvs. */
    public List<Region> regions() {
        final FlatTable persons = state.persons;
        final Map<String, long[]> counts = new TreeMap<>();
        for (int row = 0; row < persons.end(); row++) {
            if (!persons.isFree(row)
                    && Fields.holds(
                            persons.buffer(row),
                            persons.offset(row) + Rows.PERSON_INSU_STAS,
                            Rows.INSU_STAS_LENGTH,
                            "1")) {
                final long[] count = counts.computeIfAbsent(
                        Fields.text(persons.buffer(row), persons.offset(row) + Rows.PERSON_INSUPLC, Rows.REGION_KEY),
                        admdvs -> new long[2]);
                count[0]++;
                count[1] += activated.get(row) ? 1 : 0;
            }
        }
        final List<Region> regions = new ArrayList<>();
        for (final Map.Entry<String, long[]> entry : counts.entrySet()) {
            regions.add(
                    new Region(entry.getKey(), regionName(entry.getKey()), entry.getValue()[0], entry.getValue()[1]));
        }
        return List.copyOf(regions);
    }

    /** The name of a region; empty if it is not registered. */
    public String regionName(final String admdvs) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.REGION_KEY]);
        key.putStringWithoutLengthAscii(0, admdvs, 0, Math.min(admdvs.length(), Rows.REGION_KEY));
        final int row = state.regions.find(key, 0);
        if (row < 0) {
            return "";
        }
        final byte[] name = new byte[REGION_NAME_LENGTH];
        state.regions.buffer(row).getBytes(state.regions.offset(row) + REGION_NAME, name);
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.UTF_8);
    }
}
