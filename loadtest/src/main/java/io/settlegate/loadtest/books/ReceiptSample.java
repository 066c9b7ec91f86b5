package io.settlegate.loadtest.books;

import io.settlegate.protocol.crypto.BouncyCastleVerifier;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.receipt.ReceiptVerdict;
import io.settlegate.protocol.receipt.ReceiptVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Checks receipts offline: all, or every k-th where there are more than a given number. Uses all processors until it
 * is done.
 *
 * @param heldCount receipts there were.
 * @param checkedCount receipts that were checked.
 * @param validCount those that held.
 * @param firstFault what was wrong with the first that did not hold.
 */
public record ReceiptSample(int heldCount, int checkedCount, int validCount, Optional<String> firstFault) {
    /** One verifier for each thread: a verifier serves one thread at a time. */
    private static final int CHUNK_COUNT = 16;

    /** True if every receipt that was checked held, and there was one. */
    public boolean isGood() {
        return checkedCount > 0 && validCount == checkedCount;
    }

    /** Checks at most {@code maxCount} of {@code held}, evenly spread. */
    public static ReceiptSample check(
            final List<Acknowledged> held, final Sm2PublicKey gatewayKey, final int maxCount) {
        final int stride = Math.max(1, (held.size() + maxCount - 1) / maxCount);
        final List<Acknowledged> sample = IntStream.range(0, held.size())
                .filter(i -> i % stride == 0)
                .mapToObj(held::get)
                .toList();
        final List<String> faults = IntStream.range(0, CHUNK_COUNT)
                .parallel()
                .mapToObj(chunk -> faults(sample, gatewayKey, chunk))
                .flatMap(List::stream)
                .toList();
        return new ReceiptSample(
                held.size(),
                sample.size(),
                sample.size() - faults.size(),
                faults.stream().findFirst());
    }

    private static List<String> faults(
            final List<Acknowledged> sample, final Sm2PublicKey gatewayKey, final int chunk) {
        final ReceiptVerifier verifier = new ReceiptVerifier(gatewayKey, new BouncyCastleVerifier());
        final List<String> faults = new ArrayList<>();
        for (int i = chunk; i < sample.size(); i += CHUNK_COUNT) {
            final Acknowledged one = sample.get(i);
            final ReceiptVerdict verdict =
                    verifier.verify(one.receipt(), one.outcome(), one.command().length == 0 ? null : one.command());
            if (!verdict.isValid()) {
                faults.add(one.msgid() + ": " + verdict.step() + ", " + verdict.detail());
            }
        }
        return faults;
    }
}
