package io.settlegate.loadtest.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.settlegate.protocol.crypto.Sm2PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PopulationTest {
    private static final long SEED = 42;
    private static final PopulationSize SIZE = new PopulationSize(5_000, 50, 120, 400);

    private final Population population = Population.generate(SEED, SIZE);

    @Test
    void shouldBeTheSameForTheSameSeedKeysIncluded() {
        final Population again = Population.generate(SEED, SIZE);

        assertThat(again.persons()).isEqualTo(population.persons());
        assertThat(again.items()).isEqualTo(population.items());
        assertThat(again.institutions()).isEqualTo(population.institutions());
        assertThat(again.terminals().get(77).key().encoded())
                .isEqualTo(population.terminals().get(77).key().encoded());
        assertThat(Population.generate(SEED + 1, SIZE).persons()).isNotEqualTo(population.persons());
    }

    @Test
    void shouldNumberPersonsUniquelyAndOpaquely() {
        final Set<String> numbers = new HashSet<>();
        for (final Person person : population.persons()) {
            assertThat(person.psnNo()).matches("[0-9]{20}|[0-9]{26}");
            assertThat(numbers.add(person.psnNo())).isTrue();
        }
    }

    @Test
    void shouldGiveIdentityNumbersThatAreWellFormedAndNobodys() {
        final Set<String> numbers = new HashSet<>();
        for (final Person person : population.persons()) {
            final String certno = person.certno();
            assertThat(certno).matches("99[0-9]{15}[0-9X]");
            assertThat(certno.charAt(17)).isEqualTo(PersonGenerator.checkDigit(certno.substring(0, 17)));
            assertThat(LocalDate.parse(certno.substring(6, 14), DateTimeFormatter.BASIC_ISO_DATE))
                    .isBefore(LocalDate.of(2026, 1, 1));
            assertThat(numbers.add(certno)).isTrue();
        }
    }

    @Test
    void shouldKnowTheCheckDigitOfAPublishedExample() {
        // The example of GB 11643-1999.
        assertThat(PersonGenerator.checkDigit("11010519491231002")).isEqualTo('X');
    }

    @Test
    void shouldInsureEachPersonByAgeAndOccupation() {
        for (final Person person : population.persons()) {
            if (person.insutype().equals("310")) {
                assertThat(person.psnType()).matches("110[123]|120[12]");
            } else {
                assertThat(person.insutype()).isEqualTo("390");
                assertThat(person.psnType()).matches("140[1234]|1501|1601");
                assertThat(person.allocationFen()).isZero();
            }
        }
        final long workers = population.persons().stream()
                .filter(person -> person.insutype().equals("310"))
                .count();
        assertThat(workers).isBetween(5_000 * 20 / 100L, 5_000 * 45 / 100L);
    }

    @Test
    void shouldWriteCodesInTheNationalForms() {
        assertThat(population.institutions())
                .allSatisfy(at -> assertThat(at.fixmedinsCode()).matches("[HP]" + at.admdvs() + "[0-9]{5}"));
        assertThat(population.institutions())
                .extracting(Institution::fixmedinsCode)
                .doesNotHaveDuplicates();
        assertThat(population.institutions()).anyMatch(Institution::isPharmacy).anyMatch(at -> !at.isPharmacy());
        assertThat(population.items()).allSatisfy(item -> assertThat(item.medListCodg())
                .matches("X[A-Z][0-9]{2}[A-Z]{3}[0-9]{3}[A-Z][0-9]{12}"
                        + "|Z[A-Z][0-9]{2}[A-Z]{3}[0-9]{13}|[0-9]{15}-[0-9]{11}"));
        assertThat(population.items())
                .filteredOn(item -> item.medListCodg().charAt(0) == 'X')
                .allSatisfy(item -> assertThat(item.medListCodg()).hasSize(23));
        assertThat(population.items()).extracting(CatalogueItem::medListCodg).doesNotHaveDuplicates();
    }

    @Test
    void shouldDealTerminalsOutSoThatNeighboursStandInDifferentInstitutions() {
        final List<Terminal> terminals = population.terminals();
        assertThat(terminals.subList(0, 50))
                .extracting(terminal -> terminal.institution().fixmedinsCode())
                .doesNotHaveDuplicates();
        assertThat(terminals).extracting(Terminal::sn).doesNotHaveDuplicates();
        assertThat(terminals.get(119).ordinal()).isEqualTo(2);
    }

    @Test
    void shouldPrintNothingOfAPerson() {
        final Person person = population.persons().get(3);
        assertThat(person.toString()).doesNotContain(person.certno()).doesNotContain(person.psnName());
    }

    @Test
    void shouldWriteFilesFromWhichTheSameCityIsMade(@TempDir final Path directory) throws IOException {
        final PopulationFiles files = new PopulationFiles(directory);
        files.write(population);

        assertThat(files.read().persons()).isEqualTo(population.persons());
        final List<String> terminals = Files.readAllLines(files.terminals());
        assertThat(terminals.get(0)).isEqualTo("sn,model,fixmedins_code,public_key,status");
        assertThat(terminals).hasSize(121);
        final Sm2PublicKey key = Sm2PublicKey.decodeHex(terminals.get(1).split(",", -1)[3]);
        assertThat(key).isEqualTo(population.terminals().get(0).key().publicKey());
        assertThat(Files.readAllLines(files.regions())).hasSize(12).contains("320322,320300,沛县");
        assertThat(Files.readAllLines(files.persons())).hasSize(5_001);
        assertThat(Files.readAllLines(files.catalogue()))
                .anySatisfy(row -> assertThat(row).contains(",03,1.0000,"));
        assertThat(Files.readAllLines(files.allocations())).allSatisfy(row -> assertThat(row)
                .matches("batch_id,psn_no,amount|sample-opening,[0-9]+,[0-9]+\\.[0-9]{2}"));
    }

    @Test
    void shouldSayWhatIsMissingWhereNoCityStands(@TempDir final Path directory) {
        assertThatThrownBy(() -> new PopulationFiles(directory).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("population.json");
    }

    @Test
    void shouldMakeAndWriteAHundredThousandPersonsInSeconds(@TempDir final Path directory) throws IOException {
        final long startNs = System.nanoTime();
        new PopulationFiles(directory).write(Population.generate(SEED, new PopulationSize(100_000, 200, 1_000, 400)));

        // Two seconds on an idle machine; the bound leaves room for a busy one.
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldRefuseSizesThatCannotBe() {
        assertThatThrownBy(() -> new PopulationSize(0, 2, 2, 50)).hasMessageContaining("persons: 0");
        assertThatThrownBy(() -> new PopulationSize(1, 2, 2_000, 50))
                .hasMessageContaining("terminals of one institution");
    }
}
