package io.settlegate.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.junit.jupiter.api.Test;

/** The dependency rules of docs/ARCHITECTURE.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.settlegate");

    @Test
    void shouldKnowNettyInTheTransportOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.settlegate.gateway.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .because("nothing pooled by Netty may enter the ring, and one package is enough to replace a transport")
                .check(CLASSES);
    }

    @Test
    void shouldKnowTheDisruptorInThePipelineOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.settlegate.gateway.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.lmax..")
                .because("the wiring of the ring is read in one place")
                .check(CLASSES);
    }

    @Test
    void shouldKnowPrometheusInTheMetricsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.settlegate.gateway.metrics..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.prometheus..")
                .because("stages count in plain arrays, and what scrapes them can be replaced")
                .check(CLASSES);
    }

    @Test
    void shouldKnowTheTemplatesInThePagesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.settlegate.gateway.pages..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.samskivert..")
                .because("what is printed passes one place that escapes it")
                .check(CLASSES);
    }

    @Test
    void shouldKeepReportsOutOfTheServingGateway() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.settlegate.gateway",
                        "io.settlegate.gateway.pages..",
                        "io.settlegate.gateway.clearing..",
                        "io.settlegate.gateway.activity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.settlegate.gateway.pages..",
                        "io.settlegate.gateway.clearing..",
                        "io.settlegate.gateway.activity..")
                .because("reports read the journal beside the line, and nothing that serves waits for one")
                .check(CLASSES);
    }

    @Test
    void shouldKeepPagesFreeOfTheTrade() {
        noClasses()
                .that()
                .resideInAPackage("io.settlegate.gateway.pages..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.settlegate.journal..",
                        "io.settlegate.protocol..",
                        "io.settlegate.gateway.clearing..",
                        "io.settlegate.gateway.activity..",
                        "io.settlegate.gateway.inspection..",
                        "io.settlegate.gateway.settlement..")
                .because("a page is told what it says, as text")
                .check(CLASSES);
    }

    @Test
    void shouldKnowChronicleInTheStoreOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.settlegate.journal.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft..")
                .because("the journal's format must not depend on the queue that carries it")
                .check(CLASSES);
    }

    @Test
    void shouldKnowBouncyCastleWhereItsPrimitivesAreMeantOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.settlegate.protocol.crypto..",
                        "io.settlegate.gateway.certificates..",
                        "io.settlegate.gateway.reconciliation")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .because(
                        "a faster implementation must slip in behind one package, certificates stay with operators, and rows are"
                                + " spread under SipHash")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheEnginePure() {
        classes()
                .that()
                .resideInAPackage("io.settlegate.gateway.settlement")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "io.settlegate.gateway.settlement..",
                                "io.settlegate.gateway.benefits",
                                "io.settlegate.gateway.benefits.policy",
                                "io.settlegate.protocol",
                                "io.settlegate.protocol.codec..",
                                "org.agrona..",
                                "java.lang..",
                                "java.util",
                                "java.nio",
                                "java.nio.charset",
                                "java.security",
                                "java.math",
                                "java.time..")
                        .or(belongToAnyOf(
                                ReadableByteChannel.class,
                                WritableByteChannel.class,
                                IOException.class,
                                EOFException.class)))
                .because("state is a function of the journal: no clock, random, file, socket, or thread is in reach;"
                        + " a snapshot goes through a channel that somebody else opened")
                .check(CLASSES);
    }

    @Test
    void shouldKeepCertificatesOutOfTheServingGateway() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.settlegate.gateway.settlement..",
                        "io.settlegate.gateway.pipeline..",
                        "io.settlegate.gateway.transport..",
                        "io.settlegate.gateway.recovery..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.settlegate.gateway.certificates..")
                .because("whether a certificate is good depends on the day, and replay must find the same for ever")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheBenefitsPure() {
        classes()
                .that()
                .resideInAnyPackage("io.settlegate.gateway.benefits", "io.settlegate.gateway.benefits.policy")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.settlegate.gateway.benefits",
                        "io.settlegate.gateway.benefits.policy",
                        "io.settlegate.protocol",
                        "java.lang..",
                        "java.util..",
                        "java.nio",
                        "java.nio.charset",
                        "java.time..")
                .because("who pays what is a function of its arguments, and the engine may use it")
                .check(CLASSES);
    }

    @Test
    void shouldNotReadAClockInTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage("io.settlegate.gateway.settlement..", "io.settlegate.gateway.benefits..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .because("time comes with the record, and replay must find the same")
                .check(CLASSES);
    }

    @Test
    void shouldNotLookBackFromTheStagesToTheBoot() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.settlegate.gateway.pipeline..",
                        "io.settlegate.gateway.transport..",
                        "io.settlegate.gateway.settlement..",
                        "io.settlegate.gateway.recovery..",
                        "io.settlegate.gateway.metrics..",
                        "io.settlegate.gateway.records..",
                        "io.settlegate.gateway.desk..",
                        "io.settlegate.gateway.certificates..",
                        "io.settlegate.gateway.benefits..",
                        "io.settlegate.gateway.operations..",
                        "io.settlegate.gateway.pages..",
                        "io.settlegate.gateway.clearing..",
                        "io.settlegate.gateway.activity..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.settlegate.gateway")
                .because("the boot puts parts together; no part knows it")
                .check(CLASSES);
    }

    @Test
    void shouldCompareBooksWithoutTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage("io.settlegate.gateway.books..", "io.settlegate.gateway.reconciliation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.settlegate.gateway",
                        "io.settlegate.gateway.settlement..",
                        "io.settlegate.gateway.pipeline..",
                        "io.settlegate.gateway.transport..",
                        "io.settlegate.gateway.operations..")
                .because("what the records say is compared, and nothing is computed again")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.settlegate.gateway.books..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.settlegate.gateway.reconciliation..")
                .because("others count the same entries")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("io.settlegate.(**)")
                .should()
                .beFreeOfCycles()
                .because("each package can then be understood after those it uses")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheIndexAndTheDeskOffTheLine() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.settlegate.gateway.pipeline..",
                        "io.settlegate.gateway.settlement..",
                        "io.settlegate.gateway.transport..",
                        "io.settlegate.gateway.recovery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.settlegate.gateway.records..", "io.settlegate.gateway.desk..")
                .because("the line never waits for an index: a stage knows the desk as an interface of its own package")
                .check(CLASSES);
    }

    @Test
    void shouldMakePagesOfWhatIsRecorded() {
        classes()
                .that()
                .resideInAPackage("io.settlegate.gateway.desk..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.settlegate.gateway.desk..",
                        "io.settlegate.gateway.pipeline",
                        "io.settlegate.gateway.records",
                        "io.settlegate.gateway.books",
                        "io.settlegate.gateway.reconciliation",
                        "io.settlegate.journal..",
                        "io.settlegate.protocol",
                        "io.settlegate.protocol.codec..",
                        "io.settlegate.protocol.crypto",
                        "org.agrona..",
                        "org.slf4j..",
                        "java..")
                .because("the desk reads records and compares them, and knows nothing of the engine's state")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.settlegate.gateway.records..",
                        "io.settlegate.gateway.books..",
                        "io.settlegate.gateway.reconciliation..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.settlegate.gateway.desk..")
                .because("commands use them without a gateway")
                .check(CLASSES);
        classes()
                .that()
                .resideInAPackage("io.settlegate.gateway.desk..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(
                        "io.settlegate.gateway", "io.settlegate.gateway.desk..", "io.settlegate.gateway.metrics")
                .because("only the boot puts the desk beside the line; its pages are counted as others are")
                .check(CLASSES);
    }

    @Test
    void shouldMakeTheIndexOfTheJournalAlone() {
        classes()
                .that()
                .resideInAPackage("io.settlegate.gateway.records")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.settlegate.gateway.records",
                        "io.settlegate.journal..",
                        "io.settlegate.protocol",
                        "io.settlegate.protocol.codec..",
                        "io.settlegate.protocol.crypto",
                        "io.settlegate.protocol.receipt",
                        "org.agrona..",
                        "org.slf4j..",
                        "java..")
                .because("an index can be made anew from the records, and knows nothing that they do not say")
                .check(CLASSES);
    }

    @Test
    void shouldKeepTheProtocolFreeOfTheGateway() {
        noClasses()
                .that()
                .resideInAPackage("io.settlegate.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.settlegate.gateway..", "io.settlegate.journal..")
                .because("a vendor needs the protocol and nothing else")
                .check(CLASSES);
    }

    @Test
    void shouldBuildTheDeskOnWhatEveryVendorHas() {
        noClasses()
                .that()
                .resideInAPackage("io.settlegate.protocol.client")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.settlegate.protocol.client.desk..")
                .because("a client works without a desk, and a vendor who writes another uses what the desk uses")
                .check(CLASSES);
    }
}
