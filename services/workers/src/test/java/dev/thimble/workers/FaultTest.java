package dev.thimble.workers;

import static dev.thimble.workers.TestSite.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.thimble.jobqueue.JobFunction;
import dev.thimble.jobqueue.JobResult;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.JobWorker;
import dev.thimble.jobqueue.Lane;
import dev.thimble.jobqueue.OperatorActions;
import dev.thimble.jobqueue.Plan;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.jobqueue.WorkerIdentity;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.JobKind;
import dev.thimble.model.JobState;
import dev.thimble.model.Round;
import dev.thimble.objectstore.FolderObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lying workers, damaged artifacts, failing stores, full disks. */
class FaultTest {
    private static final long SEED = 20_261_127;

    @TempDir
    private Path folder;

    @Test
    void aLiarIsQuarantinedAndItsProofsMadeAgain() throws Exception {
        try (TestSite site = new TestSite(folder)) {
            BatchId batch = site.submit(271, 1, 10);
            try (JobWorker witness = Components.witnessGenerator(site.site("honest"));
                    JobWorker liar = liar(site)) {
                witness.start();
                liar.start();
                until(() -> site.status.workers().stream()
                        .anyMatch(worker -> worker.state().equals("quarantined")));
                try (JobWorker prover = Components.prover(site.site("honest"))) {
                    prover.start();
                    assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
                }
            }
            assertThat(site.status.workers().stream()
                            .filter(worker -> worker.state().equals("quarantined")))
                    .singleElement()
                    .satisfies(worker -> {
                        assertThat(worker.name()).isEqualTo("liar:prover");
                        assertThat(worker.quarantineReason()).contains("rejected");
                    });
        }
    }

    /** Proves as it should and changes one byte afterwards. */
    private static JobWorker liar(TestSite site) {
        Site place = site.site("liar");
        ProveJob honest = new ProveJob(place.workshop(), TraceSource.none());
        JobFunction lie = lease -> {
            JobResult result = honest.run(lease);
            BatchArtifacts artifacts =
                    new BatchArtifacts(site.store, lease.key().batch());
            ArtifactName name = ArtifactName.parse(result.output().getFirst());
            byte[] proof = artifacts.read(name);
            proof[proof.length / 2] ^= 1;
            artifacts.delete(name);
            artifacts.put(name, proof);
            return new JobResult(result.output(), Digests.sha256(proof), Plan.NOTHING);
        };
        WorkerIdentity identity = new WorkerIdentity("liar:prover", "prover", "test", TestSite.VERSION);
        Lane prove = new Lane(Round.BASIC_CIRCUITS, JobKind.PROVE);
        return new JobWorker(site.queue, identity, Map.of(prove, lie), 1, _ -> {});
    }

    @Test
    void everyLostArtifactIsMadeAgain() throws Exception {
        try (TestSite site = new TestSite(folder);
                JobWorker witness = Components.witnessGenerator(site.site("w"));
                JobWorker prover = Components.prover(site.site("p"))) {
            BatchId batch = site.submit(271, 1, 10);
            witness.start();
            until(() -> site.batch(batch).state() == BatchState.PROVING);
            damage("execution");
            damage("circuit_input");
            damage("shared_digest");
            damage("batch_seed");
            prover.start();
            assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
        }
    }

    @Test
    void aProofThatIsDamagedBeforeItIsUsedIsMadeAgainAndNobodyBlamed() throws Exception {
        try (TestSite site = new TestSite(folder)) {
            BatchId batch = site.submit(271, 1, 10);
            try (JobWorker witness = Components.witnessGenerator(site.site("w"))) {
                witness.start();
                until(() -> site.batch(batch).state() == BatchState.PROVING);
            }
            try (JobWorker prover = Components.prover(site.site("p"))) {
                prover.start();
                until(() -> site.batch(batch).proofs().successful()
                        == site.batch(batch).proofs().total());
                damage("proof");
                try (JobWorker witness = Components.witnessGenerator(site.site("w"))) {
                    witness.start();
                    assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
                }
            }
            assertThat(site.status.workers()).noneMatch(worker -> worker.state().equals("quarantined"));
        }
    }

    /** Overwrites one stored artifact of a type with garbage. */
    private void damage(String type) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path victim = files.filter(file -> file.toString().contains("/" + type + "/") && Files.isRegularFile(file))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            Files.write(victim, new byte[100]);
        }
    }

    @Test
    void aStoreThatFailsNowAndThenOnlyCostsTime() throws Exception {
        System.out.println("failures of seed " + SEED);
        FlakyStore flaky = new FlakyStore(new FolderObjectStore(folder), SEED, 0);
        FlakyStore failing = new FlakyStore(new FolderObjectStore(folder), SEED, 0.05);
        try (TestSite quiet = new TestSite(TemporaryPostgres.ofThisProcess().newDatabase(), flaky);
                TestSite site = new TestSite(quiet.address, failing);
                JobWorker witness = Components.witnessGenerator(site.site("w"));
                JobWorker prover = Components.prover(site.site("p"))) {
            BatchId batch = quiet.submit(271, 1, 10);
            witness.start();
            prover.start();
            assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
            assertThat(failing.failures()).isPositive();
        }
    }

    @Test
    void aFullDiskStopsTheBatchWithAReasonAndItGoesOnAfterRequeueing() throws Exception {
        assumeTrue(mount(folder, "size=64k"), "needs root to mount a small tmpfs");
        try (TestSite site = new TestSite(folder)) {
            BatchId batch = site.submit(271, 1, 3600);
            try (JobWorker witness = Components.witnessGenerator(site.site("w"));
                    JobWorker prover = Components.prover(site.site("p"))) {
                witness.start();
                prover.start();
                assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.STOPPED);
                assertThat(Objects.requireNonNull(site.batch(batch).blockedBy()).error())
                        .contains("DISK_FULL");
                assertThat(mount(folder, "remount,size=256m")).isTrue();
                new OperatorActions(site.database, "test", false).requeue(batch);
                assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
            }
            assertThat(site.status.jobs(new JobView.Filter(null, null, JobState.DEAD, null, 10)))
                    .isEmpty();
        } finally {
            run("umount", folder.toString());
        }
    }

    private static boolean mount(Path place, String options) throws IOException, InterruptedException {
        return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", place.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
