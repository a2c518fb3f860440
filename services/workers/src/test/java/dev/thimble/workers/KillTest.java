package dev.thimble.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.jobqueue.JobWorker;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each component killed with SIGKILL at each of its milestones: another takes over and the batch ends proven. */
class KillTest {
    private static final long SEED = 20_261_127;

    /** A component and where it is killed. */
    record Kill(String component, String milestone) {}

    @TempDir
    private Path folder;

    static List<Kill> all() {
        return List.of(
                new Kill(Components.WITNESS_GENERATOR, "execute.begun"),
                new Kill(Components.WITNESS_GENERATOR, "execute.input_stored"),
                new Kill(Components.WITNESS_GENERATOR, "execute.stored"),
                new Kill(Components.WITNESS_GENERATOR, "commit.stored"),
                new Kill(Components.WITNESS_GENERATOR, "challenge.stored"),
                new Kill(Components.WITNESS_GENERATOR, "verify.stored"),
                new Kill(Components.PROVER, "prove.traced"),
                new Kill(Components.PROVER, "prove.proved"),
                new Kill(Components.PROVER, "prove.stored"),
                new Kill(Components.VECTOR_GENERATOR, "vector.made"));
    }

    static Stream<Kill> aThird() {
        List<Kill> shuffled = new ArrayList<>(all());
        Collections.shuffle(shuffled, new Random(SEED));
        System.out.println("kills of seed " + SEED);
        return shuffled.stream().limit((shuffled.size() + 2) / 3);
    }

    @ParameterizedTest
    @MethodSource("aThird")
    void someKillsAreSurvived(Kill kill) throws Exception {
        survive(kill);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("all")
    void everyKillIsSurvived(Kill kill) throws Exception {
        survive(kill);
    }

    private void survive(Kill kill) throws Exception {
        try (TestSite site = new TestSite(folder)) {
            BatchId batch = site.submit(271, 1, 10);
            Process child = ChildComponent.start(site, folder, kill.component(), kill.milestone());
            try (JobWorker helper = helper(site, kill.component())) {
                helper.start();
                if (kill.component().equals(Components.VECTOR_GENERATOR)) {
                    finishWhileKilled(site, batch, child);
                } else {
                    ChildComponent.awaitMilestone(child);
                    child.destroyForcibly().waitFor();
                    takeOver(site, batch, kill.component());
                }
            }
            site.assertDoneOnce();
        }
    }

    /** The component that is not killed. */
    private static JobWorker helper(TestSite site, String killed) {
        return killed.equals(Components.WITNESS_GENERATOR)
                ? Components.prover(site.site("helper"))
                : Components.witnessGenerator(site.site("helper"));
    }

    private static void takeOver(TestSite site, BatchId batch, String component) throws InterruptedException {
        JobWorker second = component.equals(Components.PROVER)
                ? Components.prover(site.site("second"))
                : Components.witnessGenerator(site.site("second"));
        try (second) {
            second.start();
            assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
        }
    }

    /** The prover asks the generator, which dies while it answers. */
    private static void finishWhileKilled(TestSite site, BatchId batch, Process generator) throws Exception {
        while (site.status.workers().stream().noneMatch(worker -> worker.address() != null)) {
            Thread.sleep(50);
        }
        try (JobWorker prover = Components.prover(site.site("prover"))) {
            prover.start();
            ChildComponent.awaitMilestone(generator);
            generator.destroyForcibly().waitFor();
            assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
        }
    }
}
