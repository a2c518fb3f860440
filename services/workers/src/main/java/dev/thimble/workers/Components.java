package dev.thimble.workers;

import dev.thimble.jobqueue.JobFunction;
import dev.thimble.jobqueue.JobWorker;
import dev.thimble.jobqueue.Lane;
import dev.thimble.jobqueue.WorkerIdentity;
import dev.thimble.model.JobKind;
import dev.thimble.model.Round;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the components together. Each is a {@link JobWorker} with the functions of its kind; none is started here. */
public final class Components {
    public static final String WITNESS_GENERATOR = "witness-generator";
    public static final String VECTOR_GENERATOR = "witness-vector-generator";
    public static final String PROVER = "prover";

    /** A prover fetches the trace of its next job while it proves one. */
    private static final int PROVER_JOBS = 2;

    private static final Duration TRACE_PATIENCE = Duration.ofMinutes(1);

    private Components() {}

    /** Executes, commits, challenges and verifies: the witness generator of round basic_circuits. */
    public static JobWorker witnessGenerator(Site site) {
        Workshop workshop = site.workshop();
        Map<Lane, JobFunction> functions = Map.of(
                lane(JobKind.EXECUTE), new ExecuteJob(workshop),
                lane(JobKind.COMMIT), new CommitJob(workshop),
                lane(JobKind.CHALLENGE), new ChallengeJob(workshop),
                lane(JobKind.VERIFY), new VerifyJob(workshop));
        return worker(site, WITNESS_GENERATOR, functions, 1, null);
    }

    /** Proves, with traces of witness vector generators where there are any. */
    public static JobWorker prover(Site site) {
        TraceSource traces = new RemoteTraces(() -> generators(site), site.token(), TRACE_PATIENCE);
        Map<Lane, JobFunction> functions = Map.of(lane(JobKind.PROVE), new ProveJob(site.workshop(), traces));
        return worker(site, PROVER, functions, PROVER_JOBS, null);
    }

    /**
     * Tells provers where a vector generator is. It takes no jobs.
     *
     * @param url where provers reach it
     */
    public static JobWorker announcement(Site site, String url) {
        return worker(site, VECTOR_GENERATOR, Map.of(), 1, url);
    }

    private static Lane lane(JobKind kind) {
        return new Lane(Round.BASIC_CIRCUITS, kind);
    }

    private static JobWorker worker(
            Site site, String component, Map<Lane, JobFunction> functions, int jobs, @Nullable String url) {
        WorkerIdentity identity = new WorkerIdentity(
                site.host() + ":" + component, component, site.softwareVersion(), site.version(), url, null);
        return new JobWorker(site.queue(), identity, functions, jobs, site.attempts());
    }

    private static List<String> generators(Site site) {
        return site.status().workers().stream()
                .filter(worker -> worker.component().equals(VECTOR_GENERATOR))
                .filter(worker -> worker.state().equals("active")
                        && worker.version().equals(site.version().toString()))
                .map(worker -> worker.address())
                .filter(Objects::nonNull)
                .toList();
    }
}
