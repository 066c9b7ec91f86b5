package io.settlegate.gateway.settlement;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class EngineImportsTest {
    @Test
    void shouldImportNothingThatWouldMakeTheEngineDependOnItsHost() {
        classes().that().resideInAPackage("io.settlegate.gateway.settlement..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("io.settlegate.gateway.settlement..", "io.settlegate.protocol.codec",
                        "io.settlegate.protocol", "org.agrona..", "java.lang..", "java.util", "java.nio", "java.nio.charset",
                        "java.security", "java.io")
                .because("state is a function of the journal alone")
                .check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.settlegate.gateway.settlement"));
    }
}
