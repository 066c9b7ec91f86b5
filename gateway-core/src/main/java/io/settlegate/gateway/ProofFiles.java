package io.settlegate.gateway;

import io.settlegate.protocol.receipt.proof.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of heads and proofs. Stateless. Blocks on the disk; never reads more than such a file can have. */
final class ProofFiles {
    private static final int MAX_LENGTH = 1 << 16;

    private ProofFiles() {}

    /** The text; bytes that are no text come out as characters that no such text has. */
    static String text(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_LENGTH + 1), StandardCharsets.ISO_8859_1);
        }
    }

    /** @throws IOException naming file and line if it is not, to the letter, a head. */
    static Head head(final Path file) throws IOException {
        try {
            return Head.read(text(file));
        } catch (final IllegalArgumentException e) {
            throw new IOException(file + " is no head: " + e.getMessage(), e);
        }
    }

    static List<Head> heads(final List<Path> files) throws IOException {
        final List<Head> heads = new ArrayList<>();
        for (final Path file : files) {
            heads.add(head(file));
        }
        return heads;
    }
}
