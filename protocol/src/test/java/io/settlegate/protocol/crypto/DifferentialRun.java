package io.settlegate.protocol.crypto;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;

/**
 * Compares the paths with BouncyCastle on some signatures, in batches of eight; for a JVM with flags of its own. Half of the
 * signatures are damaged in one bit.
 */
final class DifferentialRun {
    private static final int LANES = 8;
    private static final int KEYS = 16;
    private static final int LENGTH = 64;

    private DifferentialRun() {}

    /** Takes the count and a seed; ends with 1 and a line that names both at the first difference. */
    public static void main(final String[] arguments) {
        final int count = Integer.parseInt(arguments[0]);
        final long seed = Long.parseLong(arguments[1]);
        final Random random = new Random(seed);
        final KeyTables tables = new KeyTables((long) KEYS * KeyTables.TABLE_BYTES);
        final Sm2PrivateKey[] keys = new Sm2PrivateKey[KEYS];
        final FastSm2Signer[] signers = new FastSm2Signer[KEYS];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = Sm2PrivateKey.generate(new SecureRandom());
            tables.prepareNow(keys[i].publicKey());
            signers[i] = new FastSm2Signer(keys[i], new SecureRandom());
        }
        final SignatureVerifier judge = new BouncyCastleVerifier();
        final List<SignatureVerifier> verifiers = List.of(
                new ScalarVerifier(KeyTables.none()),
                new ScalarVerifier(tables),
                new LaneVerifier(SignatureSelection.lanes().orElseThrow(), tables),
                new LaneVerifier(SignatureSelection.lanes().orElseThrow(), KeyTables.none()));
        final SignatureBatch batch = new SignatureBatch(LANES);
        final boolean[] expected = new boolean[LANES];
        for (int done = 0; done < count; done += LANES) {
            batch.clear();
            for (int i = 0; i < LANES; i++) {
                final byte[] signed = new byte[LENGTH + Sm2Signer.SIGNATURE_LENGTH];
                random.nextBytes(signed);
                final int key = random.nextInt(KEYS);
                signers[key].sign(signed, 0, LENGTH, signed, LENGTH);
                if (random.nextBoolean()) {
                    signed[random.nextInt(signed.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                }
                batch.add(keys[key].publicKey(), signed, 0, LENGTH);
            }
            judge.verify(batch);
            for (int i = 0; i < LANES; i++) {
                expected[i] = batch.verdict(i);
            }
            // The last one takes a while in the interpreter, so it has one batch of 32.
            final int used = done % (4 * LANES * LANES) == 0 ? verifiers.size() : verifiers.size() - 1;
            for (final SignatureVerifier verifier : verifiers.subList(0, used)) {
                verifier.verify(batch);
                for (int i = 0; i < LANES; i++) {
                    if (batch.verdict(i) != expected[i]) {
                        System.out.println(verifier.getClass() + " differs, seed " + seed + " at " + (done + i));
                        System.exit(1);
                    }
                }
            }
        }
        System.out.println("agreed on " + count);
        System.exit(0);
    }
}
