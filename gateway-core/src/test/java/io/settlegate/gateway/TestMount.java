package io.settlegate.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * A file system of a test's own, which goes away with it. Where this user may not mount, or the kernel has not what is needed, the
 * test is aborted and says why.
 */
final class TestMount implements AutoCloseable {
    private static final int DEADLINE_S = 30;
    /** A process may be opening a file at any one moment. */
    private static final int ATTEMPTS = 20;

    private final Path path;

    private TestMount(final Path path) {
        this.path = path;
    }

    /** A disk in memory of a fixed size. */
    static TestMount tmpfs(final Path path, final int lengthMb) throws IOException {
        Files.createDirectories(path);
        require("mount", "-t", "tmpfs", "-o", "size=" + lengthMb + "m", "tmpfs", path.toString());
        return new TestMount(path);
    }

    /**
     * A directory mounted over itself, read-only. What is opened by name from now on is, and a process that has files of it open
     * goes on writing these: the kernel makes no mount read-only through which something is open for writing.
     */
    static TestMount readOnlyOver(final Path path) {
        require("mount", "--bind", path.toString(), path.toString());
        final TestMount mount = new TestMount(path);
        String fault = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            fault = run("mount", "-o", "remount,bind,ro", path.toString());
            if (fault == null) {
                return mount;
            }
        }
        mount.close();
        throw abort("remount,bind,ro", fault);
    }

    /** A real file system in a file. */
    static TestMount ext4(final Path image, final Path path, final int lengthMb) throws IOException {
        Files.createDirectories(path);
        require("truncate", "-s", lengthMb + "M", image.toString());
        require("mkfs.ext4", "-q", "-F", image.toString());
        require("mount", "-o", "loop", image.toString(), path.toString());
        return new TestMount(path);
    }

    Path path() {
        return path;
    }

    /** Forces all that is on it. */
    void force() {
        require("sync", "-f", path.toString());
    }

    /** The file system stops as if its disk were gone: what is not on it yet never will be, and forces fail. */
    void breakDown() {
        // FS_IOC_SHUTDOWN without a flush of its log.
        require(
                "python3",
                "-c",
                "import fcntl,struct,os,sys\n"
                        + "fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))",
                path.toString());
    }

    /** Comes back with what is on it. */
    void mountAgain(final Path image) {
        unmount();
        require("mount", "-o", "loop", image.toString(), path.toString());
    }

    private static void require(final String... command) {
        final String fault = run(command);
        if (fault != null) {
            throw abort(String.join(" ", command), fault);
        }
    }

    private static RuntimeException abort(final String what, final String fault) {
        final String reason = "not tried here: " + what + ": " + fault;
        System.out.println(reason);
        return new TestAbortedException(reason);
    }

    /** What went wrong; null if nothing did. */
    private static String run(final String... command) {
        try {
            final Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(DEADLINE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "no end after " + DEADLINE_S + " s";
            }
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0 ? null : said + " (exit code " + process.exitValue() + ")";
        } catch (final IOException e) {
            return e.getMessage();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private void unmount() {
        if (run("umount", path.toString()) != null) {
            // A process of the test may still be ending.
            run("umount", "-l", path.toString());
        }
    }

    @Override
    public void close() {
        unmount();
    }
}
