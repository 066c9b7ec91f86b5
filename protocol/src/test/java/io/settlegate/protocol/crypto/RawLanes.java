package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.Equation;
import io.settlegate.protocol.crypto.sm2.EquationLanes;
import io.settlegate.protocol.crypto.sm2.KeyTableBuilder;
import io.settlegate.protocol.crypto.sm2.Verdict;
import io.settlegate.protocol.crypto.sm2.WindowTables;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the lanes themselves say of eight signatures, before {@link LaneVerifier} has it confirmed. Digests are given. */
final class RawLanes {
    private static final int LANES = EquationLanes.LANES;

    private final EquationLanes lanes = SignatureSelection.lanes().orElseThrow();
    private final Map<Sm2PublicKey, long[]> tables = new HashMap<>();
    private final KeyTableBuilder builder = new KeyTableBuilder();
    private final WindowTables windows = new WindowTables();
    private final Equation[] equations = new Equation[LANES];
    private final boolean[] isInRange = new boolean[LANES];
    private final long[] keyTables = new long[LANES * Equation.KEY_TABLE_WORDS];
    private final long[] windowTables = new long[LANES * WindowTables.TABLE_WORDS];

    RawLanes() {
        Arrays.setAll(equations, i -> new Equation());
    }

    Verdict[] byCombs(final List<SignedCase> eight) {
        for (int lane = 0; lane < LANES; lane++) {
            final SignedCase one = eight.get(lane);
            take(lane, one);
            equations[lane].cut();
            final long[] table = tables.computeIfAbsent(one.key(), this::table);
            System.arraycopy(table, 0, keyTables, lane * Equation.KEY_TABLE_WORDS, Equation.KEY_TABLE_WORDS);
        }
        final Verdict[] verdicts = new Verdict[LANES];
        lanes.decide(equations, keyTables, verdicts);
        return masked(verdicts);
    }

    Verdict[] byWindows(final List<SignedCase> eight) {
        for (int lane = 0; lane < LANES; lane++) {
            take(lane, eight.get(lane));
            equations[lane].cutForWindows();
            windows.take(lane, eight.get(lane).key().encoded, 1);
        }
        windows.pack(windowTables, LANES);
        final Verdict[] verdicts = new Verdict[LANES];
        lanes.decideByWindows(equations, windowTables, verdicts);
        return masked(verdicts);
    }

    private void take(final int lane, final SignedCase one) {
        isInRange[lane] = equations[lane].take(one.signed(), one.length(), one.digest(), 0);
    }

    private long[] table(final Sm2PublicKey key) {
        final long[] table = new long[Equation.KEY_TABLE_WORDS];
        builder.build(table, key.encoded, 1);
        return table;
    }

    private Verdict[] masked(final Verdict[] verdicts) {
        for (int lane = 0; lane < LANES; lane++) {
            verdicts[lane] = isInRange[lane] ? verdicts[lane] : Verdict.INVALID;
        }
        return verdicts;
    }
}
