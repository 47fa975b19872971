package io.sapper;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between packages (design, section 3) and what a defender may know (D5). */
class ArchitectureTest {
    private static final JavaClasses SAPPER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sapper");

    @Test
    void theClassesAreFound() {
        assertThat(SAPPER.contain("io.sapper.network.Graph")).isTrue();
        assertThat(SAPPER.contain("io.sapper.ArchitectureTest")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"defense", "audit", "repair"})
    void theDefenderDoesNotKnowTheAttack(String defender) {
        check(noClasses()
                .that()
                .resideInAPackage(in(defender))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in("attack"), in("trigger"), in("poison"), in("experiment"))
                .because("what is chosen with knowledge of the trigger proves nothing (D5)"));
    }

    /** Each line: a package, then all of ours that it may use. */
    @ParameterizedTest
    @CsvSource({
        "metric,     ''",
        "data,       ''",
        "result,     data metric",
        "report,     data metric result",
        "signing,    data result metric",
        "trigger,    data",
        "poison,     data metric trigger",
        "network,    data",
        "training,   data network",
        "defense,    data metric network training",
        "audit,      data metric network training defense",
        "repair,     data metric network training defense audit",
        "attack,     data metric trigger poison network training defense",
        "experiment, data metric trigger poison network training defense audit repair attack result",
        "sweep,      data metric trigger poison network training defense audit repair attack result experiment",
    })
    void arrowsGoDownOnly(String from, String allowed) {
        String[] own = Arrays.stream((from + " " + allowed).trim().split(" "))
                .map(ArchitectureTest::in)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> ours = resideInAnyPackage("io.sapper..");
        check(noClasses()
                .that()
                .resideInAPackage(in(from))
                .should()
                .dependOnClassesThat(ours.and(DescribedPredicate.not(resideInAnyPackage(own)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data",
                "trigger",
                "poison",
                "metric",
                "result",
                "signing",
                "report",
                "repair",
                "attack",
                "experiment",
                "sweep",
                "cli"
            })
    void onlyNetworkTrainingDefenseAndAuditTouchTensors(String plain) {
        check(noClasses()
                .that()
                .resideInAPackage(in(plain))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..")
                .because("data, triggers, metrics and reports are plain Java, tested without natives"));
    }

    @Test
    void onlyTheCommandLinePrintsOrExits() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(in("cli"))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace"));
    }

    @Test
    void nobodyUsesTheCommandLine() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(in("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("cli")));
    }

    @Test
    void nobodyRunsTheGarbageCollectorOrDeserializes() {
        check(noClasses()
                .should()
                .callMethod(System.class, "gc")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.io.ObjectInputStream.class));
    }

    @Test
    void noCycles() {
        check(slices().matching("io.sapper.(*)..").should().beFreeOfCycles());
    }

    /** So that a new package is given its arrows here. */
    @Test
    void everyPackageHasItsArrows() throws NoSuchMethodException {
        Map<String, Long> unknown = new TreeMap<>();
        String table = String.join(
                "\n",
                ArchitectureTest.class
                        .getDeclaredMethod("arrowsGoDownOnly", String.class, String.class)
                        .getAnnotation(CsvSource.class)
                        .value());
        for (JavaClass found : SAPPER.that(alwaysTrue())) {
            String name =
                    found.getPackageName().replaceFirst("^io\\.sapper\\.?", "").replaceFirst("\\..*", "");
            if (!name.equals("cli") && !table.lines().anyMatch(line -> line.startsWith(name + ","))) {
                unknown.merge(name, 1L, Long::sum);
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static String in(String name) {
        return "io.sapper." + name + "..";
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(SAPPER);
    }
}
