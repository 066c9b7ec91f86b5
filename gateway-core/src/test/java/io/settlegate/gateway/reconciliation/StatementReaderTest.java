package io.settlegate.gateway.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementReaderTest {
    private static final String HEADER =
            "setl_id,mdtrt_id,psn_no,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag,msgid\n";
    private static final String PERSON = "32030000000000000001";

    @TempDir
    private Path directory;

    private List<Row> read(final String text, final Refunds refunds) throws IOException {
        final Path file = directory.resolve("hospital.csv");
        Files.writeString(file, text);
        final List<Row> rows = new ArrayList<>();
        new StatementReader(file, Book.HOSPITAL, refunds).read(rows::add);
        return rows;
    }

    @Test
    void shouldReadCsvByItsHeader() throws IOException {
        final List<Row> rows = read(
                "\uFEFFpsn_no,\"setl_id\",name,mdtrt_id,medfee_sumamt,fund_pay_sumamt,acct_pay,refd_setl_flag\r\n"
                        + PERSON + ",S1,\"a, \"\"b\"\"\",M1,12.5,3,0.07,0\r\n\r\n" + PERSON
                        + ",S2,x,,-12.50,-3.00,0,1\r\n",
                Refunds.IN);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).setlId()).isEqualTo("S1");
        assertThat(rows.get(0).mdtrtId()).isEqualTo("M1");
        assertThat(rows.get(0).medfeeFen()).isEqualTo(1250);
        assertThat(rows.get(0).fundFen()).isEqualTo(300);
        assertThat(rows.get(0).acctFen()).isEqualTo(7);
        assertThat(rows.get(0).line()).isEqualTo(2);
        assertThat(rows.get(1).isRefund()).isTrue();
        assertThat(rows.get(1).medfeeFen()).isEqualTo(-1250);
        assertThat(rows.get(1).line()).isEqualTo(4);
    }

    @Test
    void shouldReadTabsWithAndWithoutHeader() throws IOException {
        final String row = "S1\t\t" + PERSON + "\t1\t0\t0.5\t0\n";
        assertThat(read(row, Refunds.OUT)).hasSize(1);
        assertThat(read(HEADER.replace(',', '\t') + row.strip() + "\tMSG\n", Refunds.OUT)
                        .get(0)
                        .msgid())
                .isEqualTo("MSG");
    }

    @Test
    void shouldRefuseMaskedPersons() {
        assertThatThrownBy(() -> read(HEADER + "S1,,320***********0001,1,0,0.5,0,\n", Refunds.IN))
                .isInstanceOf(BadStatementException.class)
                .hasMessageContaining("psn_no")
                .hasMessageContaining("--unmask");
    }

    @Test
    void shouldNameEachFaultWithItsLineAndColumn() {
        assertThatThrownBy(() -> read(
                        HEADER + "S1,," + PERSON + ",1.005,1,0,0,\n" + ",," + PERSON + ",1,1,0,0,\n" + "S3,,,1,1,0,0,\n"
                                + "S4,," + PERSON + ",-1,1,0,2,\n" + "S5,," + PERSON + ",1,1,0,1,\n" + "S6,1\n"
                                + "S7,," + PERSON + ",1e5,,0,0,结\n",
                        Refunds.IN))
                .isInstanceOf(BadStatementException.class)
                .hasMessageContaining("hospital.csv: 11 faults; nothing was compared")
                .hasMessageContaining("line 2, medfee_sumamt: is no amount; write yuan with at most two decimals")
                .hasMessageContaining("line 3, setl_id: is empty, and so is msgid")
                .hasMessageContaining("line 4, psn_no: is empty")
                .hasMessageContaining("line 5, refd_setl_flag: is neither 0 nor 1")
                .hasMessageContaining("line 5, medfee_sumamt: of a settlement is negative")
                .hasMessageContaining("line 6, fund_pay_sumamt: of a refund is positive")
                .hasMessageContaining("line 7, row: has 2 cells")
                .hasMessageContaining("line 8, msgid: holds a character")
                .hasMessageContaining("line 8, fund_pay_sumamt: is empty")
                .hasMessageNotContaining(PERSON);
    }

    @Test
    void shouldRefuseRefundsWhereTheyAreOut() {
        assertThatThrownBy(() -> read(HEADER + "S1,," + PERSON + ",-1,0,0,1,\n", Refunds.OUT))
                .hasMessageContaining("line 2, refd_setl_flag: is 1, and refunds are out");
    }

    @Test
    void shouldRefuseAHeaderThatNamesTooLittle() {
        assertThatThrownBy(() -> read("setl_id,psn_no\nS1,1\n", Refunds.IN))
                .hasMessageContaining("line 1, header: column mdtrt_id is missing");
        assertThatThrownBy(() -> read("setl_id," + HEADER, Refunds.IN))
                .hasMessageContaining("column setl_id stands twice");
        assertThatThrownBy(() -> read("S1,," + PERSON + ",1,1,0,0,\n", Refunds.IN))
                .hasMessageContaining("the first line names no setl_id");
        assertThatThrownBy(() -> read("", Refunds.IN)).hasMessageContaining("the file is empty");
    }

    @Test
    void shouldHoldFewOfManyFaults() {
        assertThatThrownBy(() -> read(HEADER + "S1,,,1,1,0,0,\n".repeat(1_000), Refunds.IN))
                .hasMessageContaining("1000 faults")
                .hasMessageContaining("and 980 more")
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(22));
    }

    @Test
    void shouldRefuseAQuoteThatDoesNotEnd() {
        assertThatThrownBy(() -> read(HEADER + "\"S1,,x,1,1,0,0,\n" + "S2,,x,1,1,0,0,\n".repeat(1_000), Refunds.IN))
                .isInstanceOf(BadStatementException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("mend the quotes");
    }

    @Test
    void shouldKnowAmounts() {
        assertThat(StatementReader.fenOf("0")).isZero();
        assertThat(StatementReader.fenOf("-0.01")).isEqualTo(-1);
        assertThat(StatementReader.fenOf("1.2")).isEqualTo(120);
        assertThat(StatementReader.fenOf("9999999999999.99")).isEqualTo(999_999_999_999_999L);
        for (final String bad :
                List.of("", "-", ".5", "1.", "1.234", "+1", "1,0", "12345678901234", "１", "--1", "1.-1")) {
            assertThat(StatementReader.fenOf(bad)).as(bad).isEqualTo(Long.MIN_VALUE);
        }
    }
}
