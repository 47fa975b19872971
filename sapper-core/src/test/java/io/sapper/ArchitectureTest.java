package io.sapper;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between packages (docs/architecture.md). */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sapper");

    @ParameterizedTest
    @CsvSource({
        "defense, attack trigger poison experiment result report cli",
        "attack, defense experiment report cli",
        "training, attack defense trigger poison experiment result report cli metric",
        "network, training attack defense trigger poison experiment result report cli metric",
        "data, network training attack defense trigger poison experiment result report cli metric",
        "trigger, network training attack defense poison experiment result report cli",
        "poison, network training attack defense experiment result report cli",
        "metric, data network training attack defense trigger poison experiment result report cli",
        "result, network training attack defense trigger poison experiment report cli",
        "report, network training attack defense trigger poison experiment cli",
        "experiment, cli report",
    })
    void pointsDownOnly(String from, String never) {
        String[] forbidden = Arrays.stream(never.split(" "))
                .map(name -> "io.sapper." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.sapper." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(CLASSES);
    }

    @Test
    void onlyTheEngineTouchesTensors() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.sapper.network..", "io.sapper.training..", "io.sapper.defense..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrintsOrExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sapper.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.sapper.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
