package io.settlegate.gateway.benefits.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.gateway.benefits.policy.Policy;
import io.settlegate.gateway.benefits.policy.PolicyDefinition;
import io.settlegate.gateway.benefits.policy.PolicyException;
import io.settlegate.gateway.benefits.policy.PolicyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy file may say, and how what it may not is named. */
final class PolicyFileTest {
    private static final Path POLICIES = Path.of("src", "main", "resources", "policies");
    private static final String GOOD =
            """
            region: "320300"
            name: small
            version: 1
            effective_from: 2026-01-01
            effective_to: 2027-01-01
            kind: example
            source: a test
            trust: none
            switches:
              fund_sum: without_account
              mutual_aid: apart
              cancel_under_later: refuse
              staged_lines_expire_days: 3
            out_of_area: {filed: 1, transfer: 0.9, emergency: 0.85, unfiled: 0.7}
            insurances:
              - {insutype: "310", psn_types: ["11"], med_types: ["11"]}
            schemes:
              - name: large
                fund: hifob
                base: over_cap
                terms:
                  - categories: everyone
                    annual_cap: none
                    tiers:
                      - {from: 0, to: 1000, ratio: 0.5}
                      - {from: 1000, to: none, ratio: 0.9}
            plans:
              - name: only
                insutype: "310"
                psn_types: ["11"]
                med_types: ["11"]
                pool: outpatient
                account: everything
                deductible: {kind: annual, level1: 1, level2: 2, level3: 3, ungraded: 4}
                segments_by: year
                segments:
                  - {from: 0, to: 100, level1: 0.5, level2: 0.5, level3: 0.5, ungraded: 0.5}
                  - {from: 100, to: none, level1: 0.9, level2: 0.9, level3: 0.9, ungraded: 0.9}
                age_points:
                  - {from_age: 70, add: 0.1}
                annual_cap: 7000
                schemes: [large]
            """;

    @Test
    void shouldReadTheShippedPolicies() throws IOException {
        final List<Path> files;
        try (Stream<Path> list = Files.list(POLICIES)) {
            files = list.sorted().toList();
        }
        assertThat(files).hasSize(6);
        final PolicyFiles read = PolicyFiles.read(files);
        assertThat(read.byRegion()).containsOnlyKeys("320300", "350100", "610800", "611000", "990100");
        read.byRegion().forEach((region, versions) -> {
            assertThat(read.book(region)).isNotNull();
            versions.forEach(policy -> {
                assertThat(policy.provenance().kind()).isIn(PolicyKind.EXAMPLE, PolicyKind.SYNTHETIC);
                assertThat(policy.provenance().trust()).matches("(low|none): .*");
                assertThat(PolicyTable.of(policy)).hasSizeGreaterThan(20);
            });
        });
    }

    @Test
    void shouldReadAmountsAndRatiosExactly() throws IOException {
        final PolicyDefinition policy = PolicyFile.read("good.yaml", GOOD);
        assertThat(policy.plans().get(0).segments().list().get(1).fromFen()).isEqualTo(100_00);
        assertThat(policy.plans().get(0).agePoints().get(0).addE4()).isEqualTo(1_000);
        assertThat(Policy.compile(policy).plan(310, 1103, 1101).name()).isEqualTo("only");
        assertThat(Policy.compile(policy).plan(310, 1103, 12)).isNull();
    }

    @Test
    void shouldNameEachFaultByFileAndLine() {
        assertFault("kind: example", "kind: sample", 6, "kind must be one of official, example, synthetic");
        assertFault("trust: none", "trust: none\ncolour: red", 9, "colour is no key here");
        assertFault("trust: none", "trust: none\ntrust: high", 9, "trust is given twice");
        assertFault("name: small\n", "", 1, "name is missing");
        assertFault("\"320300\"", "\"3203\"", 1, "region must be six digits");
        assertFault("2027-01-01", "2026-01-01", 5, "effective_to must be after effective_from");
        assertFault("2027-01-01", "2027-02-30", 5, "effective_to must be a date yyyy-MM-dd");
        assertFault("transfer: 0.9", "transfer: 1.1", 14, "out_of_area.transfer must be from 0 to 1");
        assertFault(", unfiled: 0.7", "", 14, "out_of_area.unfiled is missing");
        assertFault("psn_types: [\"11\"], med", "psn_types: [\"11\", \"12\"], med", 16, "psn_type 12 has no plan");
        assertFault("{from: 1000, to: none", "{from: 1001, to: none", 26, "leaves a gap after the entry before");
        assertFault("{from: 1000, to: none", "{from: 999, to: none", 26, "overlaps the entry before");
        assertFault("{from: 1000, to: none", "{from: 1000, to: 2000", 26, "must be none");
        assertFault("{from: 100, to: none", "{from: 99.99, to: none", 38, "segments[1].from overlaps");
        assertFault("{from: 0, to: 100,", "{from: 1, to: 100,", 37, "segments[0].from must be 0");
        assertFault("to: none, level1: 0.9,", "to: none, level1: 1.0001,", 38, "level1 must be from 0 to 1");
        assertFault("to: none, level1: 0.9,", "to: none, level1: 0.9001,", 38, "is above 1 with the age points");
        assertFault("to: none, level1: 0.9,", "to: none, level1: 0.90001,", 38, "at most 4 places");
        assertFault("to: none, level1: 0.9,", "to: none, level1: .9,", 38, "must be from 0 to 1");
        assertFault("annual_cap: 7000", "annual_cap: none", 42, "takes what is over the annual cap");
        assertFault("annual_cap: 7000", "annual_cap: -1", 41, "annual_cap must be from 0");
        assertFault("annual_cap: 7000", "annual_cap: 7000.001", 41, "at most 2 places");
        assertFault("schemes: [large]", "schemes: [small]", 42, "there is no scheme small");
        assertFault("fund: hifob", "fund: hifmi", 20, "over_cap is for the fund hifob only");
        assertFault("level3: 3", "level3: [3, 2]", 34, "several are for kind stay");
        assertFault("pool: outpatient", "pool: *a", 32, "anchors and aliases");
        assertFault("source: a test", "source: [a test]", 7, "source must be a single value");
    }

    private static void assertFault(final String what, final String with, final int line, final String reason) {
        final String bad = GOOD.replace(what, with);
        assertThat(bad).as("%s is in the file", what).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> PolicyFile.read("bad.yaml", bad))
                .as("%s instead of %s", with, what)
                .isInstanceOf(PolicyException.class)
                .satisfies(e -> assertThat(e.getMessage().lines()).anySatisfy(text -> assertThat(text)
                        .startsWith("bad.yaml:" + line + ": ")
                        .contains(reason)));
    }

    @Test
    void shouldRefuseWhatIsNoYaml() {
        for (final String text : List.of("", "a: [1", "- 1", "a: b\n---\na: c\n", "\"", "a: b: c")) {
            assertThatThrownBy(() -> PolicyFile.read("bad.yaml", text))
                    .as(text)
                    .isInstanceOf(PolicyException.class)
                    .hasMessageStartingWith("bad.yaml:");
        }
    }

    @Test
    void shouldRefuseGapsAndOverlapsOfDates(@TempDir final Path directory) throws IOException {
        assertBook(directory, "2027-01-01", "version: 2", null);
        assertBook(directory, "2027-01-02", "version: 2", "leaves a gap after version 1");
        assertBook(directory, "2026-12-31", "version: 2", "overlaps version 1");
        assertBook(directory, "2027-01-01", "version: 1", "must have a higher number than version 1");
    }

    private static void assertBook(final Path directory, final String from, final String version, final String reason)
            throws IOException {
        final Path first = Files.writeString(directory.resolve("first.yaml"), GOOD);
        final Path second = Files.writeString(
                directory.resolve("second.yaml"),
                GOOD.replace("effective_from: 2026-01-01", "effective_from: " + from)
                        .replace("effective_to: 2027-01-01", "effective_to: 2028-01-01")
                        .replace("version: 1", version));
        if (reason == null) {
            assertThat(PolicyFiles.read(List.of(second, first)).book("320300")).isNotNull();
        } else {
            assertThatThrownBy(() -> PolicyFiles.read(List.of(second, first)))
                    .isInstanceOf(PolicyException.class)
                    .hasMessageContaining("second.yaml:4: ")
                    .hasMessageContaining(reason);
        }
    }

    @Test
    void shouldSayWhatDiffersAndNothingElse() throws IOException {
        final PolicyDefinition earlier = PolicyFile.read("a", GOOD);
        assertThat(PolicyDifference.between(earlier, earlier)).isEmpty();
        final PolicyDefinition later = PolicyFile.read("b", GOOD.replace("annual_cap: 7000", "annual_cap: 8000"));
        assertThat(PolicyDifference.between(earlier, later))
                .containsExactly(
                        new PolicyDifference("plan only: annual cap", "7000.00", "8000.00"),
                        new PolicyDifference("plan only: annual cap with family doctor", "7000.00", "8000.00"));
    }
}
