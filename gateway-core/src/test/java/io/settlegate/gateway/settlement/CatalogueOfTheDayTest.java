package io.settlegate.gateway.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.settlement.EngineFixture.Line;
import io.settlegate.protocol.ResultCode;
import io.settlegate.protocol.codec.MessageHeaderDecoder;
import io.settlegate.protocol.codec.RefusedOutcomeDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bill is split by the catalogue of the place and day of treatment. The engine's now is 2026-11-20 10:00. */
@Timeout(60)
final class CatalogueOfTheDayTest {
    private static final String TERMS =
            "med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag\n";
    private static final String CATALOGUE =
            "med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate\n";
    private static final long TODAY_MS = EngineFixture.NOW_MS - 3_600_000;
    private static final long LAST_NIGHT_MS = BusinessTime.startOf(2026, 11, 20) - 1;
    private static final int RXNO_LENGTH = 30;
    private static final int SIGNATURE_LENGTH = 64;

    @TempDir
    private Path directory;

    private EngineFixture city;
    private CityImports imports;

    @BeforeEach
    void open() throws IOException {
        city = new EngineFixture(Files.createDirectory(directory.resolve("city")));
        imports = new CityImports(city, directory);
    }

    private void splits(
            final String institution,
            final long begntimeMs,
            final String chrgitmLv,
            final long ceilingFen,
            final long preselfpayFen,
            final long inscpFen) {
        final String medType = institution.startsWith("P") ? "41" : "11";
        final int code = city.settle(
                city.nextMsgid(institution),
                0,
                medType,
                0,
                List.of(Line.of(1, "XD01C", 10_000, 20_000_000)),
                encoder -> encoder.begntimeMs(begntimeMs));
        assertThat(code).isZero();
        final var outcome = city.settled();
        assertThat(outcome.preselfpayAmtFen()).isEqualTo(preselfpayFen);
        assertThat(outcome.inscpScpAmtFen()).isEqualTo(inscpFen);
        final var line = outcome.detlcutinfo().next();
        assertThat(line.chrgitmLv()).isEqualTo(chrgitmLv);
        assertThat(line.pricUplmtAmtE6()).isEqualTo(ceilingFen * 10_000);
        assertThat(line.preselfpayAmtFen()).isEqualTo(preselfpayFen);
        assertThat(line.inscpScpAmtFen()).isEqualTo(inscpFen);
    }

    @Test
    void shouldSplitByTheTermsOfThePlaceOnTheDayOfThePurchase() throws IOException {
        splits(EngineFixture.HOSPITAL, TODAY_MS, "01", 1_050, 0, 1_050);
        assertThat(imports.load(
                        "item_terms.csv",
                        TERMS + "XD01C,320300,2026-11-20,,02,0.1,15,0\n" + "XD01C,320302,2026-11-20,,01,0,18,1\n"
                                + "XD01C,000000,2026-11-19,2026-11-20,01,0,12,0\n"))
                .isNull();
        splits(EngineFixture.HOSPITAL, TODAY_MS, "02", 1_500, 150, 1_350);
        splits(EngineFixture.HOSPITAL, LAST_NIGHT_MS, "01", 1_200, 0, 1_200);
        // The pharmacy is in 320302, a county with terms of its own, and of the pooling region 320300.
        splits(EngineFixture.PHARMACY, TODAY_MS, "01", 1_800, 0, 1_800);
        splits(EngineFixture.PHARMACY, LAST_NIGHT_MS, "01", 1_200, 0, 1_200);
        assertThat(imports.load("item_terms.csv", TERMS + "XD01C,320302,2026-11-20,2026-11-20,01,0,18,1\n"))
                .isNull();
        splits(EngineFixture.PHARMACY, TODAY_MS, "02", 1_500, 150, 1_350);
        imports.assertWhole();
    }

    @Test
    void shouldNotKnowAnItemBeforeAndAfterItsDays() throws IOException {
        assertThat(imports.load("catalogue.csv", CATALOGUE + "XA01,甲药,01,0,0,1,0,2026-11-20,2026-11-21\n"))
                .isNull();
        assertThat(settle("XA01", TODAY_MS, "")).isZero();
        assertThat(settle("XA01", LAST_NIGHT_MS, "")).isEqualTo(ResultCode.ITEM_UNKNOWN.code());
        assertThat(imports.load("catalogue.csv", CATALOGUE + "XA01,甲药,01,0,0,1,0,,2026-11-20\n"))
                .isNull();
        assertThat(settle("XA01", TODAY_MS, "")).isEqualTo(ResultCode.ITEM_UNKNOWN.code());
        assertThat(settle("XA01", LAST_NIGHT_MS, "")).isZero();
    }

    @Test
    void shouldWantAPrescriptionNumberWhereTheItemNeedsOne() throws IOException {
        assertThat(imports.load("catalogue.csv", CATALOGUE + "XA01,甲药,01,0,0,0,1,,\nXB02,乙药,02,0.05,0,,,,\n"))
                .isNull();
        final long balance = city.balanceFen(0);
        assertThat(settle("XA01", TODAY_MS, "")).isEqualTo(ResultCode.RX_REQUIRED.code());
        assertThat(city.balanceFen(0)).isEqualTo(balance);
        assertThat(settle("XA01", TODAY_MS, "RX-7")).isZero();
        assertThat(settle("XB02", TODAY_MS, "")).isZero();
        final List<Line> both = List.of(Line.of(1, "XA01", 10_000, 10_000_000), Line.of(2, "NONE", 10_000, 10_000_000));
        final int code = city.settle(
                city.nextMsgid(EngineFixture.HOSPITAL), 0, "11", 0, both, encoder -> encoder.begntimeMs(TODAY_MS));
        assertThat(code).as("an unknown item comes first").isEqualTo(ResultCode.ITEM_UNKNOWN.code());
    }

    private int settle(final String item, final long begntimeMs, final String rxno) {
        final int length = city.settleFrame(
                city.nextMsgid(EngineFixture.HOSPITAL),
                0,
                "11",
                0,
                List.of(Line.of(1, item, 10_000, 10_000_000)),
                encoder -> encoder.begntimeMs(begntimeMs));
        Fields.putText(city.command, length - SIGNATURE_LENGTH - RXNO_LENGTH, RXNO_LENGTH, rxno);
        final int code = city.send(length);
        if (code != 0) {
            final RefusedOutcomeDecoder refused =
                    new RefusedOutcomeDecoder().wrapAndApplyHeader(city.outcome, 0, new MessageHeaderDecoder());
            assertThat(refused.lineIndex()).isZero();
        }
        return code;
    }
}
