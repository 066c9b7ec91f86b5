package io.settlegate.loadtest.population;

import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Makes terminals, dealt out to the institutions one by one, with keys hashed from seed and serial number. */
final class TerminalGenerator {
    private static final String[] MODELS = {"YBZD-III-A1", "YBZD-III-B2", "YBZD-II-C3"};

    private TerminalGenerator() {}

    static List<Terminal> generate(final long seed, final List<Institution> institutions, final int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> terminal(seed, institutions, i))
                .toList();
    }

    private static Terminal terminal(final long seed, final List<Institution> institutions, final int index) {
        final Institution institution = institutions.get(index % institutions.size());
        final String sn = "YB3203" + Digits.padded(index + 1L, 10);
        return new Terminal(sn, MODELS[index % MODELS.length], institution, index / institutions.size(), key(seed, sn));
    }

    private static Sm2PrivateKey key(final long seed, final String sn) {
        for (int attempt = 0; ; attempt++) {
            final byte[] d =
                    Sm3.hash(("sample key " + seed + " " + sn + " " + attempt).getBytes(StandardCharsets.US_ASCII));
            try {
                return Sm2PrivateKey.decode(d);
            } catch (final IllegalArgumentException outsideTheGroup) {
                // One hash in four thousand million is no private key: the next attempt gives another.
            }
        }
    }
}
