package dev.thimble.jobqueue;

import dev.thimble.model.BatchState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a batch or a finished job: groups, jobs and the batch's new state, created in the same transaction.
 *
 * @param groups groups that do not exist yet; the plan's jobs may also name groups that do, as long as these are open
 * @param jobs the jobs
 * @param state the batch's new state, or null to leave it
 */
public record Plan(
        List<Group> groups, List<NewJob> jobs, @Nullable BatchState state) {
    /** Nothing follows. */
    public static final Plan NOTHING = new Plan(List.of(), List.of(), null);

    public Plan {
        groups = List.copyOf(groups);
        jobs = List.copyOf(jobs);
        if (state == BatchState.STOPPED) {
            throw new IllegalArgumentException("a plan cannot stop its batch");
        }
    }

    public static Plan of(List<Group> groups, List<NewJob> jobs) {
        return new Plan(groups, jobs, null);
    }

    public Plan andState(BatchState newState) {
        return new Plan(groups, jobs, newState);
    }

    public boolean isNothing() {
        return groups.isEmpty() && jobs.isEmpty() && state == null;
    }

    /**
     * A set of jobs that others wait for. It is complete when every member is successful, and must have a member when it
     * is created.
     *
     * @param name unique in its batch
     * @param thenState the state that the batch gets when the group is complete, or null
     */
    public record Group(String name, @Nullable BatchState thenState) {
        public Group {
            if (!name.matches("[A-Za-z0-9_./-]{1,128}")) {
                throw new IllegalArgumentException("not the name of a group: '" + name + "'");
            }
        }

        public static Group of(String name) {
            return new Group(name, null);
        }
    }
}
