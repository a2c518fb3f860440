package dev.thimble.cli;

import dev.thimble.jobqueue.BatchStatus;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.WorkerView;
import dev.thimble.model.BatchState;
import dev.thimble.model.ChainId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code status prover} reports. Fields about L1 are empty while none is connected. */
record ProverStatus(List<Chain> chains, List<Worker> workers) {
    private static final int LISTED_BATCHES = 6;
    private static final int LIMIT = 10_000;

    record Range(long first, long recent) {}

    record L1(long verified, long committed, long executed, long behind) {}

    record Key(
            @Nullable String contract,
            @Nullable String database,
            @Nullable Boolean match) {}

    record Params(
            List<String> contract,
            List<String> database,
            @Nullable Boolean match) {}

    record Proofs(int successful, int failed, int inProgress, int queued, int total) {}

    record Round(String round, String circuit, int done, int total) {}

    record Blocker(@Nullable Long job, String error) {}

    record Batch(
            long number,
            String state,
            Proofs proofs,
            List<Round> rounds,
            @Nullable String compression,
            @Nullable Blocker blockedBy,
            @Nullable Double etaSeconds) {
        boolean isStopped() {
            return state.equals(BatchState.STOPPED.wireName());
        }
    }

    record Chain(
            long chainId,
            Range stateKeeper,
            @Nullable L1 l1,
            Key verificationKey,
            Params params,
            @Nullable String protocolVersion,
            long next,
            List<Batch> batches) {}

    record Worker(
            String id,
            String component,
            String version,
            String state,
            String lastSeen,
            @Nullable Long job) {}

    /** Whether somebody has to act: a batch is stopped, or keys do not match. */
    boolean isNegative() {
        return chains.stream()
                .anyMatch(chain -> Boolean.FALSE.equals(chain.verificationKey().match())
                        || Boolean.FALSE.equals(chain.params().match())
                        || chain.batches().stream().anyMatch(Batch::isStopped));
    }

    /**
     * Reads it.
     *
     * @param chain only this chain, or null
     * @param batch only this batch, or null
     */
    static ProverStatus read(QueueStatus status, @Nullable Long chain, @Nullable Long batch) {
        var chains = new ArrayList<Chain>();
        for (var id : status.chains()) {
            if (chain == null || id.value() == chain) {
                status.range(id).ifPresent(range -> chains.add(chain(status, id, range, batch)));
            }
        }
        return new ProverStatus(
                List.copyOf(chains),
                status.workers().stream().map(ProverStatus::worker).toList());
    }

    private static Chain chain(QueueStatus status, ChainId id, QueueStatus.Range range, @Nullable Long only) {
        var all = status.batches(id, only == null ? range.first() : only, only == null ? LIMIT : 1);
        long next = all.stream()
                .filter(batch -> !isProven(batch.state()))
                .mapToLong(batch -> batch.id().number())
                .min()
                .orElse(range.recent() + 1);
        var version = all.isEmpty() ? null : all.getLast().version().toString();
        var vk = status.versions().stream()
                .filter(known -> known.version().toString().equals(version))
                .map(QueueStatus.KnownVersion::vkSetDigest)
                .findFirst()
                .orElse(null);
        return new Chain(
                id.value(),
                new Range(range.first(), range.recent()),
                null,
                new Key(null, vk, null),
                new Params(List.of(), vk == null ? List.of() : List.of(vk), null),
                version,
                next,
                all.stream()
                        .filter(batch -> only == null || batch.id().number() == only)
                        .filter(batch -> only != null || isListed(batch, next, range))
                        .map(ProverStatus::batch)
                        .toList());
    }

    private static boolean isProven(BatchState state) {
        return state == BatchState.BASIC_PROVEN || state == BatchState.PROVEN || state == BatchState.EXECUTED;
    }

    /** Stopped batches, the next ones to be proven, and before them the last that are. */
    private static boolean isListed(BatchStatus batch, long next, QueueStatus.Range range) {
        long first = Math.min(next, range.recent() - LISTED_BATCHES + 1);
        long number = batch.id().number();
        return batch.state() == BatchState.STOPPED || (number >= first && number < first + LISTED_BATCHES);
    }

    private static Batch batch(BatchStatus batch) {
        var proofs = batch.proofs();
        var blocker = batch.blockedBy();
        return new Batch(
                batch.id().number(),
                batch.state().wireName(),
                new Proofs(proofs.successful(), proofs.failed(), proofs.inProgress(), proofs.queued(), proofs.total()),
                batch.rounds().stream()
                        .map(round -> new Round(round.round().wireName(), round.circuit(), round.done(), round.total()))
                        .toList(),
                batch.compression(),
                blocker == null ? null : new Blocker(blocker.job(), blocker.error()),
                isProven(batch.state()) || batch.state() == BatchState.STOPPED ? null : batch.etaSeconds());
    }

    private static Worker worker(WorkerView worker) {
        return new Worker(
                worker.id(),
                worker.component(),
                worker.version(),
                worker.state(),
                worker.lastSeen().toString(),
                worker.job());
    }
}
