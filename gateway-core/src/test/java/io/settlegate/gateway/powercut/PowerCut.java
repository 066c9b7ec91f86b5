package io.settlegate.gateway.powercut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Puts a directory into a state that a power cut may leave: what was forced, plus a random part of what was written later, in
 * pieces that a disk writes whole.
 */
final class PowerCut {
    private static final int SECTOR_LENGTH = 512;

    private PowerCut() {}

    /** @param forced files below the directory as of the last force. */
    static void strike(final Path directory, final Map<String, byte[]> forced, final Random random) throws IOException {
        final Map<String, byte[]> written = filesBelow(directory);
        // How much of the later writes the disk got to: nothing, some, or nearly all.
        final int chance = new int[] {0, 20, 50, 95}[random.nextInt(4)];
        for (final Map.Entry<String, byte[]> entry : written.entrySet()) {
            final byte[] before = forced.get(entry.getKey());
            final Path file = directory.resolve(entry.getKey());
            if (before == null && random.nextInt(100) >= chance) {
                // The directory entry had not reached the disk.
                Files.delete(file);
                continue;
            }
            Files.write(file, mixed(before == null ? new byte[0] : before, entry.getValue(), random, chance));
        }
        for (final Map.Entry<String, byte[]> entry : forced.entrySet()) {
            if (!written.containsKey(entry.getKey())) {
                // A deletion that was not forced is undone or not; what was forced away is not in the image.
                Files.write(directory.resolve(entry.getKey()), entry.getValue());
            }
        }
    }

    /** Takes everything that stands below the directory as forced. */
    static void captureAll(final Path directory, final DiskImage image) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            image.capture(walk.filter(Files::isRegularFile).toList());
        }
    }

    private static byte[] mixed(final byte[] before, final byte[] after, final Random random, final int chance) {
        final byte[] result = Arrays.copyOf(before, Math.max(before.length, after.length));
        for (int offset = 0; offset < after.length; offset += SECTOR_LENGTH) {
            final int end = Math.min(after.length, offset + SECTOR_LENGTH);
            if (!Arrays.equals(result, offset, end, after, offset, end) && random.nextInt(100) < chance) {
                System.arraycopy(after, offset, result, offset, end - offset);
            }
        }
        return result;
    }

    private static Map<String, byte[]> filesBelow(final Path directory) throws IOException {
        final List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        final Map<String, byte[]> result = new TreeMap<>();
        for (final Path file : files) {
            result.put(directory.relativize(file).toString(), Files.readAllBytes(file));
        }
        return result;
    }
}
