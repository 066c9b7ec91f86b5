package io.settlegate.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewayStatusTest {
    private final GatewayStatus status = new GatewayStatus();

    @Test
    void shouldNameWhatStandsAgainstReadiness() {
        assertThat(status.reason()).isEqualTo("recovering");
        status.enter(GatewayStatus.Phase.SERVING);
        assertThat(status.reason()).isEqualTo(GatewayStatus.READY);
        status.limited(false, true);
        assertThat(status.reason()).isEqualTo("clock-held");
        status.limited(true, true);
        assertThat(status.reason()).isEqualTo("journal-full");
        status.limited(false, false);
        assertThat(status.isReady()).isTrue();
        status.enter(GatewayStatus.Phase.DRAINING);
        assertThat(status.reason()).isEqualTo("draining");
        assertThat(status.isHealthy()).isTrue();
    }

    @Test
    void shouldNotComeBackFromAFailure() {
        status.enter(GatewayStatus.Phase.FAILED);
        status.enter(GatewayStatus.Phase.SERVING);
        assertThat(status.isHealthy()).isFalse();
        assertThat(status.reason()).isEqualTo("failed");
    }
}
