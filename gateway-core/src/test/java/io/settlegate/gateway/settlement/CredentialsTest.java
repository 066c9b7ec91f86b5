package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PersonInfoOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Token, identity number, and card, where a person is asked for and where one settles. */
@Timeout(60)
final class CredentialsTest {
    private static final List<Line> GOOD = List.of(Line.of(1, "XA01", 10_000, 12_340_000));

    @TempDir
    private Path directory;

    private EngineFixture city;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(directory);
    }

    @Test
    void shouldFindTheSamePersonByEachCredential() {
        for (int person = 0; person < 95; person++) {
            assertFinds(person, "01", EngineFixture.token(person), "");
            assertFinds(person, "02", EngineFixture.certno(person), "");
            assertFinds(person, "03", EngineFixture.cardNo(person), "SN-1");
        }
    }

    private void assertFinds(final int person, final String type, final String number, final String cardSn) {
        assertThat(ask(type, number, cardSn)).isEqualTo(ResultCode.OK);
        final PersonInfoOutcomeDecoder found = found();
        assertThat(found.psnNo()).isEqualTo(EngineFixture.psnNo(person));
        assertThat(found.certno()).isEqualTo(EngineFixture.certno(person));
        assertThat(found.psnCertType()).isEqualTo("01");
        final PersonInfoOutcomeDecoder.InsuinfoDecoder insurance =
                found.insuinfo().next();
        assertThat(insurance.balcFen()).isEqualTo(city.balanceFen(person));
        assertThat(insurance.insutype()).isEqualTo(person % 3 == 2 ? "390" : "310");
        assertThat(insurance.psnInsuStas()).isEqualTo("1");
        assertThat(found.psnName()).isEqualTo("甲" + person);
    }

    @Test
    void shouldRefuseCredentialsOfNobody() {
        assertThat(ask("01", "EC-OF-NOBODY", "")).isEqualTo(ResultCode.UNKNOWN_PERSON);
        assertThat(ask("01", EngineFixture.token(3) + "0", ""))
                .as("longer than a token can be")
                .isEqualTo(ResultCode.UNKNOWN_PERSON);
        assertThat(ask("02", EngineFixture.certno(500), "")).isEqualTo(ResultCode.UNKNOWN_PERSON);
        assertThat(ask("03", "C-OF-NOBODY", "SN-1")).isEqualTo(ResultCode.UNKNOWN_PERSON);
        assertThat(ask("03", EngineFixture.cardNo(3) + "0".repeat(20), "SN-1")).isEqualTo(ResultCode.UNKNOWN_PERSON);
    }

    @Test
    void shouldRefuseCredentialsOfNoForm() {
        assertThat(ask("04", EngineFixture.certno(3), "")).isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(ask("2", EngineFixture.certno(3), "")).isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(ask("02", "", "")).isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(ask("03", EngineFixture.cardNo(3), ""))
                .as("a card is read with its code")
                .isEqualTo(ResultCode.FIELD_MALFORMED);
        assertThat(ask("02", EngineFixture.certno(3), "SN-1"))
                .as("an identity number has none")
                .isEqualTo(ResultCode.FIELD_MALFORMED);
    }

    @Test
    void shouldRefuseATokenFromTheMomentOfItsExpiry() {
        assertThat(ask("01", EngineFixture.token(EngineFixture.EXPIRED), "")).isEqualTo(ResultCode.VOUCHER_EXPIRED);
        assertThat(settle(EngineFixture.EXPIRED, "01", EngineFixture.token(EngineFixture.EXPIRED)))
                .isEqualTo(ResultCode.VOUCHER_EXPIRED);
        assertThat(settle(3, "01", EngineFixture.token(EngineFixture.EXPIRED)))
                .as("before whose it is")
                .isEqualTo(ResultCode.VOUCHER_EXPIRED);
        assertThat(settle(EngineFixture.EXPIRED, "02", EngineFixture.certno(EngineFixture.EXPIRED)))
                .isEqualTo(ResultCode.OK);
    }

    @Test
    void shouldSettleByEachCredentialOfThePersonAndByNoOtherPersons() {
        assertThat(settle(3, "01", EngineFixture.token(3))).isEqualTo(ResultCode.OK);
        assertThat(settle(3, "02", EngineFixture.certno(3))).isEqualTo(ResultCode.OK);
        assertThat(settle(3, "03", EngineFixture.cardNo(3))).isEqualTo(ResultCode.OK);
        assertThat(settle(3, "01", EngineFixture.token(4))).isEqualTo(ResultCode.CERTIFICATE_MISMATCH);
        assertThat(settle(3, "02", EngineFixture.certno(4))).isEqualTo(ResultCode.CERTIFICATE_MISMATCH);
        assertThat(settle(3, "03", EngineFixture.cardNo(4))).isEqualTo(ResultCode.CERTIFICATE_MISMATCH);
        assertThat(settle(3, "01", EngineFixture.certno(3))).isEqualTo(ResultCode.CERTIFICATE_MISMATCH);
        assertThat(settle(3, "03", EngineFixture.token(3))).isEqualTo(ResultCode.CERTIFICATE_MISMATCH);
    }

    @Test
    void shouldTellThatAPersonIsFrozen() {
        final SingleActs acts = new SingleActs(city);
        assertThat(ask("02", EngineFixture.certno(3), "")).isEqualTo(ResultCode.OK);
        assertThat(found().frozenFlag()).isZero();
        assertThat(acts.freeze(3, 1)).isNull();
        assertThat(ask("02", EngineFixture.certno(3), "")).isEqualTo(ResultCode.OK);
        assertThat(found().frozenFlag()).isEqualTo((short) 1);
    }

    @Test
    void shouldReportTheFirstOfSeveralFaultsOfThePerson() {
        // Person 99 is not insured (507) and asks for an insurance that they do not have (508).
        assertThat(settle(99, "02", EngineFixture.certno(99), "390")).isEqualTo(ResultCode.NOT_INSURED);
        assertThat(new SingleActs(city).freeze(99, 1)).isNull();
        assertThat(settle(99, "02", EngineFixture.certno(99), "390")).isEqualTo(ResultCode.PERSON_FROZEN);
        assertThat(settle(99, "02", EngineFixture.certno(98), "390")).isEqualTo(ResultCode.CERTIFICATE_MISMATCH);
        assertThat(settle(99, "01", EngineFixture.token(EngineFixture.EXPIRED), "390"))
                .isEqualTo(ResultCode.VOUCHER_EXPIRED);
        assertThat(settle(500, "01", EngineFixture.token(EngineFixture.EXPIRED), "390"))
                .isEqualTo(ResultCode.UNKNOWN_PERSON);
        assertThat(settle(97, "01", EngineFixture.token(EngineFixture.EXPIRED), "390"))
                .isEqualTo(ResultCode.OTHER_SHARD);
        assertThat(settle(97, "04", EngineFixture.token(EngineFixture.EXPIRED), "390"))
                .isEqualTo(ResultCode.FIELD_MALFORMED);
    }

    private ResultCode ask(final String type, final String number, final String cardSn) {
        final long hash = city.businessHash();
        final ResultCode code = ResultCode.of(city.personInfo(
                "T1", city.nextMsgid(EngineFixture.HOSPITAL), number, encoder -> encoder.mdtrtCertType(type)
                        .cardSn(cardSn)));
        assertThat(city.businessHash()).isEqualTo(hash);
        return code;
    }

    private PersonInfoOutcomeDecoder found() {
        return new PersonInfoOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
    }

    private ResultCode settle(final int person, final String type, final String number) {
        return settle(person, type, number, person % 3 == 2 ? "390" : "310");
    }

    /** Presettle must say the same as settle. */
    private ResultCode settle(final int person, final String type, final String number, final String insutype) {
        final int shown = city.presettle(
                city.nextMsgid(EngineFixture.HOSPITAL), person, "11", 1, GOOD, encoder -> encoder.mdtrtCertType(type)
                        .mdtrtCertNo(number)
                        .insutype(insutype));
        final int settled = city.settle(
                city.nextMsgid(EngineFixture.HOSPITAL), person, "11", 1, GOOD, encoder -> encoder.mdtrtCertType(type)
                        .mdtrtCertNo(number)
                        .insutype(insutype));
        assertThat(shown).isEqualTo(settled);
        return ResultCode.of(settled);
    }
}
