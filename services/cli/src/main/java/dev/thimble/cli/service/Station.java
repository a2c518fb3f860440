package dev.thimble.cli.service;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.HomeFolder;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.cli.command.StopSignal;
import dev.thimble.cli.command.VersionText;
import dev.thimble.cli.database.PipelineStorage;
import dev.thimble.cli.proving.Engines;
import dev.thimble.cli.proving.KeyFolder;
import dev.thimble.field.Workers;
import dev.thimble.http.BearerToken;
import dev.thimble.jobqueue.JobQueue;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.RetryPolicy;
import dev.thimble.jobqueue.WorkerIdentity;
import dev.thimble.model.JobKey;
import dev.thimble.model.ProtocolVersion;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.observability.Observability;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.Program;
import dev.thimble.riscvcircuits.BasicCircuits;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import dev.thimble.workers.JobMetrics;
import dev.thimble.workers.Programs;
import dev.thimble.workers.Site;
import dev.thimble.workers.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the components of one process share: database, store, metrics, and for those that prove, keys and threads. */
public final class Station implements AutoCloseable {
    private final Context context;
    private final Settings settings;
    private final String component;
    private final Progress progress;
    private final PipelineStorage storage;
    private final JobQueue queue;
    private final Observability observability;
    private final JobMetrics attempts;
    private final ObjectStore store;
    private final Map<String, URI> urls = new LinkedHashMap<>();
    private @Nullable Workers threads;
    private @Nullable Site site;

    private Station(Context context, Settings settings, Progress progress, PipelineStorage storage, String component) {
        this.context = context;
        this.settings = settings;
        this.component = component;
        this.progress = progress;
        this.storage = storage;
        this.queue = new JobQueue(storage.database(), RetryPolicy.DEFAULT);
        this.observability = new Observability(component, VersionText.version());
        this.store = new MeasuredStore(storage.store(), observability.registry());
        this.attempts = new JobMetrics(observability.registry(), this::cells);
    }

    /**
     * Opens database and store.
     *
     * @throws CommandFailure DATABASE_UNAVAILABLE, STORE_UNAVAILABLE or TOKEN_MISSING
     */
    public static Station open(Context context, Settings settings, Progress progress, String component) {
        ServiceOptions.configureLog(settings);
        ServiceOptions.token(settings);
        HomeFolder.sweepTemporaryFiles(context.home());
        return new Station(context, settings, progress, PipelineStorage.open(settings, context.home()), component);
    }

    Context context() {
        return context;
    }

    public Settings settings() {
        return settings;
    }

    public Progress progress() {
        return progress;
    }

    /** The settings with the port that our own PostgreSQL has; one that still ran was taken over with its port. */
    public Settings withDatabasePort(Settings chosen) {
        var postgres = storage.access().postgres();
        return postgres == null ? chosen : chosen.withFlag(Setting.DATABASE_PORT, Integer.toString(postgres.port()));
    }

    public QueueDatabase database() {
        return storage.database();
    }

    public QueueStatus status() {
        return new QueueStatus(storage.database());
    }

    JobQueue queue() {
        return queue;
    }

    public ObjectStore store() {
        return store;
    }

    Observability observability() {
        return observability;
    }

    JobMetrics attempts() {
        return attempts;
    }

    /** Notes where the component can be reached. */
    void reachable(String name, URI url) {
        urls.put(name, url);
    }

    /** What the component is and where, by now. */
    ComponentReport report(String state) {
        return ComponentReport.of(component, state, Collections.unmodifiableMap(urls), storage);
    }

    @Nullable
    BearerToken token() {
        return ServiceOptions.token(settings);
    }

    /** How many threads prove. */
    int threadCount() {
        var text = settings.text(Setting.THREADS);
        return text.isEmpty() ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(text);
    }

    /** Where this process may be reached; every worker's name begins with it. */
    static String host() {
        var pod = System.getenv("POD_NAME");
        if (pod != null && pod.matches("[A-Za-z0-9_.-]{1,80}")) {
            return pod;
        }
        try {
            var name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.matches("[A-Za-z0-9_.-]{1,80}") ? name : "localhost";
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** A component that takes jobs but makes no proofs. */
    WorkerIdentity identity(String component) {
        return new WorkerIdentity(host() + ":" + component, component, VersionText.version(), ProtocolVersion.CURRENT);
    }

    Path guests() {
        return context.root().resolve("guest/bin");
    }

    /**
     * Keys and threads, with this build's protocol version registered.
     *
     * @throws CommandFailure KEYS_DIFFER if the database was set up with another profile or build
     */
    Site site() {
        var known = site;
        if (known != null) {
            return known;
        }
        known = site(Workshop::prepare);
        site = known;
        return known;
    }

    /** As {@link #site}, for a component that makes traces alone: it holds no keys. */
    Site traceSite() {
        return site(Workshop::prepareTraces);
    }

    private Site site(BiFunction<Workshop, Programs.Loaded, ProvingSetup> prepare) {
        var workers = Engines.workers(settings);
        threads = workers;
        var engine = Engines.engine(settings, workers);
        var profile = Profile.of(settings.text(Setting.PROFILE));
        var programs = new Programs(guests());
        var workshop = new Workshop(store, programs, program -> keys(profile, program, engine), engine, _ -> {});
        register(loaded -> prepare.apply(workshop, loaded), programs);
        return new Site(
                queue, status(), workshop, host(), VersionText.version(), ProtocolVersion.CURRENT, attempts, token());
    }

    /** The cells of the instance that a job proves. */
    private long cells(JobKey job) {
        var circuits = BasicCircuits.programs(Profile.of(settings.text(Setting.PROFILE)));
        var air = Objects.requireNonNull(circuits.get(CircuitType.valueOf(job.circuit())));
        return (long) air.committedColumns() * air.height();
    }

    private ProvingSetup keys(Profile profile, Program program, Engine engine) {
        try {
            return new KeyFolder(context, progress).load(profile, program, engine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void register(Function<Programs.Loaded, ProvingSetup> prepare, Programs programs) {
        try {
            var setup = prepare.apply(programs.load(settings.text(Setting.BATCH_PROGRAM)));
            queue.registerVersion(ProtocolVersion.CURRENT, setup.keys().vkSet().toString(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.environment(
                    "KEYS_DIFFER",
                    String.valueOf(e.getMessage()),
                    "Use the --profile that the database was set up with, or another database.");
        }
    }

    /**
     * Waits until some worker has registered this build's protocol version, saying once what is waited for.
     *
     * @throws CancellationException if the process is told to stop meanwhile
     */
    void awaitVersion() throws InterruptedException {
        boolean said = false;
        while (status().versions().stream().noneMatch(known -> known.version().equals(ProtocolVersion.CURRENT))) {
            if (!said) {
                observability
                        .readiness()
                        .notReady("protocol version", "waiting for thimble init or for a first worker");
                progress.step("waiting for protocol version " + ProtocolVersion.CURRENT
                        + ": run thimble init or start a worker");
                said = true;
            }
            Thread.sleep(500);
            StopSignal.check();
        }
        observability.readiness().ready("protocol version");
    }

    @Override
    public void close() {
        observability.close();
        queue.close();
        if (threads != null) {
            Objects.requireNonNull(threads).close();
        }
        try {
            storage.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
