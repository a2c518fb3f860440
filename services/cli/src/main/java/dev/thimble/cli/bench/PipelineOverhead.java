package dev.thimble.cli.bench;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Sha256;
import dev.thimble.cli.proving.Engines;
import dev.thimble.cli.proving.GuestFiles;
import dev.thimble.cli.proving.ProvingRun;
import dev.thimble.jobqueue.BasicCircuitsPlan;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.NewBatch;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.RetryPolicy;
import dev.thimble.jobqueue.TemporaryPostgres;
import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.JobKey;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.model.Round;
import dev.thimble.objectstore.FolderObjectStore;
import dev.thimble.objectstore.ObjectKey;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.riscv.WitnessInput;
import dev.thimble.riscv.WitnessInputCodec;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import dev.thimble.workers.Components;
import dev.thimble.workers.Programs;
import dev.thimble.workers.Site;
import dev.thimble.workers.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The time of one batch through queue and store against the time of the same batch proven directly. */
final class PipelineOverhead {
    private static final int CONNECTIONS = 12;
    private static final long POLL_MILLIS = 20;
    private static final double LIMIT = 0.10;

    /** Enough for several proofs, few enough for a short measurement. */
    private static final int HEADERS = 3;

    private static final String PROGRAM = "header-chain";

    private final Context context;
    private final Progress progress;
    private final Path folder;

    PipelineOverhead(Context context, Progress progress, Path folder) {
        this.context = context;
        this.progress = progress;
        this.folder = folder;
    }

    /** The share by which the pipeline takes longer. */
    Measurement measure(double hashPerSecond) throws Exception {
        var settings = context.settings();
        var all = GuestFiles.input(context.root().resolve("guest/inputs/headers.bin"));
        var input = headers(all, HEADERS);
        try (var threads = Engines.workers(settings)) {
            var programs = new Programs(context.root().resolve("guest/bin"));
            var loaded = programs.load(PROGRAM);
            var run = new ProvingRun(context, settings, progress, threads);
            run.prove(loaded.program(), headers(all, 1), folder.resolve("warm-up"));
            var direct = run.prove(loaded.program(), input, folder.resolve("direct"));
            var profile = Profile.of(settings.text(Setting.PROFILE));
            var store = new FolderObjectStore(folder.resolve("store"));
            var workshop = new Workshop(store, programs, profile, Engine.best(threads));
            workshop.prepare(loaded);
            double queued = throughQueue(workshop, store, loaded, input, direct.output());
            double share = queued / direct.seconds().total() - 1;
            return Measurement.of("pipeline.overhead", "share", new double[] {share}, hashPerSecond, Bar.atMost(LIMIT));
        }
    }

    /** The first headers of a file of them: each is an RLP list with a length of two bytes. */
    private static byte[] headers(byte[] file, int count) {
        int end = 0;
        for (int i = 0; i < count; i++) {
            end += 3 + (Byte.toUnsignedInt(file[end + 1]) << 8 | Byte.toUnsignedInt(file[end + 2]));
        }
        return Arrays.copyOf(file, end);
    }

    private double throughQueue(
            Workshop workshop, ObjectStore store, Programs.Loaded loaded, byte[] input, String output)
            throws IOException, InterruptedException {
        try (var server = TemporaryPostgres.start(folder);
                var database = QueueDatabase.open(server.newDatabase(), CONNECTIONS);
                var queue = new JobQueue(database, RetryPolicy.DEFAULT)) {
            queue.registerVersion(
                    ProtocolVersion.CURRENT,
                    workshop.prepare(loaded).keys().vkSet().toString(),
                    null);
            var status = new QueueStatus(database);
            var site = new Site(queue, status, workshop, "bench", "bench", ProtocolVersion.CURRENT, _ -> {}, null);
            try (var witness = Components.witnessGenerator(site);
                    var prover = Components.prover(site)) {
                witness.start();
                prover.start();
                long start = System.nanoTime();
                var batch = submit(queue, store, loaded, input, output);
                while (status.batch(batch).orElseThrow().state() != BatchState.BASIC_PROVEN) {
                    if (status.batch(batch).orElseThrow().state() == BatchState.STOPPED) {
                        throw new IllegalStateException(String.valueOf(status.batch(batch)));
                    }
                    Thread.sleep(POLL_MILLIS);
                }
                return (System.nanoTime() - start) * 1e-9;
            }
        }
    }

    private static BatchId submit(
            JobQueue queue, ObjectStore store, Programs.Loaded loaded, byte[] input, String output) throws IOException {
        var batch = BatchId.of(1, 1);
        var inputName = name(batch, "witness_input");
        var witness = WitnessInputCodec.encode(new WitnessInput(input));
        var description =
                new BatchDescription(PROGRAM, loaded.sha256(), inputName.path(), Sha256.hex(witness), output, 1, 1);
        var descriptionName = name(batch, BatchDescription.ARTIFACT);
        store.putIfAbsent(ObjectKey.of(inputName), witness);
        store.putIfAbsent(ObjectKey.of(descriptionName), description.encode());
        queue.submit(
                new NewBatch(batch, ProtocolVersion.CURRENT, Instant.now(), 0, List.of(descriptionName.path())),
                BasicCircuitsPlan.start(batch));
        return batch;
    }

    private static ArtifactName name(BatchId batch, String type) {
        return new ArtifactName(batch, Round.BASIC_CIRCUITS, type, JobKey.NO_CIRCUIT, 0, 0);
    }
}
