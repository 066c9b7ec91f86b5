package io.settlegate.gateway.settlement;

import io.settlegate.gateway.benefits.Rounding;
import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.operations.ImportFiles;
import io.settlegate.gateway.operations.ImportReport;
import io.settlegate.protocol.codec.DomainTag;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.PersonInfoEncoder;
import io.settlegate.protocol.codec.PharmacyCancelEncoder;
import io.settlegate.protocol.codec.PharmacyCancelOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleEncoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.QueryByMsgidEncoder;
import io.settlegate.protocol.codec.RequestHeaderEncoder;
import io.settlegate.protocol.codec.ReversalEncoder;
import io.settlegate.protocol.codec.SignInEncoder;
import io.settlegate.protocol.codec.SignOutEncoder;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An engine with a small city, and requests for it. */
final class EngineFixture {
    static final String HOSPITAL = "H32030000001";
    static final String PHARMACY = "P32030000001";
    static final String CLOSED = "H32030000009";
    static final long NOW_MS = BusinessTime.startOf(2026, 11, 20) + 10 * 3_600_000L;
    /** The person whose e-voucher token is no longer good from {@link #NOW_MS} on. */
    static final int EXPIRED = 96;

    static final String[] ITEMS = {"XA01", "XB02", "XC03", "XD01C", "XE02C"};
    static final Sm2Signer SIGNER = new Sm2Signer(Sm2PrivateKey.generate(new SecureRandom()), new SecureRandom());

    final SettlementEngine engine;
    final UnsafeBuffer command = new UnsafeBuffer(new byte[64 * 1024]);
    final UnsafeBuffer outcome = new UnsafeBuffer(new byte[64 * 1024]);
    /** What the listener heard: sn, key version, status, institution, first of the lane. */
    final List<String> heard = new ArrayList<>();

    /** What was applied; null where nobody wants to know. */
    List<Applied> history;

    /** Follows the engine through snapshots; null where nobody wants to know. */
    SnapshotTwin twin;

    long sequence;
    long nowMs = NOW_MS;
    int msgNumber;
    int outcomeLength;
    /** The place of insurance that requests name. */
    String insuplcAdmdvs = "320300";

    EngineFixture(final Path directory) throws IOException {
        this(directory, EngineParameters.standard("GW1", "320300", 11, 22));
    }

    EngineFixture(final Path directory, final EngineParameters parameters) throws IOException {
        this(directory, parameters, policy -> policy);
    }

    /** With the demo's policy changed, as text. */
    EngineFixture(final Path directory, final EngineParameters parameters, final UnaryOperator<String> policy)
            throws IOException {
        engine = new SettlementEngine(
                parameters,
                (sn, publicKey, keyVersion, status, institution, laneFirst) ->
                        heard.add(sn + " " + keyVersion + " " + status + " " + institution + " " + laneFirst));
        city(directory);
        final Path policyFile = directory.resolve("policy.yaml");
        Files.writeString(policyFile, policy.apply(Files.readString(policyFile)));
        final ImportReport report = new ImportFiles(directory)
                .load(new ImportActs(
                        (frame, offset, length) -> {
                            apply(frame, offset, length);
                            if (template() != 100) {
                                throw new AssertionError("act refused, reason byte " + outcome.getByte(8 + 50));
                            }
                        },
                        SIGNER,
                        "GW1",
                        "first",
                        clock(NOW_MS)));
        if (!report.isGood()) {
            throw new AssertionError(report.toString());
        }
    }

    static Clock clock(final long nowMs) {
        return Clock.fixed(Instant.ofEpochMilli(nowMs), ZoneOffset.UTC);
    }

    static String psnNo(final int index) {
        return "320300" + String.format("%08d", index);
    }

    static String certno(final int index) {
        final String body = "32030019800101" + String.format("%03d", index);
        final int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (body.charAt(i) - '0') * weights[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    static String cardNo(final int index) {
        return index == 95 ? "" : "C3203" + String.format("%08d", index);
    }

    static String token(final int index) {
        return "EC" + String.format("%038d", index);
    }

    static void city(final Path directory) throws IOException {
        final String key = SIGNER.publicKey().toHex();
        Files.writeString(
                directory.resolve("regions.csv"), "admdvs,poolarea,name\n320300,320300,徐州市\n320302,320300,鼓楼区\n");
        Files.writeString(
                directory.resolve("institutions.csv"),
                "fixmedins_code,fixmedins_name,admdvs,hosp_lv,status\n" + HOSPITAL + ",甲医院,320300,05,1\n" + PHARMACY
                        + ",乙药店,320302,11,1\n" + CLOSED + ",丙医院,320300,08,0\n");
        Files.writeString(
                directory.resolve("terminals.csv"),
                "sn,model,fixmedins_code,public_key,status\n"
                        + "T1,M1," + HOSPITAL + "," + key + ",1\nT2,M1," + PHARMACY + "," + key + ",1\nT3,M1," + CLOSED
                        + "," + key
                        + ",1\nT4,M1," + HOSPITAL + "," + key + ",1\nT5,M1," + HOSPITAL + "," + key + ",0\n");
        final StringBuilder persons = new StringBuilder(
                "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas,card_no\n");
        final StringBuilder vouchers = new StringBuilder("ec_token,psn_no,expires\n");
        final StringBuilder allocations = new StringBuilder("batch_id,psn_no,amount\n");
        for (int i = 0; i < 100; i++) {
            final String kind = i % 3 == 0 ? "310,1101" : i % 3 == 1 ? "310,1201" : "390,1501";
            persons.append(psnNo(i))
                    .append(",甲")
                    .append(i)
                    .append(",01,")
                    .append(certno(i))
                    .append(',')
                    .append(i == 98 ? "350,1101" : kind)
                    .append(i == 97 ? ",320302," : ",320300,")
                    .append(i == 99 ? "2" : "1")
                    .append(',')
                    .append(cardNo(i))
                    .append('\n');
            vouchers.append(token(i))
                    .append(',')
                    .append(psnNo(i))
                    .append(i == EXPIRED ? ",2026-11-20T10:00:00+08:00\n" : ",2026-12-31T00:00:00+08:00\n");
            allocations
                    .append("2026-01,")
                    .append(psnNo(i))
                    .append(',')
                    .append(i * 37)
                    .append(".25\n");
        }
        Files.writeString(directory.resolve("persons.csv"), persons);
        Files.writeString(directory.resolve("allocations.csv"), allocations);
        Files.writeString(directory.resolve("vouchers.csv"), vouchers);
        Files.writeString(
                directory.resolve("catalogue.csv"),
                "med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt\n"
                        + "XA01,甲药,01,0,0\nXB02,乙药,02,0.05,0\nXC03,丙药,03,1,0\nXD01C,限价药,01,0,10.5\nXE02C,限价乙,02,0.1234,3.333333\n");
        try (var in = EngineFixture.class.getResourceAsStream("/demo/policy.yaml")) {
            Files.write(directory.resolve("policy.yaml"), in.readAllBytes());
        }
    }

    String nextMsgid(final String institution) {
        final UnsafeBuffer stamp = new UnsafeBuffer(new byte[14]);
        BusinessTime.putTimestamp(stamp, 0, nowMs - msgNumber / 10_000 * 1000L);
        return institution + stamp.getStringWithoutLengthAscii(0, 14) + String.format("%04d", msgNumber++ % 10_000);
    }

    void header(final RequestHeaderEncoder header, final String sn, final String msgid) {
        header.domainTag(DomainTag.TERMINAL_REQUEST)
                .sn(sn)
                .gatewayId("GW1")
                .msgid(msgid)
                .insuplcAdmdvs(insuplcAdmdvs)
                .sentAtMs(nowMs)
                .correlationId(sequence);
    }

    /** A line: item, cnt in 1/10000, pric in 1/1000000, amount in fen. */
    record Line(String sn, String item, long cntE4, long pricE6, long amountFen) {
        static Line of(final int number, final String item, final long cntE4, final long pricE6) {
            return new Line("L" + number, item, cntE4, pricE6, Rounding.lineAmountHalfUp(pricE6, cntE4));
        }
    }

    /** Applies a settlement by T1 (11) or T2 (41) after {@code change}, and gives the result code. */
    int settle(
            final String msgid,
            final int person,
            final String medType,
            final int account,
            final List<Line> lines,
            final Consumer<PharmacySettleEncoder> change) {
        return send(settleFrame(msgid, person, medType, account, lines, change));
    }

    int settleFrame(
            final String msgid,
            final int person,
            final String medType,
            final int account,
            final List<Line> lines,
            final Consumer<PharmacySettleEncoder> change) {
        command.setMemory(0, 2048, (byte) 0);
        final PharmacySettleEncoder encoder =
                new PharmacySettleEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        header(encoder.header(), msgid.startsWith("P") ? "T2" : "T1", msgid);
        encoder.psnNo(psnNo(person))
                .mdtrtCertType("02")
                .mdtrtCertNo(certno(person))
                .begntimeMs(NOW_MS - 1000)
                .medfeeSumamtFen(lines.stream().mapToLong(Line::amountFen).sum())
                .invono("")
                .insutype(person % 3 == 2 ? "390" : "310")
                .diseCodg("")
                .medType(medType)
                .acctUsedFlag((short) account);
        change.accept(encoder);
        final var group = encoder.drugdetailCount(lines.size());
        for (final Line line : lines) {
            group.next()
                    .feedetlSn(line.sn())
                    .medListCodg(line.item())
                    .detItemFeeSumamtFen(line.amountFen())
                    .cntE4(line.cntE4())
                    .pricE6(line.pricE6())
                    .rxno("");
        }
        return 8 + encoder.encodedLength() + 64;
    }

    /** As {@link #settle}, by 2101, whose fields are those of 2102. */
    int presettle(
            final String msgid,
            final int person,
            final String medType,
            final int account,
            final List<Line> lines,
            final Consumer<PharmacySettleEncoder> change) {
        return send(presettleFrame(msgid, person, medType, account, lines, change));
    }

    int presettleFrame(
            final String msgid,
            final int person,
            final String medType,
            final int account,
            final List<Line> lines,
            final Consumer<PharmacySettleEncoder> change) {
        final int length = settleFrame(msgid, person, medType, account, lines, change);
        new MessageHeaderEncoder().wrap(command, 0).templateId(PharmacyPresettleDecoder.TEMPLATE_ID);
        return length;
    }

    int cancel(final String msgid, final int person, final String setlId) {
        return send(cancelFrame(msgid, person, setlId));
    }

    int cancelFrame(final String msgid, final int person, final String setlId) {
        command.setMemory(0, 512, (byte) 0);
        final PharmacyCancelEncoder encoder =
                new PharmacyCancelEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        header(encoder.header(), msgid.startsWith("P") ? "T2" : "T1", msgid);
        encoder.psnNo(psnNo(person)).setlId(setlId);
        return 8 + encoder.encodedLength() + 64;
    }

    /** The outcome of a cancel; of every kind, whose fields are the same. */
    PharmacyCancelOutcomeDecoder cancelled() {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(outcome, 0);
        return new PharmacyCancelOutcomeDecoder().wrap(outcome, 8, header.blockLength(), header.version());
    }

    int reverse(final String msgid, final int person, final String omsgid, final String oinfno) {
        return send(reverseFrame(msgid, person, omsgid, oinfno));
    }

    int reverseFrame(final String msgid, final int person, final String omsgid, final String oinfno) {
        final ReversalEncoder encoder =
                new ReversalEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        header(encoder.header(), msgid.startsWith("P") ? "T2" : "T1", msgid);
        encoder.psnNo(psnNo(person)).omsgid(omsgid).oinfno(oinfno);
        return 8 + encoder.encodedLength() + 64;
    }

    int query(final String sn, final String msgid, final String omsgid) {
        return send(queryFrame(sn, msgid, omsgid));
    }

    int queryFrame(final String sn, final String msgid, final String omsgid) {
        final QueryByMsgidEncoder encoder =
                new QueryByMsgidEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        header(encoder.header(), sn, msgid);
        encoder.omsgid(omsgid);
        return 8 + encoder.encodedLength() + 64;
    }

    int personInfo(
            final String sn, final String msgid, final String certificate, final Consumer<PersonInfoEncoder> change) {
        return send(personInfoFrame(sn, msgid, certificate, change));
    }

    int personInfoFrame(
            final String sn, final String msgid, final String certificate, final Consumer<PersonInfoEncoder> change) {
        final PersonInfoEncoder encoder =
                new PersonInfoEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        header(encoder.header(), sn, msgid);
        encoder.mdtrtCertType("02").mdtrtCertNo(certificate).cardSn("");
        change.accept(encoder);
        return 8 + encoder.encodedLength() + 64;
    }

    int signIn(final String sn) {
        return send(signInFrame(sn));
    }

    int signInFrame(final String sn) {
        final SignInEncoder encoder = new SignInEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        header(encoder.header(), sn, nextMsgid(HOSPITAL));
        encoder.opterNo("1").mac("").ip("");
        return 8 + encoder.encodedLength() + 64;
    }

    int signOut(final String sn, final String msgid, final String signNo) {
        return send(signOutFrame(sn, msgid, signNo));
    }

    int signOutFrame(final String sn, final String msgid, final String signNo) {
        command.setMemory(0, 512, (byte) 0);
        final SignOutEncoder encoder = new SignOutEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
        header(encoder.header(), sn, msgid);
        encoder.signNo(signNo).opterNo("1");
        return 8 + encoder.encodedLength() + 64;
    }

    int send(final int length) {
        apply(length);
        return new OutcomeHeaderDecoder().wrap(outcome, 8).code();
    }

    /** Applies the command that stands in the buffer, and keeps it with its outcome. */
    void apply(final int length) {
        apply(command, 0, length);
        if (history != null) {
            history.add(new Applied(sequence, nowMs, copy(command, length), copy(outcome, outcomeLength)));
        }
    }

    /** Applies a command of somebody else's. */
    void apply(final DirectBuffer frame, final int offset, final int length) {
        outcomeLength = engine.apply(++sequence, nowMs, frame, offset, length, outcome, 0);
        if (twin != null) {
            twin.follow(engine, sequence, nowMs, frame, offset, length, outcome, outcomeLength);
        }
    }

    private static byte[] copy(final UnsafeBuffer source, final int length) {
        final byte[] bytes = new byte[length];
        source.getBytes(0, bytes);
        return bytes;
    }

    /** A command and what the engine answered. */
    record Applied(long sequence, long timeMs, byte[] command, byte[] outcome) {}

    int template() {
        return new MessageHeaderDecoder().wrap(outcome, 0).templateId();
    }

    /** The outcome of a settlement; of a presettlement too, whose fields are the same. */
    PharmacySettleOutcomeDecoder settled() {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(outcome, 0);
        return new PharmacySettleOutcomeDecoder().wrap(outcome, 8, header.blockLength(), header.version());
    }

    long balanceFen(final int person) {
        return field(person, Rows.PERSON_BALANCE);
    }

    long field(final int person, final int field) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[30]);
        key.putStringWithoutLengthAscii(0, psnNo(person));
        return engine.state().persons.getLong(engine.state().persons.find(key, 0), field);
    }

    long hash() {
        return engine.stateHashHigh() ^ Long.rotateLeft(engine.stateHashLow(), 1);
    }

    /**
     * The hash of everything but what days drop, msgids, settlements, cancels, and ids of acts, and an import that is not committed; and but for
     * whose lines were before a cancel unsettled them.
     */
    long businessHash() {
        long sum = engine.stateHashHigh() - engine.state().staged.hashHigh();
        for (final FlatTable day : engine.state().msgids.tables()) {
            sum -= day.hashHigh();
        }
        for (final FlatTable day : engine.state().acts.tables()) {
            sum -= day.hashHigh();
        }
        for (final FlatTable day : engine.state().settlements.tables()) {
            sum -= day.hashHigh();
        }
        for (final FlatTable day : engine.state().settlements.moreTables()) {
            sum -= day.hashHigh();
        }
        for (final FlatTable day : engine.state().claims.tables()) {
            sum -= day.hashHigh();
        }
        for (final FlatTable day : engine.state().cancels.days().tables()) {
            sum -= day.hashHigh();
        }
        for (final FlatTable day : engine.state().dayTotals.days().tables()) {
            sum -= day.hashHigh();
        }
        return sum - marksHash();
    }

    /** What the state hash has more because lines remember a settlement that was cancelled. */
    private long marksHash() {
        final FlatTable lines = engine.state().visits.lines.table;
        final KeyedHash hash = engine.state().hash;
        final UnsafeBuffer plain = new UnsafeBuffer(new byte[Rows.LINE_LENGTH]);
        long sum = 0;
        for (int row = 0; row < lines.end(); row++) {
            if (lines.getLong(row, Rows.LINE_SETTLED) < 0) {
                plain.putBytes(0, lines.buffer(row), lines.offset(row), Rows.LINE_LENGTH);
                sum += hash.begin(TableId.FEE_LINES.number)
                        .bytes(plain.byteArray(), plain.addressOffset(), Rows.LINE_LENGTH)
                        .high();
                plain.putLong(Rows.LINE_SETTLED, 0);
                sum -= hash.begin(TableId.FEE_LINES.number)
                        .bytes(plain.byteArray(), plain.addressOffset(), Rows.LINE_LENGTH)
                        .high();
            }
        }
        return sum;
    }
}
