package io.settlegate.loadtest;

import io.settlegate.loadtest.driver.load.LoadDriver;
import io.settlegate.loadtest.driver.load.Phase;
import io.settlegate.loadtest.driver.load.PhaseResult;
import io.settlegate.loadtest.gateway.GatewayException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run of a shape against one gateway: connects, goes through the phases, disconnects. The first phase must be signed.
 *
 * <p>For one thread, which blocks.
 */
record LoadRun(LoadShape shape, Screen screen) {
    List<PhaseResult> run(final LoadDriver driver, final InetSocketAddress address, final OptionalLong pid)
            throws GatewayException {
        driver.connect(address);
        try {
            return shape.ramp().isPresent() ? climb(driver, shape.ramp().get(), pid) : List.of(driver.run(pid));
        } finally {
            driver.disconnect();
        }
    }

    private List<PhaseResult> climb(final LoadDriver driver, final Ramp ramp, final OptionalLong pid)
            throws GatewayException {
        final List<PhaseResult> steps = new ArrayList<>();
        RampTable.header().forEach(screen::line);
        Optional<Phase> next = Optional.of(ramp.first());
        while (next.isPresent()) {
            if (!steps.isEmpty()) {
                driver.sign(next.get());
            }
            final PhaseResult step = driver.run(pid);
            steps.add(step);
            screen.line(RampTable.row(step));
            final Optional<String> end = ramp.end(step);
            if (end.isPresent()) {
                screen.line("");
                screen.line("  The ramp ends here: " + end.get() + ".");
                return steps;
            }
            next = ramp.after(step.phase());
        }
        screen.line("");
        screen.line("  The gateway kept up with every step.");
        return steps;
    }
}
