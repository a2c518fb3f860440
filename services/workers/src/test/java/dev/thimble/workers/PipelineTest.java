package dev.thimble.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.http.ListenAddress;
import dev.thimble.jobqueue.BatchStatus;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.JobWorker;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchResult;
import dev.thimble.model.BatchState;
import dev.thimble.model.JobState;
import dev.thimble.objectstore.ObjectKey;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches through queue and store to basic_proven, with real proofs. */
class PipelineTest {
    @TempDir
    private Path folder;

    private TestSite site;

    @BeforeEach
    void open() throws Exception {
        site = new TestSite(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void twoBatchesOfTwoChainsAreProvenSideBySide() throws Exception {
        BatchId first = site.submit(271, 1, 3600);
        BatchId second = site.submit(272, 1, 10);
        try (JobWorker witness = Components.witnessGenerator(site.site("a"));
                JobWorker prover = Components.prover(site.site("a"))) {
            witness.start();
            prover.start();
            assertThat(site.awaitEnd(first)).isEqualTo(BatchState.BASIC_PROVEN);
            assertThat(site.awaitEnd(second)).isEqualTo(BatchState.BASIC_PROVEN);
        }
        BatchStatus.Proofs proofs = site.batch(first).proofs();
        assertThat(proofs.successful()).isEqualTo(proofs.total()).isGreaterThan(2);
        byte[] result = site.store.read(
                ObjectKey.of(new BatchArtifacts(site.store, first).ofBatch(BatchResult.ARTIFACT)), 10_000);
        assertThat(BatchResult.decode(result).proofs()).isEqualTo(proofs.total());
        assertThat(BatchResult.decode(result).profile()).isEqualTo("test");
    }

    @Test
    void aProverTakesTracesFromAVectorGenerator() throws Exception {
        BatchId batch = site.submit(271, 1, 10);
        Site place = site.site("a");
        try (VectorGenerator generator = new VectorGenerator(place.workshop(), 1, ListenAddress.loopback(0), null);
                JobWorker announcement = Components.announcement(place, "http://127.0.0.1:" + generator.port());
                JobWorker witness = Components.witnessGenerator(place);
                JobWorker prover = Components.prover(site.site("b"))) {
            announcement.start();
            witness.start();
            prover.start();
            assertThat(site.awaitEnd(batch)).isEqualTo(BatchState.BASIC_PROVEN);
            assertThat(generator.served()).isPositive();
        }
    }

    @Test
    void aBatchThatExpectsAnotherOutputStopsWithAReason() throws Exception {
        BatchId good = site.submit(271, 1, 10);
        var artifacts = new BatchArtifacts(site.store, good);
        var description = artifacts.description();
        BatchId bad = BatchId.of(271, 2);
        site.submit(
                bad,
                new BatchDescription(
                        description.program(),
                        description.programSha256(),
                        description.inputPath(),
                        description.inputSha256(),
                        "0x" + "00".repeat(32),
                        2,
                        2));
        try (JobWorker witness = Components.witnessGenerator(site.site("a"))) {
            witness.start();
            assertThat(site.awaitEnd(bad)).isEqualTo(BatchState.STOPPED);
        }
        BatchStatus.Blocker blocker = site.batch(bad).blockedBy();
        assertThat(blocker).isNotNull();
        assertThat(Objects.requireNonNull(blocker).error()).contains("BAD_INPUT", "but the batch expects 0x000");
        assertThat(site.status.jobs(new JobView.Filter(271L, 2L, null, null, 10)))
                .extracting(JobView::state)
                .containsExactly(JobState.DEAD);
    }
}
