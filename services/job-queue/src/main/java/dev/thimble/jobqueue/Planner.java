package dev.thimble.jobqueue;

import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Creates the groups and jobs of a plan inside the caller's transaction. */
final class Planner {
    private final Handle handle;
    private final BatchId batch;
    private final @Nullable Long createdBy;
    private final @Nullable Long groupOfCreator;

    /**
     * @param createdBy the job the plan belongs to, or null for a batch's first plan
     * @param groupOfCreator the group that job is a member of, or null
     */
    Planner(Handle handle, BatchId batch, @Nullable Long createdBy, @Nullable Long groupOfCreator) {
        this.handle = handle;
        this.batch = batch;
        this.createdBy = createdBy;
        this.groupOfCreator = groupOfCreator;
    }

    /** Creates what the plan names; returns the lanes in which jobs were queued. */
    Set<String> create(Plan plan) {
        Set<String> lanes = new HashSet<>();
        if (!plan.jobs().isEmpty() || !plan.groups().isEmpty()) {
            Map<String, Integer> members = membersByGroup(plan);
            insertGroups(plan, members);
            Map<String, GroupRow> groups = lockGroups(plan);
            extendGroups(plan, members, groups);
            insertJobs(plan.jobs(), groups, lanes);
        }
        if (plan.state() != null) {
            setState(plan.state().wireName());
        }
        return lanes;
    }

    private Map<String, Integer> membersByGroup(Plan plan) {
        Map<String, Integer> members = new HashMap<>();
        for (NewJob job : plan.jobs()) {
            if (!job.key().batch().equals(batch)) {
                throw new IllegalArgumentException("job " + job.key() + " does not belong to batch " + batch);
            }
            if (job.memberOf() != null) {
                members.merge(job.memberOf(), 1, Integer::sum);
            }
        }
        return members;
    }

    private void insertGroups(Plan plan, Map<String, Integer> members) {
        for (Plan.Group group : plan.groups()) {
            int count = members.getOrDefault(group.name(), 0);
            if (count == 0) {
                throw new IllegalArgumentException("group " + group.name() + " of batch " + batch + " has no member");
            }
            BatchState then = group.thenState();
            handle.createUpdate("""
                    INSERT INTO job_groups (chain_id, batch_number, name, open, then_state, created_by)
                    VALUES (:chain, :batch, :name, :open, :then, :createdBy)
                    """)
                    .bind("chain", batch.chain().value())
                    .bind("batch", batch.number())
                    .bind("name", group.name())
                    .bind("open", count)
                    .bind("then", then == null ? null : then.wireName())
                    .bind("createdBy", createdBy)
                    .execute();
        }
    }

    /** The groups that the plan names. Their lock keeps them from completing before this transaction has ended. */
    private Map<String, GroupRow> lockGroups(Plan plan) {
        Set<String> names = new HashSet<>();
        for (NewJob job : plan.jobs()) {
            if (job.memberOf() != null) {
                names.add(job.memberOf());
            }
            if (job.waitsFor() != null) {
                names.add(job.waitsFor());
            }
        }
        Map<String, GroupRow> rows = new HashMap<>();
        handle.createQuery("""
                SELECT id, name FROM job_groups
                WHERE chain_id = :chain AND batch_number = :batch AND name = ANY (:names)
                ORDER BY id FOR UPDATE
                """)
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .bindArray("names", String.class, names)
                .map((row, context) -> new GroupRow(row.getLong("id"), row.getString("name")))
                .forEach(row -> rows.put(row.name(), row));
        return rows;
    }

    /** Adds members to groups that exist already. Only a member may do so: the group is then certain to be open. */
    private void extendGroups(Plan plan, Map<String, Integer> members, Map<String, GroupRow> groups) {
        Set<String> created = new HashSet<>();
        plan.groups().forEach(group -> created.add(group.name()));
        members.forEach((name, count) -> {
            GroupRow group = group(groups, name);
            if (created.contains(name)) {
                return;
            }
            if (groupOfCreator == null || groupOfCreator != group.id()) {
                throw new IllegalArgumentException(
                        "only a member of group " + name + " of batch " + batch + " can add members to it");
            }
            handle.createUpdate("UPDATE job_groups SET open = open + :count WHERE id = :id")
                    .bind("count", count)
                    .bind("id", group.id())
                    .execute();
        });
    }

    private GroupRow group(Map<String, GroupRow> groups, String name) {
        GroupRow group = groups.get(name);
        if (group == null) {
            throw new IllegalArgumentException("batch " + batch + " has no group " + name);
        }
        return group;
    }

    private void insertJobs(List<NewJob> jobs, Map<String, GroupRow> groups, Set<String> lanes) {
        JobColumns columns = new JobColumns();
        for (NewJob job : jobs) {
            String memberOf = job.memberOf();
            String waitsFor = job.waitsFor();
            GroupRow waited = waitsFor == null ? null : group(groups, waitsFor);
            columns.add(
                    job, memberOf == null ? null : group(groups, memberOf).id(), waited == null ? null : waited.id());
        }
        if (!jobs.isEmpty()) {
            lanes.addAll(columns.insert(handle, batch, createdBy));
        }
    }

    private void setState(String state) {
        handle.createUpdate("""
                UPDATE batches
                SET resume_state = CASE WHEN state = 'stopped' THEN :state END,
                    state = CASE WHEN state = 'stopped' THEN state ELSE :state END,
                    updated_at = now()
                WHERE chain_id = :chain AND number = :batch
                """)
                .bind("state", state)
                .bind("chain", batch.chain().value())
                .bind("batch", batch.number())
                .execute();
    }

    private record GroupRow(long id, String name) {}

    /** The rows of new jobs by column, for one statement however many there are. */
    private static final class JobColumns {
        private final List<Integer> rounds = new ArrayList<>();
        private final List<String> kinds = new ArrayList<>();
        private final List<String> circuits = new ArrayList<>();
        private final List<Integer> depths = new ArrayList<>();
        private final List<Integer> sequences = new ArrayList<>();
        private final List<Integer> maxAttempts = new ArrayList<>();
        private final List<Integer> timeouts = new ArrayList<>();
        private final List<@Nullable Long> groups = new ArrayList<>();
        private final List<@Nullable Long> waits = new ArrayList<>();
        private final List<String> inputs = new ArrayList<>();

        void add(NewJob job, @Nullable Long group, @Nullable Long waitsFor) {
            rounds.add(job.key().round().number());
            kinds.add(job.key().kind().wireName());
            circuits.add(job.key().circuit());
            depths.add(job.key().depth());
            sequences.add(job.key().sequence());
            maxAttempts.add(job.limits().maxAttempts());
            timeouts.add(
                    (int) Math.min(Integer.MAX_VALUE, job.limits().timeout().toSeconds()));
            groups.add(group);
            waits.add(waitsFor);
            inputs.add(Lines.join(job.input()));
        }

        /** Inserts the rows; returns the lanes of those that are queued at once. */
        Set<String> insert(Handle handle, BatchId batch, @Nullable Long createdBy) {
            List<Lane> lanes = handle.createQuery(Statements.INSERT_JOBS)
                    .bind("chain", batch.chain().value())
                    .bind("batch", batch.number())
                    .bind("createdBy", createdBy)
                    .bindArray("rounds", Integer.class, rounds)
                    .bindArray("kinds", String.class, kinds)
                    .bindArray("circuits", String.class, circuits)
                    .bindArray("depths", Integer.class, depths)
                    .bindArray("sequences", Integer.class, sequences)
                    .bindArray("maxAttempts", Integer.class, maxAttempts)
                    .bindArray("timeouts", Integer.class, timeouts)
                    .bindArray("groups", Long.class, groups)
                    .bindArray("waits", Long.class, waits)
                    .bindArray("inputs", String.class, inputs)
                    .map((row, context) -> Rows.lane(row))
                    .list();
            Set<String> texts = new HashSet<>();
            lanes.forEach(lane -> texts.add(lane.text()));
            return texts;
        }
    }
}
