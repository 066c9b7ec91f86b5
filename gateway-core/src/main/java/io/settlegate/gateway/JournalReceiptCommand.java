package io.settlegate.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.settlegate.gateway.inspection.RecordFinder;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.operations.ReadScope;
import io.settlegate.gateway.settlement.codec.ReadCommand;
import io.settlegate.journal.JournalFollower;
import io.settlegate.journal.JournalReader;
import io.settlegate.journal.RecordView;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.receipt.Receipt;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "receipt",
        mixinStandardHelpOptions = true,
        description = {
            "Gives an answer and its receipt again, byte for byte as the terminal got them, at any later time.",
            "Of a repeat it gives the first answer, as the gateway did. Without --out it says what there is and checks it;",
            "with --out it writes two files that `receipt verify` reads. The outcome in them is in clear: it names the person.",
            "So --out wants --unmask with an operator's key and a reason, which leaves a durable record first, and the files",
            "are readable by their owner alone. Needs no lock; the gateway may be running. Where none runs, the record of the",
            "reading is written as a start writes it, and that takes the lock for as long as a start does.",
            "Exit code 0: given, and valid. 1: there is no such record, or its receipt does not hold."
        })
final class JournalReceiptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArgument data;

    @Parameters(index = "1", paramLabel = RecordArgument.LABEL, description = RecordArgument.DESCRIPTION)
    private String name;

    @Option(
            names = "--out",
            paramLabel = "NAME",
            description =
                    "with --unmask: write the outcome into NAME.outcome and the receipt into NAME.receipt, both new")
    private Path out;

    @Mixin
    private UnmaskOptions unmask;

    @Mixin
    private JsonOption json;

    /** What is given again. */
    private record Given(long asked, byte[] outcome, byte[] receipt, ReceiptVerdict verdict) {}

    @Override
    public Integer call() throws IOException {
        unmask.check();
        checkOut();
        final Given given;
        try (Store store = data.openStore();
                JournalFollower follower = JournalFollower.open(store)) {
            final long asked = RecordArgument.find(spec, follower, name);
            if (asked < 0) {
                return Settlegate.FOUND;
            }
            given = read(follower, asked);
        }
        if (given.outcome().length == 0) {
            spec.commandLine()
                    .getErr()
                    .println("settlegate: record " + given.asked()
                            + " is the journal's own and was no answer to anybody; `journal prove` proves it");
            return Settlegate.FOUND;
        }
        if (out != null) {
            checkNew();
            // The record comes first: without it nothing is written.
            unmask.masking(data.directory(), scope(given));
            OutFile.write(file(".outcome"), given.outcome());
            OutFile.write(file(".receipt"), given.receipt());
        }
        print(given);
        return given.verdict().isValid() ? 0 : Settlegate.FOUND;
    }

    private void checkOut() {
        if (out != null && !unmask.isWanted()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--out writes the outcome in clear, which leaves a record first:"
                            + " it needs --unmask, --operator-key FILE, and --reason TEXT");
        }
        if (out == null && unmask.isWanted()) {
            throw new ParameterException(
                    spec.commandLine(), "nothing is shown in clear here: --unmask goes with --out NAME");
        }
    }

    private static Given read(final JournalFollower follower, final long asked) {
        final RecordFinder finder = new RecordFinder(follower);
        final long sequence = finder.firstOf(asked);
        final RecordView answer = finder.at(sequence);
        final byte[] outcome = new byte[answer.outcomeLength()];
        answer.buffer().getBytes(answer.outcomeOffset(), outcome);
        final byte[] receipt;
        try (JournalReader reader = follower.newReader()) {
            receipt = reader.receipt(sequence);
        }
        final ReceiptVerdict verdict = new ReceiptVerifier(follower.genesis().gatewayKey(), new BouncyCastleVerifier())
                .verify(receipt, outcome);
        return new Given(asked, outcome, receipt, verdict);
    }

    private Path file(final String suffix) {
        return out.resolveSibling(out.getFileName() + suffix);
    }

    private void checkNew() throws IOException {
        for (final String suffix : new String[] {".outcome", ".receipt"}) {
            if (Files.exists(file(suffix))) {
                throw new IOException(file(suffix) + " is there already and is not written over; name another");
            }
        }
    }

    /** The record whose outcome is given, which of a repeat is the first one. */
    private ReadScope scope(final Given given) {
        final long sequence = Receipt.decode(given.receipt()).sequence();
        final String asked = "receipt " + name;
        return new ReadScope(ReadCommand.RECEIPT, sequence, sequence, asked, asked);
    }

    private void print(final Given given) {
        final Receipt receipt = Receipt.decode(given.receipt());
        if (json.isWanted()) {
            final ObjectNode object = JsonNodeFactory.instance
                    .objectNode()
                    .put("sequence", receipt.sequence())
                    .put("askedSequence", given.asked())
                    .put("time", ShownTime.of(receipt.timeMs()))
                    .put("sealNumber", receipt.seal().sealNumber())
                    .put("verdict", given.verdict().step().name())
                    .put("outcomeLength", given.outcome().length)
                    .put("receiptLength", given.receipt().length);
            if (out != null) {
                object.put("outcomeFile", file(".outcome").toString());
                object.put("receiptFile", file(".receipt").toString());
            }
            JsonOption.print(spec.commandLine().getOut(), object);
            return;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "record %d of %s under seal %d: outcome of %,d bytes, receipt of %,d bytes, %s%n",
                        receipt.sequence(),
                        ShownTime.of(receipt.timeMs()),
                        receipt.seal().sealNumber(),
                        given.outcome().length,
                        given.receipt().length,
                        given.verdict().isValid()
                                ? "valid"
                                : "NOT VALID: " + given.verdict().step() + ", "
                                        + given.verdict().detail());
        if (given.asked() != receipt.sequence()) {
            spec.commandLine()
                    .getOut()
                    .println("record " + given.asked() + " is a repeat and got this first answer again");
        }
        if (out != null) {
            spec.commandLine().getOut().println("they are in " + file(".outcome") + " and " + file(".receipt"));
        }
    }
}
