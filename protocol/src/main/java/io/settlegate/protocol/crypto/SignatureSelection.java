package io.settlegate.protocol.crypto;

import io.settlegate.protocol.crypto.sm2.EquationLanes;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which {@link SignaturePath} this process takes, and why. {@link #automatic} measures each path that this machine and JVM offer
 * on eight signatures, which also has the code compiled, and takes the fastest; {@link #forced} takes the one named, if it is
 * offered, and the fastest otherwise: a setting that does not fit the machine costs speed and never a start.
 *
 * <p>Measuring takes one second or two, on a busy machine up to {@link PathMeasurement#LIMIT_NS} a path, on the caller's thread;
 * {@link SignatureVerifiers} has a thread for it. The record is immutable.
 *
 * @param path the one taken.
 * @param ratesPerSecond verifications per second of one thread, of the paths that were measured.
 * @param reason for people: why this path, and why not a faster one.
 */
public record SignatureSelection(SignaturePath path, Map<SignaturePath, Long> ratesPerSecond, String reason) {
    /** What a setting may say. */
    public static final List<String> SETTINGS = List.of("auto", "vector", "scalar", "bouncycastle");

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String LANES_CLASS = "io.settlegate.protocol.crypto.lanes.VectorEquationLanes";

    public SignatureSelection {
        ratesPerSecond = Map.copyOf(ratesPerSecond);
    }

    /**
     * @param setting one of {@link #SETTINGS}.
     * @throws IllegalArgumentException for another one.
     */
    public static SignatureSelection of(final String setting) {
        check(setting);
        return setting.equals("auto") ? automatic() : forced(SignaturePath.valueOf(setting.toUpperCase(Locale.ROOT)));
    }

    static void check(final String setting) {
        if (!SETTINGS.contains(setting)) {
            throw new IllegalArgumentException(
                    "signature path '" + setting + "' is not known; choose one of " + String.join(", ", SETTINGS));
        }
    }

    /** Scalar code stays because measuring failed. */
    static SignatureSelection unmeasured(final Throwable cause) {
        return new SignatureSelection(SignaturePath.SCALAR, Map.of(), "the paths could not be measured: " + cause);
    }

    /** The fastest; measured once in a process. */
    public static SignatureSelection automatic() {
        return Measured.SELECTION;
    }

    private static final class Measured {
        private static final SignatureSelection SELECTION = measure();
    }

    private static SignatureSelection measure() {
        final Map<SignaturePath, Long> rates = new EnumMap<>(SignaturePath.class);
        final PathMeasurement measurement = new PathMeasurement();
        SignaturePath best = SignaturePath.BOUNCYCASTLE;
        final SignaturePath[] paths = SignaturePath.values();
        // From the slowest on: each is expected to reach the one before.
        long expected = 0;
        for (int i = paths.length - 1; i >= 0; i--) {
            final SignaturePath path = paths[i];
            if (path != SignaturePath.VECTOR || isVectorOffered()) {
                expected = measurement.ratePerSecond(tables -> verifier(path, tables), expected);
                rates.put(path, expected);
            }
        }
        for (final Map.Entry<SignaturePath, Long> entry : rates.entrySet()) {
            if (entry.getValue() > rates.get(best)) {
                best = entry.getKey();
            }
        }
        return new SignatureSelection(best, rates, "the fastest here; " + vectorState());
    }

    /** Takes {@code path}; the fastest of the others where it is not offered. Vector code is measured, so that it is compiled. */
    public static SignatureSelection forced(final SignaturePath path) {
        if (path != SignaturePath.VECTOR) {
            return new SignatureSelection(path, Map.of(), "as asked for");
        }
        if (!isVectorOffered()) {
            final SignatureSelection best = automatic();
            return new SignatureSelection(best.path(), best.ratesPerSecond(), "vector was asked for; " + vectorState());
        }
        final long rate = new PathMeasurement().ratePerSecond(tables -> verifier(path, tables), 0);
        return new SignatureSelection(path, Map.of(path, rate), "as asked for");
    }

    /** What is taken before anything was measured: scalar code is never slow. */
    static SignatureSelection provisional() {
        return new SignatureSelection(SignaturePath.SCALAR, Map.of(), "until the paths are measured");
    }

    /** A verifier for one thread. */
    public SignatureVerifier newVerifier(final KeyTables tables) {
        return verifier(path, tables);
    }

    /** One line for a log: path, reason, rates. */
    public String description() {
        final StringBuilder line = new StringBuilder("signatures: ");
        line.append(path.label()).append(" (").append(reason).append(')');
        for (final SignaturePath measured : SignaturePath.values()) {
            if (ratesPerSecond.containsKey(measured)) {
                line.append(", ")
                        .append(measured.label())
                        .append(' ')
                        .append(ratesPerSecond.get(measured))
                        .append("/s");
            }
        }
        return line.toString();
    }

    private static SignatureVerifier verifier(final SignaturePath path, final KeyTables tables) {
        return switch (path) {
            case VECTOR -> new LaneVerifier(lanes().orElseThrow(), tables);
            case SCALAR -> new ScalarVerifier(tables);
            case BOUNCYCASTLE -> new BouncyCastleVerifier();
        };
    }

    /** True if the module is there, and a vector of this machine has eight lanes of 64 bits. */
    static boolean isVectorOffered() {
        return lanes().filter(EquationLanes::isNative).isPresent();
    }

    private static String vectorState() {
        if (!hasVectorModule()) {
            return "vector is not offered: the JVM runs without --add-modules " + VECTOR_MODULE;
        }
        return isVectorOffered()
                ? "vectors have eight lanes"
                : "vector is not offered: vectors of this CPU and JVM have fewer than eight lanes of 64 bits";
    }

    private static boolean hasVectorModule() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    /** The lanes' class, loaded only where its module is. */
    static Optional<EquationLanes> lanes() {
        if (!hasVectorModule()) {
            return Optional.empty();
        }
        try {
            final Class<? extends EquationLanes> type =
                    Class.forName(LANES_CLASS).asSubclass(EquationLanes.class);
            return Optional.of(type.getDeclaredConstructor().newInstance());
        } catch (final ReflectiveOperationException | LinkageError e) {
            // A later JDK may change the incubator's classes; the scalar path is as right.
            return Optional.empty();
        }
    }
}
