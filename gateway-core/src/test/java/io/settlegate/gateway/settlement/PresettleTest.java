package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.MessageHeaderEncoder;
import io.settlegate.protocol.codec.OutcomeHeaderDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleDecoder;
import io.settlegate.protocol.codec.PharmacyPresettleOutcomeDecoder;
import io.settlegate.protocol.codec.PharmacySettleDecoder;
import io.settlegate.protocol.codec.PharmacySettleOutcomeDecoder;
import io.settlegate.protocol.codec.RepeatOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 2101 says what 2102 would, and books nothing. */
@Timeout(60)
final class PresettleTest {
    private static final int OUTCOME_BODY = MessageHeaderEncoder.ENCODED_LENGTH;

    @TempDir
    private Path directory;

    private EngineFixture shown;
    private EngineFixture booked;

    @BeforeEach
    void open() throws IOException {
        shown = new EngineFixture(directory);
        booked = new EngineFixture(directory);
    }

    @Test
    void shouldAnswerByteForByteAsTheSettlementOfTheSameMomentWould() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            final String which = "seed " + seed + ", round " + round;
            final int person = random.nextInt(100);
            final boolean pharmacy = random.nextInt(4) == 0;
            final int account = random.nextInt(2);
            final List<Line> lines = new ArrayList<>();
            for (int i = random.nextInt(12) == 0 ? 1 : 0; i <= random.nextInt(6); i++) {
                final String item = random.nextInt(40) == 0 ? "XX99" : EngineFixture.ITEMS[random.nextInt(5)];
                lines.add(Line.of(i, item, 1L + random.nextInt(50_000), 1L + random.nextInt(90_000_000)));
            }
            final String msgid = shown.nextMsgid(pharmacy ? EngineFixture.PHARMACY : EngineFixture.HOSPITAL);
            final String medType = pharmacy ? "41" : "11";
            final long hash = shown.businessHash();
            final int code = shown.presettle(msgid, person, medType, account, lines, encoder -> {});
            assertThat(shown.businessHash()).as(which).isEqualTo(hash);
            assertThat(booked.settle(msgid, person, medType, account, lines, encoder -> {}))
                    .as(which)
                    .isEqualTo(code);
            assertThat(comparable(shown)).as(which).isEqualTo(comparable(booked));
            // The two engines walk on together.
            final String second = shown.nextMsgid(pharmacy ? EngineFixture.PHARMACY : EngineFixture.HOSPITAL);
            shown.settle(second, person, medType, account, lines, encoder -> {});
            booked.presettle(second, person, medType, account, lines, encoder -> {});
        }
        assertThat(shown.businessHash()).as("seed " + seed).isEqualTo(booked.businessHash());
        assertThat(shown.engine.ledgerSumFen()).isZero();
        assertThat(shown.engine.recomputeStateHashHigh()).isEqualTo(shown.engine.stateHashHigh());
    }

    /** The outcome without template, infno, and setl_id. */
    private static byte[] comparable(final EngineFixture city) {
        final byte[] bytes = new byte[city.outcomeLength];
        city.outcome.getBytes(0, bytes);
        bytes[2] = 0;
        bytes[3] = 0;
        clear(bytes, OUTCOME_BODY + OutcomeHeaderDecoder.infnoEncodingOffset(), 6);
        if (new OutcomeHeaderDecoder().wrap(city.outcome, OUTCOME_BODY).code() == ResultCode.OK.code()) {
            clear(bytes, OUTCOME_BODY + PharmacySettleOutcomeDecoder.setlIdEncodingOffset(), 30);
        }
        return bytes;
    }

    private static void clear(final byte[] bytes, final int offset, final int length) {
        java.util.Arrays.fill(bytes, offset, offset + length, (byte) 0);
    }

    @Test
    void shouldNameItselfAndGiveNoSettlId() {
        final List<Line> lines = List.of(Line.of(1, "XA01", 10_000, 12_340_000));
        final String msgid = shown.nextMsgid(EngineFixture.HOSPITAL);
        assertThat(shown.presettle(msgid, 3, "11", 1, lines, encoder -> {})).isZero();
        final PharmacyPresettleOutcomeDecoder outcome =
                new PharmacyPresettleOutcomeDecoder().wrapAndApplyHeader(shown.outcome, 0, new MessageHeaderDecoder());
        assertThat(outcome.header().infno()).isEqualTo("2101");
        assertThat(outcome.header().msgid()).isEqualTo(msgid);
        assertThat(outcome.setlId()).isEmpty();
        assertThat(outcome.medfeeSumamtFen()).isEqualTo(1_234);
        assertThat(outcome.detlcutinfo().count()).isEqualTo(1);
        shown.presettle(msgid, 3, "11", 1, lines, encoder -> {});
        assertThat(shown.template()).as("it binds its msgid").isEqualTo(RepeatOutcomeDecoder.TEMPLATE_ID);
        assertThat(shown.settle(msgid, 3, "11", 1, lines, encoder -> {}))
                .as("which settles nothing")
                .isEqualTo(ResultCode.REPEAT_DIFFERS.code());
        assertThat(shown.reverse(shown.nextMsgid(EngineFixture.HOSPITAL), 3, msgid, "2102"))
                .isEqualTo(ResultCode.REVERSAL_MISMATCH.code());
        assertThat(shown.reverse(shown.nextMsgid(EngineFixture.HOSPITAL), 3, msgid, "2101"))
                .isEqualTo(ResultCode.NOT_REVERSIBLE.code());
    }

    @Test
    void shouldHaveTheFieldsOfASettlement() {
        assertThat(new int[] {
                    PharmacyPresettleDecoder.BLOCK_LENGTH,
                    PharmacyPresettleDecoder.psnNoEncodingOffset(),
                    PharmacyPresettleDecoder.acctUsedFlagEncodingOffset(),
                    PharmacyPresettleDecoder.DrugdetailDecoder.sbeBlockLength(),
                    PharmacyPresettleOutcomeDecoder.BLOCK_LENGTH,
                    PharmacyPresettleOutcomeDecoder.setlIdEncodingOffset(),
                    PharmacyPresettleOutcomeDecoder.balcFenEncodingOffset(),
                    PharmacyPresettleOutcomeDecoder.DetlcutinfoDecoder.sbeBlockLength()
                })
                .containsExactly(
                        PharmacySettleDecoder.BLOCK_LENGTH,
                        PharmacySettleDecoder.psnNoEncodingOffset(),
                        PharmacySettleDecoder.acctUsedFlagEncodingOffset(),
                        PharmacySettleDecoder.DrugdetailDecoder.sbeBlockLength(),
                        PharmacySettleOutcomeDecoder.BLOCK_LENGTH,
                        PharmacySettleOutcomeDecoder.setlIdEncodingOffset(),
                        PharmacySettleOutcomeDecoder.balcFenEncodingOffset(),
                        PharmacySettleOutcomeDecoder.DetlcutinfoDecoder.sbeBlockLength());
    }
}
