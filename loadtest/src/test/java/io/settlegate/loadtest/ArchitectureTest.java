package io.settlegate.loadtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.settlegate.loadtest");

    @Test
    void shouldKeepNettyInTheDriver() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..loadtest.driver..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .because("one door for the library")
                .check(CLASSES);
    }

    @Test
    void shouldStayOutsideOfTheGateway() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.settlegate.gateway..", "io.settlegate.journal..")
                .because("the load test is a black box: what it proves must not lean on the code it tests")
                .check(CLASSES);
    }
}
