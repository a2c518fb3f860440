package dev.thimble.cli;

import dev.thimble.chain.StfProgram;
import dev.thimble.chain.StfRun;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code block prove}: proves that blocks follow from a chain's genesis; the proofs go into a new folder. */
@Command(name = "prove", description = "Prove blocks; the proofs go into a new folder.")
final class BlockProveCommand implements Task {
    @Mixin
    private BlockOptions options = new BlockOptions();

    @Mixin
    private ProvingOptions proving = new ProvingOptions();

    @Override
    public Outcome run(Context context) throws Exception {
        options.check();
        var out = options.out;
        if (out == null) {
            throw CommandFailure.usage("--out DIR is missing", "The proofs go into a new folder.");
        }
        long start = System.nanoTime();
        var settings = proving.over(context.settings());
        try (var progress = context.terminal().progress();
                var workers = Engines.workers(settings)) {
            var source = BlockSource.open(options.source);
            var chain = BlockReplay.before(options, source, context, progress);
            var blocks = BlockReplay.wanted(options, source);
            var rlps = blocks.stream().map(block -> block.rlp()).toList();
            byte[] input = chain.input(rlps);
            var host = chain.host();
            var machine = StfMachines.emulator(context.root());
            var run = BlockReplay.accepted(chain.execute(machine, rlps), options.from);
            var proof = new ProvingRun(context, settings, progress, workers)
                    .prove(machine.program(StfProgram.STF), input, machine.options(host), out);
            var output = ((StfRun.Result.Accepted) run.result()).output();
            if (!proof.output().equals(output.hex())) {
                throw new IllegalStateException("the proven output is " + proof.output() + ", executed was " + output);
            }
            var report = BlockReport.of(
                    blocks,
                    run.notes(),
                    run.cost().orElseThrow(),
                    new BlockReport.Batch(chain.commitment(), output.hex()),
                    run.witnessBytes(),
                    (System.nanoTime() - start) * 1e-9);
            return Outcome.done(joined(report, proof), text(report, proof));
        } catch (BlockReplay.Rejected e) {
            return BlockExecuteCommand.rejection(e);
        }
    }

    /** The fields of both; times are those of proving. */
    private static ObjectNode joined(BlockReport report, ProveCommand.Report proof) {
        ObjectNode fields = JsonMapper.shared().valueToTree(report);
        ObjectNode more = JsonMapper.shared().valueToTree(proof);
        fields.setAll(more);
        return fields;
    }

    private static String text(BlockReport report, ProveCommand.Report proof) {
        return String.format(
                Locale.ROOT,
                "proved   %d blocks, batch %s%nstate    %s%nproofs   %d, %.1f MB; %,d cycles, %.1f s",
                report.blocks().size(),
                report.batchCommitment(),
                report.stateRoot(),
                proof.proofs(),
                proof.proofBytes() * 1e-6,
                proof.cycles(),
                report.seconds());
    }
}
