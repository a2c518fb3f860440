package dev.thimble.cli.block;

import dev.thimble.chain.Block;
import dev.thimble.chain.ChainState;
import dev.thimble.chain.EmulatorMachine;
import dev.thimble.chain.StfProgram;
import dev.thimble.chain.StfRun;
import dev.thimble.cli.command.CommandFailure;
import dev.thimble.cli.proving.ProveCommand;
import dev.thimble.cli.proving.ProvingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Executes blocks as the next batch of a chain and proves that run. */
public final class BlockProof {
    /** A batch of blocks whose proofs are verified. */
    public record Proven(BlockReport blocks, ProveCommand.Report proof) {}

    private final EmulatorMachine machine;
    private final ProvingRun proving;

    public BlockProof(EmulatorMachine machine, ProvingRun proving) {
        this.machine = machine;
        this.proving = proving;
    }

    /**
     * Proves; the chain ends with the batch then.
     *
     * @param out a folder to make for the proofs
     * @throws BlockReplay.Rejected if a block is invalid
     * @throws CommandFailure UNSUPPORTED_… for what cannot be proven, and everything that {@link ProvingRun} throws
     */
    public Proven prove(ChainState chain, List<Block> blocks, Path out) throws BlockReplay.Rejected, IOException {
        long start = System.nanoTime();
        var rlps = blocks.stream().map(Block::rlp).toList();
        byte[] input = chain.input(rlps);
        var host = chain.host();
        var first = blocks.getFirst().header().number();
        var run = BlockReplay.accepted(chain.execute(machine, rlps), first);
        var report = BlockReport.of(blocks, run, chain.commitment(), (System.nanoTime() - start) * 1e-9);
        var proof = proving.prove(machine.program(StfProgram.STF), input, machine.options(host), out);
        var output = ((StfRun.Result.Accepted) run.result()).output().hex();
        if (!proof.output().equals(output)) {
            throw new IllegalStateException("the proven output is " + proof.output() + ", executed was " + output);
        }
        return new Proven(report, proof);
    }
}
