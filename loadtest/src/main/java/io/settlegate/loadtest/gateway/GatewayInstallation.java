package io.settlegate.loadtest.gateway;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the gateway's program stands: its Java, its flags, its class path, its sample policy.
 *
 * <p>System properties, each with an environment variable of the same meaning: {@code settlegate.home}
 * ({@code SETTLEGATE_HOME}), {@code settlegate.gateway.classpath} ({@code SETTLEGATE_GATEWAY_CLASSPATH}),
 * {@code settlegate.gateway.jvmFlags} ({@code SETTLEGATE_GATEWAY_JVM_FLAGS}, added after the flags it always gets).
 */
public final class GatewayInstallation {
    private static final String MAIN_CLASS = "io.settlegate.gateway.Settlegate";

    /** What signatures in lanes, Chronicle, and Agrona need of the JVM. */
    private static final List<String> JVM_FLAGS = List.of(
            "--add-modules=jdk.incubator.vector",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.announcer.disable=true",
            "-Ddisable.announcer=true",
            "-Dfile.encoding=UTF-8");

    private final Path home;
    private final String classPath;
    private final List<String> extraFlags;

    private GatewayInstallation(final Path home, final String classPath, final List<String> extraFlags) {
        this.home = home;
        this.classPath = classPath;
        this.extraFlags = extraFlags;
    }

    /** Finds the program. */
    public static GatewayInstallation find() throws GatewayException {
        final Path home = findHome();
        final String given = setting("settlegate.gateway.classpath", "SETTLEGATE_GATEWAY_CLASSPATH");
        final String flags = setting("settlegate.gateway.jvmFlags", "SETTLEGATE_GATEWAY_JVM_FLAGS");
        return new GatewayInstallation(
                home,
                given == null ? builtClassPath(home) : given,
                flags == null || flags.isBlank()
                        ? List.of()
                        : List.of(flags.trim().split("\\s+")));
    }

    /** The policy of the sample city. */
    public Path samplePolicy() {
        return home.resolve("gateway-core/src/main/resources/demo/policy.yaml");
    }

    /** The command line of a gateway command. */
    List<String> commandLine(final List<String> arguments) {
        final List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(JVM_FLAGS);
        if (Runtime.version().feature() >= 24) {
            // Quiets the warnings of newer JVMs; older ones refuse the flag.
            line.add("--sun-misc-unsafe-memory-access=allow");
            line.add("--enable-native-access=ALL-UNNAMED");
        }
        if (arguments.get(0).equals("admin")) {
            // A command of some seconds on two cores: the concurrent collector's threads would take more than they
            // save.
            line.add("-XX:+UseSerialGC");
        }
        line.addAll(extraFlags);
        line.add("-cp");
        line.add(classPath);
        line.add(MAIN_CLASS);
        line.addAll(arguments);
        return line;
    }

    private static Path findHome() throws GatewayException {
        final String given = setting("settlegate.home", "SETTLEGATE_HOME");
        if (given != null) {
            return Path.of(given).toAbsolutePath().normalize();
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("gateway-core/pom.xml"))) {
                return at;
            }
        }
        throw new GatewayException("no Settlegate above " + Path.of("").toAbsolutePath()
                + ": start from its directory, or set -Dsettlegate.home");
    }

    private static String builtClassPath(final Path home) throws GatewayException {
        final Path target = home.resolve("gateway-core/target");
        final Path classes = target.resolve("classes");
        final Path lib = target.resolve("lib");
        if (!Files.isDirectory(lib)) {
            throw new GatewayException(lib + " is not there: build first with `mvn package -DskipTests`");
        }
        final Path program = Files.isDirectory(classes) ? classes : jar(target);
        return program + File.pathSeparator + lib + File.separator + "*";
    }

    private static Path jar(final Path target) throws GatewayException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "gateway-core-*.jar")) {
            for (final Path jar : jars) {
                return jar;
            }
        } catch (final IOException e) {
            throw new GatewayException("cannot list " + target, e);
        }
        throw new GatewayException(
                "no classes and no gateway-core jar in " + target + ": build first with `mvn package -DskipTests`");
    }

    private static String setting(final String property, final String variable) {
        final String value = System.getProperty(property);
        return value != null ? value : System.getenv(variable);
    }
}
