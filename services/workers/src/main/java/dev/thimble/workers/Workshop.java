package dev.thimble.workers;

import dev.thimble.jobqueue.JobFailure;
import dev.thimble.model.BatchDescription;
import dev.thimble.model.BatchId;
import dev.thimble.objectstore.ObjectStore;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.pipeline.TraceSetup;
import dev.thimble.riscv.Program;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What every job needs: the store, the programs with their keys, the threads. Shared by the components of a process. */
public final class Workshop {
    private final ObjectStore store;
    private final Programs programs;
    private final Function<Program, ProvingSetup> setup;
    private final Engine engine;
    private final Consumer<String> milestones;
    private final Map<String, ProvingSetup> setups = new ConcurrentHashMap<>();
    private final Map<String, TraceSetup> traces = new ConcurrentHashMap<>();

    /**
     * @param setup makes (or loads) the keys of a program
     * @param milestones told of each named point that a job passes, such as {@code prove.stored}
     */
    public Workshop(
            ObjectStore store,
            Programs programs,
            Function<Program, ProvingSetup> setup,
            Engine engine,
            Consumer<String> milestones) {
        this.store = store;
        this.programs = programs;
        this.setup = setup;
        this.engine = engine;
        this.milestones = milestones;
    }

    /** A workshop of one profile that makes its keys itself. */
    public Workshop(ObjectStore store, Programs programs, Profile profile, Engine engine) {
        this(store, programs, program -> ProvingSetup.generate(profile, program, engine), engine, _ -> {});
    }

    Engine engine() {
        return engine;
    }

    BatchArtifacts artifacts(BatchId batch) {
        return new BatchArtifacts(store, batch);
    }

    /** Circuits and keys of a batch's program. */
    ProvingSetup setup(BatchDescription batch) throws JobFailure {
        Program program = programs.of(batch);
        return setups.computeIfAbsent(batch.programSha256(), _ -> setup.apply(program));
    }

    /** Circuits and keys of a program of this build, made before the first batch asks for them. */
    public ProvingSetup prepare(Programs.Loaded loaded) {
        return setups.computeIfAbsent(loaded.sha256(), _ -> setup.apply(loaded.program()));
    }

    /** What makes the traces of a batch's program; the keys that it is taken from are not held. */
    TraceSetup traces(BatchDescription batch) throws JobFailure {
        Program program = programs.of(batch);
        ProvingSetup held = setups.get(batch.programSha256());
        return traces.computeIfAbsent(
                batch.programSha256(), _ -> TraceSetup.of(held == null ? setup.apply(program) : held));
    }

    /** As {@link #prepare}, for a component that makes traces alone: the keys that are returned are not held here. */
    public ProvingSetup prepareTraces(Programs.Loaded loaded) {
        ProvingSetup made = setup.apply(loaded.program());
        traces.put(loaded.sha256(), TraceSetup.of(made));
        return made;
    }

    void passed(String milestone) {
        milestones.accept(milestone);
    }
}
