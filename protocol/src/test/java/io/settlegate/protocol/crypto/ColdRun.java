package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.EquationLanes;
import io.settlegate.protocol.crypto.sm2.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Asks a JVM with flags of its own, from its first call on, for verdicts and digests that another JVM has found out with
 * BouncyCastle, and counts every difference as a fault. The lanes are asked directly, so that a fault shows although
 * {@link LaneVerifier} would have it mended; a fault is asked for once more, to tell whether it stays.
 *
 * <p>Ends with 1 if there was a fault.
 */
final class ColdRun {
    private static final int LANES = EquationLanes.LANES;
    private static final int MAX_DIGESTS = 70;
    private static final int MAX_LINES = 40;

    private static final List<String> SCALAR =
            List.of(VerificationPaths.BOUNCYCASTLE, VerificationPaths.SCALAR, VerificationPaths.UNPREPARED_SCALAR);
    private static final List<String> CONFIRMED = List.of(VerificationPaths.LANES, VerificationPaths.UNPREPARED_LANES);

    private final List<SignedCase> cases;
    private final Random random;
    private final RawLanes raw = new RawLanes();
    private final Sm3Batch digests = Sm3Batch.inLanes(MAX_DIGESTS);
    private final Map<String, SignatureVerifier> paths =
            VerificationPaths.all(new KeyTables(64L * KeyTables.TABLE_BYTES));
    private final SignatureBatch batch = new SignatureBatch(LANES);
    private long iteration;
    private long signatures;
    private long digestCount;
    private int faults;

    private ColdRun(final List<SignedCase> cases, final Random random) {
        this.cases = cases;
        this.random = random;
    }

    /**
     * Arguments: file of signatures, seed, and what to do, each as name=signatures: the lanes by combs or windows, their digests,
     * the scalar paths, those whose lanes are confirmed, or all in turn; and garbage=1 for a thread that keeps the collector busy.
     */
    public static void main(final String[] arguments) throws IOException {
        final ColdRun run =
                new ColdRun(SignedCases.read(Path.of(arguments[0])), new Random(Long.parseLong(arguments[1])));
        for (final String step : Arrays.asList(arguments).subList(2, arguments.length)) {
            run.take(step.substring(0, step.indexOf('=')), Integer.parseInt(step.substring(step.indexOf('=') + 1)));
        }
        System.out.println("signatures=" + run.signatures + " digests=" + run.digestCount + " faults=" + run.faults);
        System.exit(run.faults == 0 ? 0 : 1);
    }

    private void take(final String step, final int count) {
        for (int done = 0; done < count; done += LANES) {
            final List<SignedCase> eight = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                eight.add(cases.get(random.nextInt(cases.size())));
            }
            switch (step) {
                case "combs" -> compare(step, eight, () -> isValid(raw.byCombs(eight)));
                case "windows" -> compare(step, eight, () -> isValid(raw.byWindows(eight)));
                case "scalar" -> comparePaths(eight, SCALAR);
                case "confirmed" -> comparePaths(eight, CONFIRMED);
                case "digests" -> compareDigests();
                case "all" -> {
                    compare("combs", eight, () -> isValid(raw.byCombs(eight)));
                    compare("windows", eight, () -> isValid(raw.byWindows(eight)));
                    comparePaths(eight, SCALAR);
                    comparePaths(eight, CONFIRMED);
                    compareDigests();
                }
                case "garbage" -> {
                    startGarbage();
                    return;
                }
                default -> throw new IllegalArgumentException("no step " + step);
            }
            iteration++;
        }
    }

    private static boolean[] isValid(final Verdict[] verdicts) {
        final boolean[] isValid = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            if (verdicts[lane] == Verdict.UNDECIDED) {
                throw new IllegalStateException("undecided, which no signature here is");
            }
            isValid[lane] = verdicts[lane] == Verdict.VALID;
        }
        return isValid;
    }

    private void comparePaths(final List<SignedCase> eight, final List<String> names) {
        for (final String name : names) {
            compare(name, eight, () -> {
                batch.clear();
                eight.forEach(one -> one.addTo(batch));
                paths.get(name).verify(batch);
                final boolean[] isValid = new boolean[LANES];
                for (int i = 0; i < LANES; i++) {
                    isValid[i] = batch.verdict(i);
                }
                return isValid;
            });
        }
    }

    private void compare(final String what, final List<SignedCase> eight, final Supplier<boolean[]> question) {
        final boolean[] found = question.get();
        signatures += LANES;
        for (int lane = 0; lane < LANES; lane++) {
            final boolean expected = eight.get(lane).isValid();
            if (found[lane] != expected) {
                final String again = question.get()[lane] == expected ? "right" : "wrong";
                fault(what + ", " + eight.get(lane).name() + ", valid is " + expected, lane, again);
            }
        }
    }

    private void compareDigests() {
        final List<SignedCase> asked = new ArrayList<>();
        for (int i = 1 + random.nextInt(MAX_DIGESTS); i > 0; i--) {
            asked.add(cases.get(random.nextInt(cases.size())));
        }
        final byte[] found = digests(asked);
        digestCount += asked.size();
        for (int i = 0; i < asked.size(); i++) {
            if (!isDigest(found, i, asked.get(i))) {
                final String again = isDigest(digests(asked), i, asked.get(i)) ? "right" : "wrong";
                fault("digest of " + asked.get(i).length() + " bytes among " + asked.size(), i, again);
            }
        }
    }

    private byte[] digests(final List<SignedCase> asked) {
        for (final SignedCase one : asked) {
            digests.update(one.key().z, 0, one.key().z.length)
                    .update(one.signed(), 0, one.length())
                    .end();
        }
        final byte[] found = new byte[asked.size() * Sm3.LENGTH];
        digests.digest(found, 0);
        return found;
    }

    private static boolean isDigest(final byte[] found, final int index, final SignedCase one) {
        final int from = index * Sm3.LENGTH;
        return Arrays.equals(found, from, from + Sm3.LENGTH, one.digest(), 0, Sm3.LENGTH);
    }

    private void fault(final String what, final int place, final String again) {
        faults++;
        if (faults <= MAX_LINES) {
            System.out.println("FAULT " + what + ", iteration " + iteration + ", place " + place + ", again " + again);
        }
    }

    /** Some hundred MB a second, so that collections and their safepoints come often. */
    private static void startGarbage() {
        final Thread thread = new Thread(() -> {
            byte[] kept = new byte[1];
            while (kept.length > 0) {
                kept = new byte[100_000];
                Thread.onSpinWait();
                try {
                    Thread.sleep(0, 200_000);
                } catch (final InterruptedException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
