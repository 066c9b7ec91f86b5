package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.Accumulators;
import io.settlegate.gateway.benefits.Given;
import io.settlegate.gateway.benefits.RandomPolicies;
import io.settlegate.gateway.benefits.ReferenceEngine;
import io.settlegate.gateway.benefits.ReferenceEngine.Bill;
import io.settlegate.gateway.settlement.BenefitBooks.Cancel;
import io.settlegate.gateway.settlement.BenefitBooks.Entitlement;
import io.settlegate.gateway.settlement.BenefitBooks.Person;
import io.settlegate.gateway.settlement.BenefitBooks.Settled;
import io.settlegate.gateway.settlement.BenefitBooks.Version;
import io.settlegate.gateway.settlement.BenefitBooks.Visit;
import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.gateway.settlement.VisitRequests.FeeLine;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.ReversalEffect;
import io.settlegate.protocol.codec.ReversalOutcomeDecoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeded histories through the engine, over a change of policy and of the year, against the reference engine: every field of every
 * outcome, every refusal of a cancel, and the accumulators at the end.
 */
final class BenefitBooksTest {
    private static final int PERSONS = 18;
    private static final int ROUNDS = 2_000;
    private static final int HORIZON_DAYS = 3;
    private static final String OTHER_REGION = "990200";
    private static final LocalDate CHANGE = LocalDate.of(2026, 12, 1);
    private static final LocalDate END = LocalDate.of(2100, 1, 1);
    private static final String[] DISEASES = {"M01600", "M03900", "K35.900"};
    private static final String[] MED_TYPES = {"11", "11", "14", "140104", "140201"};
    private static final String[] HOSPITALS = {EngineFixture.HOSPITAL, VisitRequests.OTHER_HOSPITAL};
    private static final String[] FIELDS = {
        "medfee_sumamt",
        "fulamt_ownpay_amt",
        "overlmt_selfpay",
        "preselfpay_amt",
        "inscp_scp_amt",
        "act_pay_dedc",
        "hifp_pay",
        "cvlserv_pay",
        "hifes_pay",
        "hifmi_pay",
        "hifob_pay",
        "maf_pay",
        "oth_pay",
        "fund_pay_sumamt",
        "hosp_part_amt",
        "psn_part_amt",
        "acct_pay",
        "acct_mulaid_pay",
        "psn_cash_pay",
        "balc"
    };

    @TempDir
    private Path directory;

    private long seed;
    private Random random;
    private SyntheticCity synthetic;
    private EngineFixture city;
    private BenefitBooks books;
    private final List<Person> persons = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();
    private final Map<ResultCode, Integer> seen = new EnumMap<>(ResultCode.class);
    private String which;
    private int lineNumber;
    private int redone;

    @Test
    @Timeout(120)
    void shouldAgreeWithTheReference() throws IOException {
        run(Long.getLong("settlegate.seed", new Random().nextLong()));
        assertThat(seen.keySet())
                .as("codes that occurred, seed " + seed)
                .contains(ResultCode.OK, ResultCode.LATER_SETTLEMENTS, ResultCode.NOT_QUALIFIED, ResultCode.BUILT_UPON);
        assertThat(redone).as("settlements that stood again, seed " + seed).isPositive();
    }

    @Test
    @Tag("long")
    @Timeout(7_200)
    void shouldAgreeWithTheReferenceForLong() throws IOException {
        final long first = Long.getLong("settlegate.seed", new Random().nextLong());
        for (int i = 0; i < 100; i++) {
            run(first + i);
        }
    }

    private void run(final long ofSeed) throws IOException {
        seed = ofSeed;
        open();
        for (int round = 0; round < ROUNDS; round++) {
            which = "seed " + seed + ", round " + round;
            final Person person = persons.get(random.nextInt(PERSONS));
            city.insuplcAdmdvs = person.region;
            switch (random.nextInt(12)) {
                case 0, 1 -> settleAtOnce(person);
                case 2, 3 -> settleVisit(person);
                case 4, 5 -> settleStay(person);
                case 6, 7, 8 -> cancel();
                case 9, 10 -> reverseCancel();
                default -> reverse();
            }
            city.nowMs += random.nextInt(4_300_000);
            if (round % 200 == 0) {
                synthetic.assertWhole(which);
            }
        }
        assertThat(city.nowMs).as("the year has changed").isGreaterThan(BusinessTime.startOf(2027, 1, 1));
        synthetic.assertWhole(which);
        compareAccumulators();
    }

    private void open() throws IOException {
        random = new Random(seed);
        persons.clear();
        visits.clear();
        final String[] own = {
            SyntheticCity.policy("synthetic-1.yaml").replace("effective_to: 2026-07-01", "effective_to: " + CHANGE),
            SyntheticCity.policy("synthetic-2.yaml").replace("effective_from: 2026-07-01", "effective_from: " + CHANGE)
        };
        final RandomPolicies policies = new RandomPolicies(random);
        final String[] others = {
            policies.next(1, "2026-01-01", CHANGE.toString()), policies.next(2, CHANGE.toString(), END.toString())
        };
        for (int i = 0; i < 2; i++) {
            own[i] = refusing(own[i]);
            others[i] = refusing(others[i]).replace(SyntheticCity.REGION, OTHER_REGION);
        }
        synthetic = new SyntheticCity(
                Files.createDirectory(directory.resolve("seed" + seed)), HORIZON_DAYS, own[0], own[1]);
        city = synthetic.city;
        city.twin = new SnapshotTwin(seed, 150);
        synthetic.good("regions.csv", "admdvs,poolarea,name\n990200,990200,别处\n");
        synthetic.good("policy.yaml", others[0]);
        synthetic.good("policy.yaml", others[1]);
        synthetic.good(
                "catalogue.csv",
                "med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate\n"
                        + "XA01,甲药,01,0,0,1,0,,\n");
        books = new BenefitBooks(Map.of(SyntheticCity.REGION, versions(own), OTHER_REGION, versions(others)));
        for (int i = 0; i < PERSONS; i++) {
            persons.add(person(i));
        }
    }

    private static String refusing(final String yaml) {
        return yaml.replace("cancel_under_later: recompute", "cancel_under_later: refuse");
    }

    private static List<Version> versions(final String... yamls) throws IOException {
        return List.of(
                new Version(new ReferenceEngine(yamls[0]), CHANGE), new Version(new ReferenceEngine(yamls[1]), END));
    }

    private Person person(final int number) throws IOException {
        final String psnType =
                switch (number % 3) {
                    case 0 -> random.nextBoolean() ? "1101" : "1102";
                    case 1 -> "1201";
                    default -> "1501";
                };
        final Person person = new Person(
                number,
                number < PERSONS / 2 ? SyntheticCity.REGION : OTHER_REGION,
                number % 3 == 2 ? "390" : "310",
                psnType);
        synthetic.insure(number, person.insutype, psnType, person.region);
        final StringBuilder rows = new StringBuilder("psn_no,kind,code,begndate,enddate\n");
        entitle(person, rows, "aid", oneOf("extreme_poverty", "low_income", "low_margin", "monitored", "high_expense"));
        entitle(person, rows, "cvlserv", "");
        entitle(person, rows, "supplement", "");
        entitle(person, rows, "family_doctor", "");
        entitle(person, rows, "filed", oneOf("320300", "320302", "990100", "990101"));
        entitle(person, rows, "transfer", oneOf("320300", "320302", "990100", "990101"));
        for (final String disease : DISEASES) {
            entitle(person, rows, "chronic", disease);
        }
        if (!person.entitlements.isEmpty()) {
            synthetic.good("entitlements.csv", rows.toString());
        }
        return person;
    }

    private void entitle(final Person person, final StringBuilder rows, final String kind, final String code) {
        if (random.nextBoolean()) {
            final LocalDate begin = random.nextInt(3) > 0 ? LocalDate.of(2026, 1, 1) : LocalDate.of(2026, 12, 5);
            person.entitlements.add(new Entitlement(kind, code, begin));
            rows.append(String.join(",", EngineFixture.psnNo(person.number), kind, code, begin.toString(), "\n"));
        }
    }

    private FeeLine line() {
        final int most = oneOf("3", "100", "100", "3000").equals("3000") ? 30_000 : 500;
        return FeeLine.of(
                "L" + ++lineNumber,
                EngineFixture.ITEMS[random.nextInt(5)],
                10_000L * (1 + random.nextInt(3)),
                10_000L * (100 + random.nextInt(most * 100)),
                city.nowMs);
    }

    private List<FeeLine> someLines() {
        final List<FeeLine> lines = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            lines.add(line());
        }
        return lines;
    }

    private static void fillLines(final Given given, final List<FeeLine> lines) {
        for (final FeeLine line : lines) {
            final long[] split = ReferenceVisits.split(line);
            given.ownpay = given.ownpay.add(BigDecimal.valueOf(split[0], 2));
            given.overlmt = given.overlmt.add(BigDecimal.valueOf(split[1], 2));
            given.preselfpay = given.preselfpay.add(BigDecimal.valueOf(split[2], 2));
            given.inscp = given.inscp.add(BigDecimal.valueOf(split[3], 2));
            if (line.item().equals("XA01")) {
                given.essential = given.essential.add(BigDecimal.valueOf(split[3], 2));
            }
        }
    }

    private String disease() {
        return random.nextInt(3) == 0 ? "" : oneOf(DISEASES);
    }

    private void settleAtOnce(final Person person) {
        final boolean isPharmacy = random.nextInt(4) == 0;
        // The fixture's 2102 comes from its hospital or its pharmacy.
        final String institution = isPharmacy ? EngineFixture.PHARMACY : EngineFixture.HOSPITAL;
        final String medType = isPharmacy ? "41" : oneOf(MED_TYPES);
        final String disease = disease();
        final long begntimeMs = city.nowMs - random.nextInt((int) BusinessTime.DAY_MS);
        final List<FeeLine> lines = someLines();
        final Given given = BenefitBooks.given(person, institution, medType, disease, BenefitBooks.day(begntimeMs));
        fillLines(given, lines);
        given.accountUsed = random.nextBoolean();
        final List<Line> sent = new ArrayList<>();
        lines.forEach(
                line -> sent.add(new Line(line.sn(), line.item(), line.cntE4(), line.pricE6(), line.amountFen())));
        final String msgid = city.nextMsgid(institution);
        final int code = city.settle(
                msgid, person.number, medType, given.accountUsed ? 1 : 0, sent, encoder -> encoder.begntimeMs(
                                begntimeMs)
                        .diseCodg(disease));
        settled(code, given, person, institution, "2102", msgid, null, BenefitBooks.day(begntimeMs));
    }

    /** Compares code and outcome with the reference, and books. @return the settlement, or null. */
    private Settled settled(
            final int code,
            final Given given,
            final Person person,
            final String institution,
            final String infno,
            final String msgid,
            final Visit visit,
            final LocalDate day) {
        given.balance = BigDecimal.valueOf(person.balanceFen, 2);
        final ReferenceEngine engine = books.engine(person, day);
        final Bill bill = books.compute(given, person, day);
        final ResultCode expected =
                !engine.hasPlan(given) ? ResultCode.NO_POLICY : bill == null ? ResultCode.NOT_QUALIFIED : ResultCode.OK;
        assertThat(ResultCode.of(code)).as(which + " " + given).isEqualTo(expected);
        seen.merge(expected, 1, Integer::sum);
        if (expected != ResultCode.OK) {
            return null;
        }
        final PharmacySettleOutcomeDecoder outcome = city.settled();
        assertThat(fields(outcome))
                .as(which + " " + given + " with " + books.used(person, day.getYear()))
                .isEqualTo(expected(bill));
        assertThat(outcome.poolPropSelfpayE4())
                .as(which)
                .isEqualTo(bill.get("pool_prop_selfpay").movePointRight(4).intValueExact());
        final Settled settled = new Settled(
                msgid,
                outcome.setlId(),
                infno,
                visit,
                person,
                institution,
                day.getYear(),
                BenefitBooks.day(city.nowMs),
                given,
                bill,
                engine.dependsOn(given));
        books.settle(settled);
        return settled;
    }

    private static String fields(final PharmacySettleOutcomeDecoder outcome) {
        return named(
                outcome.medfeeSumamtFen(),
                outcome.fulamtOwnpayAmtFen(),
                outcome.overlmtSelfpayFen(),
                outcome.preselfpayAmtFen(),
                outcome.inscpScpAmtFen(),
                outcome.actPayDedcFen(),
                outcome.hifpPayFen(),
                outcome.cvlservPayFen(),
                outcome.hifesPayFen(),
                outcome.hifmiPayFen(),
                outcome.hifobPayFen(),
                outcome.mafPayFen(),
                outcome.othPayFen(),
                outcome.fundPaySumamtFen(),
                outcome.hospPartAmtFen(),
                outcome.psnPartAmtFen(),
                outcome.acctPayFen(),
                outcome.acctMulaidPayFen(),
                outcome.psnCashPayFen(),
                outcome.balcFen());
    }

    private static String expected(final Bill bill) {
        return named(Arrays.stream(FIELDS)
                .mapToLong(name -> BenefitBooks.fen(bill.get(name)))
                .toArray());
    }

    private static String named(final long... amounts) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < FIELDS.length; i++) {
            text.append(FIELDS[i]).append(' ').append(amounts[i]).append('\n');
        }
        return text.toString();
    }

    /** One of the person's that was touched lately, if there is one, else null. */
    private Visit recent(final Person person, final VisitKind kind) {
        final LocalDate yesterday = BenefitBooks.day(city.nowMs).minusDays(1);
        return visits.stream()
                .filter(visit -> visit.person == person && visit.kind == kind && !visit.touched.isBefore(yesterday))
                .findAny()
                .orElse(null);
    }

    private void settleVisit(final Person person) {
        Visit visit = random.nextBoolean() ? recent(person, VisitKind.OUTPATIENT) : null;
        if (visit == null) {
            final String institution = oneOf(HOSPITALS);
            final long begntimeMs = city.nowMs - random.nextInt((int) BusinessTime.DAY_MS);
            done(synthetic.requests.register(institution, person.number, begntimeMs, encoder -> {}));
            final String id = synthetic.requests.named().mdtrtId();
            visit = new Visit(
                    id, VisitKind.OUTPATIENT, person, institution, oneOf(MED_TYPES), disease(), 1, begntimeMs);
            done(synthetic.requests.visit(institution, person.number, id, visit.medType, visit.disease, "I10"));
            visits.add(visit);
        }
        upload(visit);
        settle(visit, 2207, visit.begntimeMs, 0, false);
    }

    private void settleStay(final Person person) {
        Visit stay = person.openStay;
        if (stay == null) {
            final Visit discharged = recent(person, VisitKind.STAY);
            if (discharged != null && !discharged.unsettled().isEmpty()) {
                settle(discharged, 2304, discharged.endtimeMs, discharged.endtimeMs, false);
                return;
            }
            stay = admit(person);
        }
        if (random.nextBoolean()) {
            upload(stay);
        }
        if (random.nextBoolean()) {
            if (!stay.unsettled().isEmpty()) {
                settle(stay, 2304, city.nowMs, city.nowMs, true);
            }
            return;
        }
        stay.endtimeMs = city.nowMs;
        stay.touched = BenefitBooks.day(city.nowMs);
        done(synthetic.requests.discharge(stay.institution, person.number, stay.id, city.nowMs, stay.disease, ""));
        person.openStay = null;
        if (!stay.unsettled().isEmpty()) {
            settle(stay, 2304, stay.endtimeMs, stay.endtimeMs, false);
        }
    }

    private Visit admit(final Person person) {
        final String institution = oneOf(HOSPITALS);
        final String disease = disease();
        final int year = BenefitBooks.day(city.nowMs).getYear();
        person.stays = person.stayYear == year ? person.stays + 1 : 1;
        person.stayYear = year;
        done(synthetic.requests.admit(
                institution, person.number, city.nowMs, "J18", encoder -> encoder.diseCodg(disease)));
        final Visit stay = new Visit(
                synthetic.requests.named().mdtrtId(),
                VisitKind.STAY,
                person,
                institution,
                "21",
                disease,
                person.stays,
                city.nowMs);
        person.openStay = stay;
        visits.add(stay);
        return stay;
    }

    private void upload(final Visit visit) {
        final List<FeeLine> lines = someLines();
        done(synthetic.requests.lines(
                visit.kind, visit.institution, visit.person.number, visit.id, "B" + lineNumber, lines));
        lines.forEach(line -> visit.lines.put(line, null));
        visit.touched = BenefitBooks.day(city.nowMs);
    }

    private void done(final int length) {
        assertThat(synthetic.requests.send(length)).as(which).isEqualTo(ResultCode.OK);
    }

    private void settle(
            final Visit visit, final int template, final long policyMs, final long endtimeMs, final boolean isMid) {
        final Person person = visit.person;
        final List<FeeLine> lines = visit.unsettled();
        final LocalDate day = BenefitBooks.day(policyMs);
        final Given given = BenefitBooks.given(person, visit.institution, visit.medType, visit.disease, day);
        fillLines(given, lines);
        given.accountUsed = random.nextBoolean();
        given.byQuota = random.nextInt(3) == 0;
        given.stay = visit.stayNumber;
        books.fillEarlier(visit, given);
        final String msgid = city.nextMsgid(visit.institution);
        final int length = synthetic.settle(
                template,
                visit.institution,
                msgid,
                person.number,
                visit.id,
                visit.medType,
                lines,
                encoder -> encoder.psnSetlway(given.byQuota ? "02" : "01")
                        .acctUsedFlag((short) (given.accountUsed ? 1 : 0))
                        .endtimeMs(endtimeMs)
                        .midSetlFlag((short) (isMid ? 1 : 0)));
        final int code = city.send(length);
        final Settled settled =
                settled(code, given, person, visit.institution, Integer.toString(template), msgid, visit, day);
        if (settled != null) {
            lines.forEach(line -> visit.lines.put(line, settled));
            settled.lines = lines;
        }
    }

    /** One of the last settlements mostly; null before the first. */
    private Settled any() {
        final int size = books.settlements.size();
        return size == 0
                ? null
                : books.settlements.get(
                        random.nextInt(6) == 0 ? random.nextInt(size) : size - 1 - random.nextInt(Math.min(size, 25)));
    }

    private void cancel() {
        final Settled settled = any();
        if (settled == null) {
            return;
        }
        final Person person = settled.person;
        city.insuplcAdmdvs = person.region;
        final ResultCode expected = books.cancel(settled, BenefitBooks.day(city.nowMs), HORIZON_DAYS);
        sweepAll();
        final long before = city.businessHash();
        final int length = settled.visit == null
                ? city.cancelFrame(city.nextMsgid(settled.institution), person.number, settled.setlId)
                : synthetic.cancel(
                        settled.visit.kind, settled.institution, person.number, settled.visit.id, settled.setlId);
        assertThat(ResultCode.of(city.send(length)))
                .as(which + " cancels " + settled.setlId + " that changed " + settled.changed)
                .isEqualTo(expected);
        seen.merge(expected, 1, Integer::sum);
        if (expected != ResultCode.OK) {
            assertThat(city.businessHash()).as(which).isEqualTo(before);
            return;
        }
        books.undo(settled, true);
        books.cancels.add(new Cancel(
                city.cancelled().header().msgid(), infnoOfCancel(settled), settled, BenefitBooks.day(city.nowMs)));
        assertThat(city.cancelled().hifpPayFen()).as(which).isEqualTo(-BenefitBooks.fen(settled.bill.get("hifp_pay")));
        assertThat(city.cancelled().psnCashPayFen())
                .as(which)
                .isEqualTo(-BenefitBooks.fen(settled.bill.get("psn_cash_pay")));
        assertThat(city.cancelled().balcFen()).as(which).isEqualTo(person.balanceFen);
    }

    private static String infnoOfCancel(final Settled settled) {
        if (settled.visit == null) {
            return "2103";
        }
        return settled.visit.kind == VisitKind.STAY ? "2305" : "2208";
    }

    private void reverseCancel() {
        final int size = books.cancels.size();
        final Cancel cancel = size == 0 ? null : books.cancels.get(size - 1 - random.nextInt(Math.min(size, 4)));
        final LocalDate today = BenefitBooks.day(city.nowMs);
        if (cancel == null || cancel.cancelledOn.isBefore(today.minusDays(HORIZON_DAYS - 1L))) {
            return;
        }
        final Settled settled = cancel.settled;
        city.insuplcAdmdvs = settled.person.region;
        sweepAll();
        final boolean isThere = settled.visit != null
                && city.engine.state().visits.find(CityImports.field(settled.visit.id, Rows.VISIT_KEY), 0) >= 0;
        final long before = city.businessHash();
        final boolean isAgain = cancel.isReversed;
        final ResultCode expected = isAgain ? ResultCode.OK : books.redo(cancel, today, HORIZON_DAYS, isThere);
        final int length = reversal(settled, cancel.msgid, cancel.infno);
        assertThat(ResultCode.of(city.send(length)))
                .as(which + " reverses the cancel of " + settled.setlId)
                .isEqualTo(expected);
        seen.merge(expected, 1, Integer::sum);
        if (isAgain || expected != ResultCode.OK) {
            assertThat(city.businessHash()).as(which).isEqualTo(before);
            return;
        }
        redone++;
        final ReversalOutcomeDecoder outcome =
                new ReversalOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
        assertThat(new long[] {
                    outcome.fundPaySumamtFen(), outcome.acctPayFen(), outcome.psnCashPayFen(), outcome.balcFen()
                })
                .as(which)
                .containsExactly(
                        BenefitBooks.fen(settled.bill.get("fund_pay_sumamt")),
                        BenefitBooks.fen(settled.bill.get("acct_pay")),
                        BenefitBooks.fen(settled.bill.get("psn_cash_pay")),
                        settled.person.balanceFen);
    }

    /** Frees what is expired, so that the next command frees nothing. */
    private void sweepAll() {
        do {
            city.engine.state().advanceTo(city.nowMs);
            city.twin.advanceTo(city.nowMs);
        } while (city.engine.state().visits.isSweeping());
    }

    private void reverse() {
        final Settled settled = any();
        if (settled == null
                || settled.settledOn.isBefore(BenefitBooks.day(city.nowMs).minusDays(HORIZON_DAYS - 1L))) {
            return;
        }
        city.insuplcAdmdvs = settled.person.region;
        done(reversal(settled));
        final ReversalEffect effect = new ReversalOutcomeDecoder()
                .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                .effect();
        assertThat(effect == ReversalEffect.REVERSED).as(which + " " + effect).isNotEqualTo(settled.isUndone);
        if (!settled.isUndone) {
            books.undo(settled, false);
        }
    }

    private int reversal(final Settled settled) {
        return reversal(settled, settled.msgid, settled.infno);
    }

    private int reversal(final Settled settled, final String omsgid, final String oinfno) {
        // The other hospital's msgids are of its own terminal.
        final int length =
                city.reverseFrame(city.nextMsgid(settled.institution), settled.person.number, omsgid, oinfno);
        if (settled.institution.equals(VisitRequests.OTHER_HOSPITAL)) {
            city.command.putBytes(
                    8 + io.settlegate.protocol.codec.RequestHeaderEncoder.snEncodingOffset(), new byte[] {'T', '6'});
        }
        return length;
    }

    private void compareAccumulators() {
        final Accumulators found = new Accumulators();
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Rows.PERSON_KEY]);
        final PersonYears years = city.engine.state().personYears;
        int amounts = 0;
        for (final Person person : persons) {
            Fields.putText(key, 0, Rows.PERSON_KEY, EngineFixture.psnNo(person.number));
            final int row = city.engine.state().persons.find(key, 0);
            final int insutype = Integer.parseInt(person.insutype);
            assertThat(city.balanceFen(person.number)).as(which).isEqualTo(person.balanceFen);
            for (int year = 2026; year <= 2027; year++) {
                final Map<String, BigDecimal> used = books.used(person, year);
                years.load(row, year, insutype, found);
                for (int slot = 0; slot < Accumulators.DISEASE_PAID; slot++) {
                    final String name = Accumulators.name(slot);
                    assertThat(found.slots[slot])
                            .as(which + ", person " + person.number + ", " + year + ", " + name)
                            .isEqualTo(BenefitBooks.fen(used.getOrDefault(name, BigDecimal.ZERO)));
                    amounts += found.slots[slot] == 0 ? 0 : 1;
                }
                for (final String disease : DISEASES) {
                    final int paid = years.findDisease(
                            row, year, insutype, CityImports.field(disease, PersonYears.DISEASE_CODE_LENGTH), 0);
                    assertThat(paid < 0 ? 0 : years.diseasePaidFen(paid))
                            .as(which + ", person " + person.number + ", " + year + ", " + disease)
                            .isEqualTo(BenefitBooks.fen(used.getOrDefault("disease.paid:" + disease, BigDecimal.ZERO)));
                }
            }
        }
        assertThat(amounts).as("accumulators in use, seed " + seed).isGreaterThan(PERSONS);
    }

    private String oneOf(final String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
