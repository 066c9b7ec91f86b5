package io.settlegate.gateway.certificates;

import static io.settlegate.gateway.certificates.EnrolmentScene.INSTITUTION;
import static io.settlegate.gateway.certificates.EnrolmentScene.KEY;
import static io.settlegate.gateway.certificates.EnrolmentScene.NAME;
import static io.settlegate.gateway.certificates.EnrolmentScene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.crypto.KeyFiles;
import io.settlegate.protocol.crypto.Sm2PublicKey;
import io.settlegate.protocol.crypto.Sm3;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates enrol a terminal, and what is said of those that do not. Lists: {@link RevocationListsTest}. */
@Timeout(60)
class EnrolmentCheckTest {
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.2.156.10197.99.1");

    @TempDir
    private Path directory;

    private EnrolmentScene scene;

    @BeforeEach
    void set() throws IOException {
        scene = new EnrolmentScene(directory);
    }

    @Test
    void shouldTakeTheKeyAndWhatProvesTheCertificateLater() throws Exception {
        final byte[] der = scene.root.issue(EnrolmentScene.terminal());
        final TerminalCertificate taken = scene.trusting(scene.root).check(der);
        assertThat(taken.publicKey()).isEqualTo(KEY);
        assertThat(taken.digest()).isEqualTo(Sm3.hash(der));
        assertThat(taken.authorityDigest()).isEqualTo(Sm3.hash(scene.root.certificate()));
        assertThat(taken.issuerDigest()).isEqualTo(Sm3.hash(new X500Name("C=CN,O=Trial,CN=Root").getEncoded("DER")));
        assertThat(new BigInteger(1, taken.serial())).isEqualTo(4711);
        assertThat(taken.revocation()).isEqualTo(Revocation.LISTS_CHECKED);
        assertThat(taken.toString()).startsWith("certificate 1267 (SM3 ").doesNotContain("list");
        assertThat(Security.getProvider("BC"))
                .as("registered for the whole process")
                .isNull();
    }

    @Test
    void shouldTakeASerialNumberOfTwentyBytesAndNoLonger() throws Exception {
        final BigInteger longest = BigInteger.ONE.shiftLeft(160).subtract(BigInteger.ONE);
        scene.trusting(scene.root);
        assertThat(scene.check(scene.root.issue(EnrolmentScene.terminal().serial(longest)))
                        .serial())
                .containsOnly(0xFF);
        assertThat(scene.refusal(scene.root.issue(EnrolmentScene.terminal().serial(longest.add(BigInteger.ONE)))))
                .contains("serial number");
        assertThat(scene.refusal(scene.root.issue(EnrolmentScene.terminal().serial(BigInteger.ZERO))))
                .contains("serial number");
    }

    @Test
    void shouldFollowTheIssuersInTheSameFile() throws Exception {
        scene.trusting(scene.root).listed(scene.middle);
        final byte[] der = scene.middle.issue(EnrolmentScene.terminal());
        assertThat(scene.check(der, scene.middle.certificate()).publicKey()).isEqualTo(KEY);
        assertThat(scene.check(der, scene.root.certificate(), scene.middle.certificate())
                        .publicKey())
                .as("in any order, and with the authority's among them")
                .isEqualTo(KEY);
    }

    @Test
    void shouldFollowTheIssuersInFilesOfTheirOwn() throws Exception {
        scene.trusting(scene.root).listed(scene.middle);
        scene.chain.add(scene.file(scene.middle.certificate()));
        assertThat(scene.check(scene.middle.issue(EnrolmentScene.terminal())).publicKey())
                .isEqualTo(KEY);
    }

    @Test
    void shouldEndAtTheAuthorityThatIsTrustedAlsoBelowARoot() throws Exception {
        scene.trusting(scene.middle);
        final TerminalCertificate taken = scene.check(scene.middle.issue(EnrolmentScene.terminal()));
        assertThat(taken.authorityDigest()).isEqualTo(Sm3.hash(scene.middle.certificate()));
        assertThat(scene.refusal(scene.root.issue(EnrolmentScene.terminal())))
                .as("the root itself is not trusted by that")
                .contains("none of your authorities");
    }

    @Test
    void shouldChooseAmongAuthoritiesOfOneNameByTheSignature() throws Exception {
        final TestAuthority renewed = TestAuthority.root(TestAuthority.draft("Root", NOW), "another key", NOW);
        scene.authorities.add(scene.file(renewed.certificate(), scene.root.certificate()));
        scene.listed(scene.root);
        assertThat(scene.check(scene.root.issue(EnrolmentScene.terminal())).authorityDigest())
                .isEqualTo(Sm3.hash(scene.root.certificate()));
    }

    @Test
    void shouldReadACertificateInDer() throws Exception {
        final Path file = Files.write(scene.next(), scene.root.issue(EnrolmentScene.terminal()));
        assertThat(scene.trusting(scene.root).check(file).publicKey()).isEqualTo(KEY);
    }

    @Test
    void shouldRefuseAKeyOfAnotherCurve() throws Exception {
        for (final ASN1ObjectIdentifier curve :
                List.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp256k1)) {
            final SubjectPublicKeyInfo other = new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), KEY.encoded());
            assertThat(scene.trusting(scene.root)
                            .refusal(scene.root.issue(EnrolmentScene.terminal().key(other))))
                    .contains("certificate 1 of", "sm2p256v1 (1.2.156.10197.1.301)", "over an SM2 key");
        }
    }

    @Test
    void shouldRefuseAKeyThatIsNoPoint() throws Exception {
        final byte[] off = KEY.encoded();
        off[off.length - 1] ^= 1;
        final SubjectPublicKeyInfo other =
                new SubjectPublicKeyInfo(EnrolmentScene.terminal().key.getAlgorithm(), off);
        assertThat(scene.trusting(scene.root)
                        .refusal(scene.root.issue(EnrolmentScene.terminal().key(other))))
                .contains("no point of sm2p256v1");
    }

    @Test
    void shouldRefuseAnotherSignatureAlgorithm() throws Exception {
        final ContentSigner sha256WithSm2 = new Sm2ContentSigner(scene.root.key(), Sm2PublicKey.USER_ID) {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.156.10197.1.503"));
            }
        };
        assertThat(scene.trusting(scene.root).refusal(scene.root.issue(EnrolmentScene.terminal(), sha256WithSm2)))
                .contains("otherwise than with SM3withSM2 (1.2.156.10197.1.501)", "signs with SM2");
    }

    @Test
    void shouldRefuseASignatureUnderAnotherUserId() throws Exception {
        assertThat(scene.trusting(scene.root)
                        .refusal(scene.root.issue(
                                EnrolmentScene.terminal(),
                                new Sm2ContentSigner(scene.root.key(), "ALICE123@YAHOO.COM"))))
                .contains("signature that the key of its issuer does not verify");
    }

    @Test
    void shouldRefuseEveryChangedBitOfTheSignedPartOrTheSignature() throws Exception {
        scene.trusting(scene.root);
        final byte[] der = scene.root.issue(EnrolmentScene.terminal());
        for (int bit = 0; bit < der.length * Byte.SIZE; bit += 31) {
            final byte[] changed = der.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            assertThatThrownBy(() -> scene.check(changed))
                    .as("bit %d", bit)
                    .isInstanceOfAny(CertificateRefusedException.class, IOException.class);
        }
    }

    @Test
    void shouldRefuseAnIssuerThatNobodyTrusts() throws Exception {
        final TestAuthority stranger = TestAuthority.root("Stranger", NOW);
        assertThat(scene.trusting(scene.root).refusal(stranger.issue(EnrolmentScene.terminal())))
                .contains("none of your authorities", "--chain", "--authority");
        assertThat(scene.refusal(stranger.issue(EnrolmentScene.terminal()), stranger.certificate()))
                .as("a root that comes along is not trusted for that")
                .contains("certificate 2 of", "none of your authorities");
    }

    @Test
    void shouldRefuseANamesakeOfAnAuthority() throws Exception {
        final TestAuthority namesake = TestAuthority.root(TestAuthority.draft("Root", NOW), "another key", NOW);
        assertThat(scene.trusting(scene.root).refusal(namesake.issue(EnrolmentScene.terminal())))
                .contains("signature that the key of its issuer does not verify", "ask the issuer");
    }

    @Test
    void shouldRefuseAnExpiredCertificate() throws Exception {
        final byte[] der =
                scene.root.issue(EnrolmentScene.terminal().valid(NOW.minus(Duration.ofDays(9)), NOW.minusSeconds(1)));
        assertThat(scene.trusting(scene.root).refusal(der))
                .contains("certificate 1 of", "expired on 2026-06-01T07:59:59Z", "it is 2026-06-01T08:00:00Z", "renew");
        scene.now = NOW.minusSeconds(1);
        assertThat(scene.check(der).publicKey()).as("in its last second").isEqualTo(KEY);
    }

    @Test
    void shouldRefuseACertificateOfTomorrow() throws Exception {
        final byte[] der =
                scene.root.issue(EnrolmentScene.terminal().valid(NOW.plusSeconds(1), NOW.plus(Duration.ofDays(9))));
        assertThat(scene.trusting(scene.root).refusal(der)).contains("not valid before 2026-06-01T08:00:01Z", "clock");
    }

    @Test
    void shouldRefuseAnExpiredIssuer() throws Exception {
        final TestAuthority expired = scene.root.below(
                TestAuthority.draft("Middle", NOW).valid(NOW.minus(Duration.ofDays(9)), NOW.minusSeconds(1)), "Middle");
        scene.trusting(scene.root).listed(expired);
        assertThat(scene.refusal(expired.issue(EnrolmentScene.terminal()), expired.certificate()))
                .contains("certificate 2 of", "expired on");
    }

    @Test
    void shouldRefuseAnExpiredAuthorityEvenIfItIsTrusted() throws Exception {
        final TestAuthority expired = TestAuthority.root(
                TestAuthority.draft("Root", NOW).valid(NOW.minus(Duration.ofDays(9)), NOW.minusSeconds(1)),
                "Root",
                NOW);
        assertThat(scene.trusting(expired).refusal(expired.issue(EnrolmentScene.terminal())))
                .contains(scene.authorities.get(0).toString(), "expired on");
    }

    @Test
    void shouldRefuseAnIssuerThatIsNoAuthority() throws Exception {
        final TestAuthority other = scene.root.below(
                CertificateDraft.terminal("OTHER", TestAuthority.keyOf("other").publicKey(), NOW)
                        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)),
                "other");
        scene.trusting(scene.root);
        assertThat(scene.refusal(other.issue(EnrolmentScene.terminal()), other.certificate()))
                .contains("certificate 2 of", "basicConstraints", "do not trust");
        scene.authorities.clear();
        scene.authorities.add(scene.file(other.certificate()));
        assertThat(scene.refusal(other.issue(EnrolmentScene.terminal())))
                .as("named as an authority")
                .contains("basicConstraints");
    }

    @Test
    void shouldRefuseAnIssuerThatMayNotSignCertificates() throws Exception {
        for (final CertificateDraft draft : List.of(
                TestAuthority.draft("Middle", NOW).with(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign)),
                TestAuthority.draft("Middle", NOW).without(Extension.keyUsage))) {
            final TestAuthority bent = scene.root.below(draft, "Middle");
            scene.trusting(scene.root).listed(bent);
            assertThat(scene.refusal(bent.issue(EnrolmentScene.terminal()), bent.certificate()))
                    .contains("certificate 2 of", "keyCertSign");
        }
    }

    @Test
    void shouldRefuseMoreIssuersThanAnAuthorityAllows() throws Exception {
        final TestAuthority root = TestAuthority.root(
                TestAuthority.draft("Root", NOW).with(Extension.basicConstraints, true, new BasicConstraints(0)),
                "Root",
                NOW);
        final TestAuthority middle = root.below(TestAuthority.draft("Middle", NOW), "Middle");
        scene.trusting(root).listed(middle);
        assertThat(scene.refusal(middle.issue(EnrolmentScene.terminal()), middle.certificate()))
                .contains(scene.authorities.get(0).toString(), "allows 0 intermediate", "pathLenConstraint");
        assertThat(scene.check(root.issue(EnrolmentScene.terminal())).publicKey())
                .as("none between them")
                .isEqualTo(KEY);
    }

    @Test
    void shouldRefuseACriticalExtensionThatNobodyHereKnows() throws Exception {
        scene.trusting(scene.root);
        assertThat(scene.refusal(scene.root.issue(EnrolmentScene.terminal().with(UNKNOWN, true, DERNull.INSTANCE))))
                .contains("certificate 1 of", "critical extension", UNKNOWN.getId(), "without it");
        final TestAuthority middle =
                scene.root.below(TestAuthority.draft("Middle", NOW).with(UNKNOWN, true, DERNull.INSTANCE), "Middle");
        assertThat(scene.refusal(middle.issue(EnrolmentScene.terminal()), middle.certificate()))
                .contains("certificate 2 of", UNKNOWN.getId());
        assertThat(scene.check(scene.root.issue(EnrolmentScene.terminal().with(UNKNOWN, false, DERNull.INSTANCE)))
                        .publicKey())
                .as("one that is not critical")
                .isEqualTo(KEY);
        final TestAuthority root =
                TestAuthority.root(TestAuthority.draft("Root", NOW).with(UNKNOWN, true, DERNull.INSTANCE), "Root", NOW);
        scene.authorities.clear();
        assertThat(scene.trusting(root).refusal(root.issue(EnrolmentScene.terminal())))
                .contains(scene.authorities.get(0).toString(), UNKNOWN.getId());
    }

    /** What only the path validation knows: that it runs is shown by this. */
    @Test
    void shouldRefuseATerminalOutsideTheNamesOfItsIssuer() throws Exception {
        final NameConstraints elsewhere = new NameConstraints(
                new GeneralSubtree[] {new GeneralSubtree(new GeneralName(new X500Name("C=CN,O=Elsewhere")))}, null);
        final TestAuthority middle = scene.root.below(
                TestAuthority.draft("Middle", NOW).with(Extension.nameConstraints, true, elsewhere), "Middle");
        scene.trusting(scene.root).listed(middle);
        assertThat(scene.refusal(middle.issue(EnrolmentScene.terminal()), middle.certificate()))
                .contains("certificate 1 of", "RFC 5280", "ubtree");
        scene.authorities.clear();
        scene.authorities.add(scene.file(middle.certificate()));
        assertThat(scene.refusal(middle.issue(EnrolmentScene.terminal())))
                .as("as an authority, whose constraints nobody would apply")
                .contains("name constraints", "--chain");
    }

    @Test
    void shouldRefuseACertificateForEncryption() throws Exception {
        scene.trusting(scene.root);
        for (final CertificateDraft draft : List.of(
                EnrolmentScene.terminal()
                        .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment | KeyUsage.keyAgreement)),
                EnrolmentScene.terminal().without(Extension.keyUsage))) {
            assertThat(scene.refusal(scene.root.issue(draft))).contains("digitalSignature", "the one for signing");
        }
    }

    @Test
    void shouldRefuseACertificateForOtherPurposes() throws Exception {
        scene.trusting(scene.root);
        assertThat(scene.refusal(scene.root.issue(EnrolmentScene.terminal()
                        .with(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)))))
                .contains("extendedKeyUsage without clientAuth");
        assertThat(scene.check(scene.root.issue(EnrolmentScene.terminal()
                                .with(
                                        Extension.extendedKeyUsage,
                                        true,
                                        new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))))
                        .publicKey())
                .isEqualTo(KEY);
    }

    @Test
    void shouldRefuseTheCertificateOfAnAuthorityItself() throws Exception {
        scene.trusting(scene.root);
        assertThat(scene.refusal(scene.root.issue(
                        EnrolmentScene.terminal().with(Extension.basicConstraints, true, new BasicConstraints(true)))))
                .contains("is an authority's", "comes first");
        assertThat(scene.refusal(scene.root.certificate())).contains("is an authority's");
    }

    @Test
    void shouldRefuseTheCertificateOfAnotherTerminalWithoutTellingWhose() throws Exception {
        scene.trusting(scene.root);
        for (final String subject : List.of(
                "C=CN,CN=Zhang San",
                "C=CN,CN=" + INSTITUTION + "-SN-0008",
                "C=CN,CN=P32030200001-SN-0007",
                "C=CN,CN=" + NAME + "0",
                "C=CN,CN=" + NAME.toLowerCase(Locale.ROOT),
                "C=CN,OU=" + NAME,
                "C=CN,CN=" + NAME + ",CN=" + INSTITUTION + "-SN-0008",
                "C=CN,CN=" + NAME + "+CN=Zhang San")) {
            assertThat(scene.refusal(scene.root.issue(EnrolmentScene.terminal().subject(subject))))
                    .contains("exactly one common name, " + NAME, "openssl x509 -noout -subject")
                    .doesNotContain("Zhang")
                    .doesNotContain("SN-0008");
        }
    }

    @Test
    void shouldRefuseAnEndlessChain() throws Exception {
        TestAuthority last = scene.root;
        scene.trusting(scene.root);
        for (int i = 0; i <= Chain.MAX_LENGTH; i++) {
            last = last.below(TestAuthority.draft("A" + i, NOW), "A" + i);
            scene.chain.add(scene.file(last.certificate()));
        }
        assertThat(scene.refusal(last.issue(EnrolmentScene.terminal()))).contains("more than 8 certificates");
    }

    @Test
    void shouldSayWhatAFileHoldsInstead() throws Exception {
        scene.trusting(scene.root);
        final Path key = scene.next();
        KeyFiles.writePrivate(key, TestAuthority.keyOf("terminal"));
        assertThatThrownBy(() -> scene.check(key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds a PRIVATE KEY where only CERTIFICATE belongs");
        final Path nothing = Files.writeString(scene.next(), "nothing");
        assertThatThrownBy(() -> scene.check(nothing)).hasMessageContaining("holds no CERTIFICATE");
        final Path garbage = Files.write(scene.next(), new byte[] {0x30, 3, 2, 1, 1});
        assertThatThrownBy(() -> scene.check(garbage))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no X.509 certificate");
        final Path large = Files.write(scene.next(), new byte[CertificateFiles.MAX_CERTIFICATES_LENGTH + 1]);
        assertThatThrownBy(() -> scene.check(large)).hasMessageContaining("more than 262144 bytes");
        assertThatThrownBy(() -> scene.check(directory.resolve("absent"))).hasMessageContaining("absent is no file");
    }

    @Test
    void shouldRefuseBytesBehindACertificate() throws Exception {
        final byte[] der = scene.root.issue(EnrolmentScene.terminal());
        final Path file = Files.write(scene.next(), Arrays.copyOf(der, der.length + 1));
        scene.trusting(scene.root);
        assertThatThrownBy(() -> scene.check(file)).isInstanceOf(IOException.class);
    }
}
