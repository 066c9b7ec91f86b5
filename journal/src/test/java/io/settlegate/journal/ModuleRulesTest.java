package io.settlegate.journal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ModuleRulesTest {
    private static final JavaClasses JOURNAL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.settlegate.journal");

    @Test
    void shouldKnowChronicleInOneClassOnly() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.settlegate\\.journal\\.store\\.ChronicleSegmentWriter(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft..")
                .because("Chronicle is one way to keep bytes, and what it gets wrong has to be made good in one place")
                .check(JOURNAL);
    }

    @Test
    void shouldUseOfTheProtocolOnlyCryptoAndReceipt() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.agrona..",
                        "net.openhft..",
                        "io.settlegate.journal..",
                        "io.settlegate.protocol.crypto..",
                        "io.settlegate.protocol.receipt..")
                .because("records are opaque: a journal that knew messages would have to change with them")
                .check(JOURNAL);
    }

    @Test
    void shouldKeepTheStoreFreeOfTheJournal() {
        noClasses()
                .that()
                .resideInAPackage("io.settlegate.journal.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.settlegate.journal")
                .because("a store keeps bytes and does not know what they mean")
                .check(JOURNAL);
    }

    @Test
    void shouldKeepTheFormatOfSnapshotsFreeOfTheJournal() {
        noClasses()
                .that()
                .resideInAPackage("io.settlegate.journal.snapshot..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.settlegate.journal", "io.settlegate.journal.store..", "io.settlegate.protocol..")
                .because("a file of blocks is read and checked without knowing what they hold")
                .check(JOURNAL);
    }
}
