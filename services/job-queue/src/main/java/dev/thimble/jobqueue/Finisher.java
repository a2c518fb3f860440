package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes results, creates what follows and completes groups, all in the caller's transaction. */
final class Finisher {
    private final Handle handle;
    private final String worker;

    Finisher(Handle handle, String worker) {
        this.handle = handle;
        this.worker = worker;
    }

    /** The outcome of each result by job. */
    Map<Long, FinishOutcome> finish(List<Finished> unordered) {
        List<Finished> results = unordered.stream()
                .sorted(Comparator.comparingLong(f -> f.lease().jobId()))
                .toList();
        Map<Long, Done> accepted = accept(results);
        Set<String> lanes = new HashSet<>();
        for (Finished finished : results) {
            Done done = accepted.get(finished.lease().jobId());
            if (done != null && !finished.result().next().isNothing()) {
                Planner planner = new Planner(handle, done.batch(), done.job(), done.group());
                lanes.addAll(planner.create(finished.result().next()));
            }
        }
        lanes.addAll(closeGroups(accepted));
        Notifier.notify(handle, lanes);
        return outcomes(results, accepted.keySet());
    }

    private Map<Long, Done> accept(List<Finished> results) {
        Map<Long, Done> accepted = new HashMap<>();
        handle.createQuery(Statements.FINISH)
                .bind("worker", worker)
                .bindArray("ids", Long.class, jobs(results))
                .bindArray(
                        "attempts",
                        Integer.class,
                        results.stream().map(f -> f.lease().attempt()).toList())
                .bindArray(
                        "outputs",
                        String.class,
                        results.stream()
                                .map(f -> Lines.join(f.result().output()))
                                .toList())
                .bindArray("digests", String.class, digests(results))
                .map((row, context) -> new Done(row.getLong("id"), Rows.batch(row), Rows.number(row, "group_id")))
                .forEach(done -> accepted.put(done.job(), done));
        return accepted;
    }

    private Set<String> closeGroups(Map<Long, Done> accepted) {
        Map<Long, Integer> counts = new TreeMap<>();
        for (Done done : accepted.values()) {
            if (done.group() != null) {
                counts.merge(done.group(), 1, Integer::sum);
            }
        }
        if (counts.isEmpty()) {
            return Set.of();
        }
        List<Closed> closed = handle.createQuery(Statements.CLOSE_GROUPS)
                .bindArray("groups", Long.class, counts.keySet())
                .bindArray("counts", Integer.class, counts.values())
                .map((row, context) -> new Closed(row.getLong("id"), Rows.batch(row), row.getString("then_state")))
                .list();
        return release(closed);
    }

    private Set<String> release(List<Closed> closed) {
        Set<String> lanes = new HashSet<>();
        if (closed.isEmpty()) {
            return lanes;
        }
        for (Closed group : closed) {
            if (group.thenState() != null) {
                Plan state = Plan.NOTHING.andState(BatchState.parse(group.thenState()));
                new Planner(handle, group.batch(), null, null).create(state);
            }
        }
        handle.createQuery(Statements.RELEASE_WAITING)
                .bindArray("groups", Long.class, closed.stream().map(Closed::id).toList())
                .map((row, context) -> Rows.lane(row))
                .forEach(lane -> lanes.add(lane.text()));
        return lanes;
    }

    private Map<Long, FinishOutcome> outcomes(List<Finished> results, Set<Long> accepted) {
        List<Finished> late = results.stream()
                .filter(f -> !accepted.contains(f.lease().jobId()))
                .toList();
        Set<Long> identical = new HashSet<>();
        if (!late.isEmpty()) {
            identical.addAll(handle.createQuery(Statements.ALREADY_DONE)
                    .bindArray("ids", Long.class, jobs(late))
                    .bindArray("digests", String.class, digests(late))
                    .mapTo(Long.class)
                    .list());
        }
        Map<Long, FinishOutcome> outcomes = new HashMap<>();
        for (Finished finished : results) {
            long job = finished.lease().jobId();
            FinishOutcome late1 = identical.contains(job) ? FinishOutcome.ALREADY_DONE : FinishOutcome.REFUSED;
            outcomes.put(job, accepted.contains(job) ? FinishOutcome.ACCEPTED : late1);
        }
        return outcomes;
    }

    private static List<Long> jobs(List<Finished> results) {
        List<Long> jobs = new ArrayList<>();
        results.forEach(f -> jobs.add(f.lease().jobId()));
        return jobs;
    }

    private static List<String> digests(List<Finished> results) {
        List<String> digests = new ArrayList<>();
        results.forEach(f -> digests.add(f.result().digest()));
        return digests;
    }

    private record Done(long job, BatchId batch, @Nullable Long group) {}

    private record Closed(long id, BatchId batch, @Nullable String thenState) {}
}
