package dev.thimble.cli.block;

import dev.thimble.cli.command.Context;
import dev.thimble.cli.command.ExitCode;
import dev.thimble.cli.command.Outcome;
import dev.thimble.cli.command.OutputFolder;
import dev.thimble.cli.command.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/** {@code block execute}: executes blocks on the machine that is proven, without proving them. */
@Command(name = "execute", description = "Execute blocks without proving them.")
final class BlockExecuteCommand implements Task {
    /** A block that is invalid. */
    record Rejection(String verdict, long block, String reason) {}

    @Mixin
    private BlockOptions options = new BlockOptions();

    @Override
    public Outcome run(Context context) throws Exception {
        options.check();
        long start = System.nanoTime();
        try (var progress = context.terminal().progress()) {
            var source = BlockSource.open(options.source);
            var chain = BlockReplay.before(options, source, context, progress);
            var blocks = BlockReplay.wanted(options, source);
            var rlps = blocks.stream().map(block -> block.rlp()).toList();
            byte[] input = chain.input(rlps);
            progress.step("executing blocks " + options.from + " to " + options.to);
            var run = BlockReplay.accepted(chain.execute(StfMachines.emulator(context.root()), rlps), options.from);
            var report = BlockReport.of(blocks, run, chain.commitment(), (System.nanoTime() - start) * 1e-9);
            write(input, report);
            return Outcome.done(report, text(report));
        } catch (BlockReplay.Rejected e) {
            return rejection(e);
        }
    }

    /** The batch's input and the report, if {@code --out} asks for them. */
    private void write(byte[] input, BlockReport report) throws IOException {
        if (options.out == null) {
            return;
        }
        try (var folder = OutputFolder.create(options.out)) {
            Files.write(folder.path().resolve("input.bin"), input);
            Files.write(
                    folder.path().resolve("report.json"), JsonMapper.shared().writeValueAsBytes(report));
            folder.commit();
        }
    }

    /** A negative verdict. */
    static Outcome rejection(BlockReplay.Rejected e) {
        var reason = Objects.requireNonNullElse(e.getMessage(), "");
        var report = new Rejection("rejected", e.number(), reason);
        return new Outcome(ExitCode.NEGATIVE, report, "REJECTED at block " + e.number() + ": " + reason);
    }

    private static String text(BlockReport report) {
        int transactions = report.blocks().stream()
                .mapToInt(block -> block.transactions().size())
                .sum();
        return String.format(
                Locale.ROOT,
                "%d blocks, %d transactions: state root %s%nbatch    %s%ncycles   %,d; rows %s; calls %s%nwitness  %,d bytes, %.3f s",
                report.blocks().size(),
                transactions,
                report.stateRoot(),
                report.batchCommitment(),
                report.cycles(),
                report.rows(),
                report.calls(),
                report.witnessBytes(),
                report.seconds());
    }
}
