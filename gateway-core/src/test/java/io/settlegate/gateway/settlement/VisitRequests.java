package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Rounding;
import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.operations.ImportFiles;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.AdmissionCancelEncoder;
import io.settlegate.protocol.codec.AdmissionEncoder;
import io.settlegate.protocol.codec.DischargeCancelEncoder;
import io.settlegate.protocol.codec.DischargeEncoder;
import io.settlegate.protocol.codec.InpatientFeeLinesCancelEncoder;
import io.settlegate.protocol.codec.InpatientFeeLinesEncoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesCancelOutcomeDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesEncoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeDecoder;
import io.settlegate.protocol.codec.RefusedOutcomeDecoder;
import io.settlegate.protocol.codec.RegistrationCancelEncoder;
import io.settlegate.protocol.codec.RegistrationEncoder;
import io.settlegate.protocol.codec.RegistrationOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEncoder;
import io.settlegate.protocol.codec.VisitEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Requests about visits and their lines, for the engine of a city that has two hospitals in two regions. */
final class VisitRequests {
    /** In another region than the persons' insurance. */
    static final String OTHER_HOSPITAL = "H32030000002";

    final EngineFixture city;
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();

    VisitRequests(final Path directory) throws IOException {
        this(directory, EngineParameters.standard("GW1", "320300", 11, 22));
    }

    VisitRequests(final Path directory, final EngineParameters parameters) throws IOException {
        city = new EngineFixture(Files.createDirectory(directory.resolve("city")), parameters);
        final Path more = Files.createDirectory(directory.resolve("more"));
        Files.writeString(
                more.resolve("institutions.csv"),
                "fixmedins_code,fixmedins_name,admdvs,hosp_lv,status\n" + OTHER_HOSPITAL + ",丁医院,320302,08,1\n");
        Files.writeString(
                more.resolve("terminals.csv"),
                "sn,model,fixmedins_code,public_key,status\nT6,M1," + OTHER_HOSPITAL + ","
                        + EngineFixture.SIGNER.publicKey().toHex() + ",1\n");
        final var report = new ImportFiles(more)
                .load(new ImportActs(
                        city::apply, EngineFixture.SIGNER, "GW1", "second", EngineFixture.clock(city.nowMs)));
        if (!report.isGood()) {
            throw new AssertionError(report.toString());
        }
    }

    /** A line to upload. */
    record FeeLine(String sn, String item, long cntE4, long pricE6, long amountFen, long ocurMs) {
        static FeeLine of(final String sn, final String item, final long cntE4, final long pricE6, final long ocurMs) {
            return new FeeLine(sn, item, cntE4, pricE6, Rounding.lineAmountHalfUp(pricE6, cntE4), ocurMs);
        }
    }

    ResultCode send(final int length) {
        return ResultCode.of(city.send(length));
    }

    private String sn(final String institution) {
        return switch (institution) {
            case EngineFixture.HOSPITAL -> "T1";
            case EngineFixture.PHARMACY -> "T2";
            case EngineFixture.CLOSED -> "T3";
            default -> "T6";
        };
    }

    private void begin(final String institution, final io.settlegate.protocol.codec.RequestHeaderEncoder header) {
        city.header(header, sn(institution), city.nextMsgid(institution));
    }

    private static int framed(final int encodedLength) {
        return 8 + encodedLength + 64;
    }

    private static String insutype(final int person) {
        return person % 3 == 2 ? "390" : "310";
    }

    int register(
            final String institution,
            final int person,
            final long begntimeMs,
            final Consumer<RegistrationEncoder> change) {
        city.command.setMemory(0, 1024, (byte) 0);
        final RegistrationEncoder encoder =
                new RegistrationEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.psnNo(EngineFixture.psnNo(person))
                .mdtrtCertType("02")
                .mdtrtCertNo(EngineFixture.certno(person))
                .insutype(insutype(person))
                .begntimeMs(begntimeMs)
                .iptOtpNo("OTP-1")
                .atddrNo("")
                .deptCode("A01")
                .caty("");
        change.accept(encoder);
        return framed(encoder.encodedLength());
    }

    int admit(
            final String institution,
            final int person,
            final long begntimeMs,
            final String diagnosis,
            final Consumer<AdmissionEncoder> change) {
        city.command.setMemory(0, 1024, (byte) 0);
        final AdmissionEncoder encoder = new AdmissionEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.psnNo(EngineFixture.psnNo(person))
                .mdtrtCertType("02")
                .mdtrtCertNo(EngineFixture.certno(person))
                .insutype(insutype(person))
                .medType("21")
                .begntimeMs(begntimeMs)
                .iptNo("IPT-1")
                .atddrNo("")
                .admDeptCodg("A01")
                .diseCodg("");
        change.accept(encoder);
        final AdmissionEncoder.DiseinfoEncoder group = encoder.diseinfoCount(2);
        group.next().diagType("1").diagSrtNo(2).diagCode("Z99").diagDept("").diseDorNo("");
        group.diagTimeMs(begntimeMs);
        group.next()
                .diagType("1")
                .diagSrtNo(1)
                .diagCode(diagnosis)
                .diagDept("A01")
                .diseDorNo("D1");
        group.diagTimeMs(begntimeMs);
        return framed(encoder.encodedLength());
    }

    int visit(
            final String institution,
            final int person,
            final String mdtrtId,
            final String medType,
            final String disease,
            final String diagnosis) {
        city.command.setMemory(0, 1024, (byte) 0);
        final VisitEncoder encoder = new VisitEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.psnNo(EngineFixture.psnNo(person))
                .mdtrtId(mdtrtId)
                .medType(medType)
                .begntimeMs(city.nowMs)
                .diseCodg(disease);
        final VisitEncoder.DiseinfoEncoder group = encoder.diseinfoCount(1);
        group.next().diagType("1").diagSrtNo(1).diagCode(diagnosis).diagDept("").diseDorNo("");
        group.diagTimeMs(city.nowMs);
        return framed(encoder.encodedLength());
    }

    int discharge(
            final String institution,
            final int person,
            final String mdtrtId,
            final long endtimeMs,
            final String disease,
            final String diagnosis) {
        city.command.setMemory(0, 1024, (byte) 0);
        final DischargeEncoder encoder = new DischargeEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.psnNo(EngineFixture.psnNo(person))
                .mdtrtId(mdtrtId)
                .endtimeMs(endtimeMs)
                .dscgWay("1")
                .diseCodg(disease);
        final DischargeEncoder.DiseinfoEncoder group = encoder.diseinfoCount(diagnosis.isEmpty() ? 0 : 1);
        if (!diagnosis.isEmpty()) {
            group.next()
                    .diagType("2")
                    .diagSrtNo(1)
                    .diagCode(diagnosis)
                    .diagDept("")
                    .diseDorNo("");
            group.diagTimeMs(endtimeMs);
        }
        return framed(encoder.encodedLength());
    }

    int dischargeCancel(final String institution, final int person, final String mdtrtId) {
        final DischargeCancelEncoder encoder =
                new DischargeCancelEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.psnNo(EngineFixture.psnNo(person)).mdtrtId(mdtrtId);
        return framed(encoder.encodedLength());
    }

    /** 2601. */
    int reverse(final String institution, final int person, final String omsgid, final String oinfno) {
        city.command.setMemory(0, 512, (byte) 0);
        final ReversalEncoder encoder = new ReversalEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.psnNo(EngineFixture.psnNo(person)).omsgid(omsgid).oinfno(oinfno);
        return framed(encoder.encodedLength());
    }

    /** 2202 or 2404. */
    int cancel(final VisitKind kind, final String institution, final int person, final String mdtrtId) {
        final RegistrationCancelEncoder encoder =
                new RegistrationCancelEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.psnNo(EngineFixture.psnNo(person)).mdtrtId(mdtrtId);
        if (kind == VisitKind.STAY) {
            messageHeader.templateId(AdmissionCancelEncoder.TEMPLATE_ID);
        }
        return framed(encoder.encodedLength());
    }

    /** 2204 or 2301. */
    int lines(
            final VisitKind kind,
            final String institution,
            final int person,
            final String mdtrtId,
            final String batch,
            final List<FeeLine> lines) {
        city.command.setMemory(0, 512, (byte) 0);
        final OutpatientFeeLinesEncoder encoder =
                new OutpatientFeeLinesEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.psnNo(EngineFixture.psnNo(person)).mdtrtId(mdtrtId).chrgBchno(batch);
        if (kind == VisitKind.STAY) {
            messageHeader.templateId(InpatientFeeLinesEncoder.TEMPLATE_ID);
        }
        final OutpatientFeeLinesEncoder.FeedetailEncoder group = encoder.feedetailCount(lines.size());
        for (final FeeLine line : lines) {
            group.next()
                    .feedetlSn(line.sn())
                    .rxno("")
                    .feeOcurTimeMs(line.ocurMs())
                    .medListCodg(line.item())
                    .detItemFeeSumamtFen(line.amountFen())
                    .cntE4(line.cntE4())
                    .pricE6(line.pricE6())
                    .bilgDrCodg("");
        }
        return framed(encoder.encodedLength());
    }

    /** 2205 or 2302. */
    int linesCancel(
            final VisitKind kind,
            final String institution,
            final int person,
            final String mdtrtId,
            final String batch) {
        city.command.setMemory(0, 512, (byte) 0);
        final OutpatientFeeLinesCancelEncoder encoder =
                new OutpatientFeeLinesCancelEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        begin(institution, encoder.header());
        encoder.psnNo(EngineFixture.psnNo(person)).mdtrtId(mdtrtId).chrgBchno(batch);
        if (kind == VisitKind.STAY) {
            messageHeader.templateId(InpatientFeeLinesCancelEncoder.TEMPLATE_ID);
        }
        return framed(encoder.encodedLength());
    }

    /** The outcome that names a visit: of all but lines and their cancel. */
    RegistrationOutcomeDecoder named() {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(city.outcome, 0);
        return new RegistrationOutcomeDecoder().wrap(city.outcome, 8, header.blockLength(), header.version());
    }

    OutpatientFeeLinesOutcomeDecoder staged() {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(city.outcome, 0);
        return new OutpatientFeeLinesOutcomeDecoder().wrap(city.outcome, 8, header.blockLength(), header.version());
    }

    OutpatientFeeLinesCancelOutcomeDecoder takenBack() {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(city.outcome, 0);
        return new OutpatientFeeLinesCancelOutcomeDecoder()
                .wrap(city.outcome, 8, header.blockLength(), header.version());
    }

    int lineIndex() {
        return new RefusedOutcomeDecoder()
                .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                .lineIndex();
    }
}
