package dev.thimble.cli.block;

import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.Task;
import dev.thimble.cli.proving.Engines;
import dev.thimble.cli.proving.ProvingOptions;
import dev.thimble.cli.proving.ProvingRun;
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
            var run = new ProvingRun(context, settings, progress, workers);
            var proven = new BlockProof(StfMachines.emulator(context.root()), run).prove(chain, blocks, out);
            return Outcome.done(joined(proven), text(proven, (System.nanoTime() - start) * 1e-9));
        } catch (BlockReplay.Rejected e) {
            return BlockExecuteCommand.rejection(e);
        }
    }

    /** The fields of both; times are those of proving. */
    private static ObjectNode joined(BlockProof.Proven proven) {
        ObjectNode fields = JsonMapper.shared().valueToTree(proven.blocks());
        ObjectNode more = JsonMapper.shared().valueToTree(proven.proof());
        fields.setAll(more);
        return fields;
    }

    private static String text(BlockProof.Proven proven, double seconds) {
        var report = proven.blocks();
        var proof = proven.proof();
        return String.format(
                Locale.ROOT,
                "proved   %d blocks, batch %s%nstate    %s%nproofs   %d, %.1f MB; %,d cycles, %.1f s",
                report.blocks().size(),
                report.batchCommitment(),
                report.stateRoot(),
                proof.proofs(),
                proof.proofBytes() * 1e-6,
                proof.cycles(),
                seconds);
    }
}
