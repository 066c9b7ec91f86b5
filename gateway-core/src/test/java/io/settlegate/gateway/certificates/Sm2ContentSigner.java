package io.settlegate.gateway.certificates;

import io.settlegate.gateway.documents.FixedRandom;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.operator.ContentSigner;

/** Signs certificates and lists with SM3withSM2, the same in each run, under a user id of the caller's choice. */
class Sm2ContentSigner implements ContentSigner {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Sm2PrivateKey key;
    private final String userId;

    Sm2ContentSigner(final Sm2PrivateKey key, final String userId) {
        this.key = key;
        this.userId = userId;
    }

    @Override
    public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(GMObjectIdentifiers.sm2sign_with_sm3);
    }

    @Override
    public OutputStream getOutputStream() {
        return content;
    }

    @Override
    public byte[] getSignature() {
        final ECPrivateKeyParameters parameters = new ECPrivateKeyParameters(
                new BigInteger(1, key.encoded()), new ECDomainParameters(GMNamedCurves.getByName("sm2p256v1")));
        final SM2Signer signer = new SM2Signer();
        signer.init(
                true,
                new ParametersWithID(
                        new ParametersWithRandom(parameters, new FixedRandom("signature " + content.size())),
                        userId.getBytes(StandardCharsets.US_ASCII)));
        signer.update(content.toByteArray(), 0, content.size());
        try {
            return signer.generateSignature();
        } catch (final CryptoException e) {
            throw new IllegalStateException(e);
        }
    }
}
