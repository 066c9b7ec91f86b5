package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.operations.OperatorActs;
import io.settlegate.gateway.operations.OperatorClient;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What tests do as an operator of a small city: acts by hand, commands, and the check that a journal replays. */
final class Operator {
    private final Path data;

    Operator(final Path data) {
        this.data = data;
    }

    /** @param exitCode of a command. */
    record Result(int exitCode, String out, String err) {}

    OperatorActs acts(final Clock clock) throws IOException {
        return acts(SmallCity.GATEWAY_ID, clock);
    }

    OperatorActs acts(final String gatewayId, final Clock clock) throws IOException {
        return new OperatorActs(
                new Sm2Signer(new DataDirectory(data).operatorKey(), new SecureRandom()), gatewayId, clock);
    }

    OperatorClient connect(final Gateway gateway) throws IOException {
        return OperatorClient.connect(gateway.operatorAddress(), Duration.ofSeconds(20));
    }

    /** Runs `admin ... --data DIR`. */
    Result admin(final String... arguments) {
        final List<String> line = new ArrayList<>(List.of("admin"));
        Collections.addAll(line, arguments);
        line.add("--data");
        line.add(data.toString());
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Settlegate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** Runs a command that must succeed, and answers what it printed. */
    String done(final String... arguments) {
        final Result result = admin(arguments);
        assertThat(result.exitCode).as("%s%n%s%n%s", String.join(" ", arguments), result.out, result.err).isZero();
        return result.out;
    }

    /** Runs a command that must be refused, and answers what it told. */
    String refused(final String... arguments) {
        final Result result = admin(arguments);
        assertThat(result.exitCode)
                .as("%s%n%s%n%s", String.join(" ", arguments), result.out, result.err)
                .isEqualTo(Settlegate.FOUND);
        return result.err;
    }

    /** Replays the journal of a stopped gateway, which must agree with itself. */
    JsonNode replay() throws IOException {
        final JsonNode replay = new ObjectMapper().readTree(SmallCity.run("replay", data.toString(), "--json"));
        assertThat(replay.get("mismatches").asLong()).isZero();
        assertThat(replay.get("ledgerSumFen").asLong()).isZero();
        assertThat(replay.get("stateHash").asText())
                .isEqualTo(replay.get("sealedStateHash").asText());
        assertThat(replay.get("stateHashRecomputed").asBoolean()).isTrue();
        return replay;
    }
}
