package io.settlegate.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.protocol.crypto.Sm2PrivateKey;
import io.settlegate.protocol.crypto.Sm2Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class ImportFilesTest {
    private static final String PERSONS =
            "psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas\n";

    @TempDir
    private Path directory;

    private final AtomicInteger frames = new AtomicInteger();

    private ImportReport load() throws IOException {
        final Sm2Signer signer = new Sm2Signer(Sm2PrivateKey.generate(new SecureRandom()), new SecureRandom());
        return new ImportFiles(directory)
                .load(new ImportActs(
                        (frame, offset, length) -> frames.incrementAndGet(), signer, "GW1", "one", Clock.systemUTC()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "regions.csv|admdvs,poolarea,name|320300,32030,x|poolarea",
                "institutions.csv|fixmedins_code,fixmedins_name,admdvs,hosp_lv,status|X32030000001,a,320300,01,1|fixmedins_code",
                "institutions.csv|fixmedins_code,fixmedins_name,admdvs,hosp_lv,status|H32030000001,a,320300,12,1|hosp_lv",
                "terminals.csv|sn,model,fixmedins_code,public_key,status|T1,M,H32030000001,0400,1|public_key",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt|X1,a,02,1.1,0|selfpay_prop",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt|X1,a,02,0.12345,0|selfpay_prop",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt|X1,a,01,0,1.1234567|pric_uplmt_amt",
                "allocations.csv|batch_id,psn_no,amount|B1,1,1.001|amount",
                "allocations.csv|batch_id,psn_no,amount|B1,1,-1|amount",
                "allocations.csv|batch_id,psn_no,amount|B1,1|-",
                "terminals.csv|sn,model,fixmedins_code,public_key,status|T1,M,H32030000001,04|-",
                "vouchers.csv|ec_token,psn_no,expires|T 1,1,2026-01-01T00:00:00+08:00|ec_token",
                "vouchers.csv|ec_token,psn_no,expires|T1,,2026-01-01T00:00:00+08:00|psn_no",
                "vouchers.csv|ec_token,psn_no,expires|T1,1,2026-01-01T00:00:00|expires",
                "vouchers.csv|ec_token,psn_no,expires|T1,1,2026-02-30T00:00:00+08:00|expires",
                "persons.csv|psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas|1,a,9001,C,310,1101,320300,1|psn_cert_type",
                "persons.csv|psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas|1,a,90,123456789012345678901234567890123,310,1101,320300,1|certno",
                "persons.csv|psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas|1,a,90,C,310,11010,320300,1|psn_type",
                "persons.csv|psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas|1,a,90,C,310,1101,320300,1,D1|-",
                "persons.csv|psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas,card_no|1,a,90,C,310,1101,320300,1|-",
                "persons.csv|psn_no,psn_name,psn_cert_type,certno,insutype,psn_type,insuplc_admdvs,psn_insu_stas,card_no|1,a,90,C,310,1101,320300,1,123456789012345678901|card_no",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate|X1,a,01,0,0,2,,,|bas_medn_flag",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate|X1,a,01,0,0,,x,,|rx_flag",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate|X1,a,01,0,0,,,20260101,|begndate",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate|X1,a,01,0,0,,,1969-12-31,|begndate",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate|X1,a,01,0,0,,,,2026-02-30|enddate",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate|X1,a,01,0,0,,,2026-02-02,2026-02-01|enddate",
                "catalogue.csv|med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag,rx_flag,begndate,enddate|X1,a,01,0,0|-",
                "item_terms.csv|med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag|X 1,320300,2026-01-01,,01,0,0,0|med_list_codg",
                "item_terms.csv|med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag|X1,32030,2026-01-01,,01,0,0,0|admdvs",
                "item_terms.csv|med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag|X1,320300,,,01,0,0,0|begndate",
                "item_terms.csv|med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag|X1,320300,2026-01-02,2026-01-01,01,0,0,0|enddate",
                "item_terms.csv|med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag|X1,320300,2026-01-01,,04,0,0,0|chrgitm_lv",
                "item_terms.csv|med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag|X1,320300,2026-01-01,,03,0,0,0|selfpay_prop",
                "item_terms.csv|med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag|X1,320300,2026-01-01,,01,0,-1,0|pric_uplmt_amt",
                "item_terms.csv|med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag|X1,320300,2026-01-01,,01,0,0,|bas_medn_flag",
                "item_terms.csv|med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag|X1,320300,2026-01-01,,01,0,0|-",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|,cvlserv,,2026-01-01,|psn_no",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,AID,low_income,2026-01-01,|kind",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,none,,2026-01-01,|kind",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,aid,none,2026-01-01,|code",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,cvlserv,1,2026-01-01,|code",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,chronic,,2026-01-01,|code",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,filed,32030,2026-01-01,|code",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,transfer,32030x,2026-01-01,|code",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,birth,20230229,,|code",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,waiting,,,|begndate",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,birth,20230228,2026-1-1,|begndate",
                "entitlements.csv|psn_no,kind,code,begndate,enddate|1,waiting,,2026-01-02,2026-01-01|enddate",
            })
    void shouldNameFileLineAndColumnOfABadRow(
            final String file, final String head, final String row, final String column) throws IOException {
        Files.writeString(directory.resolve(file), head + "\n" + row + "\n");
        final ImportReport report = load();
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(file);
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.column()).isEqualTo(column);
        });
        assertThat(frames.get()).as("nothing is made of a bad import").isZero();
    }

    @Test
    void shouldRefuseAWrongIdentityNumberWithoutPrintingIt() throws IOException {
        Files.writeString(
                directory.resolve("persons.csv"),
                PERSONS + "1,某,01,11010519491231002X,310,1101,320300,1\n2,某,01,110105194912310021,310,1101,320300,1\n");
        final ImportReport report = load();
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo("certno");
            assertThat(problem.toString()).doesNotContain("110105194912310021");
        });
    }

    @Test
    void shouldKeepABoundedListOfProblems() throws IOException {
        Files.writeString(
                directory.resolve("regions.csv"),
                "admdvs,poolarea,name\n"
                        + IntStream.range(0, 500)
                                .mapToObj(i -> i + ",320300,x\n")
                                .collect(Collectors.joining()));
        final ImportReport report = load();
        assertThat(report.problemCount()).isEqualTo(500);
        assertThat(report.problems()).hasSize(ProblemList.LIMIT);
    }

    @Test
    void shouldReadPoliciesAndNameTheFileAndLineOfAFault() throws IOException {
        final String demo = Files.readString(Path.of("src", "main", "resources", "demo", "policy.yaml"));
        final Path policies = Files.createDirectory(directory.resolve("policies"));
        Files.writeString(policies.resolve("b.yaml"), demo.replace("2100-01-01", "2026-01-01"));
        Files.writeString(
                policies.resolve("a.yaml"),
                demo.replace("2023-01-01", "2026-01-01").replace("version: 1\n", "version: 2\n"));
        Files.writeString(policies.resolve("notes.txt"), "none of them");
        final ImportReport report = load();
        assertThat(report.problems()).isEmpty();
        assertThat(report.rowCount()).as("two versions of one piece").isEqualTo(2);
        assertThat(frames.get()).isEqualTo(4);

        frames.set(0);
        Files.writeString(policies.resolve("a.yaml"), demo.replace("pool: chronic", "pool: chronical"));
        Files.writeString(policies.resolve("c.yaml"), demo.replace("version: 1\n", "version: 0\n"));
        Files.writeString(policies.resolve("d.yaml"), demo.replace("2023-01-01", "2026-01-02"));
        assertThat(load().problems())
                .extracting(problem -> problem.file() + ":" + problem.line() + " " + problem.column())
                .contains("a.yaml:79 plans[3].pool", "c.yaml:7 version", "d.yaml:8 -");
        assertThat(frames.get()).as("nothing is made of a bad import").isZero();
    }

    @ParameterizedTest
    @CsvSource({"psn_no,4500,1", "certno,37,4999", "card_no,4999,123"})
    void shouldNameBothLinesOfAKeyThatComesTwiceHoweverFarApart(final String column, final int one, final int other)
            throws IOException {
        final StringBuilder rows = new StringBuilder(PERSONS.replace("\n", ",card_no\n"));
        for (int i = 0; i < 5_000; i++) {
            final int twice = i == one ? other : i;
            rows.append(column.equals("psn_no") ? twice : i)
                    .append(",某,90,C")
                    .append(column.equals("certno") ? twice : i)
                    .append(",310,1101,320300,1,")
                    .append(i % 3 == 0 && i != one && i != other ? "" : "D" + (column.equals("card_no") ? twice : i))
                    .append('\n');
        }
        Files.writeString(directory.resolve("persons.csv"), rows);
        final ImportReport report = load();
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(Math.max(one, other) + 2);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.reason()).isEqualTo("is the same as in line " + (Math.min(one, other) + 2));
        });
        assertThat(frames.get()).as("nothing is made of a bad import").isZero();
    }

    @Test
    void shouldNameBothLinesOfPeriodsThatOverlapHoweverFarApart() throws IOException {
        final StringBuilder rows = new StringBuilder(
                "med_list_codg,admdvs,begndate,enddate,chrgitm_lv,selfpay_prop,pric_uplmt_amt,bas_medn_flag\n");
        rows.append("X7,320300,2026-03-31,,01,0,0,0\n");
        for (int i = 0; i < 3_000; i++) {
            rows.append('X').append(i).append(",320302,2026-03-01,,01,0,0,0\n");
            rows.append('X').append(i).append(",320300,2026-01-01,2026-03-01,01,0,0,0\n");
            rows.append('X').append(i).append(",320300,2026-03-10,2026-03-10,01,0,0,0\n");
        }
        rows.append("X7,320300,2026-03-01,2026-04-01,01,0,0,0\n");
        Files.writeString(directory.resolve("item_terms.csv"), rows);
        final ImportReport report = load();
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(9_003);
            assertThat(problem.column()).isEqualTo("begndate");
            assertThat(problem.reason()).isEqualTo("the period overlaps that of line 2");
        });
        assertThat(frames.get()).as("nothing is made of a bad import").isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "item_terms.csv|begndate|X1,320300,2026-01-01,2026-02-01,01,0,0,0|X1,320300,2026-01-01,,02,0,0,0",
                "entitlements.csv|begndate|1,aid,low_income,2026-01-01,|1,aid,low_income,2026-01-01,2026-02-01"
            })
    void shouldNameBothLinesOfAPeriodThatComesTwice(
            final String file, final String column, final String one, final String other) throws IOException {
        final String head = String.join(
                ",", file.startsWith("item") ? ImportFile.ITEM_TERMS.columns() : ImportFile.ENTITLEMENTS.columns());
        Files.writeString(directory.resolve(file), head + '\n' + one + '\n' + other + '\n');
        assertThat(load().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.reason()).isEqualTo("is the same as in line 2");
        });
    }

    @Test
    void shouldTakeACatalogueWithAndWithoutItsLaterColumns() throws IOException {
        final String old = "med_list_codg,item_name,chrgitm_lv,selfpay_prop,pric_uplmt_amt";
        Files.writeString(directory.resolve("catalogue.csv"), old + "\nX1,a,01,0,0\n");
        assertThat(load().problems()).isEmpty();
        Files.writeString(
                directory.resolve("catalogue.csv"),
                old
                        + ",bas_medn_flag,rx_flag,begndate,enddate\nX1,a,01,0,0,,,,\nX2,b,01,0,0,1,0,2026-01-01,2026-01-01\n");
        assertThat(load().problems()).isEmpty();
        Files.writeString(directory.resolve("catalogue.csv"), old + ",bas_medn_flag\nX1,a,01,0,0,1\n");
        assertThat(load().problems()).singleElement().satisfies(problem -> assertThat(problem.line())
                .isEqualTo(1));
    }

    @Test
    void shouldWantTheRowsOfABatchTogether() throws IOException {
        Files.writeString(
                directory.resolve("allocations.csv"), "batch_id,psn_no,amount\nA,1,1\nA,2,1\nB,1,1\nA,3,1\nB,2,1\n");
        assertThat(load().problems()).extracting(ImportProblem::line).containsExactly(5L, 6L);
    }

    @Test
    void shouldReadAHundredThousandPersonsInChunks() throws IOException {
        final StringBuilder rows = new StringBuilder(PERSONS);
        for (int i = 0; i < 100_000; i++) {
            rows.append(i).append(",某某,90,C").append(i).append(",310,1101,320300,1\n");
        }
        Files.writeString(directory.resolve("persons.csv"), rows);
        final ImportReport report = load();
        assertThat(report.problems()).isEmpty();
        assertThat(report.rowCount()).isEqualTo(100_000);
        assertThat(frames.get()).as("two parts").isEqualTo(2 * (2 + 334));
    }
}
