package dev.thimble.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thimble.field.Workers;
import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.BatchStatus;
import dev.thimble.jobqueue.DatabaseAddress;
import dev.thimble.jobqueue.JobEvent;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.JobView;
import dev.thimble.jobqueue.NewBatch;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.RetryPolicy;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.JobKind;
import dev.thimble.model.JobState;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.objectstore.FolderObjectStore;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.Outcome;
import dev.thimble.riscv.ProgramRun;
import dev.thimble.riscv.WitnessInput;
import dev.thimble.riscv.WitnessInputCodec;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A queue, a store and a workshop for tests, on the tiny program fibonacci in the profile test. */
final class TestSite implements AutoCloseable {
    static final ProtocolVersion VERSION = new ProtocolVersion(0, 1, 0);

    /** Everything happens within a second or so. */
    static final RetryPolicy QUICK = new RetryPolicy(
            Duration.ofMillis(3000),
            Duration.ofMillis(400),
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofMillis(400));

    private static final Path GUESTS = Path.of("../../guest/bin");
    private static final Workers THREADS = new Workers(2);
    private static final Engine ENGINE = Engine.best(THREADS);

    /** The keys of the tests' program, made once in this JVM. */
    private static final class Keys {
        static final Programs.Loaded LOADED = load();
        static final ProvingSetup SETUP = ProvingSetup.generate(Profile.TEST, LOADED.program(), ENGINE);

        private static Programs.Loaded load() {
            try {
                return new Programs(GUESTS).load("fibonacci");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    final DatabaseAddress address;
    final QueueDatabase database;
    final JobQueue queue;
    final QueueStatus status;
    final ObjectStore store;

    TestSite(Path folder) throws IOException {
        this(TemporaryPostgres.ofThisProcess().newDatabase(), new FolderObjectStore(folder));
    }

    TestSite(DatabaseAddress address, ObjectStore store) {
        this.address = address;
        this.database = QueueDatabase.open(address, 12);
        this.queue = new JobQueue(database, QUICK);
        this.status = new QueueStatus(database);
        this.store = store;
        queue.registerVersion(VERSION, Keys.SETUP.keys().vkSet().toString(), null);
    }

    /** Where components work: {@code milestones} and {@code attempts} are told of what happens. */
    Site site(String host, ProtocolVersion version, Consumer<String> milestones, Consumer<JobEvent> attempts) {
        Workshop workshop = new Workshop(store, new Programs(GUESTS), _ -> Keys.SETUP, ENGINE, milestones);
        return new Site(queue, status, workshop, host, "test", version, attempts, null);
    }

    Site site(String host) {
        return site(host, VERSION, _ -> {}, _ -> {});
    }

    /** Submits a batch that runs fibonacci; 3600 rounds take several segments. */
    BatchId submit(long chain, long number, int rounds) throws IOException {
        BatchId batch = BatchId.of(chain, number);
        byte[] input = {(byte) rounds, (byte) (rounds >> 8), 0, 0};
        BatchArtifacts artifacts = new BatchArtifacts(store, batch);
        String inputPath = artifacts.ofBatch("witness_input").path();
        byte[] witness = WitnessInputCodec.encode(new WitnessInput(input));
        store.putIfAbsent(new ObjectKey(inputPath), witness);
        var run = ProgramRun.of(Keys.LOADED.program(), input, ExecutionOptions.defaults());
        var halted = (Outcome.Halted) run.execution().outcome();
        BatchDescription description = new BatchDescription(
                "fibonacci",
                Keys.LOADED.sha256(),
                inputPath,
                "0x" + Digests.sha256(witness),
                Digests.output(halted.output()),
                number,
                number);
        submit(batch, description);
        return batch;
    }

    void submit(BatchId batch, BatchDescription description) throws IOException {
        String path = new BatchArtifacts(store, batch)
                .ofBatch(BatchDescription.ARTIFACT)
                .path();
        store.putIfAbsent(new ObjectKey(path), description.encode());
        queue.submit(
                new NewBatch(batch, VERSION, Instant.parse("2026-01-01T00:00:00Z"), 0, List.of(path)),
                BasicCircuitsPlan.start(batch));
    }

    BatchStatus batch(BatchId id) {
        return status.batch(id).orElseThrow();
    }

    /** Waits until a batch is proven or stopped, at most four minutes. */
    BatchState awaitEnd(BatchId id) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(240);
        while (true) {
            BatchState state = batch(id).state();
            if (state == BatchState.BASIC_PROVEN || state == BatchState.STOPPED) {
                return state;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("batch " + id + " is still " + batch(id));
            }
            Thread.sleep(50);
        }
    }

    /** Nothing lost, nothing double: every job but the submission is done, by exactly one successful attempt. */
    void assertDoneOnce() {
        for (JobView job : status.jobs(JobView.Filter.ALL)) {
            if (job.key().kind() != JobKind.SUBMIT) {
                assertThat(job.state()).as(job.toString()).isEqualTo(JobState.SUCCESSFUL);
                assertThat(status.history(job.id()))
                        .as(job.toString())
                        .filteredOn(attempt -> attempt.outcome().equals("successful"))
                        .hasSize(1);
            }
        }
    }

    /** Waits for something, at most three minutes. */
    static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 180_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited for three minutes");
            }
            Thread.sleep(30);
        }
    }

    @Override
    public void close() {
        queue.close();
        database.close();
    }
}
