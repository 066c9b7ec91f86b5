package io.settlegate.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.JournalScan;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.ReplayListener;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.receipt.Seal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description =
                "What a journal holds: founding, segments, records, seals, the last seal, what was set aside, snapshots.")
final class JournalInfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        final Tally tally = new Tally();
        try (Store store = data.openStore()) {
            final JournalScan scan = JournalScan.read(store, tally);
            final SnapshotListing snapshots = SnapshotListing.of(store);
            if (json.isWanted()) {
                JsonOption.print(spec.commandLine().getOut(), toJson(scan, tally, snapshots));
            } else {
                print(spec.commandLine().getOut(), scan, tally);
                snapshots.print(spec.commandLine().getOut());
            }
        }
        return 0;
    }

    private static ObjectNode toJson(final JournalScan scan, final Tally tally, final SnapshotListing snapshots) {
        final Genesis genesis = scan.genesis();
        final Seal last = scan.lastSeal();
        final ObjectNode object = new ObjectMapper()
                .createObjectNode()
                .put("gatewayId", genesis.gatewayId())
                .put("insuplcAdmdvs", genesis.insuplcAdmdvs())
                .put("foundedAt", time(genesis.timeMs()))
                .put("gatewayKey", genesis.gatewayKey().toHex())
                .put("operatorKey", genesis.operatorKey().toHex())
                .put("records", tally.recordCount)
                .put("recordBytes", tally.recordLength)
                .put("seals", tally.sealCount)
                .put("segments", scan.segments().size())
                .put("lastSealNumber", last.sealNumber())
                .put("lastSequence", last.lastSequence())
                .put("lastTime", time(last.timeMs()))
                .put("lastSealHash", HexFormat.of().formatHex(last.hash()))
                .put("durability", last.durability().name());
        final ArrayNode aside = object.putArray("setAside");
        scan.setAsideNames().forEach(aside::add);
        snapshots.putInto(object.putArray("snapshots"));
        return object;
    }

    private static void print(final PrintWriter out, final JournalScan scan, final Tally tally) {
        final Genesis genesis = scan.genesis();
        final Seal last = scan.lastSeal();
        out.printf(
                "gateway      %s, region %s, founded %s%n",
                genesis.gatewayId(), genesis.insuplcAdmdvs(), time(genesis.timeMs()));
        out.printf(
                "records      %,d (%,d bytes) under %,d seals in %,d segments%n",
                tally.recordCount,
                tally.recordLength,
                tally.sealCount,
                scan.segments().size());
        out.printf(
                "last seal    number %,d, records to %,d, %s, durability %s%n",
                last.sealNumber(), last.lastSequence(), time(last.timeMs()), last.durability());
        out.printf("its hash     %s%n", HexFormat.of().formatHex(last.hash()));
        out.printf(
                "set aside    %s%n",
                scan.setAsideNames().isEmpty() ? "nothing" : String.join(", ", scan.setAsideNames()));
    }

    private static String time(final long timeMs) {
        return ShownTime.of(timeMs);
    }

    /** Counts what is read. */
    private static final class Tally implements ReplayListener {
        private long recordCount;
        private long recordLength;
        private long sealCount;

        @Override
        public void onRecord(final RecordView record) {
            recordCount++;
            recordLength += record.commandLength() + record.outcomeLength() + record.internalLength();
        }

        @Override
        public void onSeal(final Seal seal) {
            sealCount++;
        }

        @Override
        public long stateHashHigh() {
            throw new IllegalStateException("a scan seals nothing");
        }

        @Override
        public long stateHashLow() {
            throw new IllegalStateException("a scan seals nothing");
        }
    }
}
