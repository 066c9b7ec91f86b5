package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.client.Answer;
import io.settlegate.protocol.client.RequestSigner;
import io.settlegate.protocol.client.Settlement;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a replay says of journals that a test wrote, right ones and wrong ones. */
@Timeout(180)
class ReplayCommandTest {
    private static final int PHARMACY = 0;
    private static final int HOSPITAL = SmallCity.TERMINALS_PER_INSTITUTION;
    private static final int CASH =
            MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleOutcomeDecoder.psnCashPayFenEncodingOffset();
    private static final int NAME =
            MessageHeaderDecoder.ENCODED_LENGTH + PharmacySettleOutcomeDecoder.psnNoEncodingOffset();

    private final Random random = new Random(5);
    private final Sums sums = new Sums();
    private SmallCity city;

    /** What the recorded outcomes come to, added up by the test. */
    private static final class Sums {
        private long billsFen;
        private long fundFen;
        private long accountFen;
        private long cashFen;

        private void add(final byte[] outcome, final int sign) {
            final PharmacySettleOutcomeDecoder settled = settlement(outcome);
            billsFen += sign * settled.medfeeSumamtFen();
            fundFen += sign * settled.fundPaySumamtFen();
            accountFen += sign * settled.acctPayFen();
            cashFen += sign * settled.psnCashPayFen();
        }
    }

    @BeforeEach
    void found(@TempDir final Path directory) throws IOException {
        city = SmallCity.found(directory);
    }

    private static PharmacySettleOutcomeDecoder settlement(final byte[] outcome) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final UnsafeBuffer buffer = new UnsafeBuffer(outcome);
        header.wrap(buffer, 0);
        return new PharmacySettleOutcomeDecoder()
                .wrap(buffer, MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
    }

    /** One settlement at an institution. */
    private byte[] frame(final WrittenJournal journal, final int terminal) {
        return frame(journal, terminal, random);
    }

    private byte[] frame(final WrittenJournal journal, final int terminal, final Random from) {
        final Settlement settlement =
                SmallCity.settlement(from, city.terminals().get(terminal), journal.nowMs());
        return journal.signer(terminal)
                .settle(journal.nextMsgid(institution(terminal)), settlement)
                .frame();
    }

    private static String institution(final int terminal) {
        return terminal < HOSPITAL ? SmallCity.PHARMACY : SmallCity.HOSPITAL;
    }

    @Test
    void shouldAddUpByTransactionFundAndInstitutionNetOfWhatWasUndone() throws IOException {
        int pharmacyCount = 0;
        final long cancelledFen;
        final long reversedFen;
        try (WrittenJournal journal = new WrittenJournal(city)) {
            final List<byte[]> settled = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                final int terminal = i % 3 == 0 ? PHARMACY : HOSPITAL;
                final byte[] frame = frame(journal, terminal);
                final byte[] outcome = journal.append(frame);
                assertThat(Answer.codeOf(outcome)).isEqualTo(ResultCode.OK);
                settled.add(outcome);
                sums.add(outcome, 1);
                pharmacyCount += terminal == PHARMACY ? 1 : 0;
                if (i == 0) {
                    journal.append(frame);
                    pharmacyCount++;
                }
            }
            // The newest of everybody's, because nothing stands on it; 29 was the hospital's, and so was 28.
            final RequestSigner hospital = journal.signer(HOSPITAL);
            final PharmacySettleOutcomeDecoder cancelled = settlement(settled.get(29));
            done(journal.append(hospital.cancel(
                            journal.nextMsgid(SmallCity.HOSPITAL),
                            SmallCity.COUNTY,
                            cancelled.psnNo(),
                            cancelled.setlId())
                    .frame()));
            sums.add(settled.get(29), -1);
            cancelledFen = cancelled.medfeeSumamtFen();
            final PharmacySettleOutcomeDecoder reversed = settlement(settled.get(28));
            done(journal.append(hospital.reverse(
                            journal.nextMsgid(SmallCity.HOSPITAL),
                            SmallCity.COUNTY,
                            reversed.psnNo(),
                            reversed.header().msgid(),
                            "2102")
                    .frame()));
            sums.add(settled.get(28), -1);
            reversedFen = reversed.medfeeSumamtFen();
        }
        final JsonNode found = json(replay("--json"));
        assertThat(found.get("isClean").asBoolean()).isTrue();
        assertThat(found.get("settlements").asLong()).isEqualTo(30);
        assertThat(found.get("cancels").asLong()).isEqualTo(1);
        assertThat(found.get("reversals").asLong()).isEqualTo(1);
        assertThat(found.get("medfeeSumamtFen").asLong()).isEqualTo(sums.billsFen);
        assertThat(found.get("fundPaySumamtFen").asLong())
                .isEqualTo(sums.fundFen)
                .isPositive();
        assertThat(found.get("acctPayFen").asLong()).isEqualTo(sums.accountFen);
        assertThat(found.get("psnCashPayFen").asLong()).isEqualTo(sums.cashFen);
        assertThat(found.get("checks").findValues("holds"))
                .hasSizeGreaterThan(10)
                .allMatch(JsonNode::asBoolean);
        for (final String table : List.of("byTransaction", "byInstitution")) {
            assertThat(sum(found.get(table), "medfeeSumamtFen")).as(table).isEqualTo(sums.billsFen);
            assertThat(sum(found.get(table), "fundPaySumamtFen")).as(table).isEqualTo(sums.fundFen);
        }
        assertThat(sum(found.get("byFund"), "amountFen")).isEqualTo(sums.fundFen);
        assertThat(row(found.get("byTransaction"), "transaction", "2102")
                        .get("records")
                        .asLong())
                .isEqualTo(31);
        assertThat(row(found.get("byTransaction"), "transaction", "2102")
                        .get("repeats")
                        .asLong())
                .isEqualTo(1);
        assertThat(row(found.get("byTransaction"), "transaction", "2103")
                        .get("medfeeSumamtFen")
                        .asLong())
                .isEqualTo(-cancelledFen);
        assertThat(row(found.get("byTransaction"), "transaction", "2601")
                        .get("medfeeSumamtFen")
                        .asLong())
                .as("the bill of what was reversed, which the reversal's record does not name")
                .isEqualTo(-reversedFen);
        assertThat(row(found.get("byInstitution"), "fixmedinsCode", SmallCity.PHARMACY)
                        .get("records")
                        .asLong())
                .isEqualTo(pharmacyCount);
        assertThat(row(found.get("byFund"), "fundPayType", "390100")
                        .get("field")
                        .asText())
                .isEqualTo("hifpPay");

        final JsonNode one = json(replay("--json", "--institutions", "1"));
        assertThat(one.get("byInstitution")).hasSize(1);
        assertThat(one.at("/byInstitution/0/fixmedinsCode").asText()).isEqualTo(SmallCity.HOSPITAL);
        assertThat(one.at("/otherInstitutions/records").asLong()).isEqualTo(pharmacyCount);
        assertThat(json(replay("--json", "--institutions", "all")).get("byInstitution"))
                .hasSize(2);
        final String text = replay().out;
        assertThat(text)
                .contains("By transaction")
                .contains("By fund")
                .contains("By institution")
                .contains("sums             agree: by transaction, by fund, by institution, and with the ledger");
    }

    private static void done(final byte[] outcome) {
        assertThat(Answer.codeOf(outcome)).isEqualTo(ResultCode.OK);
    }

    private static long sum(final JsonNode rows, final String field) {
        long sum = 0;
        for (final JsonNode row : rows) {
            sum += row.get(field).asLong();
        }
        return sum;
    }

    private static JsonNode row(final JsonNode rows, final String field, final String value) {
        for (final JsonNode row : rows) {
            if (row.get(field).asText().equals(value)) {
                return row;
            }
        }
        throw new AssertionError("no row " + value + " in " + rows);
    }

    @Test
    void shouldShowBothOutcomesOfAMismatchFieldByFieldAndMasked() throws IOException {
        final long wrong;
        final long hashed;
        final long named;
        final String msgid;
        final String psnNo;
        try (WrittenJournal journal = new WrittenJournal(city)) {
            journal.append(frame(journal, HOSPITAL));
            final byte[] recorded = journal.add(frame(journal, HOSPITAL), outcome -> {
                outcome.putLong(CASH, outcome.getLong(CASH, ByteOrder.LITTLE_ENDIAN) + 7, ByteOrder.LITTLE_ENDIAN);
            });
            msgid = settlement(recorded).header().msgid();
            wrong = journal.lastSequence();
            journal.add(frame(journal, HOSPITAL), 1, 1);
            hashed = journal.lastSequence();
            psnNo = settlement(journal.add(frame(journal, PHARMACY), outcome -> {
                        // A digit in the middle of the number, where the mask hides it.
                        final int digit = NAME + 9;
                        outcome.putByte(digit, (byte) (outcome.getByte(digit) == '7' ? '8' : '7'));
                    }))
                    .psnNo();
            named = journal.lastSequence();
            journal.seal(5);
        }
        final Result json = replay("--json");
        assertThat(json.exitCode).isEqualTo(Settlegate.FOUND);
        final JsonNode found = json(json);
        assertThat(found.get("isClean").asBoolean()).isFalse();
        assertThat(found.get("mismatches").asLong()).isEqualTo(4);
        assertThat(found.at("/mismatchesOf/OUTCOME").asLong()).isEqualTo(2);
        assertThat(found.at("/mismatchesOf/STATE_HASH").asLong()).isEqualTo(1);
        assertThat(found.at("/mismatchesOf/SEALED_STATE_HASH").asLong()).isEqualTo(1);
        final JsonNode first = found.at("/firstMismatches/0");
        assertThat(first.get("sequence").asLong()).isEqualTo(wrong);
        assertThat(first.get("msgid").asText()).isEqualTo(msgid);
        assertThat(first.get("transaction").asText()).isEqualTo("2102");
        assertThat(first.get("time").asText()).endsWith("+08:00");
        assertThat(first.get("what").toString()).isEqualTo("[\"OUTCOME\"]");
        assertThat(first.get("differing")).hasSize(1);
        assertThat(first.at("/differing/0/field").asText()).isEqualTo("psnCashPayFen");
        assertThat(first.at("/differing/0/recorded").asLong())
                .isEqualTo(first.at("/differing/0/computed").asLong() + 7);
        assertThat(first.get("firstDifferingByte").asInt()).isEqualTo(CASH);
        final JsonNode second = found.at("/firstMismatches/1");
        assertThat(second.get("sequence").asLong()).isEqualTo(hashed);
        assertThat(second.get("what").toString()).isEqualTo("[\"STATE_HASH\"]");
        assertThat(second.get("recordedStateHash")).isNotEqualTo(second.get("computedStateHash"));
        final JsonNode third = found.at("/firstMismatches/2");
        assertThat(third.get("sequence").asLong()).isEqualTo(named);
        assertThat(third.at("/differing/0/field").asText()).isEqualTo("psnNo");
        assertThat(third.at("/differing/0/recorded").asText())
                .as("masks are equal where numbers are not")
                .isEqualTo(third.at("/differing/0/computed").asText());
        final JsonNode seal = found.at("/firstMismatches/3");
        assertThat(seal.get("what").toString()).isEqualTo("[\"SEALED_STATE_HASH\"]");
        assertThat(seal.get("sequence").asLong()).isEqualTo(named);
        assertThat(row(found.get("checks"), "check", "ledger.cash").get("holds").asBoolean())
                .as("seven fen that the records have and the ledger has not")
                .isFalse();

        final String text = replay().out;
        assertThat(text)
                .contains("record " + wrong + "  ")
                .contains("msgid " + msgid + "  differs: OUTCOME")
                .containsPattern("psnCashPayFen +[0-9]+ +[0-9]+")
                .contains("differs: STATE_HASH")
                .contains("mismatches       4: OUTCOME 2, STATE_HASH 1, SEALED_STATE_HASH 1")
                .contains("DOES NOT AGREE   ledger: cash")
                .doesNotContain(psnNo);
        assertThat(json.out).doesNotContain(psnNo);

        final JsonNode stopped = json(replay("--json", "--stop-at-mismatch"));
        assertThat(stopped.at("/stop/why").asText()).isEqualTo("FINDING");
        assertThat(stopped.at("/stop/lastSequence").asLong()).isEqualTo(wrong);
        assertThat(stopped.at("/stop/isUnderLastSeal").asBoolean()).isFalse();
        assertThat(stopped.get("mismatches").asLong()).isEqualTo(1);
    }

    @Test
    void shouldStopExactlyWhereItIsTold() throws IOException {
        final long middle;
        final long end;
        final long[] timesMs = new long[4];
        try (WrittenJournal journal = new WrittenJournal(city)) {
            for (int i = 0; i < 4; i++) {
                timesMs[i] = journal.nowMs();
                journal.add(frame(journal, HOSPITAL));
                journal.advanceTo(journal.nowMs() + 60_000);
            }
            middle = journal.lastSequence() - 2;
            end = journal.lastSequence();
            journal.seal();
            journal.append(frame(journal, HOSPITAL));
        }
        final JsonNode all = json(replay("--json"));
        assertThat(all.at("/stop/lastSequence").asLong()).isEqualTo(end + 1);
        assertThat(all.at("/stop/why").asText()).isEqualTo("END");

        final JsonNode inside = json(replay("--json", "--to", String.valueOf(middle)));
        assertThat(inside.get("settlements").asLong()).isEqualTo(2);
        assertThat(inside.get("records").asLong()).isEqualTo(middle + 1);
        assertThat(inside.at("/stop/why").asText()).isEqualTo("POINT");
        assertThat(inside.at("/stop/isUnderLastSeal").asBoolean()).isFalse();
        assertThat(inside.get("isClean").asBoolean()).isTrue();
        assertThat(replay("--to", String.valueOf(middle)).out)
                .contains("record " + middle + " of " + ShownTime.of(timesMs[1]))
                .contains("inside a batch, whose seal was not reached");

        final JsonNode atSeal = json(replay("--json", "--to", String.valueOf(end)));
        assertThat(atSeal.at("/stop/lastSequence").asLong()).isEqualTo(end);
        assertThat(atSeal.at("/stop/isUnderLastSeal").asBoolean()).isTrue();
        assertThat(atSeal.get("stateHash")).isEqualTo(atSeal.get("sealedStateHash"));

        for (final String time : List.of(
                ShownTime.of(timesMs[2]),
                Instant.ofEpochMilli(timesMs[2]).toString(),
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
                        .format(Instant.ofEpochMilli(timesMs[2] + 1_000).atOffset(ZoneOffset.ofHours(8))))) {
            final JsonNode found = json(replay("--json", "--to", time));
            assertThat(found.get("settlements").asLong()).as(time).isEqualTo(3);
            assertThat(found.at("/stop/lastSequence").asLong()).as(time).isEqualTo(end - 1);
        }
        final JsonNode before = json(replay("--json", "--to", ShownTime.of(timesMs[2] - 1)));
        assertThat(before.get("settlements").asLong()).isEqualTo(2);
        final Result beyond = replay("--to", "99999999");
        assertThat(beyond.exitCode).isZero();
        assertThat(beyond.out).contains("--to record 99999999 was not reached");
        assertThat(replay("--to", "2001-01-01").err).contains("no record of this journal is as early");
        assertThat(replay("--to", "yesterday").err).contains("--to: yesterday is neither a sequence nor a time");
    }

    @Test
    void shouldBeginAtASnapshotAndAddUpWhatCameAfterIt() throws IOException {
        final long snapshot;
        final byte[] early;
        try (WrittenJournal journal = new WrittenJournal(city)) {
            early = journal.append(frame(journal, HOSPITAL));
            snapshot = journal.lastSequence();
            SmallCity.run("journal", "snapshot", city.data().toString());
            // The reversal names what the snapshot's state holds and no record that is read.
            final PharmacySettleOutcomeDecoder settled = settlement(early);
            done(journal.append(journal.signer(HOSPITAL)
                    .reverse(
                            journal.nextMsgid(SmallCity.HOSPITAL),
                            SmallCity.COUNTY,
                            settled.psnNo(),
                            settled.header().msgid(),
                            "2102")
                    .frame()));
            for (int i = 0; i < 9; i++) {
                sums.add(journal.append(frame(journal, i % 2 == 0 ? PHARMACY : HOSPITAL)), 1);
            }
            sums.add(early, -1);
        }
        final JsonNode all = json(replay("--json"));
        final JsonNode found = json(replay("--json", "--from-snapshot", "--verify-signatures"));
        assertThat(found.get("isClean").asBoolean()).as(found.toPrettyString()).isTrue();
        assertThat(found.at("/start/isSnapshot").asBoolean()).isTrue();
        assertThat(found.at("/start/snapshotSequence").asLong()).isEqualTo(snapshot);
        assertThat(found.get("records").asLong()).isEqualTo(10);
        assertThat(found.at("/signatures/checked").asLong()).isEqualTo(10);
        assertThat(found.get("stateHash")).isEqualTo(all.get("stateHash"));
        assertThat(found.get("medfeeSumamtFen").asLong()).isEqualTo(sums.billsFen);
        assertThat(found.get("fundPaySumamtFen").asLong()).isEqualTo(sums.fundFen);
        assertThat(all.at("/start/isSnapshot").asBoolean()).isFalse();
        assertThat(replay("--from-snapshot").out).contains("which holds the records to " + snapshot);
        final JsonNode before = json(replay("--json", "--from-snapshot", "--to", String.valueOf(snapshot - 1)));
        assertThat(before.at("/start/isSnapshot").asBoolean()).isFalse();
        assertThat(before.at("/stop/lastSequence").asLong()).isEqualTo(snapshot - 1);
        final JsonNode at = json(replay("--json", "--from-snapshot", "--to", String.valueOf(snapshot)));
        assertThat(at.at("/start/isSnapshot").asBoolean()).isTrue();
        assertThat(at.get("records").asLong()).isZero();
        assertThat(at.get("isClean").asBoolean()).isTrue();
    }

    @Test
    void shouldFindEachSignatureThatDoesNotStand() throws IOException {
        final long forged;
        final long version;
        final long stranger;
        try (WrittenJournal journal = new WrittenJournal(city)) {
            for (int i = 0; i < 20; i++) {
                journal.append(frame(journal, HOSPITAL));
            }
            journal.append(journal.acts().allocate("B1", SmallCity.psnNo(1), 100));
            final byte[] altered = frame(journal, HOSPITAL);
            altered[altered.length - 1] ^= 1;
            journal.append(altered);
            forged = journal.lastSequence();
            journal.add(frame(journal, HOSPITAL), 0, 2);
            version = journal.lastSequence();
            journal.seal();
            final byte[] unknown = frame(journal, HOSPITAL);
            // The serial number begins a byte behind the header.
            unknown[MessageHeaderDecoder.ENCODED_LENGTH + 1] ^= 1;
            journal.append(unknown);
            stranger = journal.lastSequence();
        }
        assertThat(replay().exitCode).as("not asked, not checked").isZero();
        final Result result = replay("--json", "--verify-signatures");
        assertThat(result.exitCode).isEqualTo(Settlegate.FOUND);
        final JsonNode signatures = json(result).get("signatures");
        assertThat(signatures.get("findings").asLong()).isEqualTo(3);
        // Twenty settlements, the forged one, the allocation, and the import's acts.
        assertThat(signatures.get("checked").asLong()).isGreaterThan(22);
        assertThat(signatures.get("firstFindings").findValuesAsText("sequence"))
                .containsExactly(String.valueOf(forged), String.valueOf(version), String.valueOf(stranger));
        assertThat(signatures.get("firstFindings").findValuesAsText("what"))
                .containsExactly("BAD_SIGNATURE", "KEY_VERSION", "TERMINAL_UNKNOWN");
        assertThat(replay("--verify-signatures").out)
                .contains("3 findings")
                .contains("record " + forged + ": the signature is not that of the key");
        final JsonNode good = json(replay("--json", "--verify-signatures", "--to", String.valueOf(forged - 1)));
        assertThat(good.at("/signatures/findings").asLong()).isZero();
        assertThat(good.get("isClean").asBoolean()).isTrue();
    }

    @Test
    void shouldTellItsProgressOnStderrWhereItIsAskedTo() throws IOException {
        try (WrittenJournal journal = new WrittenJournal(city)) {
            journal.append(frame(journal, HOSPITAL));
        }
        assertThat(replay().err).isEmpty();
        final Result shown = replay("--progress", "--json");
        assertThat(shown.err).containsPattern("[0-9,]+ of [0-9,]+ records \\(100.0 %\\), .* records/s, 0:00 left");
        assertThat(json(shown).get("isClean").asBoolean()).isTrue();
    }

    private static JsonNode json(final Result result) throws IOException {
        assertThat(result.out).as(result.err).startsWith("{");
        return new ObjectMapper().readTree(result.out);
    }

    private record Result(int exitCode, String out, String err) {}

    private Result replay(final String... options) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final List<String> arguments =
                new ArrayList<>(List.of("replay", city.data().toString()));
        arguments.addAll(List.of(options));
        final int exitCode = Settlegate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(new String[0]));
        return new Result(exitCode, out.toString(), err.toString());
    }
}
