package io.settlegate.protocol.client.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A look at a desk's file from outside. */
final class DeskFileLook {
    private DeskFileLook() {}

    /** Whether it holds nothing but its first line. */
    static boolean isEmpty(final Path path) throws IOException {
        return Files.readString(path).lines().count() == 1;
    }
}
