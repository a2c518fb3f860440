package dev.thimble.pipeline;

import dev.thimble.air.Trace;
import dev.thimble.field.Workers;
import dev.thimble.fri.Verdict;
import dev.thimble.hash.Digest;
import dev.thimble.riscv.CallsInput;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.Executor;
import dev.thimble.riscv.GuestInput;
import dev.thimble.riscv.MemoryInput;
import dev.thimble.riscv.Outcome;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.SegmentInput;
import dev.thimble.riscv.SegmentLimits;
import dev.thimble.riscv.SegmentLog;
import dev.thimble.riscvcircuits.BasicKeys;
import dev.thimble.riscvcircuits.BatchBoundary;
import dev.thimble.riscvcircuits.BatchClaim;
import dev.thimble.riscvcircuits.BatchProofs;
import dev.thimble.riscvcircuits.BatchSeed;
import dev.thimble.riscvcircuits.BatchTree;
import dev.thimble.riscvcircuits.BatchVerifier;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import dev.thimble.starkprover.ProgressListener;
import dev.thimble.starkprover.SharedCommitment;
import dev.thimble.starkprover.StarkProver;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.StarkVerifier;
import dev.thimble.starkverifier.VerifyingKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The steps of round basic_circuits. Only {@link #execute} is sequential; commit, trace and prove are per instance, and the
 * challenge is the barrier between them: it is drawn once, after every instance's shared columns are committed.
 */
public final class BasicRound {
    private BasicRound() {}

    /** The limits of a segment in a profile: the last row of the circuit is never an instruction. */
    public static SegmentLimits limits(Profile profile) {
        return new SegmentLimits(profile.height() - 1, profile.height());
    }

    /**
     * Executes a program and hands out the circuit inputs of all instances, each as soon as it is known: segments in order,
     * between them calls of precompiles, then the parts of memory. If the outcome is not HALT with exit code 0, nothing can be proven and no memory part comes.
     *
     * <p><i>Memory:</i> what the program touches, however long it runs.
     *
     * @param options system calls, hints, cycle limit; its segment limits are replaced by those of the profile
     */
    public static Execution execute(
            Profile profile, Program program, byte[] input, ExecutionOptions options, Consumer<CircuitInput> inputs) {
        CallInstances calls = new CallInstances(profile, inputs);
        Execution execution = Executor.execute(
                program,
                GuestInput.of(input),
                options.withLimits(limits(profile)),
                segment -> inputs.accept(new CircuitInput.Segment(segment)),
                calls::add);
        if (execution.outcome() instanceof Outcome.Halted(int exitCode, List<Integer> ignored) && exitCode == 0) {
            calls.finish();
            int capacity = profile.height() - 1;
            for (int part = 0; part < execution.memory().parts(capacity); part++) {
                inputs.accept(new CircuitInput.Memory(execution.memory().part(part, capacity)));
            }
        }
        return execution;
    }

    /** How many instances of each type a run that halts with exit code 0 takes: as many as {@link #execute} hands out. */
    public static Map<CircuitType, Integer> instances(Profile profile, Execution execution) {
        Map<CircuitType, Integer> instances = new EnumMap<>(CircuitType.class);
        instances.put(CircuitType.MAIN_VM, execution.segments());
        instances.put(CircuitType.MEMORY, execution.memory().parts(profile.height() - 1));
        for (CircuitType type : CircuitType.PRECOMPILES) {
            long calls = execution.calls().entrySet().stream()
                    .filter(entry -> CircuitType.ofPrecompile(entry.getKey()) == type)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            instances.put(type, Math.toIntExact(Math.ceilDiv(calls, profile.calls(type))));
        }
        return instances;
    }

    /** Commits to the shared columns of one instance. */
    public static Digest commit(ProvingSetup setup, CircuitInput input, Engine engine) {
        int[][] columns = switch (input) {
            case CircuitInput.Segment(SegmentInput segment) ->
                setup.circuits().sharedOfSegment(segment, replay(setup, segment));
            case CircuitInput.Memory(MemoryInput memory) -> setup.circuits().sharedOfMemory(memory);
            case CircuitInput.Calls(CircuitType type, CallsInput calls) ->
                setup.circuits().sharedOfCalls(type, calls);
        };
        return SharedCommitment.of(setup.keys().key(input.type()), columns, engine)
                .digest();
    }

    /**
     * Draws the batch seed.
     *
     * @param shared the shared digests of every type in the order of the instances
     * @param output the program's output words
     */
    public static BatchSeed challenge(
            BasicKeys keys, int entryPc, Map<CircuitType, List<Digest>> shared, List<Integer> output, Workers workers) {
        BatchBoundary boundary = new BatchBoundary(
                entryPc,
                shared.getOrDefault(CircuitType.MAIN_VM, List.of()).size(),
                shared.getOrDefault(CircuitType.MEMORY, List.of()).size(),
                output);
        Digest root = new BatchTree(keys.protocol().sponge(), keys.profile()).root(shared);
        return BatchSeed.draw(keys.protocol(), keys.vkSet(), boundary, root, workers);
    }

    /** Makes the witness trace of one instance: shared and main columns in Montgomery form. */
    public static Trace trace(ProvingSetup setup, CircuitInput input) {
        return TraceSetup.of(setup).trace(input);
    }

    /**
     * Proves one instance and verifies the proof.
     *
     * @param shared the digest that {@link #commit} gave for this instance, and that the seed binds
     * @return the proof's bytes
     * @throws ProofFailure if the trace's shared columns are not the committed ones, or the proof does not verify
     */
    public static byte[] prove(
            ProvingSetup setup,
            CircuitType type,
            Trace trace,
            BatchSeed seed,
            Digest shared,
            Engine engine,
            ProgressListener progress) {
        VerifyingKey key = setup.keys().key(type);
        PublicInputs inputs = PublicInputs.ofBatch(seed.digest());
        StarkProof proof = StarkProver.prove(setup.provingKey(type), trace, inputs, engine, progress);
        if (!proof.sharedDigest(key).equals(Optional.of(shared))) {
            throw new ProofFailure("the shared columns of this " + type + " are not those that the batch seed binds");
        }
        byte[] bytes = proof.encode(key);
        if (StarkVerifier.verify(key, inputs, bytes) instanceof Verdict.Rejected(String reason)) {
            throw new ProofFailure("a fresh proof of " + type + " does not verify: " + reason);
        }
        return bytes;
    }

    /** Verifies all proofs of a batch together. */
    public static Verdict verify(BasicKeys keys, int entryPc, BatchClaim claim, BatchProofs proofs, Workers workers) {
        return new BatchVerifier(keys, entryPc, workers).verify(claim, proofs);
    }

    private static SegmentLog replay(ProvingSetup setup, SegmentInput segment) {
        return TraceSetup.replay(setup.program(), segment);
    }
}
