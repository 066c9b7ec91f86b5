package io.settlegate.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.Sm3;
import io.settlegate.protocol.receipt.LeafHasher;
import io.settlegate.protocol.receipt.MerkleTree;
import io.settlegate.protocol.receipt.MountainRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** trees.json: leaves, roots and paths of batches of several sizes, and tree heads over seals. */
final class TreeVectors {
    private static final HexFormat HEX = HexFormat.of();
    private static final int[] COUNTS = {1, 2, 3, 7, 8};
    private static final int[] SEAL_COUNTS = {0, 1, 2, 3, 7, 8};
    private static final int LEAVES = 8;
    private static final long FIRST_SEQUENCE = 1_000;
    private static final long TIME_MS = 1_763_604_300_000L;

    private final FixedRandom hashes = new FixedRandom("settlegate tree vectors");

    private TreeVectors() {}

    static Map<String, Object> content() {
        final TreeVectors vectors = new TreeVectors();
        final byte[] leaves = new byte[LEAVES * Sm3.LENGTH];
        final Map<String, Object> content = new LinkedHashMap<>();
        content.put("leaves", vectors.leaves(leaves));
        content.put("trees", Arrays.stream(COUNTS).mapToObj(count -> tree(leaves, count)).toList());
        final byte[] seals = new byte[LEAVES * Sm3.LENGTH];
        vectors.hashes.nextBytes(seals);
        final List<String> sealHashes = new ArrayList<>();
        for (int i = 0; i < LEAVES; i++) {
            sealHashes.add(hexAt(seals, i));
        }
        content.put("sealHashes", sealHashes);
        content.put(
                "mountainRanges",
                Arrays.stream(SEAL_COUNTS).mapToObj(count -> range(seals, count)).toList());
        return content;
    }

    private List<Object> leaves(final byte[] target) {
        final List<Object> entries = new ArrayList<>();
        final byte[] parts = new byte[3 * Sm3.LENGTH];
        for (int i = 0; i < LEAVES; i++) {
            hashes.nextBytes(parts);
            final long timeMs = TIME_MS + i;
            new LeafHasher()
                    .leaf(
                            FIRST_SEQUENCE + i,
                            timeMs,
                            parts,
                            0,
                            Sm3.LENGTH,
                            2 * Sm3.LENGTH,
                            target,
                            i * Sm3.LENGTH);
            final Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("sequence", FIRST_SEQUENCE + i);
            entry.put("timeMs", timeMs);
            entry.put("commandHash", hexAt(parts, 0));
            entry.put("outcomeHash", hexAt(parts, 1));
            entry.put("internalHash", hexAt(parts, 2));
            entry.put("leaf", hexAt(target, i));
            entries.add(entry);
        }
        return entries;
    }

    private static Map<String, Object> tree(final byte[] leaves, final int count) {
        final MerkleTree tree = new MerkleTree().build(leaves, 0, count);
        final List<Object> paths = new ArrayList<>();
        for (int leaf = 0; leaf < count; leaf++) {
            final byte[] path = new byte[MerkleTree.MAX_PATH_LENGTH * Sm3.LENGTH];
            final int length = tree.path(leaf, path, 0);
            final byte[] hash = Arrays.copyOfRange(leaves, leaf * Sm3.LENGTH, (leaf + 1) * Sm3.LENGTH);
            assertThat(MerkleTree.rootOf(hash, leaf, count, path, length)).isEqualTo(tree.root());
            final List<String> entries = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                entries.add(hexAt(path, i));
            }
            paths.add(entries);
        }
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("count", count);
        entry.put("root", HEX.formatHex(tree.root()));
        entry.put("paths", paths);
        return entry;
    }

    private static Map<String, Object> range(final byte[] seals, final int count) {
        final MountainRange range = new MountainRange();
        for (int i = 0; i < count; i++) {
            range.append(seals, i * Sm3.LENGTH);
        }
        final Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("count", count);
        entry.put("root", HEX.formatHex(range.root()));
        return entry;
    }

    private static String hexAt(final byte[] hashes, final int index) {
        return HEX.formatHex(hashes, index * Sm3.LENGTH, (index + 1) * Sm3.LENGTH);
    }
}
