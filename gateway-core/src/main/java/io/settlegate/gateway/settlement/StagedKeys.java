package io.settlegate.gateway.settlement;

import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The keys of one kind among the staged rows, each named by its place and not copied: chunk and offset in one long. Finds
 * the row that comes twice, and the row that another one of the same import names.
 *
 * <p>Lives for one commit. Sized once, by the most keys that can come, which a part of an import bounds.
 */
final class StagedKeys {
    private static final int DOMAIN = 8;

    private final KeyedHash hash;
    private final List<UnsafeBuffer> chunks;
    private final int keyLength;
    private final long[] places;

    StagedKeys(final KeyedHash hash, final List<UnsafeBuffer> chunks, final int keyLength, final int mostKeys) {
        this.hash = hash;
        this.chunks = chunks;
        this.keyLength = keyLength;
        this.places = new long[Math.max(2, Integer.highestOneBit(Math.max(1, mostKeys)) * 4)];
    }

    /** Takes the key that stands in this chunk; false if the same key is there already. */
    boolean add(final int chunk, final int offset) {
        final int slot = slotOf(chunks.get(chunk), offset);
        if (places[slot] != 0) {
            return false;
        }
        places[slot] = (chunk + 1L) << Integer.SIZE | offset;
        return true;
    }

    boolean contains(final DirectBuffer key, final int offset) {
        return places[slotOf(key, offset)] != 0;
    }

    /** The slot where the key stands, or where it would. */
    private int slotOf(final DirectBuffer key, final int offset) {
        final int mask = places.length - 1;
        int slot = (int) hash.begin(DOMAIN).bytes(key, offset, keyLength).high() & mask;
        while (places[slot] != 0 && !isAt(places[slot], key, offset)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean isAt(final long place, final DirectBuffer key, final int offset) {
        return Fields.equal(key, offset, chunks.get((int) (place >>> Integer.SIZE) - 1), (int) place, keyLength);
    }
}
