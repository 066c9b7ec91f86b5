package io.settlegate.journal;

import io.settlegate.journal.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Does everything of {@link FaultKind} to journals from a seed, one at a time and two at once, and counts what came of it. */
final class FaultMatrix {
    private static final int ATTEMPTS = 40;

    private final long seed;
    private final Path scratch;
    private final UnaryOperator<Store> wrapper;
    private final Map<FaultKind, Map<FaultJudge.Verdict, Integer>> table = new EnumMap<>(FaultKind.class);
    private final Map<FaultJudge.Verdict, Integer> pairs = new EnumMap<>(FaultJudge.Verdict.class);
    private final List<String> failures = new ArrayList<>();
    private final List<FaultHistory> histories = new ArrayList<>();

    FaultMatrix(final long seed, final Path scratch, final UnaryOperator<Store> wrapper) {
        this.seed = seed;
        this.scratch = scratch;
        this.wrapper = wrapper;
    }

    /** Each kind so many times, and so many pairs. */
    FaultMatrix run(final int rounds, final int pairRounds) throws IOException {
        for (int round = 0; round < rounds; round++) {
            renewHistories(round);
            for (final FaultKind kind : FaultKind.values()) {
                round(List.of(kind), seed * 1_000_003 + round * 1_009L + kind.ordinal(), tableOf(kind));
            }
        }
        for (int round = 0; round < pairRounds; round++) {
            if (round % 50 == 0) {
                renewHistories(rounds + round);
            }
            final long roundSeed = seed * 1_000_033 + round;
            final Random random = new Random(roundSeed);
            final FaultKind[] kinds = FaultKind.values();
            round(List.of(kinds[random.nextInt(kinds.length)], kinds[random.nextInt(kinds.length)]), roundSeed, pairs);
        }
        return this;
    }

    private Map<FaultJudge.Verdict, Integer> tableOf(final FaultKind kind) {
        return table.computeIfAbsent(kind, any -> new EnumMap<>(FaultJudge.Verdict.class));
    }

    private void renewHistories(final int round) throws IOException {
        histories.clear();
        for (int i = 0; i < 4; i++) {
            final long historySeed = seed * 31 + round * 4L + i;
            try {
                histories.add(
                        FaultHistory.write(historySeed, java.nio.file.Files.createTempDirectory(scratch, "archived")));
            } catch (final RuntimeException e) {
                throw new AssertionError("history of seed " + historySeed, e);
            }
        }
    }

    private void round(final List<FaultKind> kinds, final long roundSeed, final Map<FaultJudge.Verdict, Integer> counts)
            throws IOException {
        final Random random = new Random(roundSeed);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            final int index = random.nextInt(histories.size());
            final FaultHistory history = histories.get(index).copy(random.nextLong());
            final FaultHistory other = histories.get((index + 1) % histories.size());
            final String before = history.toString();
            final List<String> places = new ArrayList<>();
            boolean mayLeaveNothing = false;
            try {
                for (final FaultKind kind : kinds) {
                    places.add(kind + ": " + kind.apply(history, other, random));
                    mayLeaveNothing |= kind.isLeavingNothing();
                }
            } catch (final RuntimeException e) {
                failures.add("seed " + roundSeed + ", " + kinds + " could not be done to " + before + ": " + e);
                return;
            }
            if (places.stream().anyMatch(place -> place.endsWith(": null"))) {
                continue;
            }
            for (final FaultJudge.Start start : FaultJudge.Start.values()) {
                try {
                    counts.merge(new FaultJudge(history, mayLeaveNothing, wrapper).judge(start), 1, Integer::sum);
                } catch (final FaultJudge.Failure e) {
                    failures.add("seed " + roundSeed + ", attempt " + attempt + ", " + places + ", " + start + ", on "
                            + before + ": " + e.getMessage());
                }
            }
            return;
        }
    }

    /** What must not be, a line each. */
    List<String> failures() {
        return failures;
    }

    int count(final FaultKind kind, final FaultJudge.Verdict verdict) {
        return tableOf(kind).getOrDefault(verdict, 0);
    }

    /** Kind by what came of it. */
    String describe() {
        final StringBuilder text = new StringBuilder("seed " + seed + '\n');
        text.append(
                String.format("%-28s%10s%10s%10s%16s%n", "fault", "started", "set aside", "refused", "not told apart"));
        table.forEach((kind, counts) -> line(text, kind.name(), counts));
        line(text, "two at once", pairs);
        return text.toString();
    }

    private static void line(
            final StringBuilder text, final String name, final Map<FaultJudge.Verdict, Integer> counts) {
        text.append(String.format(
                "%-28s%10d%10d%10d%16d%n",
                name,
                counts.getOrDefault(FaultJudge.Verdict.STARTED, 0),
                counts.getOrDefault(FaultJudge.Verdict.SET_ASIDE, 0),
                counts.getOrDefault(FaultJudge.Verdict.REFUSED, 0),
                counts.getOrDefault(FaultJudge.Verdict.NOT_TOLD_APART, 0)));
    }
}
