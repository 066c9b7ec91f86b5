package io.settlegate.gateway;

import io.settlegate.gateway.operations.OperatorActs;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "allocate",
        mixinStandardHelpOptions = true,
        description = {
            "Credits one personal account on a running gateway. A batch id is credited once, so running it again is safe.",
            "Exit code 0: done, with a receipt. 1: refused; the reason is named."
        })
final class AdminAllocateCommand implements Callable<Integer> {
    @Mixin
    private OperatorOptions options;

    @Option(
            names = "--batch-id",
            required = true,
            paramLabel = "ID",
            description = "your own number of this credit, up to 30 characters")
    private String batchId;

    @Option(names = "--psn-no", required = true, paramLabel = "NUMBER", description = "the person's psn_no")
    private String psnNo;

    @Option(names = "--amount", required = true, paramLabel = "YUAN", description = "with two decimals, as 120.00")
    private String amount;

    @Override
    public Integer call() throws IOException {
        final long amountFen = OperatorActs.parseAmountFen(amount);
        return options.perform(acts -> acts.allocate(batchId, psnNo, amountFen));
    }
}
