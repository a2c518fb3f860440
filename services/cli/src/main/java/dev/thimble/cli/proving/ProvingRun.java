package dev.thimble.cli.proving;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.OutputFolder;
import dev.thimble.cli.command.Progress;
import dev.thimble.cli.command.Setting;
import dev.thimble.cli.command.Settings;
import dev.thimble.field.Workers;
import dev.thimble.fri.Verdict;
import dev.thimble.pipeline.BasicRound;
import dev.thimble.pipeline.LocalBatch;
import dev.thimble.pipeline.ProvingSetup;
import dev.thimble.riscv.Execution;
import dev.thimble.riscv.ExecutionOptions;
import dev.thimble.riscv.Program;
import dev.thimble.riscv.ProgramCodec;
import dev.thimble.riscvcircuits.CircuitType;
import dev.thimble.riscvcircuits.Profile;
import dev.thimble.starkprover.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** One batch proven in this process into a folder that appears complete or not at all. */
public final class ProvingRun {
    private final Context context;
    private final Profile profile;
    private final Progress progress;
    private final Engine engine;
    /** Of the batch that is being proven, known once it is executed. */
    private Map<CircuitType, Integer> instances = Map.of();

    /** Prepares a run on the settings' profile and kernels. */
    public ProvingRun(Context context, Settings settings, Progress progress, Workers workers) {
        this.context = context;
        this.profile = Profile.of(settings.value(Setting.PROFILE).text());
        this.progress = progress;
        this.engine = Engines.engine(settings, workers);
    }

    /**
     * Executes, proves, verifies.
     *
     * @throws CommandFailure for everything wrong with program, heap or folder
     * @throws LocalBatch.Unprovable if the program does not end with exit code 0
     */
    public ProveCommand.Report prove(Program program, byte[] input, Path out) throws IOException {
        return prove(program, input, ExecutionOptions.defaults(), out);
    }

    /** As {@link #prove(Program, byte[], Path)}, with hints and debug output of {@code options}. */
    public ProveCommand.Report prove(Program program, byte[] input, ExecutionOptions options, Path out)
            throws IOException {
        long start = System.nanoTime();
        HeapCheck.require(GuestFiles.circuits(profile, program));
        try (var folder = OutputFolder.create(out)) {
            var keys = new KeyFolder(context, progress);
            var setup = keys.load(profile, program, engine);
            var scratch = Files.createDirectory(folder.path().resolve("inputs"));
            var writer = new ProofWriter(folder.path());
            var proven = new LocalBatch(setup, engine, scratch, listener()).prove(input, options, writer);
            OutputFolder.deleteTree(scratch);
            var claim = claim(setup, proven);
            BatchFolder.writeClaim(folder.path(), claim);
            long beforeVerify = System.nanoTime();
            progress.step("verifying");
            verify(setup, folder.path());
            new Programs(context).keep(program);
            folder.commit();
            long end = System.nanoTime();
            return report(proven, claim, writer, (end - beforeVerify) * 1e-9, (end - start) * 1e-9);
        }
    }

    private void verify(ProvingSetup setup, Path folder) {
        try {
            var batch = BatchFolder.open(folder);
            var verdict = BasicRound.verify(
                    setup.keys(), setup.program().entryPc(), batch.claim().toClaim(), batch, engine.workers());
            if (verdict instanceof Verdict.Rejected(String reason)) {
                throw new IllegalStateException("a fresh batch does not verify: " + reason);
            }
        } catch (BatchFolder.Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    private BatchFolder.Claim claim(ProvingSetup setup, LocalBatch.Proven proven) {
        return new BatchFolder.Claim(
                BatchFolder.format(),
                setup.keys().protocol().number(),
                profile.id(),
                ProgramCodec.id(setup.program()),
                setup.keys().vkSet().toString(),
                GuestOutcomes.hex(proven.claim().output()),
                proven.claim().nonce(),
                proven.instances());
    }

    private static ProveCommand.Report report(
            LocalBatch.Proven proven, BatchFolder.Claim claim, ProofWriter proofs, double verify, double total) {
        var seconds = proven.seconds();
        var execution = proven.execution();
        return new ProveCommand.Report(
                claim.programId(),
                claim.profile(),
                claim.vkSet(),
                execution.cycles(),
                execution.segments(),
                proven.instances(),
                claim.output(),
                proofs.count,
                proofs.bytes,
                peakHeapBytes(),
                execution.cycles() / total,
                new ProveCommand.Seconds(
                        seconds.execute(), seconds.sharedCommit(), seconds.trace(), seconds.prove(), verify, total));
    }

    /** A bound on the heap in use at any time: the peaks of all pools together, and the heap itself. */
    private static long peakHeapBytes() {
        long peaks = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        return Math.min(peaks, Runtime.getRuntime().maxMemory());
    }

    private LocalBatch.Listener listener() {
        return new LocalBatch.Listener() {
            @Override
            public void executed(Execution execution, Map<CircuitType, Integer> found) {
                instances = found;
                progress.step(String.format(
                        Locale.ROOT,
                        "executed %,d cycles in %d segments; instances %s",
                        execution.cycles(),
                        execution.segments(),
                        found));
            }

            @Override
            public void committed(int done, int total) {
                progress.at("committing shared columns", done, total);
                if (done == total) {
                    progress.step("committed the shared columns of " + total + " instances");
                }
            }

            @Override
            public void proving(CircuitType type, int index, int done, int total) {
                progress.step("proving " + type + " " + index + " (" + (done + 1) + " of " + total + ")");
                progress.at("proving", done, total);
            }
        };
    }

    /** Numbers the proofs and writes them. */
    private final class ProofWriter implements LocalBatch.ProofSink {
        private final Path folder;
        private int count;
        private long bytes;

        ProofWriter(Path folder) {
            this.folder = folder;
        }

        @Override
        public void accept(CircuitType type, int index, byte[] proof) throws IOException {
            BatchFolder.writeProof(folder, BatchFolder.number(instances, type, index), type, proof);
            count++;
            bytes += proof.length;
        }
    }
}
