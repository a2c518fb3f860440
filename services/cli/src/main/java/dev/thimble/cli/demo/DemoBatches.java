package dev.thimble.cli.demo;

import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.StopSignal;
import dev.thimble.cli.service.Station;
import dev.thimble.jobqueue.BatchStatus;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ChainId;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.JobState;
import dev.thimble.model.Round;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Follows the batches that hold the demo's blocks until all are proven and delivered, or one stops. */
final class DemoBatches {
    /** A batch of the demo. */
    record Batch(long number, long firstBlock, long lastBlock, String state, int proofs) {}

    private static final int MAXIMUM_BYTES = 1 << 16;
    private static final int LIMIT = 10_000;
    private static final long POLL_MILLIS = 100;

    private final QueueStatus status;
    private final ObjectStore store;
    private final ChainId chain;
    private final Progress progress;
    private final TreeMap<Long, String> said = new TreeMap<>();

    DemoBatches(Station station) {
        this.status = station.status();
        this.store = station.store();
        this.chain = new ChainId(station.settings().number(Setting.L2_CHAIN_ID));
        this.progress = station.progress();
    }

    /** Waits for the batches of blocks {@code first} to {@code last}; ends early if one stops or a stop is asked for. */
    List<Batch> await(long first, long last) throws IOException, InterruptedException {
        while (true) {
            var batches = batchesOf(first, last);
            batches.forEach(this::say);
            boolean stopped = batches.stream().anyMatch(batch -> batch.state().equals(BatchState.STOPPED.wireName()));
            boolean all = batches.stream().anyMatch(batch -> batch.lastBlock() >= last)
                    && batches.stream().allMatch(this::isDelivered);
            if (all || stopped) {
                return batches;
            }
            if (StopSignal.isAsked()) {
                throw new InterruptedException("asked to stop");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private List<Batch> batchesOf(long first, long last) throws IOException {
        var found = new ArrayList<Batch>();
        for (var batch : status.batches(chain, 0, LIMIT)) {
            var description = description(batch.id());
            if (description.lastBlock() >= first && description.firstBlock() <= last) {
                found.add(new Batch(
                        batch.id().number(),
                        description.firstBlock(),
                        description.lastBlock(),
                        batch.state().wireName(),
                        batch.proofs().successful()));
                show(batch);
            }
        }
        return found;
    }

    private BatchDescription description(BatchId batch) throws IOException {
        var name = new ArtifactName(batch, Round.BASIC_CIRCUITS, BatchDescription.ARTIFACT, JobKey.NO_CIRCUIT, 0, 0);
        return BatchDescription.decode(store.read(ObjectKey.of(name), MAXIMUM_BYTES));
    }

    private void show(BatchStatus batch) {
        if (batch.state() == BatchState.PROVING) {
            progress.at(
                    "batch " + batch.id().number(),
                    batch.proofs().successful(),
                    batch.proofs().total());
        }
    }

    private void say(Batch batch) {
        var line = "batch " + batch.number() + " (blocks " + batch.firstBlock() + " to " + batch.lastBlock() + ") "
                + batch.state();
        if (!line.equals(said.put(batch.number(), line))) {
            progress.step(line + (batch.proofs() == 0 ? "" : ", " + batch.proofs() + " proofs"));
        }
    }

    private boolean isDelivered(Batch batch) {
        return status.jobs(new JobView.Filter(chain.value(), batch.number(), JobState.SUCCESSFUL, null, LIMIT)).stream()
                .anyMatch(job -> job.key().kind() == JobKind.SUBMIT);
    }
}
