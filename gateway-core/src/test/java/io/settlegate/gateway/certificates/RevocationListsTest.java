package io.settlegate.gateway.certificates;

import static io.settlegate.gateway.certificates.EnrolmentScene.KEY;
import static io.settlegate.gateway.certificates.EnrolmentScene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What revocation lists keep out, and which lists are none. */
@Timeout(60)
class RevocationListsTest {
    private static final BigInteger SERIAL = EnrolmentScene.terminal().serial;

    @TempDir
    private Path directory;

    private EnrolmentScene scene;
    private byte[] terminal;

    @BeforeEach
    void set() throws IOException {
        scene = new EnrolmentScene(directory);
        scene.authorities.add(scene.file(scene.root.certificate()));
        terminal = scene.root.issue(EnrolmentScene.terminal());
    }

    @Test
    void shouldTakeAListInPemAndInDerThatRevokesOthers() throws Exception {
        final ListDraft others =
                scene.root.draftList().revoke(SERIAL.add(BigInteger.ONE), NOW, CRLReason.keyCompromise);
        scene.with(scene.root.sign(others));
        assertThat(scene.check(terminal).publicKey()).isEqualTo(KEY);
        scene.lists.clear();
        scene.lists.add(Files.writeString(
                scene.next(), TestAuthority.pem("X509 CRL", scene.root.sign(scene.root.draftList()))));
        assertThat(scene.check(terminal).publicKey()).isEqualTo(KEY);
    }

    @Test
    void shouldRefuseARevokedCertificateForWhateverReason() throws Exception {
        for (final int reason : List.of(
                CRLReason.unspecified,
                CRLReason.keyCompromise,
                CRLReason.superseded,
                CRLReason.certificateHold,
                CRLReason.removeFromCRL)) {
            scene.lists.clear();
            scene.with(scene.root.sign(scene.root.draftList().revoke(SERIAL, NOW.minusSeconds(60), reason)));
            assertThat(scene.refusal(terminal))
                    .as("reason %d", reason)
                    .contains("certificate 1 of", "is revoked by revocation list 1 of", "do not enrol");
        }
    }

    @Test
    void shouldRefuseACertificateThatIsRevokedFromTomorrowOn() throws Exception {
        scene.with(scene.root.sign(
                scene.root.draftList().revoke(SERIAL, NOW.plus(Duration.ofDays(1)), CRLReason.cessationOfOperation)));
        assertThat(scene.refusal(terminal)).contains("is revoked by");
    }

    @Test
    void shouldBelieveEachOfSeveralListsOfOneIssuer() throws Exception {
        scene.listed(scene.root)
                .with(scene.root.sign(scene.root
                        .draftList()
                        .current(NOW.minus(Duration.ofDays(30)), NOW.minus(Duration.ofDays(20)))
                        .revoke(SERIAL, NOW.minus(Duration.ofDays(31)), CRLReason.keyCompromise)));
        assertThat(scene.refusal(terminal)).as("though that list is stale").contains("is revoked by");
    }

    @Test
    void shouldRefuseWithoutAListOfTheIssuer() throws Exception {
        assertThat(scene.refusal(terminal)).contains("certificate 1 of", "none of the revocation lists", "--crl");
        final TestAuthority stranger = TestAuthority.root("Stranger", NOW);
        assertThat(scene.listed(stranger).refusal(terminal)).contains("none of the revocation lists");
    }

    @Test
    void shouldRefuseWithoutAListOfEachIssuerOfTheChain() throws Exception {
        final byte[] der = scene.middle.issue(EnrolmentScene.terminal());
        scene.listed(scene.middle);
        assertThat(scene.refusal(der, scene.middle.certificate()))
                .contains("certificate 2 of", "none of the revocation lists");
        scene.listed(scene.root);
        assertThat(scene.check(der, scene.middle.certificate()).publicKey()).isEqualTo(KEY);
    }

    @Test
    void shouldRefuseARevokedIssuer() throws Exception {
        scene.listed(scene.middle)
                .with(scene.root.sign(scene.root
                        .draftList()
                        .revoke(TestAuthority.draft("Middle", NOW).serial, NOW, CRLReason.cACompromise)));
        assertThat(scene.refusal(scene.middle.issue(EnrolmentScene.terminal()), scene.middle.certificate()))
                .contains("certificate 2 of", "is revoked by");
    }

    @Test
    void shouldRefuseAStaleList() throws Exception {
        scene.with(scene.root.sign(scene.root.draftList().current(NOW.minus(Duration.ofDays(8)), NOW)));
        assertThat(scene.refusal(terminal))
                .contains("revocation list 1 of", "was current until 2026-06-01T08:00:00Z", "newest list");
        scene.now = NOW.minusSeconds(1);
        assertThat(scene.check(terminal).publicKey()).as("in its last second").isEqualTo(KEY);
    }

    @Test
    void shouldRefuseAListOfTomorrow() throws Exception {
        scene.with(scene.root.sign(scene.root.draftList().current(NOW.plusSeconds(1), NOW.plus(Duration.ofDays(8)))));
        assertThat(scene.refusal(terminal)).contains("revocation list 1 of", "which is to come", "clock");
    }

    @Test
    void shouldRefuseAListThatNeverEnds() throws Exception {
        scene.with(scene.root.sign(scene.root.draftList().current(NOW.minusSeconds(60), null)));
        assertThat(scene.refusal(terminal)).contains("nextUpdate");
    }

    @Test
    void shouldRefuseAListOfAnotherHand() throws Exception {
        final TestAuthority namesake = TestAuthority.root(TestAuthority.draft("Root", NOW), "another key", NOW);
        assertThat(scene.listed(scene.root).listed(namesake).refusal(terminal))
                .contains("revocation list 1 of", scene.lists.get(1).toString(), "signature", "do not use this list");
    }

    @Test
    void shouldRefuseAListOfChangesOnly() throws Exception {
        scene.with(scene.root.sign(scene.root.draftList().with(Extension.deltaCRLIndicator, true, new ASN1Integer(1))));
        assertThat(scene.refusal(terminal)).contains("(delta)", "complete list");
    }

    /** Known to the path validation alone. */
    @Test
    void shouldRefuseAListThatIsNotAboutTerminals() throws Exception {
        scene.with(scene.root.sign(scene.root
                .draftList()
                .with(
                        Extension.issuingDistributionPoint,
                        true,
                        new IssuingDistributionPoint(null, false, true, null, false, false))));
        assertThat(scene.refusal(terminal)).contains("RFC 5280", "CA");
    }

    /** Authorities with many certificates cut their list into parts; which part is whose, the path validation knows alone. */
    @Test
    void shouldTakeTheCertificatesOwnPartOfACutListAndNoOther() throws Exception {
        final byte[] ofPartOne = scene.root.issue(EnrolmentScene.terminal()
                .with(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                    new DistributionPoint(part("one.crl"), null, null)
                })));
        scene.with(scene.root.sign(listOfPart("two.crl")));
        assertThat(scene.refusal(ofPartOne)).contains("RFC 5280", "distribution point");
        scene.with(scene.root.sign(listOfPart("one.crl")));
        assertThat(scene.check(ofPartOne).publicKey()).isEqualTo(KEY);
        scene.lists.clear();
        scene.with(scene.root.sign(listOfPart("one.crl").revoke(SERIAL, NOW, CRLReason.superseded)));
        assertThat(scene.refusal(ofPartOne)).contains("is revoked by");
    }

    private ListDraft listOfPart(final String name) throws IOException {
        return scene.root
                .draftList()
                .with(
                        Extension.issuingDistributionPoint,
                        true,
                        new IssuingDistributionPoint(part(name), false, false, null, false, false));
    }

    private static DistributionPointName part(final String name) {
        return new DistributionPointName(
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "http://localhost/" + name)));
    }

    /** Known to the path validation alone. */
    @Test
    void shouldRefuseAListOfAnIssuerThatMayNotSignLists() throws Exception {
        final TestAuthority bent = TestAuthority.root(
                TestAuthority.draft("Root", NOW).with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)),
                "Root",
                NOW);
        scene.authorities.clear();
        assertThat(scene.trusting(bent).refusal(bent.issue(EnrolmentScene.terminal())))
                .contains("RFC 5280", "CRL sign");
    }

    @Test
    void shouldDoWithoutListsOnlyWhenToldSo() throws Exception {
        scene.revocation = Revocation.WAIVED;
        final TerminalCertificate taken = scene.check(terminal);
        assertThat(taken.revocation()).isEqualTo(Revocation.WAIVED);
        assertThat(taken.toString()).contains("no revocation list looked at");
        assertThatThrownBy(() -> scene.listed(scene.root).check(terminal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("given and waived");
    }

    @Test
    void shouldSayWhatAFileOfAListHoldsInstead() throws Exception {
        scene.lists.add(scene.file(terminal));
        assertThatThrownBy(() -> scene.check(terminal))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds a CERTIFICATE where only X509 CRL belongs");
        scene.lists.clear();
        scene.with(terminal);
        assertThatThrownBy(() -> scene.check(terminal))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("revocation list 1 of")
                .hasMessageContaining("no X.509 revocation list");
    }
}
