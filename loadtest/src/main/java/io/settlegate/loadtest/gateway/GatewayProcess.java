package io.settlegate.loadtest.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running {@code serve}. Its standard error, and its standard output after the ready line, go to {@code gateway.log}
 * beside the data directory.
 *
 * <p>For one thread; each call blocks until the process has done it, up to a deadline. A process that outlives this
 * JVM is prevented by a shutdown hook.
 */
public final class GatewayProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("settlegate ready on (\\S+):(\\d+)");
    private static final Duration START_DEADLINE = Duration.ofSeconds(120);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(60);
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

    private final Process process;
    private final Path log;
    private final CompletableFuture<InetSocketAddress> ready = new CompletableFuture<>();
    private final Thread hook;
    private InetSocketAddress address;

    private GatewayProcess(final Process process, final Path log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly, "end-gateway");
        Runtime.getRuntime().addShutdownHook(hook);
        final Thread reader = new Thread(this::readOutput, "gateway-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts {@code serve} on a port of the system's choice and waits until it accepts.
     *
     * @param options of {@code serve}, besides directory and address.
     */
    static GatewayProcess start(final GatewayInstallation installation, final Path data, final List<String> options)
            throws GatewayException {
        final Path log = data.toAbsolutePath().resolveSibling("gateway.log");
        final List<String> arguments =
                new ArrayList<>(List.of("serve", "--data", data.toString(), "--listen", "127.0.0.1:0"));
        arguments.addAll(options);
        final List<String> line = installation.commandLine(arguments);
        final GatewayProcess gateway;
        try {
            gateway = new GatewayProcess(
                    new ProcessBuilder(line)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    log);
        } catch (final IOException e) {
            throw new GatewayException("cannot start the gateway", e);
        }
        gateway.awaitReady();
        return gateway;
    }

    /** Where it accepts. */
    public InetSocketAddress address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: no line of the gateway runs after it. */
    public void kill() throws GatewayException {
        process.destroyForcibly();
        await(KILL_DEADLINE, "SIGKILL");
    }

    /** SIGTERM: the gateway answers what it has taken, and ends. */
    public void terminate() throws GatewayException {
        process.destroy();
        await(STOP_DEADLINE, "SIGTERM");
        final int exit = process.exitValue();
        // A JVM that ends by SIGTERM and runs its shutdown hooks exits with 143.
        if (exit != 0 && exit != 143) {
            throw new GatewayException("the gateway ended with exit code " + exit + " after SIGTERM; its log: " + log);
        }
    }

    @Override
    public void close() throws GatewayException {
        if (process.isAlive()) {
            kill();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException shuttingDown) {
            // The hook is running already; there is nothing left to take back.
            return;
        }
    }

    private void await(final Duration deadline, final String what) throws GatewayException {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new GatewayException(
                        "the gateway still runs " + deadline.toSeconds() + " s after " + what + "; its log: " + log);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException("interrupted while the gateway was ending", e);
        }
    }

    private void awaitReady() throws GatewayException {
        try {
            address = ready.get(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final TimeoutException e) {
            close();
            throw new GatewayException(
                    "the gateway was not ready within " + START_DEADLINE.toSeconds() + " s; its log: " + log, e);
        } catch (final ExecutionException e) {
            close();
            throw new GatewayException(e.getCause().getMessage() + "; its log: " + log, e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new GatewayException("interrupted while the gateway was starting", e);
        }
    }

    private void readOutput() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                final Matcher matcher = READY.matcher(text);
                if (matcher.find()) {
                    ready.complete(new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2))));
                } else {
                    Files.writeString(
                            log,
                            text + System.lineSeparator(),
                            StandardCharsets.UTF_8,
                            java.nio.file.StandardOpenOption.CREATE,
                            java.nio.file.StandardOpenOption.APPEND);
                }
            }
            ready.completeExceptionally(new IOException("the gateway ended before it was ready"));
        } catch (final IOException e) {
            ready.completeExceptionally(e);
        }
    }
}
