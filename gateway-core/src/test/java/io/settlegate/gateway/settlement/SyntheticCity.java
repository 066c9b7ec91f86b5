package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.VisitRequests.FeeLine;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.EntitlementCheckEncoder;
import io.settlegate.protocol.codec.EntitlementCheckOutcomeDecoder;
import io.settlegate.protocol.codec.InpatientCancelEncoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutpatientCancelEncoder;
import io.settlegate.protocol.codec.OutpatientSettleEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A city whose persons are insured in a pooling region with a synthetic policy: one hospital of level 2 stands there, another of
 * level 1 in another pooling region. Requests that settle, and what holds after each.
 */
final class SyntheticCity {
    static final String REGION = "990100";
    static final String PERSONS_HEAD =
            "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas,card_no\n";

    final VisitRequests requests;
    final EngineFixture city;
    final CityImports imports;
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();

    SyntheticCity(final Path directory, final int horizonDays, final String... policies) throws IOException {
        requests = new VisitRequests(
                directory, EngineParameters.standard("GW1", "320300", 11, 22).withHorizonDays(horizonDays));
        city = requests.city;
        imports = new CityImports(city, directory);
        good("regions.csv", "admdvs,poolarea,name\n990101,990100,样区\n990100,990100,样例\n");
        good(
                "institutions.csv",
                "fixmedins_code,fixmedins_name,admdvs,hosp_lv,status\n" + EngineFixture.HOSPITAL
                        + ",甲医院,990101,05,1\n");
        for (final String policy : policies) {
            good("policy.yaml", policy);
        }
        city.insuplcAdmdvs = REGION;
    }

    /** One of the policies that come with the gateway. */
    static String policy(final String name) throws IOException {
        return Files.readString(Path.of("src", "main", "resources", "policies", name));
    }

    void good(final String name, final String content) throws IOException {
        assertThat(imports.load(name, content)).as(imports.place).isNull();
    }

    /** Insures a person of the fixture, who keeps number and certificate, in a region. */
    void insure(final int person, final String insutype, final String psnType, final String region) throws IOException {
        good(
                "persons.csv",
                PERSONS_HEAD
                        + String.join(
                                ",",
                                EngineFixture.psnNo(person),
                                "甲",
                                "01",
                                EngineFixture.certno(person),
                                insutype,
                                psnType,
                                region,
                                "1",
                                EngineFixture.cardNo(person))
                        + "\n");
    }

    void entitle(final int person, final String kind, final String code) throws IOException {
        good(
                "entitlements.csv",
                "psn_no,kind,code,begndate,enddate\n" + EngineFixture.psnNo(person) + "," + kind + "," + code
                        + ",2026-01-01,\n");
    }

    /** 2206, 2207, 2303, or 2304, of all unsettled lines, whose sums are those of these lines. */
    int settle(
            final int template,
            final String institution,
            final String msgid,
            final int person,
            final String mdtrtId,
            final String medType,
            final List<FeeLine> lines,
            final Consumer<OutpatientSettleEncoder> change) {
        city.command.setMemory(0, 1024, (byte) 0);
        final OutpatientSettleEncoder encoder =
                new OutpatientSettleEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        messageHeader.templateId(template);
        city.header(encoder.header(), sn(institution), msgid);
        final long[] parts = new long[4];
        long sumFen = 0;
        for (final FeeLine line : lines) {
            final long[] split = ReferenceVisits.split(line);
            for (int i = 0; i < parts.length; i++) {
                parts[i] += split[i];
            }
            sumFen += line.amountFen();
        }
        encoder.psnNo(EngineFixture.psnNo(person))
                .mdtrtCertType("02")
                .mdtrtCertNo(EngineFixture.certno(person))
                .mdtrtId(mdtrtId)
                .medType(medType)
                .insutype(person % 3 == 2 ? "390" : "310")
                .chrgBchno("0000")
                .medfeeSumamtFen(sumFen)
                .fulamtOwnpayAmtFen(parts[0])
                .overlmtSelfpayFen(parts[1])
                .preselfpayAmtFen(parts[2])
                .inscpScpAmtFen(parts[3])
                .psnSetlway("01")
                .acctUsedFlag((short) 1)
                .invono("");
        change.accept(encoder);
        return 8 + encoder.encodedLength() + 64;
    }

    /** 2208 or 2305. */
    int cancel(
            final VisitKind kind,
            final String institution,
            final int person,
            final String mdtrtId,
            final String setlId) {
        city.command.setMemory(0, 512, (byte) 0);
        final OutpatientCancelEncoder encoder =
                new OutpatientCancelEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        if (kind == VisitKind.STAY) {
            messageHeader.templateId(InpatientCancelEncoder.TEMPLATE_ID);
        }
        city.header(encoder.header(), sn(institution), city.nextMsgid(institution));
        encoder.psnNo(EngineFixture.psnNo(person)).mdtrtId(mdtrtId).setlId(setlId);
        return 8 + encoder.encodedLength() + 64;
    }

    /** 2001. */
    int check(final String institution, final int person, final String medType, final String disease) {
        city.command.setMemory(0, 512, (byte) 0);
        final EntitlementCheckEncoder encoder =
                new EntitlementCheckEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        city.header(encoder.header(), sn(institution), city.nextMsgid(institution));
        encoder.psnNo(EngineFixture.psnNo(person))
                .insutype(person % 3 == 2 ? "390" : "310")
                .medType(medType)
                .begntimeMs(city.nowMs)
                .diseCodg(disease);
        return 8 + encoder.encodedLength() + 64;
    }

    EntitlementCheckOutcomeDecoder checked() {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(city.outcome, 0);
        return new EntitlementCheckOutcomeDecoder().wrap(city.outcome, 8, header.blockLength(), header.version());
    }

    private static String sn(final String institution) {
        return institution.equals(EngineFixture.HOSPITAL) ? "T1" : "T6";
    }

    /** Sends and compares the code; a refusal changes nothing, and the books are whole either way. */
    void send(final String which, final int length, final ResultCode expected) {
        final long before = city.businessHash();
        assertThat(requests.send(length)).as(which).isEqualTo(expected);
        if (expected != ResultCode.OK) {
            assertThat(city.businessHash()).as(which).isEqualTo(before);
        }
        assertWhole(which);
    }

    void assertWhole(final String which) {
        assertThat(city.engine.ledgerSumFen()).as(which).isZero();
        assertThat(city.engine.recomputeStateHashHigh()).as(which).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).as(which).isEqualTo(city.engine.stateHashLow());
        TotalsLaw.assertHolds(city.engine, which);
    }
}
