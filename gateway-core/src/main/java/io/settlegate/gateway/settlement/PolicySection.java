package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyBook;
import io.settlegate.gateway.benefits.policy.PolicyBytes;
import io.settlegate.gateway.benefits.policy.PolicyBytesReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The policies in a snapshot, behind the table of their versions and in the order of its rows: {@code length i32 | bytes} each, the
 * bytes as an import carries them. One policy has one form, so they are made from what was compiled. Reading holds them against the
 * digest in the row, compiles them anew, and makes the books.
 *
 * <p>Stateless; one thread.
 */
final class PolicySection {
    private PolicySection() {}

    static void write(final PolicyShelf shelf, final SnapshotWriter out) throws IOException {
        final FlatTable table = shelf.table();
        for (int row = 0; row < table.end(); row++) {
            final Policy policy =
                    shelf.version(table.buffer(row), table.offset(row), table.getInt(row, Rows.POLICY_VERSION_NUMBER));
            final byte[] bytes = PolicyBytes.of(policy.definition());
            out.putInt(bytes.length);
            out.putBytes(bytes);
        }
    }

    /** The table of the versions was read before. */
    static void read(final PolicyShelf shelf, final SnapshotReader in) throws IOException {
        final Map<Integer, List<Policy>> versions = new TreeMap<>();
        for (int row = 0; row < shelf.table().end(); row++) {
            in.header(Integer.BYTES);
            final int length = in.getInt();
            if (length < 1 || length > PolicyBytes.MOST_BYTES) {
                throw fault(row, "it says that its policy has " + length + " bytes");
            }
            final Policy policy = compile(shelf, row, in.bytes(length));
            versions.computeIfAbsent(Integer.parseInt(policy.definition().region()), poolarea -> new ArrayList<>())
                    .add(policy);
        }
        for (final Map.Entry<Integer, List<Policy>> region : versions.entrySet()) {
            shelf.put(region.getKey(), book(region.getValue()));
        }
    }

    private static Policy compile(final PolicyShelf shelf, final int row, final byte[] bytes) throws IOException {
        if (!shelf.isDigest(row, bytes)) {
            throw fault(row, "the bytes of its policy are not those of which it has the digest");
        }
        final Policy policy;
        try {
            policy = Policy.compile(PolicyBytesReader.read(ByteBuffer.wrap(bytes)));
        } catch (final RuntimeException e) {
            // Whatever a reader makes of bytes that are no policy.
            throw new IOException(
                    fault(row, "its bytes are no policy of this build").getMessage(), e);
        }
        if (!shelf.isRowOf(row, policy)) {
            throw fault(row, "its policy is of another region, version, or time");
        }
        return policy;
    }

    private static PolicyBook book(final List<Policy> versions) throws IOException {
        versions.sort(Comparator.comparing(policy -> policy.definition().effectiveFrom()));
        for (int i = 1; i < versions.size(); i++) {
            if (PolicyBook.faultBetween(
                            versions.get(i - 1).definition(), versions.get(i).definition())
                    != null) {
                throw new IOException("table " + TableId.POLICY_VERSIONS + ": versions of region "
                        + versions.get(i).definition().region() + " do not join");
            }
        }
        return new PolicyBook(versions);
    }

    private static IOException fault(final int row, final String words) {
        return new IOException("table " + TableId.POLICY_VERSIONS + ": row " + row + ": " + words);
    }
}
