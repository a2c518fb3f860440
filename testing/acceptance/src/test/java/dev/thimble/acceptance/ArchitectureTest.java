package dev.thimble.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that Maven's arrows cannot hold. */
class ArchitectureTest {
    private static final String[] PROVERS = {
        "dev.thimble.starkprover..", "dev.thimble.plonk..", "dev.thimble.wrap..", "dev.thimble.pipeline.."
    };
    private static final String[] CIRCUITS = {
        "dev.thimble.riscvcircuits..", "dev.thimble.precompilecircuits..", "dev.thimble.recursion.."
    };
    private static final String[] PROOF_SYSTEM = {
        "dev.thimble.field..",
        "dev.thimble.poly..",
        "dev.thimble.hash..",
        "dev.thimble.merkle..",
        "dev.thimble.transcript..",
        "dev.thimble.fri..",
        "dev.thimble.air..",
        "dev.thimble.starkverifier..",
        "dev.thimble.starkprover.."
    };

    @SuppressWarnings("NullAway.Init") // set before every test
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPaths(Repository.classFolders());
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }

    @Test
    void theClassesAreThere() {
        var packages = classes.stream().map(c -> c.getPackageName()).distinct().toList();
        assertThat(packages).containsAll(List.of("dev.thimble.cli", "dev.thimble.field", "dev.thimble.riscv"));
    }

    @Test
    void aVerifierNeverSeesAProver() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.thimble.starkverifier..", "dev.thimble.plonkverifier..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROVERS));
        check(noClasses()
                .that()
                .resideInAPackage("dev.thimble..")
                .and()
                .haveSimpleNameEndingWith("Verifier")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("Prover"));
    }

    @Test
    void circuitsNeverSeeTheProver() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CIRCUITS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROVERS));
    }

    @Test
    void theMachineKnowsNoField() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.thimble.riscv..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROOF_SYSTEM));
    }

    @Test
    void noServiceButWorkersSeesAProver() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.thimble.model..",
                        "dev.thimble.objectstore..",
                        "dev.thimble.jobqueue..",
                        "dev.thimble.gateway..",
                        "dev.thimble.server..",
                        "dev.thimble.l1..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROVERS));
    }

    @Test
    void theVectorModuleStaysBehindItsFence() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.thimble..vector..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.."));
    }

    @Test
    void librariesDoNotPrintAndDoNotExit() {
        var libraries = noClasses().that().resideOutsideOfPackage("dev.thimble.cli..");
        check(libraries.should().accessField(System.class, "out"));
        check(libraries.should().accessField(System.class, "err"));
        check(libraries.should().callMethod(Throwable.class, "printStackTrace"));
        check(libraries.should().callMethod(System.class, "exit", int.class));
    }

    @Test
    void commandsDoNotPrintPastTheRunner() {
        var commands =
                noClasses().that().resideInAPackage("dev.thimble.cli..").and().doNotHaveSimpleName("Main");
        check(commands.should().accessField(System.class, "out"));
        check(commands.should().accessField(System.class, "err"));
        check(noClasses()
                .that()
                .haveSimpleNameEndingWith("Command")
                .should()
                .callMethod(PrintStream.class, "print", String.class));
    }

    @Test
    void thePackagesOfTheCommandsStandInOneOrder() {
        check(SlicesRuleDefinition.slices()
                .matching("dev.thimble.cli.(*)..")
                .should()
                .beFreeOfCycles());
    }

    /** A worker's clock may be hours slow or days fast: leases, retries and retention go by the database's. */
    @Test
    void noDecisionOfThePipelineGoesByTheClockOfAMachine() {
        var pipeline = noClasses()
                .that()
                .resideInAnyPackage("dev.thimble.jobqueue..", "dev.thimble.workers..", "dev.thimble.gateway..")
                .or()
                .haveSimpleName("Housekeeper")
                .and()
                .doNotHaveSimpleName("QueueBench");
        check(pipeline.should().callMethod(Instant.class, "now"));
        check(pipeline.should().callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void nothingDependsOnTheUsersLocale() {
        var all = noClasses().that().resideInAPackage("dev.thimble..");
        check(all.should().callMethod(String.class, "format", String.class, Object[].class));
        check(all.should().callMethod(String.class, "formatted", Object[].class));
        check(all.should().callMethod(String.class, "toUpperCase"));
        check(all.should().callMethod(String.class, "toLowerCase"));
    }
}
