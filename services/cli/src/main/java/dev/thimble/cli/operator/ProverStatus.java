package dev.thimble.cli.operator;

import dev.thimble.cli.command.Settings;
import dev.thimble.jobqueue.QueueDatabase;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.WorkerView;
import dev.thimble.l1.ChainContract;
import dev.thimble.model.BatchState;
import dev.thimble.model.ChainId;
import dev.thimble.server.ServerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@code status prover} reports. Fields about L1 are empty while none is connected; {@code l1Problem} says why. */
public record ProverStatus(List<Chain> chains, List<Worker> workers) {
    private static final int LISTED_BATCHES = 6;
    private static final int LIMIT = 10_000;

    record Range(long first, long recent) {}

    /**
     * How far the contract is.
     *
     * @param behind sealed batches that are not committed
     */
    record L1(long verified, long committed, long executed, long behind) {
        static L1 of(ChainContract.Totals totals, Range range) {
            return new L1(
                    totals.verified(),
                    totals.committed(),
                    totals.executed(),
                    Math.max(0, range.recent() - totals.committed()));
        }
    }

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
            @Nullable String waitingFor,
            @Nullable Double etaSeconds) {
        boolean isStopped() {
            return state.equals(BatchState.STOPPED.wireName());
        }

        boolean isProven() {
            return KnownBatches.isProven(BatchState.parse(state));
        }
    }

    record Chain(
            long chainId,
            Range stateKeeper,
            @Nullable L1 l1,
            @Nullable String l1Problem,
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
    public static ProverStatus read(
            QueueDatabase database, Settings settings, @Nullable Long chain, @Nullable Long batch) {
        var queue = new QueueStatus(database);
        var server = new ServerStatus(database);
        var ids = new TreeSet<Long>();
        queue.chains().forEach(id -> ids.add(id.value()));
        server.chains().forEach(id -> ids.add(id.value()));
        var chains = new ArrayList<Chain>();
        for (var id : ids) {
            if (chain == null || chain.equals(id)) {
                var known = new KnownBatches(queue, server, new ChainId(id));
                var l1 = L1Status.read(settings, database, new ChainId(id));
                known.range().ifPresent(range -> chains.add(chain(known, l1, queue, range, batch)));
            }
        }
        return new ProverStatus(
                List.copyOf(chains),
                queue.workers().stream().map(ProverStatus::worker).toList());
    }

    private static Chain chain(
            KnownBatches known, Optional<L1Status> l1, QueueStatus queue, Range range, @Nullable Long only) {
        var totals = l1.map(L1Status::totals);
        var all = known.read(only == null ? range.first() : only, only == null ? LIMIT : 1, totals);
        long next = totals.map(reached -> reached.verified() + 1)
                .orElseGet(() -> all.stream()
                        .filter(batch -> !batch.isProven())
                        .mapToLong(Batch::number)
                        .min()
                        .orElse(range.recent() + 1));
        var version =
                known.version(all.isEmpty() ? range.recent() : all.getLast().number());
        var vk = queue.versions().stream()
                .filter(registered -> registered.version().toString().equals(version))
                .map(QueueStatus.KnownVersion::vkSetDigest)
                .findFirst()
                .orElse(null);
        return new Chain(
                known.chain().value(),
                range,
                totals.map(reached -> L1.of(reached, range)).orElse(null),
                l1.map(L1Status::problem).orElse(null),
                l1.map(L1Status::key).orElseGet(() -> new Key(null, vk, null)),
                l1.map(L1Status::params)
                        .orElseGet(() -> new Params(List.of(), vk == null ? List.of() : List.of(vk), null)),
                version,
                next,
                all.stream()
                        .filter(batch -> only == null || batch.number() == only)
                        .filter(batch -> only != null || isListed(batch, next, range))
                        .toList());
    }

    /** Stopped batches, the next ones to be proven, and before them the last that are. */
    private static boolean isListed(Batch batch, long next, Range range) {
        long first = Math.min(next, range.recent() - LISTED_BATCHES + 1);
        return batch.isStopped() || (batch.number() >= first && batch.number() < first + LISTED_BATCHES);
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
