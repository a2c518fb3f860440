package dev.thimble.jobqueue;

import dev.thimble.model.ArtifactName;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.JobKey;
import dev.thimble.model.JobKind;
import dev.thimble.model.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The jobs of round basic_circuits and what follows what: execute, then a commit per instance, then the challenge, then a
 * proof per instance, then the verification of all, then the submission.
 */
public final class BasicCircuitsPlan {
    /** The artifact of an instance that its trace is made from. */
    public static final String CIRCUIT_INPUT = "circuit_input";

    private static final Round ROUND = Round.BASIC_CIRCUITS;
    private static final String COMMITS = "basic_circuits/commits";
    private static final String PROOFS = "basic_circuits/proofs";

    /** Delivery waits for the server as long as it takes: about three days. */
    private static final NewJob.Limits SUBMISSION = new NewJob.Limits(1_000, Duration.ofMinutes(2));

    private BasicCircuitsPlan() {}

    /** What a batch begins with. */
    public static Plan start(BatchId batch) {
        JobKey execute = JobKey.ofBatch(batch, ROUND, JobKind.EXECUTE);
        return Plan.of(List.of(), List.of(NewJob.of(execute, List.of())));
    }

    /**
     * What follows the execution.
     *
     * @param instances the number of instances of each circuit type
     */
    public static Plan afterExecute(BatchId batch, Map<String, Integer> instances) {
        List<NewJob> jobs = perInstance(batch, JobKind.COMMIT, instances, COMMITS);
        jobs.add(NewJob.of(JobKey.ofBatch(batch, ROUND, JobKind.CHALLENGE), List.of())
                .after(COMMITS));
        return Plan.of(List.of(Plan.Group.of(COMMITS)), jobs).andState(BatchState.WITNESS);
    }

    /** What follows the challenge. */
    public static Plan afterChallenge(BatchId batch, Map<String, Integer> instances) {
        List<NewJob> jobs = perInstance(batch, JobKind.PROVE, instances, PROOFS);
        jobs.add(NewJob.of(JobKey.ofBatch(batch, ROUND, JobKind.VERIFY), List.of())
                .after(PROOFS));
        return Plan.of(List.of(Plan.Group.of(PROOFS)), jobs).andState(BatchState.PROVING);
    }

    /** What follows the verification: in this build the batch's last state, and the message to its server. */
    public static Plan afterVerify(BatchId batch) {
        JobKey submit = JobKey.ofBatch(batch, ROUND, JobKind.SUBMIT);
        return Plan.of(List.of(), List.of(NewJob.of(submit, List.of()).with(SUBMISSION)))
                .andState(BatchState.BASIC_PROVEN);
    }

    private static List<NewJob> perInstance(BatchId batch, JobKind kind, Map<String, Integer> instances, String group) {
        List<NewJob> jobs = new ArrayList<>();
        instances.forEach((circuit, count) -> {
            for (int i = 0; i < count; i++) {
                JobKey key = new JobKey(batch, ROUND, kind, circuit, 0, i);
                ArtifactName input = key.artifact(CIRCUIT_INPUT);
                jobs.add(NewJob.of(key, List.of(input.path())).in(group));
            }
        });
        return jobs;
    }
}
