package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.codec.ActDomainTag;
import io.settlegate.gateway.settlement.codec.ActHeaderEncoder;
import io.settlegate.gateway.settlement.codec.ActOutcomeDecoder;
import io.settlegate.gateway.settlement.codec.ActReason;
import io.settlegate.gateway.settlement.codec.ActRefusedDecoder;
import io.settlegate.gateway.settlement.codec.EntitlementChunkEncoder;
import io.settlegate.gateway.settlement.codec.ImportBeginEncoder;
import io.settlegate.gateway.settlement.codec.ImportCommitEncoder;
import io.settlegate.gateway.settlement.codec.ItemTermsChunkEncoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderDecoder;
import io.settlegate.gateway.settlement.codec.MessageHeaderEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine refuses of rows that no file's check has seen. */
@Timeout(60)
final class HandMadeRowsTest {
    private static final int OPEN = Integer.MAX_VALUE;

    @TempDir
    private Path directory;

    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private EngineFixture city;
    private String importId;
    private int actNumber;
    private int refusedRow;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(directory);
    }

    private void header(final ActHeaderEncoder header) {
        actNumber++;
        header.domainTag(ActDomainTag.OPERATOR_ACT)
                .gatewayId("GW1")
                .actId("hand-" + actNumber)
                .sentAtMs(city.nowMs);
    }

    private ActReason terms(final int count, final Consumer<ItemTermsChunkEncoder.RowsEncoder> rows)
            throws NoSuchAlgorithmException {
        begin();
        final ItemTermsChunkEncoder chunk =
                new ItemTermsChunkEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(chunk.header());
        rows.accept(chunk.importId(importId).chunkIndex(0).rowsCount(count));
        return commit(8 + chunk.encodedLength(), count);
    }

    /** One entitlement, whose kind may be none. */
    private ActReason entitlement(final int kind, final String code, final int begnDay, final int endDay)
            throws NoSuchAlgorithmException {
        begin();
        final EntitlementChunkEncoder chunk =
                new EntitlementChunkEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(chunk.header());
        final int row = 8 + EntitlementChunkEncoder.BLOCK_LENGTH + EntitlementChunkEncoder.RowsEncoder.sbeHeaderSize();
        chunk.importId(importId)
                .chunkIndex(0)
                .rowsCount(1)
                .next()
                .psnNo(EngineFixture.psnNo(0))
                .entitlementCode(code)
                .begnDay(begnDay)
                .endDay(endDay);
        city.command.putByte(row + EntitlementChunkEncoder.RowsEncoder.kindEncodingOffset(), (byte) kind);
        return commit(8 + chunk.encodedLength(), 1);
    }

    private void begin() {
        city.command.setMemory(0, 4_096, (byte) 0);
        final ImportBeginEncoder begin = new ImportBeginEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        importId = "hand-made-" + actNumber;
        header(begin.header());
        begin.importId(importId);
        assertThat(apply(8 + begin.encodedLength())).isNull();
        city.command.setMemory(0, 4_096, (byte) 0);
    }

    private ActReason commit(final int chunkLength, final int count) throws NoSuchAlgorithmException {
        final byte[] chunk = new byte[chunkLength];
        city.command.getBytes(0, chunk);
        assertThat(apply(chunkLength)).isNull();
        city.command.setMemory(0, 4_096, (byte) 0);
        final ImportCommitEncoder commit = new ImportCommitEncoder().wrapAndApplyHeader(city.command, 0, messageHeader);
        header(commit.header());
        final byte[] digest = MessageDigest.getInstance("SHA-256").digest(chunk);
        commit.importId(importId).rowCount(count).putDigest(digest, 0, digest.length);
        final long hash = city.businessHash();
        final ActReason reason = apply(8 + commit.encodedLength());
        assertThat(city.businessHash() == hash).as("a refusal changes nothing").isEqualTo(reason != null);
        return reason;
    }

    private ActReason apply(final int length) {
        city.apply(length + 64);
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        if (city.template() == ActOutcomeDecoder.TEMPLATE_ID) {
            return null;
        }
        final ActRefusedDecoder refused = new ActRefusedDecoder().wrapAndApplyHeader(city.outcome, 0, header);
        refusedRow = refused.rowIndex();
        return refused.reason();
    }

    private static void row(
            final ItemTermsChunkEncoder.RowsEncoder group,
            final String admdvs,
            final int begnDay,
            final int endDay,
            final String chrgitmLv) {
        group.next()
                .medListCodg("XA01")
                .admdvs(admdvs)
                .begnDay(begnDay)
                .endDay(endDay)
                .chrgitmLv(chrgitmLv)
                .selfpayPropE4(0)
                .pricUplmtAmtE6(0)
                .basMednFlag((short) 0);
    }

    @Test
    void shouldRefuseTermsThatOverlapOrComeTwiceInOneImport() throws NoSuchAlgorithmException {
        assertThat(terms(3, group -> {
                    row(group, "320300", 10, 20, "01");
                    row(group, "320302", 15, 25, "01");
                    row(group, "320300", 19, 30, "01");
                }))
                .isEqualTo(ActReason.OVERLAPS);
        assertThat(refusedRow).isEqualTo(2);
        assertThat(terms(3, group -> {
                    row(group, "320300", 19, 30, "01");
                    row(group, "320300", 40, OPEN, "01");
                    row(group, "320300", 10, 20, "01");
                }))
                .isEqualTo(ActReason.OVERLAPS);
        assertThat(refusedRow).isEqualTo(2);
        assertThat(terms(2, group -> {
                    row(group, "320300", 10, 20, "01");
                    row(group, "320300", 10, 30, "01");
                }))
                .isEqualTo(ActReason.KEY_REPEATED);
        assertThat(refusedRow).isEqualTo(1);
        assertThat(terms(3, group -> {
                    row(group, "320300", 20, 30, "01");
                    row(group, "320300", 10, 20, "03");
                    row(group, "320300", 15, 15, "02");
                }))
                .isNull();
    }

    @Test
    void shouldRefuseTermsWhoseValuesNoBillCanBeSplitBy() throws NoSuchAlgorithmException {
        wrongTerms("32030x", 10, 20, "01");
        wrongTerms("320300", 20, 19, "01");
        wrongTerms("320300", -1, 19, "01");
        wrongTerms("320300", 10, 20, "04");
        wrongTerms("320300", 10, 20, "1");
        assertThat(terms(1, group -> {
                    row(group, "320300", 10, 20, "02");
                    group.selfpayPropE4(10_001);
                }))
                .isEqualTo(ActReason.VALUE_WRONG);
        assertThat(terms(1, group -> {
                    row(group, "320300", 10, 20, "02");
                    group.pricUplmtAmtE6(-1);
                }))
                .isEqualTo(ActReason.VALUE_WRONG);
        assertThat(terms(1, group -> {
                    row(group, "320300", 10, 20, "02");
                    group.basMednFlag((short) 2);
                }))
                .isEqualTo(ActReason.VALUE_WRONG);
    }

    private void wrongTerms(final String admdvs, final int begnDay, final int endDay, final String chrgitmLv)
            throws NoSuchAlgorithmException {
        assertThat(terms(1, group -> row(group, admdvs, begnDay, endDay, chrgitmLv)))
                .isEqualTo(ActReason.VALUE_WRONG);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "10, ''",
        "-1, ''",
        "1, none",
        "1, ''",
        "2, x",
        "3, x",
        "4, x",
        "5, ''",
        "6, 32030",
        "6, 3203000",
        "7, ''",
        "8, x",
        "9, 19561331",
        "9, 19560100",
        "9, 195601011",
        "9, ''"
    })
    void shouldRefuseAnEntitlementWhoseKindHasNoSuchCode(final int kind, final String code)
            throws NoSuchAlgorithmException {
        assertThat(entitlement(kind, code, 10, 20)).isEqualTo(ActReason.VALUE_WRONG);
    }

    @ParameterizedTest
    @CsvSource({
        "1, high_expense",
        "2, ''",
        "3, ''",
        "4, ''",
        "5, M01600",
        "6, 320300",
        "7, 110000",
        "8, ''",
        "9, 19561231"
    })
    void shouldTakeAnEntitlementWithItsCodeUnlessItEndsBeforeItBegins(final int kind, final String code)
            throws NoSuchAlgorithmException {
        assertThat(entitlement(kind, code, 10, 9)).isEqualTo(ActReason.VALUE_WRONG);
        assertThat(entitlement(kind, code, -1, 9)).isEqualTo(ActReason.VALUE_WRONG);
        assertThat(entitlement(kind, code, 10, 10)).isNull();
        assertThat(entitlement(kind, code, 10, OPEN)).isNull();
    }
}
