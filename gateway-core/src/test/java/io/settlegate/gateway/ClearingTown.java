package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.ClosePeriodEncoder;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.client.SignedRequest;
import io.settlegate.protocol.client.visit.FeeLines;
import io.settlegate.protocol.client.visit.FeeSplit;
import io.settlegate.protocol.client.visit.Flag;
import io.settlegate.protocol.codec.AdmissionOutcomeDecoder;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.OutpatientFeeLinesOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A small city whose journal runs over several days, and beside it a book of what every answer said, kept by plain addition: the reference
 * of statements and activity reports.
 */
final class ClearingTown implements AutoCloseable {
    static final String HOSPITAL_NAME = "人民<医院> & \"一\"";
    /** Persons whose token was imported: the first so many. */
    static final int VOUCHERS = 15;

    /** In place of a credential: a settlement that stands again was made by none. */
    private static final String AGAIN = "again";

    private static final int HOSPITAL_TERMINAL = SmallCity.TERMINALS_PER_INSTITUTION;
    private static final List<String> ITEMS =
            List.of("XB03ACY199B002010104718", "XA02BCA012E001010201234", "ZA01AAB0010010100123");
    private static final int UNIT_FEN = 1_250;
    private static final int SIGNATURE_LENGTH = 64;
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    final SmallCity city;
    final WrittenJournal journal;
    /** Each row of money, as its answer said it, or the negative of what was undone. */
    final List<Booked> book = new ArrayList<>();

    private final Random random;
    private final RequestSigner pharmacy;
    private final RequestSigner hospital;
    private Booked lastCancelled;
    private String lastCancelMsgid;

    /** Of the stay that was settled last. */
    String staySetlId;

    String stayMdtrtId;

    /** What one record did to the books. Amounts are in fen, by their national names. */
    record Booked(
            LocalDate day,
            String institution,
            String insutype,
            String clrType,
            String credential,
            int sign,
            Map<String, Long> amounts,
            String msgid,
            String setlId,
            int person) {}

    /** When the town begins to work. */
    enum Start {
        /** At nine o'clock of the next day, so that days are whole. */
        TOMORROW,
        /** Now, so that an operator's act is not stale afterwards. */
        NOW
    }

    ClearingTown(final Path directory, final long seed) throws IOException {
        this(directory, seed, Start.TOMORROW);
    }

    ClearingTown(final Path directory, final long seed, final Start start) throws IOException {
        city = SmallCity.found(directory);
        random = new Random(seed);
        importMore(Files.createDirectories(directory.resolve("more")));
        journal = new WrittenJournal(city);
        if (start == Start.TOMORROW) {
            nextDay();
        }
        pharmacy = journal.signer(0);
        hospital = journal.signer(HOSPITAL_TERMINAL);
    }

    private void importMore(final Path files) throws IOException {
        Files.writeString(
                files.resolve("institutions.csv"),
                "fixmedins_code,fixmedins_name,admdvs,hosp_lv,status\n" + SmallCity.HOSPITAL + ",\""
                        + HOSPITAL_NAME.replace("\"", "\"\"") + "\",320302,08,1\n");
        final StringBuilder vouchers = new StringBuilder("ec_token,psn_no,expires\n");
        for (int i = 0; i < VOUCHERS; i++) {
            vouchers.append(token(i)).append(',').append(SmallCity.psnNo(i)).append(",2040-01-01T00:00:00+08:00\n");
        }
        Files.writeString(files.resolve("vouchers.csv"), vouchers);
        SmallCity.run(
                "admin",
                "import",
                "--data",
                city.data().toString(),
                "--institutions",
                files.resolve("institutions.csv").toString(),
                "--vouchers",
                files.resolve("vouchers.csv").toString());
    }

    private static String token(final int person) {
        return "EC" + String.format("%030d", person);
    }

    private static long tomorrowMorning(final long nowMs) {
        return dayOf(nowMs).plusDays(1).atTime(9, 0).toInstant(BEIJING).toEpochMilli();
    }

    static LocalDate dayOf(final long timeMs) {
        return Instant.ofEpochMilli(timeMs).atOffset(BEIJING).toLocalDate();
    }

    LocalDate today() {
        return dayOf(journal.nowMs());
    }

    void nextDay() {
        journal.advanceTo(tomorrowMorning(journal.nowMs()));
    }

    /** Settles, cancels, and reverses, also what was settled on an earlier day. */
    void work(final int count) throws IOException {
        work(count, Undoing.ANY);
    }

    /** How settlements are undone: in a closed period only by reversals. */
    enum Undoing {
        ANY,
        BY_REVERSAL
    }

    void work(final int count, final Undoing undoing) throws IOException {
        for (int i = 0; i < count; i++) {
            journal.advanceTo(journal.nowMs() + TimeUnit.SECONDS.toMillis(1 + random.nextInt(60)));
            final int dice = random.nextInt(10);
            if (dice == 0 && undoing == Undoing.ANY) {
                undo(false);
            } else if (dice <= 1) {
                undo(true);
            } else if (dice == 2 && undoing == Undoing.ANY) {
                reverseCancel();
            } else {
                settle(random.nextInt(SmallCity.PERSONS), random.nextBoolean());
            }
        }
    }

    Booked settle(final int person, final boolean atPharmacy) throws IOException {
        final boolean byVoucher = person < VOUCHERS && random.nextInt(3) > 0;
        final List<Settlement.Line> lines = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(ITEMS.size()); i++) {
            final int units = 1 + random.nextInt(30);
            lines.add(new Settlement.Line(
                    "L" + i, ITEMS.get(i), (long) UNIT_FEN * units, units * 10_000L, UNIT_FEN * 10_000L, ""));
        }
        final Settlement settlement = new Settlement(
                SmallCity.psnNo(person),
                SmallCity.COUNTY,
                byVoucher ? "01" : "02",
                byVoucher ? token(person) : SmallCity.certno(person),
                journal.nowMs(),
                SmallCity.insutype(person),
                atPharmacy ? "41" : "11",
                Settlement.AccountUse.USED,
                "",
                "",
                lines);
        final String msgid = msgid(atPharmacy);
        final byte[] outcome = done((atPharmacy ? pharmacy : hospital).settle(msgid, settlement));
        return book(settlement(outcome), msgid, byVoucher ? "01" : "02", person);
    }

    private Booked book(
            final PharmacySettleOutcomeDecoder settled, final String msgid, final String credential, final int person) {
        final Booked booked = new Booked(
                today(),
                msgid.substring(0, 12),
                settled.insutype(),
                settled.clrType(),
                credential,
                1,
                amounts(settled),
                msgid,
                settled.setlId(),
                person);
        book.add(booked);
        return booked;
    }

    private static Map<String, Long> amounts(final PharmacySettleOutcomeDecoder settled) {
        final Map<String, Long> amounts = new LinkedHashMap<>();
        amounts.put("medfee_sumamt", settled.medfeeSumamtFen());
        amounts.put("fulamt_ownpay_amt", settled.fulamtOwnpayAmtFen());
        amounts.put("overlmt_selfpay", settled.overlmtSelfpayFen());
        amounts.put("preselfpay_amt", settled.preselfpayAmtFen());
        amounts.put("inscp_scp_amt", settled.inscpScpAmtFen());
        amounts.put("act_pay_dedc", settled.actPayDedcFen());
        amounts.put("hifp_pay", settled.hifpPayFen());
        amounts.put("cvlserv_pay", settled.cvlservPayFen());
        amounts.put("hifes_pay", settled.hifesPayFen());
        amounts.put("hifmi_pay", settled.hifmiPayFen());
        amounts.put("hifob_pay", settled.hifobPayFen());
        amounts.put("maf_pay", settled.mafPayFen());
        amounts.put("oth_pay", settled.othPayFen());
        amounts.put("fund_pay_sumamt", settled.fundPaySumamtFen());
        amounts.put("hosp_part_amt", settled.hospPartAmtFen());
        amounts.put("psn_part_amt", settled.psnPartAmtFen());
        amounts.put("acct_pay", settled.acctPayFen());
        amounts.put("acct_mulaid_pay", settled.acctMulaidPayFen());
        amounts.put("psn_cash_pay", settled.psnCashPayFen());
        return amounts;
    }

    /** Undoes a settlement that stands, by its setl_id or by its msgid; not the stay's. */
    void undo(final boolean byReversal) throws IOException {
        final List<Booked> standing = book.stream().filter(this::isLastOfPerson).toList();
        if (standing.isEmpty()) {
            return;
        }
        final Booked row = standing.get(random.nextInt(standing.size()));
        final boolean atPharmacy = row.institution().equals(SmallCity.PHARMACY);
        final RequestSigner signer = atPharmacy ? pharmacy : hospital;
        final String psnNo = SmallCity.psnNo(row.person());
        final String msgid = msgid(atPharmacy);
        done(
                byReversal
                        ? signer.reverse(msgid, SmallCity.COUNTY, psnNo, row.msgid(), "2102")
                        : signer.cancel(msgid, SmallCity.COUNTY, psnNo, row.setlId()));
        if (!byReversal) {
            lastCancelled = row;
            lastCancelMsgid = msgid;
        }
        final Map<String, Long> back = new LinkedHashMap<>();
        row.amounts().forEach((name, amountFen) -> back.put(name, -amountFen));
        add(row, row.credential(), -1, back);
    }

    /** A cancel is refused where a later settlement of the person stands. */
    private boolean isLastOfPerson(final Booked row) {
        Booked last = null;
        for (final Booked each : book) {
            if (each.person() == row.person()
                    && each.sign() > 0
                    && !each.credential().equals(AGAIN)
                    && stands(each)) {
                last = each;
            }
        }
        return row.equals(last) && !row.clrType().equals("21");
    }

    private boolean stands(final Booked row) {
        return book.stream()
                        .filter(other -> other.setlId().equals(row.setlId()))
                        .mapToInt(Booked::sign)
                        .sum()
                > 0;
    }

    /** Reverses the last cancel, after which its settlement stands again, unless the gateway refuses that. */
    void reverseCancel() {
        if (lastCancelled == null) {
            return;
        }
        final Booked row = lastCancelled;
        lastCancelled = null;
        final boolean atPharmacy = row.institution().equals(SmallCity.PHARMACY);
        final byte[] outcome = journal.append((atPharmacy ? pharmacy : hospital)
                .reverse(msgid(atPharmacy), SmallCity.COUNTY, SmallCity.psnNo(row.person()), lastCancelMsgid, "2103")
                .frame());
        if (Answer.codeOf(outcome) == ResultCode.OK) {
            add(row, AGAIN, 1, row.amounts());
        }
    }

    private void add(final Booked of, final String credential, final int sign, final Map<String, Long> amounts) {
        book.add(new Booked(
                today(),
                of.institution(),
                of.insutype(),
                of.clrType(),
                credential,
                sign,
                amounts,
                of.msgid(),
                of.setlId(),
                of.person()));
    }

    /** A stay with four lines of three classes, settled after its discharge. */
    void stay(final int person) throws IOException {
        final Patient patient = new Patient(person, SmallCity.COUNTY, journal.nowMs());
        final byte[] admitted = done(hospital.inpatient().admit(msgid(false), patient.admission()));
        stayMdtrtId = new AdmissionOutcomeDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(admitted), 0, new MessageHeaderDecoder())
                .mdtrtId();
        final byte[] first = done(hospital.inpatient()
                .uploadLines(
                        msgid(false),
                        new FeeLines(
                                patient.key(stayMdtrtId),
                                "B1",
                                List.of(patient.line("F1", ITEMS.get(0), 400), patient.line("F2", ITEMS.get(1), 20)))));
        final byte[] second = done(hospital.inpatient()
                .uploadLines(
                        msgid(false),
                        new FeeLines(
                                patient.key(stayMdtrtId),
                                "B2",
                                List.of(patient.line("F3", ITEMS.get(2), 7), patient.line("F4", ITEMS.get(0), 3)))));
        done(hospital.inpatient().discharge(msgid(false), patient.discharge(stayMdtrtId)));
        final String msgid = msgid(false);
        final byte[] settled = done(hospital.inpatient()
                .settle(
                        msgid,
                        patient.settlement(
                                stayMdtrtId, FeeLines.EVERY_BATCH, split(first).plus(split(second)), Flag.NO)));
        staySetlId = book(settlement(settled), msgid, "02", person).setlId();
    }

    /**
     * Closes the county's clearing up to a day, or opens it again behind that day. Not signed: nobody here asks who did it.
     *
     * @return the record.
     */
    long close(final LocalDate through, final boolean isReopened) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final ClosePeriodEncoder act = new ClosePeriodEncoder()
                .wrapAndApplyHeader(buffer, 0, new io.settlegate.gateway.settlement.codec.MessageHeaderEncoder());
        act.header()
                .domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId(SmallCity.GATEWAY_ID)
                .actId("CLOSE-" + journal.lastSequence())
                .sentAtMs(journal.nowMs());
        act.clrOptins(SmallCity.COUNTY)
                .throughMs(through.atTime(12, 0).toInstant(BEIJING).toEpochMilli())
                .reopen((short) (isReopened ? 1 : 0))
                .reason("month end");
        final byte[] frame = new byte
                [io.settlegate.gateway.settlement.codec.MessageHeaderEncoder.ENCODED_LENGTH
                        + act.encodedLength()
                        + SIGNATURE_LENGTH];
        buffer.getBytes(0, frame);
        final byte[] outcome = journal.append(frame);
        assertThat(new io.settlegate.gateway.settlement.codec.MessageHeaderDecoder()
                        .wrap(new UnsafeBuffer(outcome), 0)
                        .templateId())
                .isNotEqualTo(ActRefusedDecoder.TEMPLATE_ID);
        return journal.lastSequence();
    }

    /** 2601 of the stay's settlement. */
    void reverseStay(final int person) throws IOException {
        final Booked row = book.get(book.size() - 1);
        done(hospital.reverse(msgid(false), SmallCity.COUNTY, SmallCity.psnNo(person), row.msgid(), "2304"));
    }

    private static FeeSplit split(final byte[] uploaded) {
        return FeeSplit.of(new OutpatientFeeLinesOutcomeDecoder()
                .wrap(
                        new UnsafeBuffer(uploaded),
                        MessageHeaderDecoder.ENCODED_LENGTH,
                        OutpatientFeeLinesOutcomeDecoder.BLOCK_LENGTH,
                        OutpatientFeeLinesOutcomeDecoder.SCHEMA_VERSION));
    }

    private String msgid(final boolean atPharmacy) {
        return journal.nextMsgid(atPharmacy ? SmallCity.PHARMACY : SmallCity.HOSPITAL);
    }

    private byte[] done(final SignedRequest request) {
        final byte[] outcome = journal.append(request.frame());
        assertThat(Answer.codeOf(outcome)).isEqualTo(ResultCode.OK);
        return outcome;
    }

    private static PharmacySettleOutcomeDecoder settlement(final byte[] outcome) {
        return new PharmacySettleOutcomeDecoder()
                .wrap(
                        new UnsafeBuffer(outcome),
                        MessageHeaderDecoder.ENCODED_LENGTH,
                        PharmacySettleOutcomeDecoder.BLOCK_LENGTH,
                        PharmacySettleOutcomeDecoder.SCHEMA_VERSION);
    }

    @Override
    public void close() {
        journal.close();
    }
}
