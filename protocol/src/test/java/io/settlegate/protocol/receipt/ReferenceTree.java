package io.settlegate.protocol.receipt;

import io.settlegate.protocol.crypto.Sm3;
import java.util.ArrayList;
import java.util.List;

/** The definitions of RFC 9162, section 2.1, word for word and slow. Takes leaf hashes. */
final class ReferenceTree {
    private ReferenceTree() {}

    static byte[] head(final List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        final int k = split(leaves.size());
        return node(head(leaves.subList(0, k)), head(leaves.subList(k, leaves.size())));
    }

    static List<byte[]> path(final int index, final List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return new ArrayList<>();
        }
        final int k = split(leaves.size());
        final List<byte[]> left = leaves.subList(0, k);
        final List<byte[]> right = leaves.subList(k, leaves.size());
        final List<byte[]> path = index < k ? path(index, left) : path(index - k, right);
        path.add(index < k ? head(right) : head(left));
        return path;
    }

    private static int split(final int count) {
        return Integer.highestOneBit(count - 1);
    }

    private static byte[] node(final byte[] left, final byte[] right) {
        final byte[] bytes = new byte[1 + 2 * Sm3.LENGTH];
        bytes[0] = 1;
        System.arraycopy(left, 0, bytes, 1, Sm3.LENGTH);
        System.arraycopy(right, 0, bytes, 1 + Sm3.LENGTH, Sm3.LENGTH);
        return Sm3.hash(bytes);
    }
}
