package dev.thimble.cli.operator;

import dev.thimble.jobqueue.BatchStatus;
import dev.thimble.jobqueue.QueueStatus;
import dev.thimble.jobqueue.WorkerView;
import dev.thimble.l1.ChainContract;
import dev.thimble.model.BatchId;
import dev.thimble.model.BatchState;
import dev.thimble.model.ChainId;
import dev.thimble.server.SealedBatch;
import dev.thimble.server.ServerStatus;
import dev.thimble.workers.Components;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one chain as the operator's side, the queue and L1 know them together. Server and queue need not share a database: what one
 * of them lacks the other may have.
 */
record KnownBatches(QueueStatus queue, ServerStatus server, ChainId chain) {
    /** The first and the newest batch; genesis does not count. */
    Optional<ProverStatus.Range> range() {
        var queued = queue.range(chain);
        var sealed = server.newest(chain);
        var numbers = LongStream.concat(
                        queued.stream().flatMapToLong(range -> LongStream.of(range.first(), range.recent())),
                        sealed.stream().flatMapToLong(newest -> LongStream.of(1, newest)))
                .summaryStatistics();
        return numbers.getCount() == 0
                ? Optional.empty()
                : Optional.of(new ProverStatus.Range(numbers.getMin(), numbers.getMax()));
    }

    /** The protocol version of a batch. */
    @Nullable
    String version(long number) {
        return queue.batch(new BatchId(chain, number))
                .map(batch -> batch.version().toString())
                .or(() -> server.batches(chain, number, 1).stream()
                        .map(batch -> batch.version().toString())
                        .findFirst())
                .orElse(null);
    }

    /** The batches from {@code first} on, in order. */
    List<ProverStatus.Batch> read(long first, int limit, Optional<ChainContract.Totals> onL1) {
        Map<Long, ProverStatus.Batch> found = new TreeMap<>();
        for (var batch : server.batches(chain, first, limit)) {
            if (batch.id().number() > 0) {
                found.put(batch.id().number(), sealed(batch, onL1));
            }
        }
        var workers = queue.workers();
        for (var batch : queue.batches(chain, first, limit)) {
            found.put(batch.id().number(), queued(batch, workers, onL1));
        }
        return new ArrayList<>(found.values());
    }

    /** Whether the provers have nothing left to do. */
    static boolean isProven(BatchState state) {
        return state == BatchState.BASIC_PROVEN || state == BatchState.PROVEN || state == BatchState.EXECUTED;
    }

    private static BatchState state(BatchState here, long number, Optional<ChainContract.Totals> onL1) {
        long executed = onL1.map(ChainContract.Totals::executed).orElse(0L);
        long verified = onL1.map(ChainContract.Totals::verified).orElse(0L);
        return number <= executed ? BatchState.EXECUTED : number <= verified ? BatchState.PROVEN : here;
    }

    private @Nullable String compression(@Nullable String job, long number) {
        return job == null && server.hasSnark(chain, number) ? "successful" : job;
    }

    /** A batch that no gateway has put into the queue. */
    private ProverStatus.Batch sealed(SealedBatch batch, Optional<ChainContract.Totals> onL1) {
        long number = batch.id().number();
        var stopped = batch.stoppedBecause();
        return new ProverStatus.Batch(
                number,
                state(stopped == null ? BatchState.SEALED : BatchState.STOPPED, number, onL1)
                        .wireName(),
                new ProverStatus.Proofs(0, 0, 0, 0, 0),
                List.of(),
                compression(null, number),
                stopped == null ? null : new ProverStatus.Blocker(null, stopped),
                null,
                null);
    }

    private ProverStatus.Batch queued(
            BatchStatus batch, List<WorkerView> workers, Optional<ChainContract.Totals> onL1) {
        long number = batch.id().number();
        var state = state(batch.state(), number, onL1);
        var proofs = batch.proofs();
        var blocker = batch.blockedBy();
        boolean open = !isProven(state) && state != BatchState.STOPPED;
        return new ProverStatus.Batch(
                number,
                state.wireName(),
                new ProverStatus.Proofs(
                        proofs.successful(), proofs.failed(), proofs.inProgress(), proofs.queued(), proofs.total()),
                batch.rounds().stream()
                        .map(round -> new ProverStatus.Round(
                                round.round().wireName(), round.circuit(), round.done(), round.total()))
                        .toList(),
                compression(batch.compression(), number),
                blocker == null ? null : new ProverStatus.Blocker(blocker.job(), blocker.error()),
                open ? waitingFor(batch, workers) : null,
                open ? batch.etaSeconds() : null);
    }

    /** The components of the batch's protocol version that do not run; workers of other versions cannot help. */
    private static @Nullable String waitingFor(BatchStatus batch, List<WorkerView> workers) {
        var version = batch.version().toString();
        var missing = Stream.of(Components.WITNESS_GENERATOR, Components.PROVER)
                .filter(component -> workers.stream()
                        .noneMatch(worker -> worker.component().equals(component)
                                && worker.version().equals(version)
                                && worker.state().equals("active")))
                .toList();
        return missing.isEmpty() ? null : String.join(" and ", missing) + " of protocol version " + version;
    }
}
