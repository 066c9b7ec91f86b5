package io.settlegate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.settlegate.gateway.BusyCity.Result;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The settlement list of a stay among other work, masked, in clear, and after it was undone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SettlementListTest {
    private static final int PERSON = 2;

    @TempDir
    private Path directory;

    private ClearingTown town;
    private ClearingTown.Booked stay;

    @BeforeAll
    void live(@TempDir final Path temporary) throws IOException {
        town = new ClearingTown(temporary, 11);
        town.work(20);
        town.stay(PERSON);
        stay = town.book.get(town.book.size() - 1);
        town.work(20);
    }

    @AfterAll
    void stop() {
        town.close();
    }

    private Result list(final String... options) {
        final List<String> line = new ArrayList<>(
                List.of("clearing", "list", "--data", town.city.data().toString()));
        line.addAll(List.of(options));
        return BusyCity.run(line.toArray(String[]::new));
    }

    private JsonNode listed(final String... options) throws IOException {
        final Result result = list(options);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    @Test
    void shouldSayWhatTheSettlementSaid() throws IOException {
        final JsonNode list = listed(stay.setlId());
        assertThat(list.at("/setlinfo/setl_id").asText()).isEqualTo(town.staySetlId);
        assertThat(list.at("/setlinfo/mdtrt_id").asText()).isEqualTo(town.stayMdtrtId);
        assertThat(list.at("/setlinfo/fixmedins_name").asText()).isEqualTo(ClearingTown.HOSPITAL_NAME);
        assertThat(list.at("/setlinfo/dscg_way").asText()).isEqualTo("1");
        for (final Map.Entry<String, Long> amount : stay.amounts().entrySet()) {
            assertThat(new BigDecimal(
                            list.at("/settlegate/amounts/" + amount.getKey()).asText()))
                    .as(amount.getKey())
                    .isEqualByComparingTo(BigDecimal.valueOf(amount.getValue(), 2));
        }
        assertThat(list.at("/settlegate/checks"))
                .allSatisfy(holds -> assertThat(holds.asBoolean()).isTrue());
        assertThat(list.at("/settlegate/stands").asBoolean()).isTrue();
    }

    @Test
    void shouldGroupTheLinesByKindAndClass() throws IOException {
        final JsonNode list = listed(stay.setlId());
        assertThat(list.at("/settlegate/feedetail")).hasSize(4);
        final JsonNode items = list.get("iteminfo");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).get("med_chrgitm").asText()).isEqualTo("09");
        assertThat(items.get(0).get("claa_sumfee").asText())
                .as("403 units of 12.50")
                .isEqualTo("5037.50");
        assertThat(items.get(0).get("clab_amt").asText()).isEqualTo("250.00");
        assertThat(items.get(1).get("med_chrgitm").asText()).isEqualTo("11");
        assertThat(items.get(1).get("fulamt_ownpay_amt").asText()).isEqualTo("87.50");
        assertThat(list.get("payinfo")).hasSize(1);
        assertThat(list.at("/payinfo/0/fund_pay_type").asText()).isEqualTo("310100");
    }

    @Test
    void shouldFindItByItsStay() throws IOException {
        assertThat(listed("--mdtrt-id", town.stayMdtrtId)).isEqualTo(listed(stay.setlId()));
    }

    @Test
    void shouldNameNobodyUnlessAsked() throws IOException {
        final Path out = directory.resolve("masked");
        assertThat(list(stay.setlId(), "--out", out.toString()).exitCode()).isZero();
        final String page = Files.readString(directory.resolve("masked.html"));
        final String document = Files.readString(directory.resolve("masked.json"));
        for (final String text : List.of(page, document)) {
            assertThat(text)
                    .doesNotContain(SmallCity.psnNo(PERSON))
                    .doesNotContain(SmallCity.certno(PERSON))
                    .doesNotContain("Person" + PERSON)
                    .doesNotContain("IPT-" + PERSON)
                    .doesNotContain("I10.x00");
        }
        assertThat(page).contains("医疗保障基金结算清单").contains("脱敏").doesNotContain("{{");
        assertThat(list(stay.setlId(), "--out", out.toString()).err()).contains("is there already");
    }

    @Test
    void shouldRefuseWhatIsNoInpatientSettlement() {
        final Result other = list(town.book.get(0).setlId());
        assertThat(other.exitCode()).isEqualTo(Settlegate.FAILED);
        assertThat(other.err()).contains("is no inpatient settlement").doesNotContain("\tat ");
        assertThat(list("320300202601010000000099999999").err()).contains("there is no durable record");
        assertThat(list("12").exitCode()).isEqualTo(2);
        assertThat(list().exitCode()).isEqualTo(2);
    }
}
