package dev.thimble.pipeline;

import dev.thimble.air.Trace;
import dev.thimble.hash.Digest;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.MalformedSegmentException;
import dev.thimble.riscv.Outcome;
import dev.thimble.riscvcircuits.BatchClaim;
import dev.thimble.riscvcircuits.BatchSeed;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.starkprover.Engine;
import dev.thimble.starkprover.ProgressListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Proves one batch in this process, instance after instance, each with all threads of the engine. Circuit inputs wait in
 * files, so memory does not grow with the batch. The steps are those of {@link BasicRound}.
 */
public final class LocalBatch {
    /** Hears how far a batch is; called on the proving thread. */
    public interface Listener {
        /** The program has run. */
        void executed(Execution execution, Map<CircuitType, Integer> instances);

        /** The shared columns of one more instance are committed. */
        void committed(int done, int total);

        /** The proof of an instance begins. */
        void proving(CircuitType type, int index, int done, int total);
    }

    /** Takes each proof as soon as it is made. */
    @FunctionalInterface
    public interface ProofSink {
        /** Takes proof {@code index} of a type. */
        void accept(CircuitType type, int index, byte[] proof) throws IOException;
    }

    /** Seconds of wall time per step. */
    public record Seconds(double execute, double sharedCommit, double trace, double prove) {}

    /**
     * What was proven.
     *
     * @param claim the claim that the proofs show
     * @param instances the number of proofs per type
     */
    public record Proven(Execution execution, BatchClaim claim, Map<CircuitType, Integer> instances, Seconds seconds) {}

    /** The program did not halt with exit code 0, so there is nothing to prove. */
    public static final class Unprovable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Outcome outcome;

        Unprovable(Outcome outcome) {
            super("the program did not halt with exit code 0: " + outcome);
            this.outcome = outcome;
        }

        public Outcome outcome() {
            return outcome;
        }
    }

    private record Waiting(CircuitType type, int index, Path file) {}

    private final ProvingSetup setup;
    private final Engine engine;
    private final Path scratch;
    private final Listener listener;
    private final List<Waiting> waiting = new ArrayList<>();

    /**
     * Prepares a batch.
     *
     * @param scratch an existing folder for circuit inputs; the files stay
     */
    public LocalBatch(ProvingSetup setup, Engine engine, Path scratch, Listener listener) {
        this.setup = setup;
        this.engine = engine;
        this.scratch = scratch;
        this.listener = listener;
    }

    /**
     * Executes and proves.
     *
     * @throws Unprovable if the program does not halt with exit code 0
     * @throws UncheckedIOException if a file cannot be written or read
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public Proven prove(byte[] input, ExecutionOptions options, ProofSink proofs) {
        Clock clock = new Clock();
        Execution execution = BasicRound.execute(setup.profile(), setup.program(), input, options, this::keep);
        if (!(execution.outcome() instanceof Outcome.Halted(int exitCode, List<Integer> output)) || exitCode != 0) {
            throw new Unprovable(execution.outcome());
        }
        double execute = clock.lap();
        Map<CircuitType, Integer> instances = new EnumMap<>(CircuitType.class);
        List.of(CircuitType.values()).forEach(type -> instances.put(type, 0));
        waiting.forEach(each -> instances.merge(each.type, 1, Integer::sum));
        listener.executed(execution, instances);
        Map<CircuitType, List<Digest>> shared = commit();
        BatchSeed seed =
                BasicRound.challenge(setup.keys(), setup.program().entryPc(), shared, output, engine.workers());
        double sharedCommit = clock.lap();
        double trace = 0;
        double prove = 0;
        for (int i = 0; i < waiting.size(); i++) {
            Waiting each = waiting.get(i);
            listener.proving(each.type, each.index, i, waiting.size());
            Trace witness = BasicRound.trace(setup, read(each));
            trace += clock.lap();
            Digest digest = shared.getOrDefault(each.type, List.of()).get(each.index);
            byte[] proof = BasicRound.prove(setup, each.type, witness, seed, digest, engine, ProgressListener.none());
            write(() -> proofs.accept(each.type, each.index, proof));
            prove += clock.lap();
        }
        Seconds seconds = new Seconds(execute, sharedCommit, trace, prove);
        return new Proven(execution, new BatchClaim(output, seed.nonce()), instances, seconds);
    }

    private Map<CircuitType, List<Digest>> commit() {
        Map<CircuitType, List<Digest>> shared = new EnumMap<>(CircuitType.class);
        for (int i = 0; i < waiting.size(); i++) {
            Waiting each = waiting.get(i);
            shared.computeIfAbsent(each.type, _ -> new ArrayList<>()).add(BasicRound.commit(setup, read(each), engine));
            listener.committed(i + 1, waiting.size());
        }
        return shared;
    }

    private void keep(CircuitInput input) {
        Path file = scratch.resolve(input.type() + "-" + input.index());
        write(() -> Files.write(file, input.encode()));
        waiting.add(new Waiting(input.type(), input.index(), file));
    }

    private static CircuitInput read(Waiting each) {
        try {
            return CircuitInput.decode(each.type, Files.readAllBytes(each.file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedSegmentException e) {
            throw new UncheckedIOException(new IOException(each.file + " was changed: " + e.getMessage(), e));
        }
    }

    /** A write that may fail. */
    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private static void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Measures laps. */
    private static final class Clock {
        private long last = System.nanoTime();

        double lap() {
            long now = System.nanoTime();
            double seconds = (now - last) * 1e-9;
            last = now;
            return seconds;
        }
    }
}
