package io.settlegate.gateway;

import io.settlegate.gateway.recovery.InternalPart;
import io.settlegate.gateway.settlement.EngineParameters;
import io.settlegate.gateway.settlement.SettlementEngine;
import io.settlegate.gateway.settlement.TerminalListener;
import io.settlegate.journal.GatewayIdentity;
import io.settlegate.journal.Genesis;
import io.settlegate.journal.Journal;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Founds a gateway: keys of the gateway and of its first operator, and a journal with its genesis record.",
            "Keys that are there already are used, so they may be made elsewhere (admin keygen)."
        })
final class AdminInitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "data directory; made if it is not there")
    private Path data;

    @Option(
            names = "--gateway-id",
            required = true,
            paramLabel = "ID",
            description = "name of the gateway in every request and seal, up to 16 characters")
    private String gatewayId;

    @Option(
            names = "--insuplc",
            required = true,
            paramLabel = "ADMDVS",
            description = "pooling region that this gateway serves, 6 digits, as 320300")
    private String insuplc;

    @Option(
            names = "--horizon-days",
            paramLabel = "DAYS",
            defaultValue = "3",
            description = "how long a msgid can be repeated, asked for, or reversed (default: ${DEFAULT-VALUE})")
    private int horizonDays;

    @Override
    public Integer call() throws IOException {
        if (!insuplc.matches("[0-9]{6}")) {
            throw new ParameterException(spec.commandLine(), "--insuplc wants six digits, not " + insuplc);
        }
        final DataDirectory directory = new DataDirectory(data);
        directory.createKeyDirectory();
        final SecureRandom random = new SecureRandom();
        final Sm2PrivateKey gatewayKey = keyIn(directory.gatewayKeyFile(), random);
        final Sm2PrivateKey operatorKey = keyIn(directory.operatorKeyFile(), random);
        final EngineParameters parameters = EngineParameters.standard(
                        gatewayId, insuplc, random.nextLong(), random.nextLong())
                .withHorizonDays(horizonDays);
        final Genesis genesis = new Genesis(
                gatewayId,
                gatewayKey.publicKey(),
                insuplc,
                operatorKey.publicKey(),
                System.currentTimeMillis(),
                MessageHeaderEncoder.SCHEMA_VERSION,
                InternalPart.RULES_VERSION,
                parameters.encode());
        final SettlementEngine engine = new SettlementEngine(parameters, TerminalListener.NONE);
        try (Store store = directory.store()) {
            Journal.found(
                    store,
                    genesis,
                    new GatewayIdentity(gatewayId, OpenGateway.FIRST_KEY_VERSION, new Sm2Signer(gatewayKey, random)),
                    engine.stateHashHigh(),
                    engine.stateHashLow());
        }
        spec.commandLine().getOut().println("founded gateway " + gatewayId + " for region " + insuplc + " in " + data);
        spec.commandLine()
                .getOut()
                .println("its public key, for terminals and auditors: " + directory.gatewayPublicKeyFile());
        return 0;
    }

    private static Sm2PrivateKey keyIn(final Path file, final SecureRandom random) throws IOException {
        final Path publicFile = AdminKeygenCommand.publicFileOf(file);
        if (!Files.exists(file)) {
            KeyFiles.writePrivate(file, Sm2PrivateKey.generate(random));
        }
        final Sm2PrivateKey key = KeyFiles.readPrivate(file);
        if (!Files.exists(publicFile)) {
            KeyFiles.writePublic(publicFile, key.publicKey());
        } else if (!KeyFiles.readPublic(publicFile).equals(key.publicKey())) {
            throw new IOException(publicFile + " is not the public half of " + file);
        }
        return key;
    }
}
