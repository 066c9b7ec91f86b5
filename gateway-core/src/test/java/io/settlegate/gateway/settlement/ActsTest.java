package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.operations.ActSink;
import io.settlegate.gateway.operations.ImportActs;
import io.settlegate.gateway.operations.ImportFiles;
import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.gateway.settlement.codec.AcceptClockEncoder;
import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.GatewayStartedEncoder;
import io.settlegate.gateway.settlement.codec.ImportBeginDecoder;
import io.settlegate.gateway.settlement.codec.ImportCommitDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import io.settlegate.gateway.settlement.codec.RegionChunkDecoder;
import io.settlegate.protocol.Limits;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.Durability;
import io.settlegate.protocol.codec.SignInOutcomeDecoder;
import io.settlegate.protocol.crypto.Sm2PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators and the gateway itself do to the engine, and what it refuses of them. */
@Timeout(60)
final class ActsTest {
    private static final List<Line> GOOD = List.of(Line.of(1, "XA01", 10_000, 12_340_000));
    private static final String REGIONS = "admdvs,poolarea,name\n";
    private static final String INSTITUTIONS = "fixmedins_code,fixmedins_name,admdvs,hosp_lv,status\n";
    private static final String TERMINALS = "sn,model,fixmedins_code,public_key,status\n";
    private static final String PERSONS =
            "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas\n";
    private static final String ALLOCATIONS = "batch_id,psn_no,amount\n";

    @TempDir
    private Path directory;

    private EngineFixture city;
    private ActReason refusal;
    private int importNumber;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(directory);
        city.twin = new SnapshotTwin(20261128, 2);
    }

    @Test
    void shouldFollowAClockThatTheOperatorAccepts() {
        city.settle(city.nextMsgid(EngineFixture.HOSPITAL), 3, "11", 1, GOOD, encoder -> {});
        final long later = city.engine.lastTimeMs() + 10 * BusinessTime.DAY_MS;
        assertThat(acceptClock("GW1", later)).isNull();
        assertThat(city.engine.lastTimeMs()).isEqualTo(later);
        assertThat(city.engine.isClockJump(later + 1)).isFalse();
        assertThat(city.engine.counts().msgids()).as("the horizon passed them").isZero();
        assertStateHash();
    }

    @Test
    void shouldRefuseAClockThatIsEarlierThanTheLastRecordOrForAnotherGateway() {
        city.signIn("T1");
        final long last = city.engine.lastTimeMs();
        final long hash = city.hash();
        assertThat(acceptClock("GW1", last - 1)).isEqualTo(ActReason.VALUE_WRONG);
        assertThat(acceptClock("GW2", last + 1)).isEqualTo(ActReason.OTHER_GATEWAY);
        assertThat(city.engine.lastTimeMs()).isEqualTo(last);
        assertThat(city.hash()).isEqualTo(hash);
        assertThat(acceptClock("GW1", last)).as("the same time is no step back").isNull();
    }

    private ActReason acceptClock(final String gatewayId, final long acceptedMs) {
        city.command.setMemory(0, 512, (byte) 0);
        final AcceptClockEncoder accept = new AcceptClockEncoder()
                .wrapAndApplyHeader(city.command, 0, new MessageHeaderEncoder())
                .acceptedMs(acceptedMs);
        accept.header()
                .domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId(gatewayId)
                .actId("C1")
                .sentAtMs(acceptedMs);
        return apply(city.command, 0, MessageHeaderEncoder.ENCODED_LENGTH + accept.encodedLength() + 64);
    }

    @Test
    void shouldTellSessionsWhatTheStartPromised() {
        city.command.setMemory(0, 512, (byte) 0);
        final GatewayStartedEncoder started = new GatewayStartedEncoder()
                .wrapAndApplyHeader(city.command, 0, new MessageHeaderEncoder())
                .domainTag(ActDomainTag.GATEWAY_ACT)
                .durability(Durability.RECORD.value())
                .windowCount(7)
                .maxLines(33)
                .maxFrameLength(4_444)
                .heartbeatIntervalMs(1_500)
                .idleTimeoutMs(9_000);
        assertThat(apply(city.command, 0, MessageHeaderEncoder.ENCODED_LENGTH + started.encodedLength()))
                .isNull();
        assertThat(city.signIn("T4")).isZero();
        final SignInOutcomeDecoder terms = new SignInOutcomeDecoder()
                .wrapAndApplyHeader(city.outcome, 0, new io.settlegate.protocol.codec.MessageHeaderDecoder());
        assertThat(terms.durability()).isEqualTo(Durability.RECORD);
        assertThat(new long[] {
                    terms.windowCount(),
                    terms.maxLines(),
                    terms.maxFrameLength(),
                    terms.heartbeatIntervalMs(),
                    terms.idleTimeoutMs(),
                    terms.laneFirst(),
                    terms.laneCount()
                })
                .containsExactly(7, 33, 4_444, 1_500, 9_000, Limits.LANE_COUNT, Limits.LANE_COUNT);
        assertThat(terms.fixmedinsCode()).isEqualTo(EngineFixture.HOSPITAL);
        assertStateHash();
    }

    @Test
    void shouldNotPlayACapturedImportAgain() throws IOException {
        final List<byte[]> captured = new ArrayList<>();
        final ActSink capturing = (frame, offset, length) -> {
            final byte[] copy = new byte[length];
            frame.getBytes(offset, copy);
            captured.add(copy);
            assertThat(apply(frame, offset, length)).isNull();
        };
        load("terminals.csv", TERMINALS + terminal("T1", EngineFixture.HOSPITAL).replace(",1\n", ",0\n"), capturing);
        load("terminals.csv", TERMINALS + terminal("T1", EngineFixture.HOSPITAL), capturing);
        final long hash = city.hash();
        final List<ActReason> reasons = new ArrayList<>();
        for (final byte[] act : captured) {
            reasons.add(apply(new UnsafeBuffer(act), 0, act.length));
        }
        assertThat(reasons)
                .containsOnly(ActReason.ACT_REPEATED, ActReason.NO_IMPORT)
                .hasSize(6);
        assertThat(city.hash()).as("nothing is played twice").isEqualTo(hash);
    }

    @Test
    void shouldRefuseImportsThatNameWhatIsNotThere() throws IOException {
        refuses(ActReason.REFERENCE_UNKNOWN, "institutions.csv", INSTITUTIONS + "H32030000077,丁医院,999999,05,1\n");
        refuses(ActReason.REFERENCE_UNKNOWN, "terminals.csv", TERMINALS + terminal("T9", "H32030000077"));
        refuses(ActReason.REFERENCE_UNKNOWN, "persons.csv", PERSONS + person(500, 500, "999999"));
        refuses(
                ActReason.REFERENCE_UNKNOWN,
                "allocations.csv",
                ALLOCATIONS + "2026-02," + EngineFixture.psnNo(500) + ",1.00\n");
    }

    @Test
    void shouldRefuseImportsThatTakeWhatIsTaken() throws IOException {
        refuses(ActReason.BATCH_USED, "allocations.csv", ALLOCATIONS + "2026-01," + EngineFixture.psnNo(3) + ",1.00\n");
        refuses(ActReason.CERTIFICATE_TAKEN, "persons.csv", PERSONS + person(500, 3, "320300"));
        assertThat(city.balanceFen(3)).isEqualTo(3 * 3_700 + 25);
    }

    @Test
    void shouldRefuseTheTerminalForWhichNoLaneIsLeft() throws IOException {
        final StringBuilder rows = new StringBuilder(TERMINALS);
        for (int i = 3; i < Limits.LANES; i++) {
            rows.append(terminal("N" + i, EngineFixture.HOSPITAL));
        }
        refuses(ActReason.LANES_EXHAUSTED, "terminals.csv", rows + terminal("ONE-TOO-MANY", EngineFixture.HOSPITAL));
        assertThat(load("terminals.csv", rows.toString(), this::apply))
                .as("the last lane")
                .isNull();
        refuses(
                ActReason.LANES_EXHAUSTED,
                "terminals.csv",
                TERMINALS + terminal("ONE-TOO-MANY", EngineFixture.HOSPITAL));
        assertThat(load("terminals.csv", TERMINALS + terminal("T1", EngineFixture.HOSPITAL), this::apply))
                .as("who has a lane keeps it")
                .isNull();
    }

    @Test
    void shouldRefuseACommitThatDoesNotCountOrHashWhatCame() throws IOException {
        final String row = REGIONS + "320303,320300,云龙区\n";
        refuses(
                ActReason.DIGEST_DIFFERS,
                "regions.csv",
                row,
                tampering(ImportCommitDecoder.TEMPLATE_ID, ImportCommitDecoder.digestEncodingOffset()));
        refuses(
                ActReason.COUNT_DIFFERS,
                "regions.csv",
                row,
                tampering(ImportCommitDecoder.TEMPLATE_ID, ImportCommitDecoder.rowCountEncodingOffset()));
    }

    @Test
    void shouldRefuseChunksOutOfOrderAndWithoutAnImport() throws IOException {
        final String row = REGIONS + "320303,320300,云龙区\n";
        final int regions = city.engine.counts().regions();
        assertThat(load("regions.csv", row, (frame, offset, length) -> {
                    apply(frame, offset, length);
                    if (template(frame, offset) == RegionChunkDecoder.TEMPLATE_ID) {
                        apply(frame, offset, length);
                    }
                }))
                .isEqualTo(ActReason.CHUNK_OUT_OF_ORDER);
        assertThat(city.engine.counts().regions())
                .as("the chunk that came twice counts once")
                .isEqualTo(regions + 1);
        refuses(ActReason.NO_IMPORT, "regions.csv", row, (frame, offset, length) -> {
            if (template(frame, offset) != ImportBeginDecoder.TEMPLATE_ID) {
                apply(frame, offset, length);
            }
        });
    }

    @Test
    void shouldDropAnImportThatIsAbandoned() throws IOException {
        final int regions = city.engine.counts().regions();
        load("regions.csv", REGIONS + "320303,320300,云龙区\n", (frame, offset, length) -> {
            if (template(frame, offset) != ImportCommitDecoder.TEMPLATE_ID) {
                apply(frame, offset, length);
            }
        });
        assertStateHash();
        assertThat(load("regions.csv", REGIONS + "320305,320300,贾汪区\n", this::apply))
                .isNull();
        assertThat(city.engine.counts().regions())
                .as("only the second import's")
                .isEqualTo(regions + 1);
        assertStateHash();
    }

    @Test
    void shouldKeepTheKeyOfAKnownTerminalAndTakeItsRightButNotGiveItBack() throws IOException {
        final UnsafeBuffer sn = new UnsafeBuffer(new byte[Rows.TERMINAL_KEY]);
        sn.putStringWithoutLengthAscii(0, "T1");
        final int version = city.engine.terminalKeyVersion(sn, 0);
        final long hash = city.businessHash();
        final String key =
                Sm2PrivateKey.generate(new SecureRandom()).publicKey().toHex();
        final String row = "T1,M1," + EngineFixture.HOSPITAL + "," + key;
        assertThat(load("terminals.csv", TERMINALS + row + ",1\n", this::apply)).isNull();
        assertThat(city.engine.terminalKeyVersion(sn, 0)).as("the key stays").isEqualTo(version);
        assertThat(city.businessHash()).isEqualTo(hash);
        assertThat(load("terminals.csv", TERMINALS + row + ",0\n", this::apply)).isNull();
        assertThat(city.engine.terminalKeyVersion(sn, 0)).as("suspended").isZero();
        assertThat(load("terminals.csv", TERMINALS + row + ",1\n", this::apply)).isNull();
        assertThat(city.engine.terminalKeyVersion(sn, 0))
                .as("an older file does not bring it back")
                .isZero();
        assertStateHash();
    }

    @Test
    void shouldRefuseWhatPassesALimitAndChangeNothing() throws IOException {
        final TableLimits limits = new TableLimits(2, 3, 5, 100, 5, 1_000, 1, 2, 1, 1, 1L << 20, 10, 10);
        city = new EngineFixture(
                directory, new EngineParameters("GW1", "320300", 3, 300_000, 60_000, 36 * 3_600_000L, 11, 22, limits));
        refuses(ActReason.LIMIT, "regions.csv", REGIONS + "320303,320300,云龙区\n");
        refuses(ActReason.LIMIT, "persons.csv", PERSONS + person(500, 500, "320300"));
        final String first = city.nextMsgid(EngineFixture.HOSPITAL);
        assertThat(city.settle(first, 3, "11", 1, GOOD, encoder -> {})).isZero();
        assertThat(city.settle(city.nextMsgid(EngineFixture.HOSPITAL), 3, "11", 1, GOOD, encoder -> {}))
                .isZero();
        final long hash = city.hash();
        assertThat(city.settle(city.nextMsgid(EngineFixture.HOSPITAL), 3, "11", 1, GOOD, encoder -> {}))
                .isEqualTo(ResultCode.CAPACITY.code());
        assertThat(city.reverse(city.nextMsgid(EngineFixture.HOSPITAL), 3, first, "2102"))
                .isEqualTo(ResultCode.CAPACITY.code());
        assertThat(city.settle(first, 3, "11", 1, GOOD, encoder -> {}))
                .as("repeats need no room")
                .isZero();
        assertThat(city.hash()).as("nothing changed").isEqualTo(hash);
        assertStateHash();
    }

    private void refuses(final ActReason reason, final String file, final String content) throws IOException {
        refuses(reason, file, content, this::apply);
    }

    private void refuses(final ActReason reason, final String file, final String content, final ActSink sink)
            throws IOException {
        final long before = city.businessHash();
        final EngineCounts counts = city.engine.counts();
        assertThat(load(file, content, sink)).isEqualTo(reason);
        assertThat(city.businessHash()).isEqualTo(before);
        assertThat(city.engine.counts()).isEqualTo(counts);
        assertThat(city.engine.ledgerSumFen()).isZero();
        assertStateHash();
    }

    /** Imports one file. @return why the first refused act was refused; null if none was. */
    private ActReason load(final String file, final String content, final ActSink sink) throws IOException {
        importNumber++;
        final Path files = Files.createDirectory(directory.resolve("import-" + importNumber));
        Files.writeString(files.resolve(file), content);
        refusal = null;
        final var report = new ImportFiles(files)
                .load(new ImportActs(
                        sink, EngineFixture.SIGNER, "GW1", "import-" + importNumber, EngineFixture.clock(city.nowMs)));
        assertThat(report.isGood()).as(report.toString()).isTrue();
        return refusal;
    }

    private ActReason apply(final DirectBuffer frame, final int offset, final int length) {
        city.apply(frame, offset, length);
        if (city.template() != ActRefusedDecoder.TEMPLATE_ID) {
            return null;
        }
        final ActReason reason = new ActRefusedDecoder()
                .wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder())
                .reason();
        refusal = refusal == null ? reason : refusal;
        return reason;
    }

    /** Changes one byte of the body of one kind of act. */
    private ActSink tampering(final int templateId, final int bodyOffset) {
        return (frame, offset, length) -> {
            final UnsafeBuffer changed = new UnsafeBuffer(new byte[length]);
            changed.putBytes(0, frame, offset, length);
            if (template(frame, offset) == templateId) {
                final int at = MessageHeaderDecoder.ENCODED_LENGTH + bodyOffset;
                changed.putByte(at, (byte) (changed.getByte(at) ^ 1));
            }
            apply(changed, 0, length);
        };
    }

    private static int template(final DirectBuffer frame, final int offset) {
        return new MessageHeaderDecoder().wrap(frame, offset).templateId();
    }

    private static String terminal(final String sn, final String institution) {
        return sn + ",M1," + institution + ","
                + EngineFixture.SIGNER.publicKey().toHex() + ",1\n";
    }

    private static String person(final int number, final int certificate, final String admdvs) {
        return EngineFixture.psnNo(number) + ",乙,01," + EngineFixture.certno(certificate) + ",310,1101," + admdvs
                + ",1\n";
    }

    private void assertStateHash() {
        assertThat(city.engine.recomputeStateHashHigh()).isEqualTo(city.engine.stateHashHigh());
        assertThat(city.engine.recomputeStateHashLow()).isEqualTo(city.engine.stateHashLow());
    }
}
