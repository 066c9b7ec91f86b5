package io.settlegate.journal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another process that wants to write: says whether it may, and holds the lock until it is killed or its input ends. */
public final class LockProbe {
    private LockProbe() {}

    public static void main(final String[] arguments) throws IOException {
        final ChronicleStore store = ChronicleStore.in(Path.of(arguments[0]));
        try {
            final StoreLock lock = store.lock();
            System.out.println("locked " + ProcessHandle.current().pid());
            while (System.in.read() >= 0) {
                // Until the end.
            }
            lock.close();
        } catch (final StoreLockedException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Starts one on a directory. */
    static Process start(final Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProbe.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** The first thing it says. */
    static String said(final Process process) throws IOException {
        return process.inputReader().readLine();
    }

    static void kill(final Process process) throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the probe does not die");
        }
    }
}
