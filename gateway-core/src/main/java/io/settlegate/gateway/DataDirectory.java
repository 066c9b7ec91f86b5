package io.settlegate.gateway;

import io.settlegate.journal.store.ChronicleConfiguration;
import io.settlegate.journal.store.ChronicleStore;
import io.settlegate.journal.store.Store;
import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What stands where below a gateway's data directory.
 *
 * <pre>
 * keys/gateway.pem       private key that signs the seals
 * keys/gateway.pub.pem   its public half, for terminals and auditors
 * keys/operator.pem      private key of the first operator
 * keys/authorities.pem   certificates of those whose word enrols a terminal; absent unless somebody puts it there
 * journal/               the journal
 * statements/            what comparisons of uploaded statements found; removed at each start
 * index/                 in which records a msgid, a person, an institution stands; made of the journal, and may be removed
 * </pre>
 */
final class DataDirectory {
    /** Bytes by which the journal's files grow, for tests and small disks; the disk's floor is two of them. */
    static final String BLOCK_LENGTH_PROPERTY = "settlegate.journal.blockLength";

    private final Path root;

    DataDirectory(final Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path journal() {
        return root.resolve("journal");
    }

    /** Files of the index of records. */
    Path index() {
        return root.resolve("index");
    }

    /** Findings of statements that were compared, and the files that are needed meanwhile. */
    Path statements() {
        return root.resolve("statements");
    }

    /** The journal's files. Nothing is created before the first write. */
    Store store() {
        final ChronicleConfiguration defaults = ChronicleConfiguration.defaults();
        return ChronicleStore.in(
                journal(), defaults.withBlockLength(Integer.getInteger(BLOCK_LENGTH_PROPERTY, defaults.blockLength())));
    }

    /** As above, for readers. @throws IOException if there is no journal. */
    Store existingStore() throws IOException {
        if (!Files.isDirectory(journal())) {
            throw new IOException(root + " holds no journal; name a data directory made by `settlegate admin init`");
        }
        return store();
    }

    Path gatewayKeyFile() {
        return root.resolve("keys").resolve("gateway.pem");
    }

    Path gatewayPublicKeyFile() {
        return root.resolve("keys").resolve("gateway.pub.pem");
    }

    Path operatorKeyFile() {
        return root.resolve("keys").resolve("operator.pem");
    }

    Path authoritiesFile() {
        return root.resolve("keys").resolve("authorities.pem");
    }

    void createKeyDirectory() throws IOException {
        Files.createDirectories(root.resolve("keys"));
    }

    Sm2PrivateKey gatewayKey() throws IOException {
        return readKey(gatewayKeyFile());
    }

    Sm2PrivateKey operatorKey() throws IOException {
        return readKey(operatorKeyFile());
    }

    Sm2PublicKey gatewayPublicKey() throws IOException {
        return KeyFiles.readPublic(gatewayPublicKeyFile());
    }

    private Sm2PrivateKey readKey(final Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(
                    file + " is missing: found the gateway first with `settlegate admin init --data " + root + " ...`");
        }
        return KeyFiles.readPrivate(file);
    }
}
