package io.settlegate.gateway.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import io.settlegate.gateway.benefits.file.PolicyFile;
import io.settlegate.gateway.benefits.policy.Policy;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reads the worked examples of docs/BENEFITS.md and runs each through the engine, the line split, and the reference. */
final class BenefitDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "BENEFITS.md");
    private static final Path POLICIES = Path.of("src", "main", "resources", "policies");
    private static final Pattern LINE = Pattern.compile("([ABC]) (\\S+) × (\\S+?)(?:, (.*))?");

    /** One example: its rows by table. */
    private record Example(String title, String policy, List<String[]> given, Map<String, BigDecimal> gives) {}

    @TestFactory
    Stream<DynamicTest> shouldComputeTheExamples() throws IOException {
        final List<Example> examples = examples();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(8);
        return examples.stream().map(example -> DynamicTest.dynamicTest(example.title(), () -> run(example)));
    }

    private static List<Example> examples() throws IOException {
        final List<Example> examples = new ArrayList<>();
        final String text = Files.readString(DOCUMENT);
        final String part = text.substring(text.indexOf("## 7. "), text.indexOf("## 8. "));
        for (final String section : part.split("\n### ", -1)) {
            final Matcher policy =
                    Pattern.compile("Policy `([a-z0-9-]+\\.yaml)`").matcher(section);
            if (!policy.find()) {
                continue;
            }
            final List<String[]> given = new ArrayList<>();
            final Map<String, BigDecimal> gives = new LinkedHashMap<>();
            boolean isResult = false;
            for (final String row :
                    section.lines().filter(line -> line.startsWith("| ")).toList()) {
                final String[] cells = row.substring(2).split(" *\\| *", -1);
                if (cells[0].equals("gives")) {
                    isResult = true;
                } else if (!cells[0].equals("given") && !cells[0].startsWith("---")) {
                    if (isResult) {
                        gives.put(cells[0], new BigDecimal(cells[1]).stripTrailingZeros());
                    } else {
                        given.add(cells);
                    }
                }
            }
            examples.add(new Example(section.lines().findFirst().orElse(""), policy.group(1), given, gives));
        }
        return examples;
    }

    private static void run(final Example example) throws IOException {
        final Given given = new Given();
        final Map<String, BigDecimal> used = new LinkedHashMap<>();
        for (final String[] cells : example.given()) {
            set(given, used, cells[0], cells[1]);
        }
        final Path file = POLICIES.resolve(example.policy());
        final ReferenceEngine.Bill bill = new ReferenceEngine(Files.readString(file)).compute(given, used);
        assertThat(SharesFields.normal(bill.fields))
                .as("reference")
                .containsExactlyInAnyOrderEntriesOf(example.gives());

        final Accumulators accumulators = new Accumulators();
        for (int slot = 0; slot < Accumulators.COUNT; slot++) {
            accumulators.slots[slot] = Given.fen(used.getOrDefault(Accumulators.name(slot), BigDecimal.ZERO));
            used.remove(Accumulators.name(slot));
        }
        assertThat(used).as("accumulators that there are not").isEmpty();
        final Shares shares = new Shares();
        final Verdict verdict = new BenefitComputation(NoRecording.INSTANCE)
                .compute(Policy.compile(PolicyFile.read(file)), given.toClaim(), accumulators, shares);
        assertThat(verdict).isEqualTo(Verdict.OK);
        assertThat(SharesFields.of(shares)).as("engine").containsExactlyInAnyOrderEntriesOf(example.gives());
    }

    private static void set(
            final Given given, final Map<String, BigDecimal> used, final String key, final String value) {
        switch (key) {
            case "insutype" -> given.insutype = value;
            case "psn_type" -> given.psnType = value;
            case "med_type" -> given.medType = value;
            case "age" -> given.age = Integer.parseInt(value);
            case "aid" -> given.aid = value;
            case "level" -> given.level = value;
            case "out_of_area" -> given.outOfArea = value;
            case "disease" -> given.disease = value;
            case "qualified" -> given.qualified = value.equals("yes");
            case "civil_servant" -> given.civilServant = value.equals("yes");
            case "family_doctor" -> given.familyDoctor = value.equals("yes");
            case "by_quota" -> given.byQuota = value.equals("yes");
            case "stay" -> given.stay = Integer.parseInt(value);
            case "account" -> {
                given.accountUsed = true;
                given.balance = new BigDecimal(value);
            }
            case "mutual_aid" -> given.mutualAid = new BigDecimal(value);
            case "line" -> addLine(given, value);
            default -> {
                assertThat(key).startsWith("used ");
                used.put(key.substring("used ".length()), new BigDecimal(value));
            }
        }
    }

    private static void addLine(final Given given, final String text) {
        final Matcher line = LINE.matcher(text);
        assertThat(line.matches()).as(text).isTrue();
        BigDecimal share = null;
        BigDecimal ceiling = null;
        boolean isEssential = false;
        for (final String extra :
                line.group(4) == null ? new String[0] : line.group(4).split(", ", -1)) {
            final String number = extra.substring(extra.indexOf(' ') + 1);
            if (extra.startsWith("share ")) {
                share = new BigDecimal(number);
            } else if (extra.startsWith("ceiling ")) {
                ceiling = new BigDecimal(number);
            } else {
                assertThat(extra).isEqualTo("essential");
                isEssential = true;
            }
        }
        final BigDecimal pric = new BigDecimal(line.group(2));
        final BigDecimal cnt = new BigDecimal(line.group(3));
        given.add(ReferenceEngine.split(pric, cnt, line.group(1), share, ceiling), isEssential);
    }
}
