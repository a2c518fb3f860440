package dev.thimble.starkprover;

import com.sun.management.OperatingSystemMXBean;
import dev.thimble.air.AirProgram;
import dev.thimble.air.Trace;
import dev.thimble.field.FieldKernels;
import dev.thimble.field.Workers;
import dev.thimble.fri.FriParameters;
import dev.thimble.fri.Verdict;
import dev.thimble.hash.Digest;
import dev.thimble.hash.HashKernels;
import dev.thimble.merkle.MerkleTree;
import dev.thimble.starkverifier.Protocol;
import dev.thimble.starkverifier.PublicInputs;
import dev.thimble.starkverifier.StarkProof;
import dev.thimble.starkverifier.StarkVerifier;
import java.lang.management.ManagementFactory;

/**
 * Measures whole proofs of the synthetic circuit; run by hand with arguments logHeight, threads, runs. Times are CPU
 * seconds of the process, which other load on the machine disturbs least, and wall seconds.
 */
final class ProvingMeasurement {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ProvingMeasurement() {}

    public static void main(String[] arguments) {
        int logHeight = Integer.parseInt(arguments[0]);
        int runs = Integer.parseInt(arguments[2]);
        try (Workers workers = new Workers(Integer.parseInt(arguments[1]))) {
            Engine engine = new Engine(
                    workers,
                    FieldKernels.vector().orElseGet(FieldKernels::scalar),
                    HashKernels.vector().orElseGet(HashKernels::scalar));
            System.out.println(engine.field().name() + " " + engine.hash().name());
            AirProgram program = AirProgram.compile(new SyntheticCircuit(logHeight));
            ProvingKey key = ProvingKey.generate(
                    Protocol.V1, 1, program, FriParameters.BASE, SyntheticCircuit.preprocessed(program), engine);
            System.out.println("committed columns " + program.committedColumns() + ", constraints "
                    + program.constraints().size() + ", opened "
                    + key.verifyingKey().shape().batchedFunctions()
                    + ", proof bytes " + key.verifyingKey().shape().sizeBytes() + ", bits "
                    + key.verifyingKey().soundness().sumBits());
            Trace trace = SyntheticCircuit.trace(program);
            for (int run = 0; run < runs; run++) {
                measure(key, trace, engine);
            }
        }
    }

    private static void measure(ProvingKey key, Trace trace, Engine engine) {
        PublicInputs inputs = PublicInputs.ofBatch(Digest.of(1, 2, 3, 4, 5, 6, 7, 8));
        int columns = key.verifyingKey().program().committedColumns();
        long start = SYSTEM.getProcessCpuTime();
        int logLength = key.verifyingKey().shape().logLength();
        int[][] matrix = new int[columns][];
        for (int i = 0; i < columns; i++) {
            matrix[i] = i == 0 ? new int[1 << logLength] : matrix[0];
        }
        MerkleTree.commit(matrix, logLength, 5, engine.hash(), engine.workers());
        double hash = seconds(SYSTEM.getProcessCpuTime() - start);
        start = SYSTEM.getProcessCpuTime();
        long wall = System.nanoTime();
        long[] last = {start, wall};
        StarkProof proof = StarkProver.prove(key, trace, inputs, engine, stage -> report(stage, last));
        report("end", last);
        double whole = seconds(SYSTEM.getProcessCpuTime() - start);
        System.out.printf(
                "hash %.2f cpu s, whole %.2f cpu s (%.2f wall), ratio %.2f%n",
                hash, whole, seconds(System.nanoTime() - wall), whole / hash);
        byte[] bytes = proof.encode(key.verifyingKey());
        for (int i = 0; i < 5; i++) {
            start = SYSTEM.getProcessCpuTime();
            Verdict verdict = StarkVerifier.verify(key.verifyingKey(), inputs, bytes);
            System.out.printf("%s in %.3f cpu s%n", verdict, seconds(SYSTEM.getProcessCpuTime() - start));
        }
    }

    private static void report(Object stage, long[] last) {
        long cpu = SYSTEM.getProcessCpuTime();
        long wall = System.nanoTime();
        System.out.printf("  %.2f cpu s, %.2f wall s%n", seconds(cpu - last[0]), seconds(wall - last[1]));
        System.out.print(stage);
        last[0] = cpu;
        last[1] = wall;
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
