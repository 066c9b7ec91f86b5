package io.settlegate.protocol.crypto;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Signatures by seed, half of them valid, the others damaged in one of several ways; and a file of them, which a JVM that is itself
 * in doubt can read with its verdicts.
 */
final class SignedCases {
    private static final int KEYS = 32;
    private static final int MAX_MESSAGE_LENGTH = 400;
    private static final BigInteger N = Sm2Curve.N;
    private static final BigInteger[] EDGES = {
        BigInteger.ZERO,
        BigInteger.ONE,
        N.subtract(BigInteger.ONE),
        N,
        N.add(BigInteger.ONE),
        Sm2Curve.CURVE.getField().getCharacteristic(),
        BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)
    };

    private SignedCases() {}

    /** {@code count} signatures under {@value #KEYS} keys, with private keys 1, 2, 3, and n - 2 among them. */
    static List<SignedCase> make(final Random random, final int count) {
        final SeededRandom source = new SeededRandom(random);
        final FastSm2Signer[] signers = new FastSm2Signer[KEYS];
        for (int i = 0; i < KEYS; i++) {
            final Sm2PrivateKey key =
                    switch (i) {
                        case 0, 1, 2 -> Sm2PrivateKey.of(BigInteger.valueOf(i + 1));
                        case 3 -> Sm2PrivateKey.of(N.subtract(BigInteger.TWO));
                        default -> Sm2PrivateKey.generate(source);
                    };
            signers[i] = new FastSm2Signer(key, source);
        }
        final List<SignedCase> cases = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final FastSm2Signer signer = signers[random.nextInt(KEYS)];
            final int length = random.nextInt(MAX_MESSAGE_LENGTH);
            final byte[] signed = new byte[length + Sm2Signer.SIGNATURE_LENGTH];
            random.nextBytes(signed);
            signer.sign(signed, 0, length, signed, length);
            final Sm2PublicKey other = signers[random.nextInt(KEYS)].publicKey();
            cases.add(
                    random.nextBoolean()
                            ? SignedCase.judged("good", signer.publicKey(), signed)
                            : damaged(random, signer.publicKey(), other, signed));
        }
        return cases;
    }

    private static SignedCase damaged(
            final Random random, final Sm2PublicKey key, final Sm2PublicKey other, final byte[] signed) {
        final int r = signed.length - Sm2Signer.SIGNATURE_LENGTH;
        final int s = r + Sm2Curve.SCALAR_LENGTH;
        switch (random.nextInt(6)) {
            case 0 -> {
                signed[random.nextInt(Math.max(1, r))] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                return SignedCase.judged("message damaged", key, signed);
            }
            case 1 -> {
                signed[r + random.nextInt(Sm2Curve.SCALAR_LENGTH)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                return SignedCase.judged("r damaged", key, signed);
            }
            case 2 -> {
                signed[s + random.nextInt(Sm2Curve.SCALAR_LENGTH)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                return SignedCase.judged("s damaged", key, signed);
            }
            case 3 -> {
                Sm2Curve.putScalar(EDGES[random.nextInt(EDGES.length)], signed, random.nextBoolean() ? r : s);
                return SignedCase.judged("r or s at an edge", key, signed);
            }
            case 4 -> {
                Sm2Curve.putScalar(N.subtract(Sm2Curve.scalar(signed, r)), signed, s);
                return SignedCase.judged("r + s = n", key, signed);
            }
            default -> {
                // May be the same key, and then the signature is valid.
                return SignedCase.judged("other key", other, signed);
            }
        }
    }

    static void write(final Path file, final List<SignedCase> cases) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(cases.size());
            for (final SignedCase one : cases) {
                out.writeUTF(one.name());
                out.write(one.key().encoded);
                out.writeInt(one.signed().length);
                out.write(one.signed());
                out.writeBoolean(one.isValid());
                out.write(one.digest());
            }
        }
    }

    static List<SignedCase> read(final Path file) throws IOException {
        final List<SignedCase> cases = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            final int count = in.readInt();
            for (int i = 0; i < count; i++) {
                final String name = in.readUTF();
                final Sm2PublicKey key = Sm2PublicKey.decode(in.readNBytes(Sm2PublicKey.ENCODED_LENGTH));
                final byte[] signed = in.readNBytes(in.readInt());
                final boolean isValid = in.readBoolean();
                cases.add(new SignedCase(name, key, signed, isValid, in.readNBytes(Sm3.LENGTH)));
            }
        }
        return cases;
    }
}
