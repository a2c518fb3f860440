package dev.thimble.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Published test cases: a seeded sample natively and in the emulator by default, whole files with the slow tests. */
class PublishedCasesTest {
    private static final Path GUEST = Path.of("../../guest");
    private static final long SEED = 20261127;

    /** Skipped where make or gcc is missing, unless CI=true. */
    private static NativeMachine nativeMachine() throws InterruptedException {
        try {
            return NativeMachine.load(
                    NativeLibrary.build(GUEST, Path.of("target/native")).toAbsolutePath());
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                fail(e);
            }
            assumeTrue(false, e.getMessage());
            throw new AssertionError(e);
        }
    }

    private static List<CaseResult> sample(Path file, int count, StfMachine machine) throws IOException {
        List<CaseResult> results = new ArrayList<>();
        CaseFile.sample(file, count, SEED, each -> results.add(each.run(machine)));
        assertThat(results).hasSize(count);
        return results;
    }

    private static void expectNoFailure(List<CaseResult> results, double unsupportedShare) {
        assertThat(results).noneMatch(result -> result.verdict() == CaseResult.Verdict.FAILED);
        long unsupported = results.stream()
                .filter(result -> result.verdict() == CaseResult.Verdict.UNSUPPORTED)
                .peek(result -> assertThat(result.reason()).isIn("UNSUPPORTED BLOB_TX", "UNSUPPORTED POINT_EVALUATION"))
                .count();
        assertThat(unsupported).isLessThanOrEqualTo((long) (unsupportedShare * results.size()));
    }

    /** Everything but the cycles, which only the emulator counts. */
    private static CaseResult withoutCycles(CaseResult result) {
        return new CaseResult(
                result.name(), result.verdict(), result.reason(), result.stateRoot(), result.logsHash(), 0);
    }

    private static void compareMachines(int count) throws Exception {
        NativeMachine quick = nativeMachine();
        EmulatorMachine emulator = EmulatorMachine.load(GUEST.resolve("bin"));
        for (Path file : List.of(PublishedVectors.STATE, PublishedVectors.BLOCKS)) {
            List<CaseResult> emulated = sample(file, count, emulator);
            assertThat(emulated.stream().map(PublishedCasesTest::withoutCycles).toList())
                    .isEqualTo(sample(file, count, quick));
            assertThat(emulated).allMatch(result -> result.cycles() > 0);
        }
    }

    @Test
    void sampledCasesPassOnBothMachinesWithEqualResults() throws Exception {
        compareMachines(15);
    }

    @Test
    void sampledCasesPassNatively() throws Exception {
        expectNoFailure(sample(PublishedVectors.STATE, 150, nativeMachine()), 0.15);
        expectNoFailure(sample(PublishedVectors.BLOCKS, 100, nativeMachine()), 0.15);
    }

    @Test
    @Tag("full")
    void manyCasesGiveEqualResultsOnBothMachines() throws Exception {
        compareMachines(150);
    }

    @Test
    @Tag("full")
    void allStateCasesPass() throws Exception {
        NativeMachine machine = nativeMachine();
        List<CaseResult> results = new ArrayList<>();
        CaseFile.read(PublishedVectors.STATE, each -> results.add(each.run(machine)));
        assertThat(results).hasSize(4396);
        expectNoFailure(results, 0.07);
    }

    @Test
    @Tag("full")
    void allBlockCasesPass() throws Exception {
        NativeMachine machine = nativeMachine();
        List<CaseResult> results = new ArrayList<>();
        CaseFile.read(PublishedVectors.BLOCKS, each -> results.add(each.run(machine)));
        assertThat(results).hasSize(3168);
        expectNoFailure(results, 0.05);
    }
}
