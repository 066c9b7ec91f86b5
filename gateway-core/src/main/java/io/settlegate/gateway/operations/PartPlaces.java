package io.settlegate.gateway.operations;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the rows of a part's chunks stand in their files, so that a refusal, which names chunk and row, can be told as file
 * and line. Bounded by a part.
 */
final class PartPlaces {
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();

    void startPart() {
        chunks.clear();
    }

    void add(final long line) {
        lines.add(line);
    }

    void endChunk(final ImportFile file, final int index) {
        chunks.add(new Chunk(
                index,
                file.fileName(),
                lines.stream().mapToLong(Long::longValue).toArray()));
        lines.clear();
    }

    /** A chunk whose one row stands at this line. */
    void addChunk(final String fileName, final long line, final int index) {
        chunks.add(new Chunk(index, fileName, new long[] {line}));
    }

    String find(final int chunkIndex, final int row) {
        for (final Chunk chunk : chunks) {
            if (chunk.index == chunkIndex && row >= 0 && row < chunk.lines.length) {
                return chunk.fileName + ":" + chunk.lines[row];
            }
        }
        return "";
    }

    private record Chunk(int index, String fileName, long[] lines) {}
}
