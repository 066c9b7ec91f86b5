package io.settlegate.gateway;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code serve} as a process of its own, on a free port of the loopback. */
final class ServeProcess implements AutoCloseable {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String READY = "settlegate ready on ";

    private final Process process;
    private final Path said;
    private final InetSocketAddress address;

    private ServeProcess(final Process process, final Path said) throws IOException, InterruptedException {
        this.process = process;
        this.said = said;
        final long endNs = System.nanoTime() + DEADLINE_NS;
        String ready = null;
        while (ready == null) {
            ready = said().lines()
                    .filter(line -> line.startsWith(READY))
                    .findFirst()
                    .orElse(null);
            if (!process.isAlive() || System.nanoTime() > endNs) {
                process.destroyForcibly();
                throw new AssertionError("serve does not get ready: " + said());
            }
            Thread.sleep(20);
        }
        address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1)));
    }

    static ServeProcess start(final Path data, final String... options) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-Dchronicle") || flag.startsWith("-Ddisable"))
                .forEach(command::add);
        command.add("-D" + DataDirectory.BLOCK_LENGTH_PROPERTY + '=' + SmallCity.BLOCK_LENGTH);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Settlegate.class.getName(), "serve"));
        command.addAll(List.of("--data", data.toString(), "--listen", "127.0.0.1:0"));
        command.addAll(List.of(options));
        final Path said = Files.createTempFile("serve", ".log");
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        return new ServeProcess(process, said);
    }

    InetSocketAddress address() {
        return address;
    }

    /** All that it has said, output and log. */
    String said() throws IOException {
        return Files.readString(said);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, which drains. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("serve does not stop");
        }
    }

    /** Waits until it has ended by itself, and answers its exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("serve does not end");
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(said);
    }
}
