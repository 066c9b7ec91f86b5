package io.settlegate.loadtest.gateway;

import io.settlegate.loadtest.population.Population;
import io.settlegate.loadtest.population.PopulationFiles;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A gateway of one's own in a directory: {@code data} is its data, {@code population} its city, {@code gateway.log}
 * its log.
 *
 * <p>For one thread; blocks while commands run.
 */
public final class SampleGateway {
    /** What its requests and receipts name. */
    public static final String GATEWAY_ID = "XZ-320300-DEMO";

    private final Path directory;
    private final GatewayInstallation installation;

    public SampleGateway(final Path directory, final GatewayInstallation installation) {
        this.directory = directory;
        this.installation = installation;
    }

    public Path directory() {
        return directory;
    }

    public Path data() {
        return directory.resolve("data");
    }

    public PopulationFiles files() {
        return new PopulationFiles(directory.resolve("population"));
    }

    public GatewayCommands commands() {
        return new GatewayCommands(installation, data());
    }

    /** Writes the city's files. The directory must not hold a gateway already. */
    public void writeCity(final Population population) throws IOException, GatewayException {
        if (Files.exists(data())) {
            throw new GatewayException(data() + " is there already: name an empty directory");
        }
        Files.createDirectories(directory);
        files().write(population);
        Files.copy(installation.samplePolicy(), files().policy(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Founds the journal and imports the city. */
    public void found() throws GatewayException {
        commands().init(GATEWAY_ID);
        commands().importAll(files());
    }

    /** Starts it, on a port of the system's choice, with the path of signatures that is fastest. */
    public GatewayProcess start(final String durability) throws GatewayException {
        return start(durability, "auto");
    }

    /**
     * Starts it, on a port of the system's choice.
     *
     * @param durability {@code none}, {@code process}, {@code batch}, or {@code record}.
     * @param signature {@code auto}, or the path that verifies signatures.
     */
    public GatewayProcess start(final String durability, final String signature) throws GatewayException {
        return GatewayProcess.start(
                installation, data(), List.of("--durability", durability, "--signature", signature));
    }

    /** As above, with a settlegate.yaml. */
    public GatewayProcess start(final String durability, final Path settings) throws GatewayException {
        return GatewayProcess.start(
                installation, data(), List.of("--durability", durability, "--config", settings.toString()));
    }

    public Sm2PublicKey publicKey() throws IOException {
        return GatewayPublicKey.read(GatewayPublicKey.fileIn(data()));
    }
}
