package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.pipeline.PipelineConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** `admin close-period` on a running gateway and on a stopped one; what it does in the engine is StatementsTest's. */
@Timeout(60)
class ClosePeriodTest {
    private static final String REASON = "month end, letter 17";

    private static String day(final int daysFromToday) {
        return LocalDate.now(ZoneOffset.ofHours(8)).plusDays(daysFromToday).toString();
    }

    private static String[] arguments(final String office, final String through, final String... more) {
        final String[] fixed = {"close-period", "--office", office, "--through", through, "--reason", REASON};
        final String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return all;
    }

    @Test
    void shouldCloseAndOpenAgainWhetherAGatewayRunsOrNot(@TempDir final Path directory) throws IOException {
        final SmallCity city = SmallCity.found(directory);
        final Operator operator = new Operator(city.data());
        try (Gateway gateway = GatewayInProcess.startWithOperators(
                city.data(), PipelineConfiguration.forCores(2), Clock.systemUTC())) {
            assertThat(gateway.operatorAddress()).isNotNull();
            assertThat(operator.done(arguments(SmallCity.COUNTY, day(-2))))
                    .contains("the gateway is running", "office " + SmallCity.COUNTY + " closed through " + day(-2));
            final Operator.Result again = operator.admin(arguments(SmallCity.COUNTY, day(-2)));
            assertThat(again.exitCode()).isEqualTo(4);
            assertThat(again.err()).contains("PERIOD_ORDER");
            assertThat(operator.admin(arguments(SmallCity.COUNTY, day(0))).err())
                    .contains("PERIOD_NOT_OVER", "yesterday at the latest");
            assertThat(operator.admin(arguments("990000", day(-1))).err()).contains("REFERENCE_UNKNOWN");
        }
        assertThat(operator.done(arguments(SmallCity.COUNTY, day(-1)))).doesNotContain("running");
        assertThat(operator.done(arguments(SmallCity.COUNTY, day(-30), "--reopen")))
                .contains("office " + SmallCity.COUNTY + " open again behind " + day(-30));
        assertThat(operator.admin(arguments("3203", day(-1))).err()).contains("six digits");
        operator.replay();
    }
}
