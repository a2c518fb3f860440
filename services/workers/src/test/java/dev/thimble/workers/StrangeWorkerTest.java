package dev.thimble.workers;

import static dev.thimble.workers.TestSite.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thimble.jobqueue.JobEvent;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.JobWorker;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are late or of another version. */
class StrangeWorkerTest {
    @TempDir
    private Path folder;

    /** A prover is frozen with a finished proof; another does its job; then it wakes and delivers the proof a second time. */
    @Test
    void aProofThatIsDeliveredTwiceIsOne() throws Exception {
        try (TestSite site = new TestSite(folder)) {
            BatchId batch = site.submit(271, 1, 10);
            Process frozen = ChildComponent.start(site, folder, Components.PROVER, "prove.proved");
            try (JobWorker witness = Components.witnessGenerator(site.site("w"));
                    JobWorker prover = Components.prover(site.site("p"))) {
                witness.start();
                String attempt = ChildComponent.awaitMilestone(frozen);
                signal("STOP", frozen);
                prover.start();
                assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
                Map<ObjectKey, String> before = contents(site);
                signal("CONT", frozen);
                assertThat(ChildComponent.goOn(frozen, attempt))
                        .isIn(JobEvent.Outcome.SUCCESSFUL, JobEvent.Outcome.LEASE_LOST);
                assertThat(contents(site)).isEqualTo(before);
                assertThat(site.batch(batch).state()).isEqualTo(BatchState.BASIC_PROVEN);
                site.assertDoneOnce();
            } finally {
                frozen.destroyForcibly().waitFor();
            }
        }
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static Map<ObjectKey, String> contents(TestSite site) throws IOException {
        Map<ObjectKey, String> contents = new TreeMap<>();
        for (StoredObject object : site.store.list("")) {
            contents.put(object.key(), Digests.sha256(site.store.read(object.key(), 64 << 20)));
        }
        return contents;
    }

    /** It gets no job, its batch is not stopped by it, and operators see which version it is of. */
    @Test
    void aWorkerOfAnotherVersionGetsNothing() throws Exception {
        ProtocolVersion old = new ProtocolVersion(0, 0, 9);
        try (TestSite site = new TestSite(folder);
                JobWorker witness = Components.witnessGenerator(site.site("w"))) {
            site.queue.registerVersion(old, "0x" + "09".repeat(32), null);
            BatchId batch = site.submit(271, 1, 10);
            Site outdated = site.site("outdated", old, _ -> {}, _ -> {});
            try (JobWorker prover = Components.prover(outdated)) {
                prover.start();
                witness.start();
                until(() -> site.batch(batch).state() == BatchState.PROVING);
                Thread.sleep(500);
                assertThat(site.batch(batch).proofs().queued())
                        .isEqualTo(site.batch(batch).proofs().total());
                assertThat(site.status.workers())
                        .filteredOn(worker -> worker.version().equals("0.0.9"))
                        .singleElement()
                        .satisfies(worker -> {
                            assertThat(worker.name()).isEqualTo("outdated:prover");
                            assertThat(worker.state()).isEqualTo("active");
                        });
                try (JobWorker right = Components.prover(site.site("right"))) {
                    right.start();
                    assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
                }
                assertThat(attemptsOf(site, prover.id())).isEmpty();
            }
        }
    }

    private static List<JobView.Attempt> attemptsOf(TestSite site, String worker) {
        return site.status.jobs(JobView.Filter.ALL).stream()
                .flatMap(job -> site.status.history(job.id()).stream())
                .filter(attempt -> attempt.worker().equals(worker))
                .toList();
    }

    /** A build whose keys are others under the same version is refused before it can take a job. */
    @Test
    void aWorkerWithOtherKeysIsRefused() throws Exception {
        String others = "0x" + "0b".repeat(32);
        try (TestSite site = new TestSite(folder)) {
            String keys = site.status.versions().getFirst().vkSetDigest();
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> site.queue.registerVersion(TestSite.VERSION, others, null))
                    .withMessage(
                            "protocol version 0.1.0 is registered with keys " + keys + " but this build has " + others);
            assertThat(site.status.versions())
                    .singleElement()
                    .satisfies(known -> assertThat(known.vkSetDigest()).isEqualTo(keys));
        }
    }
}
