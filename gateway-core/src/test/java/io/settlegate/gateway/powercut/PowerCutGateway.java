package io.settlegate.gateway.powercut;

import io.settlegate.gateway.GatewayInProcess;
import io.settlegate.gateway.SmallCity;
import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The process that is killed: a gateway on an {@link ImagingStore}. Arguments: data directory, image log, {@link
 * ImagingStore.Forcing}. Prints its port; ends when it is killed, or when its standard input closes.
 */
public final class PowerCutGateway {
    private PowerCutGateway() {}

    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final Path data = Path.of(arguments[0]);
        final Path journal = data.resolve("journal");
        final DiskImage image = new DiskImage(journal, Path.of(arguments[1]));
        final ImagingStore store = new ImagingStore(
                ChronicleStore.in(journal, ChronicleConfiguration.defaults().withBlockLength(SmallCity.BLOCK_LENGTH)),
                journal,
                image,
                ImagingStore.Forcing.valueOf(arguments[2]));
        // What stands here before the start has survived an earlier cut, so the disk holds it.
        PowerCut.captureAll(journal, image);
        System.out.println(
                "port " + GatewayInProcess.startRolling(data, store).address().getPort());
        final Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Only the end matters: the test is gone.
                }
            } catch (final IOException e) {
                // As the end.
            }
            Runtime.getRuntime().halt(0);
        });
        watch.setDaemon(true);
        watch.start();
        new CountDownLatch(1).await();
    }
}
